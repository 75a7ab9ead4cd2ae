"""The questions a meeting link's form asks, one of every type HubSpot knows."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One choice: what is stored, what is shown, and whether the page hides it."""

    value: str
    label: str
    description: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """One question: `type` is the data type, `field_type` the widget; not custom means a contact property."""

    name: str
    label: str
    type: str
    field_type: str
    is_custom: bool
    is_required: bool = False
    options: tuple[FieldOption, ...] = ()


def _choices(*pairs: tuple[str, str]) -> tuple[FieldOption, ...]:
    return tuple(FieldOption(value, label) for value, label in pairs)


COMPANY_SIZES: Final = (
    *_choices(("1-10", "1 – 10"), ("11-50", "11 – 50"), ("51-200", "51 – 200"), ("201-1000", "201 – 1,000")),
    FieldOption("1001+", "More than 1,000"),
    FieldOption("unknown", "Unknown (old value)", "Kept for records from before 2023", hidden=True),
)
_PRODUCTS: Final = _choices(
    ("crm", "Sales & CRM"),
    ("support", "Support desk"),
    ("reports", "Reports"),
    ("<other>", "Or <else>"),
)
_CHANNELS: Final = _choices(("search", "Search"), ("event", "Event or fair"), ("friend", "Recommendation"))


def company(*, required: bool = False) -> FormField:
    """Ask the contact property `company`."""
    return FormField("company", "Company name", "string", "text", is_custom=False, is_required=required)


def job_title(*, required: bool = False) -> FormField:
    """Ask the contact property `jobtitle`."""
    return FormField("jobtitle", "Job title", "string", "text", is_custom=False, is_required=required)


def company_size(*, required: bool = False) -> FormField:
    """Ask the contact property `numemployees` as a drop-down."""
    return FormField("numemployees", "Company size", "enumeration", "select", False, required, COMPANY_SIZES)


def phone(*, required: bool = False) -> FormField:
    """Ask the contact property `phone`."""
    return FormField("phone", "Phone number", "string", "phonenumber", is_custom=False, is_required=required)


def topic(*, required: bool = False) -> FormField:
    """Ask freely, in a single line."""
    return FormField("topic", "What should we talk about?", "string", "text", True, required)


def preparation(*, required: bool = False) -> FormField:
    """Ask freely, over several lines."""
    return FormField(
        "preparation", "Anything to prepare? Links, goals, people …", "string", "textarea", True, required
    )


def seats(*, required: bool = False) -> FormField:
    """Ask for a number."""
    return FormField("seats", "How many seats do you need?", "number", "number", True, required)


def go_live(*, required: bool = False) -> FormField:
    """Ask for a calendar day."""
    return FormField("go_live_date", "Planned start", "date", "date", True, required)


def channel(*, required: bool = False) -> FormField:
    """Ask for one choice out of few."""
    return FormField("channel", "How did you hear of us?", "enumeration", "radio", True, required, _CHANNELS)


def products(*, required: bool = False) -> FormField:
    """Ask for several choices; the answer joins their values with `;`."""
    return FormField(
        "products",
        "Which products interest you?",
        "enumeration",
        "checkbox",
        True,
        required,
        options=_PRODUCTS,
    )


def recording(*, required: bool = False) -> FormField:
    """Ask for a yes or a no."""
    return FormField(
        "recording_ok",
        "The call may be recorded",
        "bool",
        "booleancheckbox",
        True,
        required,
        options=_choices(("true", "Yes"), ("false", "No")),
    )


def attachment(*, required: bool = False) -> FormField:
    """Ask for a file."""
    return FormField("requirements_file", "Your requirements (PDF)", "string", "file", True, required)


def every_field() -> tuple[FormField, ...]:
    """Return one question of every type, half of them required."""
    return (
        company(required=True),
        job_title(),
        company_size(required=True),
        phone(),
        topic(required=True),
        preparation(),
        seats(required=True),
        go_live(),
        channel(required=True),
        products(required=True),
        recording(),
        attachment(),
    )
