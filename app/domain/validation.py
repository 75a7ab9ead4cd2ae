"""What keeps a form from being sent, field by field."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, assert_never

from app.domain.forms import Answers, FieldIssue, FieldKind, FormField
from app.domain.guests import is_email
from app.domain.links import BookingInfo

FIRST_NAME: Final = "first_name"
LAST_NAME: Final = "last_name"
EMAIL: Final = "email"
GUESTS: Final = "guests"
PROCESSING: Final = "processing"
"""Keys of the form's fixed parts; `field_key` and `consent_key` make the others."""

IDENTITY_FIELDS: Final = {"firstname": FIRST_NAME, "lastname": LAST_NAME, "email": EMAIL}
"""HubSpot's contact properties that have places of their own in the desk."""

_PHONE: Final = re.compile(r"\+?[\d\s().\-/]+(?:\s*(?:x|ext\.?|#)\s*\d{1,6})?", re.IGNORECASE)
_FEWEST_DIGITS: Final = 5
_MOST_DIGITS: Final = 20


def field_key(name: str) -> str:
    """The key of the link's form field `name`."""
    return f"field:{name}"


def consent_key(type_id: str) -> str:
    """The key of the box for a communication type id."""
    return f"consent:{type_id}"


def asked_fields(info: BookingInfo) -> tuple[FormField, ...]:
    """The link's own questions: its form fields without first name, last name and e-mail address."""
    return tuple(field for field in info.form_fields if not is_identity(field))


def is_identity(field: FormField) -> bool:
    """Whether the field is the contact's name or address, which the desk asks for itself."""
    return not field.is_custom and field.name in IDENTITY_FIELDS


def check(answers: Answers, info: BookingInfo) -> dict[str, FieldIssue]:
    """What has to be mended before the form may be sent, in the order of the form; empty when nothing.

    HubSpot refuses an empty last name; the rep is asked for it, since a dash in its place would overwrite the
    contact's name in the CRM.
    """
    return dict(_issues(answers, info))


def _issues(answers: Answers, info: BookingInfo) -> Iterator[tuple[str, FieldIssue]]:
    email = answers.email.strip()
    if not email:
        yield EMAIL, FieldIssue.MISSING
    elif not is_email(email):
        yield EMAIL, FieldIssue.NOT_AN_EMAIL
    if not answers.first_name.strip():
        yield FIRST_NAME, FieldIssue.MISSING
    if not answers.last_name.strip():
        yield LAST_NAME, FieldIssue.MISSING
    for field in asked_fields(info):
        issue = field_issue(field, answers.values.get(field.name, ""))
        if issue:
            yield field_key(field.name), issue
    issue = _guest_issue(answers.guests, info)
    if issue:
        yield GUESTS, issue
    if info.consent:
        for box in info.consent.boxes:
            if box.is_required and box.type_id not in answers.consents:
                yield consent_key(box.type_id), FieldIssue.CONSENT_NEEDED
        if info.consent.processing_required and not answers.processing_consent:
            yield PROCESSING, FieldIssue.CONSENT_NEEDED


def field_issue(field: FormField, answer: str) -> FieldIssue | None:
    """What is wrong with the answer to one form field."""
    answer = answer.strip()
    if field.kind is FieldKind.FILE:
        return FieldIssue.BROWSER_ONLY if field.is_required else None
    if not answer:
        return FieldIssue.MISSING if field.is_required else None
    match field.kind:
        case FieldKind.TEXT | FieldKind.TEXT_AREA:
            return None
        case FieldKind.NUMBER:
            return None if _is_number(answer) else FieldIssue.NOT_A_NUMBER
        case FieldKind.PHONE:
            return None if _is_phone(answer) else FieldIssue.NOT_A_PHONE
        case FieldKind.DATE:
            return None if is_date(answer) else FieldIssue.NOT_A_DATE
        case FieldKind.SELECT | FieldKind.RADIO:
            return None if is_choice(field, answer) else FieldIssue.NOT_A_CHOICE
        case FieldKind.CHECKBOXES:
            ticked = all(is_choice(field, value) for value in answer.split(";"))
            return None if ticked else FieldIssue.NOT_A_CHOICE
        case FieldKind.BOOLEAN:
            return None if answer == "true" else FieldIssue.NOT_A_CHOICE
        case _:
            assert_never(field.kind)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and "_" not in text
    except InvalidOperation:
        return False


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return bool(_PHONE.fullmatch(text)) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS


def is_date(text: str) -> bool:
    """Whether the text is a calendar day as `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_choice(field: FormField, value: str) -> bool:
    """Whether the field offers the value; a field whose choices are not known takes any."""
    return not field.choices or any(choice.value == value for choice in field.choices)


def _guest_issue(guests: tuple[str, ...], info: BookingInfo) -> FieldIssue | None:
    if not guests:
        return None
    if not info.guests.allowed:
        return FieldIssue.GUESTS_REFUSED
    if not all(is_email(guest) for guest in guests):
        return FieldIssue.NOT_AN_EMAIL
    return FieldIssue.TOO_MANY_GUESTS if len(guests) > info.guests.limit else None
