"""What came of a booking, as the notice over the form: each outcome has its own state and its own buttons."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingStage,
    HostOffline,
    NotBooked,
    NotFound,
    SlotTaken,
    StillUnsure,
)
from app.domain.days import local_day
from app.domain.slots import Slot
from app.ui.kit.notices import Tone
from app.ui.kit.wording import words_for
from app.ui.screens.book.desk.inputs import DeskInputs

translate = QCoreApplication.translate


class DeskAction(StrEnum):
    """The buttons a notice may offer."""

    RECHECK = "recheck"
    SEND_AGAIN = "sendAgain"
    OPEN_IN_BROWSER = "openInBrowser"


@dataclass(frozen=True, slots=True)
class NoticeProps:
    """The notice over the form; `nearest` are (slot, label) buttons, `picked` the filled one of them."""

    tone: Tone
    title: str
    text: str
    nearest: tuple[tuple[Slot, str], ...] = ()
    picked: Slot | None = None
    actions: tuple[tuple[DeskAction, str], ...] = ()


def derive_notice(inputs: DeskInputs) -> NoticeProps | None:
    """The notice for the present state, or None."""
    if inputs.stage is BookingStage.VERIFYING:
        return NoticeProps(
            Tone.INFO,
            translate("desk", "HubSpot's answer was lost"),
            translate("desk", "Checking whether it went through. Nothing is sent again meanwhile."),
        )
    if inputs.taken is not None:
        return _taken(inputs, inputs.taken, inputs.nearest)
    if inputs.outcome is not None:
        return _outcome_notice(inputs, inputs.outcome)
    if not inputs.takes_bookings:
        return NoticeProps(
            Tone.INFO,
            translate("desk", "This link takes a payment"),
            translate("desk", "HubSpot books paid meetings only on their page in the browser."),
            actions=((DeskAction.OPEN_IN_BROWSER, translate("desk", "Open in browser")),),
        )
    if inputs.is_draft_waiting and not inputs.is_offline:
        return NoticeProps(
            Tone.INFO,
            translate("desk", "A draft you saved while offline"),
            translate("desk", "Check the time, then book it. Nothing was sent yet."),
        )
    return None


def _outcome_notice(inputs: DeskInputs, outcome: BookingOutcome) -> NoticeProps | None:
    match outcome:
        case Booked():
            return None
        case SlotTaken(wanted=wanted, nearest=nearest):
            return _taken(inputs, wanted, nearest)
        case HostOffline(host_names=names):
            return NoticeProps(
                Tone.BAD,
                translate("desk", "Nothing was booked"),
                translate(
                    "desk",
                    "The calendar of {names} is disconnected from HubSpot. Only the contact was saved. "
                    "Ask them to reconnect it, or use another link.",
                ).format(names=", ".join(names) or translate("desk", "the host")),
                actions=((DeskAction.OPEN_IN_BROWSER, translate("desk", "Open in browser")),),
            )
        case NotBooked(problem=problem):
            words = words_for(problem)
            return NoticeProps(Tone.BAD, words.title, _with_reference(words.text, words.reference))
        case NotFound():
            return NoticeProps(
                Tone.WARN,
                translate("desk", "No meeting was found"),
                translate(
                    "desk",
                    "HubSpot's answer was lost, and there is no such meeting in the CRM. "
                    "The calendar shows the time as it is now.",
                ),
                actions=(
                    (DeskAction.RECHECK, translate("desk", "Look again")),
                    (DeskAction.SEND_AGAIN, translate("desk", "Send again")),
                ),
            )
        case StillUnsure(problem=problem):
            return NoticeProps(
                Tone.WARN,
                translate("desk", "Not known yet whether it was booked"),
                words_for(problem).sentence,
                actions=((DeskAction.RECHECK, translate("desk", "Look again")),),
            )


def _taken(inputs: DeskInputs, wanted: Slot, nearest: tuple[Slot, ...]) -> NoticeProps:
    words, zone = inputs.words, inputs.guest_zone
    return NoticeProps(
        Tone.WARN,
        translate("desk", "{time} was just taken").format(time=words.time(wanted.start, zone)),
        translate("desk", "Your form is kept. Nearest free times:")
        if nearest
        else translate("desk", "Your form is kept. This link has no other free time in view."),
        nearest=tuple((slot, _nearest_label(inputs, wanted, slot)) for slot in nearest),
        picked=inputs.slot if inputs.slot in nearest else next(iter(nearest), None),
    )


def _nearest_label(inputs: DeskInputs, wanted: Slot, slot: Slot) -> str:
    zone = inputs.guest_zone
    time = inputs.words.time(slot.start, zone)
    day = local_day(slot.start, zone)
    if day == local_day(wanted.start, zone):
        return time
    return f"{inputs.words.day(day)}, {time}"


def elsewhere_words(outcome: BookingOutcome, *, link: str) -> tuple[Tone, str]:
    """What came of the booking of a link that is no longer open: tone, and a sentence that names the link."""
    match outcome:
        case Booked():
            return Tone.OK, translate("desk", "{link} is booked.").format(link=link)
        case NotFound() | StillUnsure():
            text = translate("desk", "{link}: it is not known yet whether it was booked.")
            return Tone.WARN, text.format(link=link)
        case SlotTaken() | HostOffline() | NotBooked():
            return Tone.BAD, translate("desk", "{link} was not booked.").format(link=link)


def _with_reference(text: str, reference: str) -> str:
    if not reference:
        return text
    return translate("desk", "{text} Reference {id}.").format(text=text, id=reference)
