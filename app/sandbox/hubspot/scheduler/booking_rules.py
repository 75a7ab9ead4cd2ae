"""What HubSpot refuses when somebody books, each with its documented answer (5.4, 5.7)."""

import re
from datetime import date
from typing import Final

from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.scheduler.booking_request import BookingRequest
from app.sandbox.instants import epoch_ms, parse_instant
from app.sandbox.world import World
from app.sandbox.world.fields import FormField
from app.sandbox.world.links import LinkSettings, MeetingLink

START_NOT_VALID: Final = "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"
DURATION_NOT_VALID: Final = "MeetingsBookingSchedulingError.MEETING_DURATION_NOT_VALID"
BLOCKED_EMAIL: Final = "MeetingsBookingCreatedError.BLOCKED_EMAIl"
INVALID_EMAIL: Final = "INVALID_EMAIL"
INVALID_GUESTS: Final = "INVALID_EMAIL_GUESTS"
_RESERVED: Final = frozenset({"example.com", "example.org", "example.net"})
_LABEL: Final = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_ADDRESS: Final = re.compile(rf"[^@\s\"(),:;<>\[\]\\]{{1,64}}@(?:{_LABEL}\.)+(?!\d+$){_LABEL}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)


def check_booking(world: World, link: MeetingLink, wanted: BookingRequest) -> None:
    """Pass when the booking may be made right now; HubSpotError 400 for the first rule it breaks.

    The duration is judged before the form: with both wrong, HubSpot was seen to name the duration.
    """
    if link.payment_link_id is not None:
        raise validation_error("Meetings with a payment link cannot be booked through the API.")
    settings = link.settings
    _check_time(world, link, wanted)
    _check_email(settings, wanted.email)
    _check_guests(settings, wanted.guest_emails)
    _check_form(settings, wanted)
    _check_consent(settings, wanted)


def is_address(text: str) -> bool:
    """Tell whether an e-mail address is well formed."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def _is_reserved(address: str) -> bool:
    """Tell whether an address is on an example domain, which is reported as refused for the attendee."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == name or domain.endswith(f".{name}") for name in _RESERVED)


def _check_email(settings: LinkSettings, email: str) -> None:
    if not is_address(email) or _is_reserved(email):
        raise validation_error(
            f"Email address {email} is invalid", sub_category=INVALID_EMAIL, context={"email": [email]}
        )
    address = email.lower()
    if address in settings.blocked or address.rpartition("@")[2] in settings.blocked:
        raise validation_error(
            "This email address cannot be used to book a meeting with this link.",
            sub_category=BLOCKED_EMAIL,
            context={"email": [email]},
        )


def _check_guests(settings: LinkSettings, guests: tuple[str, ...]) -> None:
    most = settings.max_guests or 0
    if guests and not most:
        raise _bad_guests("This meeting link does not allow guests.", guests)
    if len(guests) > most:
        raise _bad_guests(f"This meeting link allows at most {most} guests.", guests[most:])
    wrong = [guest for guest in guests if not is_address(guest)]
    if wrong:
        raise _bad_guests("Some guest email addresses are invalid.", wrong)


def _bad_guests(message: str, guests: tuple[str, ...] | list[str]) -> HubSpotError:
    return validation_error(message, sub_category=INVALID_GUESTS, context={"guestEmails": guests})


def _check_form(settings: LinkSettings, wanted: BookingRequest) -> None:
    fields = {field.name: field for field in settings.fields}
    for name in wanted.answers:
        if name not in fields:
            raise validation_error(
                f"Form field {name} does not exist on this meeting link.", context={"formField": [name]}
            )
    for field in settings.fields:
        answer = wanted.answers.get(field.name, "")
        if not answer.strip():
            if field.is_required:
                raise validation_error(
                    f"Required form field {field.name} has no matching value.",
                    context={"formField": [field.name]},
                )
        elif not _fits(field, answer):
            raise validation_error(
                f"The value of form field {field.name} is not valid.",
                context={"formField": [field.name], "value": [answer]},
            )


def _fits(field: FormField, answer: str) -> bool:
    choices = {option.value for option in field.options}
    match field.field_type:
        case "select" | "radio" | "booleancheckbox":
            return answer in choices
        case "checkbox":
            return set(answer.split(";")) <= choices
        case "number":
            return _NUMBER.fullmatch(answer.strip()) is not None
        case "date":
            return _is_day(answer.strip())
        case _:
            return True


def _is_day(answer: str) -> bool:
    try:
        date.fromisoformat(answer)
    except ValueError:
        return parse_instant(answer) is not None
    return True


def _check_consent(settings: LinkSettings, wanted: BookingRequest) -> None:
    if settings.consent is None:
        return
    known = {box.type_id for box in settings.consent.checkboxes}
    for type_id in wanted.consents:
        if type_id not in known:
            raise validation_error(
                f"Communication type {type_id} is not part of this meeting link.",
                context={"communicationTypeId": [type_id]},
            )
    for box in settings.consent.checkboxes:
        if box.required and not wanted.consents.get(box.type_id, False):
            raise validation_error(
                f"Required consent to communication type {box.type_id} was not given.",
                context={"communicationTypeId": [box.type_id]},
            )


def _check_time(world: World, link: MeetingLink, wanted: BookingRequest) -> None:
    if wanted.duration_ms not in link.settings.durations_ms:
        raise validation_error(
            f"Duration {wanted.duration_ms} is not accepted by this meeting link.",
            sub_category=DURATION_NOT_VALID,
            context={"duration": [str(wanted.duration_ms)]},
        )
    if not world.offers(link, epoch_ms(wanted.start), wanted.duration_ms):
        raise validation_error(
            "The start time does not match the availability settings of this meeting link.",
            sub_category=START_NOT_VALID,
            context={"startTime": [wanted.start.isoformat()]},
        )
