"""The sentence under the calendar: a slot's times in both zones, or why a time cannot be booked."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from app.domain.availability import slot_at
from app.domain.links import Member
from app.domain.reasons import (
    BufferTime,
    BusyTime,
    Limited,
    NotLoaded,
    OffRaster,
    OutsideHours,
    OutsideWindow,
    Past,
    Reason,
    TooShort,
    why_not,
)
from app.domain.slots import Slot
from app.domain.zones import city_of
from app.ui.screens.book.calendar.inputs import CalendarInputs, risky_starts

translate = QCoreApplication.translate


def slot_status(inputs: CalendarInputs, slot: Slot) -> str:
    """`Tue 24 Nov, 12:30 – 13:00 in New York · 18:30 – 19:00 in Berlin, your time`."""
    words = inputs.words
    text = words.span_in(slot.start, slot.end, inputs.guest_zone)
    if not inputs.is_own_zone:
        own = translate("calendar", "{times} in {city}, your time").format(
            times=words.times(slot.start, slot.end, inputs.own_zone),
            city=city_of(inputs.own_zone),
        )
        text = f"{text} · {own}"
    if slot.start in risky_starts(inputs, (slot,)):
        warning = translate("calendar", "a host's calendar is disconnected, the booking may fail")
        text = f"{text} · {warning}"
    return text


def cell_status(inputs: CalendarInputs, instant: datetime) -> str:
    """Why `instant` cannot be booked, or the slot that starts there."""
    slot = slot_at(inputs.slots, instant)
    if slot is not None:
        return slot_status(inputs, slot)
    info = inputs.state.info
    if info is None or inputs.link is None:
        return ""
    reason = why_not(
        instant,
        duration_ms=inputs.duration_ms,
        info=info,
        availability=inputs.state.availability,
        now=inputs.now,
    )
    if reason is None:
        reason = Past()  # a slot that is not offered any more although HubSpot still names it has begun
    return translate("calendar", "Not {time} in {city}: {reason}").format(
        time=inputs.words.time(instant, inputs.guest_zone),
        city=city_of(inputs.guest_zone),
        reason=reason_words(reason, inputs),
    )


def reason_words(reason: Reason, inputs: CalendarInputs) -> str:
    """A reason as the end of a sentence."""
    words, zone = inputs.words, inputs.guest_zone
    match reason:
        case Past():
            return translate("calendar", "it is over")
        case NotLoaded():
            return translate("calendar", "not loaded yet")
        case OutsideWindow():
            return translate("calendar", "outside the dates of this link")
        case BusyTime(members=members, until=until):
            one = translate("calendar", "{names} is busy until {time}")
            several = translate("calendar", "{names} are busy until {time}")
            text = one if len(members) == 1 else several
            return text.format(names=_names(members), time=words.time(until, zone))
        case BufferTime(members=members, minutes=minutes):
            return translate("calendar", "within the {n} min that {names} keeps free around meetings").format(
                n=minutes, names=_names(members)
            )
        case OutsideHours():
            return translate("calendar", "outside the weekly hours of this link")
        case OffRaster(minutes=minutes):
            return translate("calendar", "meetings start every {n} min").format(n=minutes)
        case TooShort(members=members, free_minutes=free, needed_minutes=needed):
            return translate(
                "calendar", "{names}: only {free} min are free, the meeting needs {needed}"
            ).format(names=_names(members), free=free, needed=needed)
        case Limited():
            return translate("calendar", "too soon, or limited by the link")
        case _:
            assert_never(reason)


def _names(members: Sequence[Member]) -> str:
    return ", ".join(member.full_name or member.email for member in members)
