"""What stands in the desk, kept as typed, and requests on their way, both in a JSON-ready form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.booking import BookingRequest
from app.domain.forms import Answers
from app.domain.links import Slug, UserId
from app.domain.records import ContactId
from app.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A form as typed.

    `duration_ms` and `slot` are what was picked, `zone` the guest's IANA zone, `typed` the keys (as in
    `app.domain.validation`) the rep touched; `is_waiting` marks one that was saved to be booked later.
    """

    slug: Slug
    answers: Answers = field(default_factory=Answers)
    slot: Slot | None = None
    duration_ms: int | None = None
    zone: str = ""
    contact_id: ContactId | None = None
    typed: frozenset[str] = frozenset()
    is_waiting: bool = False
    saved_at: datetime | None = None


def draft_payload(draft: DeskDraft) -> dict[str, object]:
    """The draft as JSON-ready values; instants as ISO 8601."""
    answers = draft.answers
    return {
        "slug": draft.slug,
        "first_name": answers.first_name,
        "last_name": answers.last_name,
        "email": answers.email,
        "values": dict(answers.values),
        "consents": sorted(answers.consents),
        "processing_consent": answers.processing_consent,
        "guests": list(answers.guests),
        "locale": answers.locale,
        "slot": [draft.slot.start.isoformat(), draft.slot.end.isoformat()] if draft.slot else None,
        "duration_ms": draft.duration_ms,
        "zone": draft.zone,
        "contact_id": draft.contact_id,
        "typed": sorted(draft.typed),
        "is_waiting": draft.is_waiting,
        "saved_at": draft.saved_at.isoformat() if draft.saved_at else None,
    }


def draft_from(payload: Mapping[str, object]) -> DeskDraft | None:
    """The draft of a payload; whatever cannot be read is left empty, and without a slug there is none."""
    slug = _text(payload, "slug")
    if not slug:
        return None
    contact_id = _text(payload, "contact_id")
    return DeskDraft(
        slug=Slug(slug),
        answers=Answers(
            first_name=_text(payload, "first_name"),
            last_name=_text(payload, "last_name"),
            email=_text(payload, "email"),
            values=_texts_by_name(payload.get("values")),
            consents=frozenset(_texts(payload, "consents")),
            processing_consent=payload.get("processing_consent") is True,
            guests=_texts(payload, "guests"),
            locale=_text(payload, "locale"),
        ),
        slot=_slot(payload.get("slot")),
        duration_ms=_number(payload, "duration_ms"),
        zone=_text(payload, "zone"),
        contact_id=ContactId(contact_id) if contact_id else None,
        typed=frozenset(_texts(payload, "typed")),
        is_waiting=payload.get("is_waiting") is True,
        saved_at=instant_from(payload.get("saved_at")),
    )


def request_payload(request: BookingRequest) -> dict[str, object]:
    """The request as JSON-ready values; instants as ISO 8601."""
    return {
        "slug": request.slug,
        "slot": [request.slot.start.isoformat(), request.slot.end.isoformat()],
        "duration_ms": request.duration_ms,
        "first_name": request.first_name,
        "last_name": request.last_name,
        "email": request.email,
        "answers": [list(pair) for pair in request.answers],
        "consents": [list(pair) for pair in request.consents],
        "likely_user_ids": list(request.likely_user_ids),
        "guests": list(request.guests),
        "zone": request.zone,
        "locale": request.locale,
    }


def request_from(payload: Mapping[str, object]) -> BookingRequest | None:
    """The request of a payload; None where the link, the slot, the duration or the address is missing."""
    slug, email = _text(payload, "slug"), _text(payload, "email")
    slot, duration_ms = _slot(payload.get("slot")), _number(payload, "duration_ms")
    if not slug or not email or slot is None or duration_ms is None:
        return None
    return BookingRequest(
        slug=Slug(slug),
        slot=slot,
        duration_ms=duration_ms,
        first_name=_text(payload, "first_name"),
        last_name=_text(payload, "last_name"),
        email=email,
        answers=tuple((name, value) for name, value in _pairs(payload, "answers") if isinstance(value, str)),
        consents=tuple((name, value is True) for name, value in _pairs(payload, "consents")),
        likely_user_ids=tuple(UserId(user_id) for user_id in _texts(payload, "likely_user_ids")),
        guests=_texts(payload, "guests"),
        zone=_text(payload, "zone"),
        locale=_text(payload, "locale"),
    )


def _text(payload: Mapping[str, object], name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _number(payload: Mapping[str, object], name: str) -> int | None:
    value = payload.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _texts(payload: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(value for value in _list(payload.get(name)) if isinstance(value, str))


def _texts_by_name(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {name: text for name, text in value.items() if isinstance(name, str) and isinstance(text, str)}


def _pairs(payload: Mapping[str, object], name: str) -> list[tuple[str, object]]:
    pairs = [_list(pair) for pair in _list(payload.get(name))]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2 and isinstance(pair[0], str)]


def _slot(value: object) -> Slot | None:
    ends = [instant_from(one) for one in _list(value)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return Slot(ends[0], ends[1])


def instant_from(value: object) -> datetime | None:
    """The UTC instant of an ISO 8601 text with an offset; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
        return read.astimezone(UTC) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None
