"""What a booking asks for: the body of POST `/meeting-links/book`, read and typed (5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.sandbox.errors import validation_error
from app.sandbox.hubspot.scheduler import shapes
from app.sandbox.hubspot.scheduler.parameters import zone_named

_REQUIRED: Final = ("slug", "startTime", "duration", "firstName", "lastName", "email")


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One wish to book: `start` is an aware UTC instant, `zone` the attendee's."""

    slug: str
    start: datetime
    duration_ms: int
    first_name: str
    last_name: str
    email: str
    answers: Mapping[str, str]
    consents: Mapping[str, bool]
    likely_user_ids: tuple[str, ...]
    guest_emails: tuple[str, ...]
    zone: ZoneInfo | None
    locale: str | None


def read_booking(body: dict[str, Any], query_zone: str | None) -> BookingRequest:
    """Read a booking body; the zone may stand in body or query. HubSpotError 400 for a wrong shape.

    `formFields`, `legalConsentResponses`, `likelyAvailableUserIds` and `guestEmails` may be left out.
    """
    shapes.require(body, _REQUIRED)
    zone_name = shapes.optional_text(body, "timezone") or query_zone or None
    return BookingRequest(
        slug=shapes.text(body["slug"], "slug"),
        start=shapes.instant(body["startTime"], "startTime"),
        duration_ms=shapes.whole(body["duration"], "duration"),
        first_name=_name(body, "firstName"),
        last_name=_name(body, "lastName"),
        email=shapes.text(body["email"], "email").strip(),
        answers=_answers(body),
        consents=_consents(body),
        likely_user_ids=tuple(shapes.texts(body, "likelyAvailableUserIds")),
        guest_emails=tuple(address.strip() for address in shapes.texts(body, "guestEmails")),
        zone=zone_named(zone_name) if zone_name else None,
        locale=shapes.optional_text(body, "locale"),
    )


def _name(body: Mapping[str, Any], field: str) -> str:
    name = shapes.text(body[field], field).strip()
    if not name:
        raise validation_error(f"{field} must not be empty.", context={"field": [field]})
    return name


def _answers(body: Mapping[str, Any]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for item in shapes.objects(body, "formFields"):
        shapes.require(item, ("name", "value"), inside="formFields.")
        answers[shapes.text(item["name"], "formFields.name")] = shapes.text(item["value"], "formFields.value")
    return answers


def _consents(body: Mapping[str, Any]) -> dict[str, bool]:
    consents: dict[str, bool] = {}
    for item in shapes.objects(body, "legalConsentResponses"):
        shapes.require(item, ("communicationTypeId", "consented"), inside="legalConsentResponses.")
        key = shapes.text(item["communicationTypeId"], "legalConsentResponses.communicationTypeId")
        consents[key] = shapes.flag(item["consented"], "legalConsentResponses.consented")
    return consents
