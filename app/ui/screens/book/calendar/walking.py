"""Where the calendar goes: the next free time, the one before, and the day a month opens with."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.availability import previous_free, slot_at, slots_between
from app.domain.days import day_bounds, local_day, step_days
from app.domain.slots import Slot, YearMonth
from app.ui.screens.book.calendar.inputs import CalendarInputs, CalendarLook


def stepped(inputs: CalendarInputs, steps: int) -> date:
    """The day to show `steps` weeks, fortnights or months on (back where negative)."""
    match inputs.look:
        case CalendarLook.MONTH:
            return YearMonth.of(inputs.anchor).plus(steps).first_day
        case CalendarLook.LIST:
            return inputs.anchor + timedelta(days=14 * steps)
        case CalendarLook.WEEK | CalendarLook.COLUMNS:
            return step_days(inputs.anchor, inputs.week_days, steps)


def beyond(inputs: CalendarInputs) -> datetime:
    """After which UTC instant the next free time is looked for: what is on screen, or the chosen day."""
    end = inputs.span.end
    if inputs.look is CalendarLook.MONTH:
        chosen = inputs.day
        end = day_bounds(chosen, inputs.guest_zone).end if chosen is not None else inputs.span.start
    return max(end - timedelta(microseconds=1), inputs.now)


def free_before(inputs: CalendarInputs) -> Slot | None:
    """The last free time before what is on screen, or before the chosen day of the month look."""
    start = inputs.span.start
    if inputs.look is CalendarLook.MONTH and inputs.day is not None:
        start = day_bounds(inputs.day, inputs.guest_zone).start
    return previous_free(inputs.slots, start)


def day_to_list(inputs: CalendarInputs, wanted: date | None) -> date | None:
    """The day whose times the month look lists: `wanted` if it is in the month, else the first free one."""
    month = YearMonth.of(inputs.anchor)
    if wanted is not None and YearMonth.of(wanted) == month:
        return wanted
    days = (local_day(slot.start, inputs.guest_zone) for slot in inputs.slots)
    return next((day for day in days if YearMonth.of(day) == month), None)


def first_day(inputs: CalendarInputs, picked: Slot | None) -> date:
    """Where a link opens: on the picked time, today, or the first free day that is known for certain.

    Nothing is skipped: while it is not known what is free before that day, today stays on screen.
    """
    today = replace(inputs, anchor=inputs.today)
    slots = inputs.slots
    wanted = picked if picked is not None and slot_at(slots, picked.start) is not None else None
    if wanted is None:
        if not slots or not is_empty_here(today):
            return inputs.today
        wanted = slots[0]
        if not inputs.state.availability.covers(inputs.now, wanted.start):
            return inputs.today
    day = local_day(wanted.start, inputs.guest_zone)
    return inputs.today if day in today.days else day


def is_empty_here(inputs: CalendarInputs) -> bool:
    """Nothing is free in the time on screen."""
    return not slots_between(inputs.slots, *inputs.span)
