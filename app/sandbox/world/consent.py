"""The consent a meeting link may ask for, in the kinds HubSpot has."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ConsentCheckbox:
    """Consent to one kind of message; `type_id` is HubSpot's communication type."""

    type_id: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent part of a form; texts may hold HTML. `processing_kind` is IMPLICIT or REQUIRED_CHECKBOX."""

    communication_text: str
    checkboxes: tuple[ConsentCheckbox, ...]
    processing_kind: str
    processing_text: str
    processing_label: str
    privacy_text: str
    legitimate_types: tuple[int, ...] = ()
    legal_basis: str | None = None


NEWS: Final = ConsentCheckbox("204981", "I agree to receive other communications from Northwind Sales.")
_EVENTS: Final = ConsentCheckbox("204982", "Tell me about events & webinars <b>near me</b>.")
REMINDERS: Final = ConsentCheckbox(
    "204983", "I agree to be reminded of this meeting by e-mail.", required=True
)

_PRIVACY: Final = (
    "<p>You can unsubscribe at any time. More in our "
    '<a href="https://northwind-sales.example/privacy" target="_blank">privacy policy</a>.</p>'
)
_PROCESSING: Final = "<p>To hold this meeting we need to <em>store and process</em> your personal data.</p>"

IMPLICIT: Final = Consent(
    communication_text="<p>We would also like to contact you about our products and other content.</p>",
    checkboxes=(NEWS,),
    processing_kind="IMPLICIT",
    processing_text="<p>By booking you agree that we store and process your data.</p>",
    processing_label="",
    privacy_text=_PRIVACY,
)
CHECKBOXES: Final = Consent(
    communication_text="<p>Please tell us what we may send you:</p>",
    checkboxes=(REMINDERS, NEWS, _EVENTS),
    processing_kind="REQUIRED_CHECKBOX",
    processing_text=_PROCESSING,
    processing_label="I agree to the storage and processing of my personal data.",
    privacy_text=_PRIVACY,
)
PROCESSING_ONLY: Final = Consent(
    communication_text="",
    checkboxes=(),
    processing_kind="REQUIRED_CHECKBOX",
    processing_text=_PROCESSING + '<img src="https://tracker.example/pixel.png" onerror="alert(1)">',
    processing_label="Store and process my data, <strong>please</strong>",
    privacy_text=_PRIVACY,
)
LEGITIMATE: Final = Consent(
    communication_text="",
    checkboxes=(),
    processing_kind="IMPLICIT",
    processing_text="",
    processing_label="",
    privacy_text="<p>We may contact you about this request: we have a legitimate interest in it.</p>",
    legitimate_types=(204983, 204984),
    legal_basis="LEGITIMATE_INTEREST_CLIENT",
)
