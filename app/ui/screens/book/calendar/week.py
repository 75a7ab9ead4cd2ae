"""The week grid's props: days, rulers, slots, busy times."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.availability import free_by_day, slots_between
from app.domain.days import day_bounds
from app.domain.slots import Slot
from app.domain.zones import city_of, clock_changes, code_of
from app.ui.kit.calendar.model import BusyBlock, DayColumn, GridSlot, Ruler, SlotState, WeekProps
from app.ui.screens.book.calendar.empty import derive_empty
from app.ui.screens.book.calendar.inputs import CalendarInputs, blocked_spans, risky_starts, slot_key

translate = QCoreApplication.translate
USUAL_FIRST_HOUR = 8
"""Where the week opens, unless its first time is far from it."""


def derive_week(inputs: CalendarInputs) -> WeekProps:
    """The week on screen, in the guest's zone."""
    slots = slots_between(inputs.slots, *inputs.span)
    free = free_by_day(slots, inputs.guest_zone)
    grid_slots = derive_slots(inputs, slots)
    return WeekProps(
        days=tuple(derive_day(inputs, day, len(free.get(day, ()))) for day in inputs.days),
        rulers=derive_rulers(inputs),
        slots=grid_slots,
        busy=tuple(
            BusyBlock(start=start, end=end, label=translate("calendar", "Busy"))
            for start, end in blocked_spans(inputs)
        ),
        now=inputs.now,
        first_hour=USUAL_FIRST_HOUR,
        twelve_hour=not inputs.words.uses_24_hours,
        loading=inputs.is_loading,
        stale=inputs.state.is_stale and inputs.is_offline,
        empty=derive_empty(inputs, slots),
        accessible_name=translate("calendar", "Free times, {days}, {city} time").format(
            days=inputs.words.days(inputs.days[0], inputs.days[-1]),
            city=city_of(inputs.guest_zone),
        ),
    )


def derive_slots(inputs: CalendarInputs, slots: tuple[Slot, ...]) -> tuple[GridSlot, ...]:
    """Slots as the widgets take them; the own time stands in brackets where it differs."""
    risky = risky_starts(inputs, slots)
    zone, own = inputs.guest_zone, inputs.own_zone
    words = inputs.words
    return tuple(
        GridSlot(
            key=slot_key(slot),
            start=slot.start,
            end=slot.end,
            label=words.time(slot.start, zone),
            accessible_name=_spoken(inputs, slot, is_risky=slot.start in risky),
            state=_state(inputs, slot),
            offline_risk=slot.start in risky,
            detail="" if inputs.is_own_zone else f"({words.time(slot.start, own)})",
        )
        for slot in slots
    )


def derive_day(inputs: CalendarInputs, day: date, free: int) -> DayColumn:
    """A day's header; the name that is read aloud says how many times are free."""
    return DayColumn(
        date=day,
        title=inputs.words.weekday(day),
        number=str(day.day),
        accessible_name=translate("calendar", "{day}, {n} free").format(
            day=inputs.words.long_day(day), n=free
        ),
        is_today=day == inputs.today,
        is_past=day < inputs.today,
        clock_change=clock_change_words(day, inputs.guest_zone),
    )


def clock_change_words(day: date, zone: str) -> str | None:
    """What the clocks of the zone do on that day, or None."""
    changes = clock_changes(zone, *day_bounds(day, zone))
    if not changes:
        return None
    if changes[0].after_minutes > changes[0].before_minutes:
        return translate("calendar", "Clocks go forward")
    return translate("calendar", "Clocks go back")


def derive_rulers(inputs: CalendarInputs) -> tuple[Ruler, ...]:
    """The guest's hours, and the rep's where their clocks differ."""
    guest = Ruler(
        zone=inputs.guest_zone,
        code=code_of(inputs.guest_zone) or inputs.guest_zone[:3].upper(),
        caption=translate("calendar", "guest"),
        emphasised=True,
    )
    if inputs.is_own_zone:
        return (replace(guest, caption=translate("calendar", "you")),)
    own = Ruler(
        zone=inputs.own_zone,
        code=code_of(inputs.own_zone) or inputs.own_zone[:3].upper(),
        caption=translate("calendar", "you"),
    )
    return (guest, own)


def _state(inputs: CalendarInputs, slot: Slot) -> SlotState:
    if inputs.selected is not None and slot.start == inputs.selected.start:
        return SlotState.SELECTED
    return SlotState.FREE


def _spoken(inputs: CalendarInputs, slot: Slot, *, is_risky: bool) -> str:
    spoken = inputs.words.spoken_slot(slot.start, slot.end, inputs.guest_zone)
    if is_risky:
        return translate("calendar", "{slot}; the host's calendar is disconnected").format(slot=spoken)
    return spoken
