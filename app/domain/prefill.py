"""A form filled from the CRM: form fields that are contact properties take the record's values."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from app.domain.forms import Answers, FieldKind, FormField
from app.domain.links import BookingInfo
from app.domain.records import Contact
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME, asked_fields, field_issue, field_key

_EPOCH_MS: Final = re.compile(r"-?[0-9]{1,16}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def properties_for(info: BookingInfo) -> tuple[str, ...]:
    """The contact properties that the link's form asks for."""
    return tuple(field.name for field in asked_fields(info) if _is_property(field))


def prefill(info: BookingInfo, contact: Contact | None, answers: Answers, typed: AbstractSet[str]) -> Answers:
    """The answers with the contact's values in every field that the rep has not `typed` in.

    `typed` holds keys as `app.domain.validation` makes them. A field that was filled from another contact
    before takes this one's value, or becomes empty. Consent, guests and locale stay as they are.
    """
    values = dict(answers.values)
    for field in asked_fields(info):
        if _is_property(field) and field_key(field.name) not in typed:
            values[field.name] = _value_of(field, contact)
    return replace(
        answers,
        first_name=answers.first_name if FIRST_NAME in typed else contact.first_name if contact else "",
        last_name=answers.last_name if LAST_NAME in typed else contact.last_name if contact else "",
        email=answers.email if EMAIL in typed else contact.email if contact else "",
        values=values,
    )


def without_consent(answers: Answers) -> Answers:
    """The answers of another prospect: what somebody else agreed to does not count."""
    return replace(answers, consents=frozenset(), processing_consent=False)


def _is_property(field: FormField) -> bool:
    return not field.is_custom and field.kind is not FieldKind.FILE


def _value_of(field: FormField, contact: Contact | None) -> str:
    """The record's value where the field would take it, else nothing."""
    stored = contact.properties.get(field.name, "").strip() if contact else ""
    if field.kind is FieldKind.DATE and _EPOCH_MS.fullmatch(stored):
        stored = _day_of(int(stored))
    if field.kind is FieldKind.CHECKBOXES:
        stored = ";".join(value.strip() for value in stored.split(";") if value.strip())
    return stored if field_issue(field, stored) is None else ""


def _day_of(epoch_ms: int) -> str:
    """The day of a HubSpot date, which is midnight UTC in ms."""
    try:
        return (_EPOCH + timedelta(milliseconds=epoch_ms)).date().isoformat()
    except OverflowError:
        return ""
