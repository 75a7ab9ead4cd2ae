"""A booking request made of what the desk holds (HubSpot fact sheet, section 5.4)."""

from app.domain.booking import BookingRequest
from app.domain.forms import Answers, FieldKind
from app.domain.links import BookingInfo
from app.domain.slots import Slot
from app.domain.validation import EMAIL, FIRST_NAME, IDENTITY_FIELDS, LAST_NAME, is_identity


def build_request(
    answers: Answers, *, slot: Slot, duration_ms: int, info: BookingInfo, zone: str
) -> BookingRequest:
    """The request for checked answers; `duration_ms` is the number under which the slot was advertised.

    Every consent box is answered, an unticked one with no. Members whose calendar is
    disconnected are not proposed as hosts.
    """
    own = {
        FIRST_NAME: answers.first_name.strip(),
        LAST_NAME: answers.last_name.strip(),
        EMAIL: answers.email.strip(),
    }
    return BookingRequest(
        slug=info.slug,
        slot=slot,
        duration_ms=duration_ms,
        first_name=own[FIRST_NAME],
        last_name=own[LAST_NAME],
        email=own[EMAIL],
        answers=tuple(_form_answers(answers, info, own)),
        consents=tuple(
            (box.type_id, box.type_id in answers.consents)
            for box in (info.consent.boxes if info.consent else ())
        ),
        likely_user_ids=tuple(member.user_id for member in info.members if not member.is_offline),
        guests=answers.guests,
        zone=zone,
        locale=answers.locale or info.locale,
    )


def _form_answers(answers: Answers, info: BookingInfo, own: dict[str, str]) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []
    for field in info.form_fields:
        if is_identity(field):
            value = own[IDENTITY_FIELDS[field.name]]
        elif field.kind is FieldKind.FILE:
            value = ""
        else:
            value = answers.values.get(field.name, "").strip()
        if value:
            sent.append((field.name, value))
    return sent
