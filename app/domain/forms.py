"""The questions of a meeting link: fields, choices, consent, and what the rep answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """The widget a form field asks for; an unknown one is asked as plain text."""

    TEXT = "text"
    TEXT_AREA = "textarea"
    NUMBER = "number"
    PHONE = "phonenumber"
    DATE = "date"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOXES = "checkbox"
    BOOLEAN = "booleancheckbox"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field: `value` goes to HubSpot, `label` is read by people."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of the link; `is_custom` is false where it is a CRM property of the contact."""

    name: str
    label: str
    kind: FieldKind
    is_required: bool
    is_custom: bool
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CommunicationConsent:
    """One subscription box; never ticked for the prospect."""

    type_id: str
    label: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """The link's legal consent texts, already reduced to plain text."""

    intro: str
    boxes: tuple[CommunicationConsent, ...]
    processing_text: str
    processing_label: str
    processing_required: bool
    privacy_text: str


class FieldIssue(StrEnum):
    """Why an answer cannot be sent."""

    MISSING = "missing"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DATE = "not-a-date"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_PHONE = "not-a-phone"
    NOT_A_CHOICE = "not-a-choice"
    TOO_MANY_GUESTS = "too-many-guests"
    GUESTS_REFUSED = "guests-refused"
    CONSENT_NEEDED = "consent-needed"
    BROWSER_ONLY = "browser-only"


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the desk's form.

    `values` maps a form field's name to its text; several choices are joined by `;`, a date is
    ISO `YYYY-MM-DD`, a boolean is `true` or empty. `consents` holds the ticked communication type ids.
    """

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()
    processing_consent: bool = False
    guests: tuple[str, ...] = ()
    locale: str = ""
