"""The month's props: how many times are free on each day, and the list of one day."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.availability import free_by_day, slots_between
from app.domain.days import day_bounds
from app.ui.kit.calendar.model import ListProps, MonthDay, MonthProps, SlotGroup
from app.ui.screens.book.calendar.empty import derive_empty
from app.ui.screens.book.calendar.inputs import CalendarInputs
from app.ui.screens.book.calendar.week import derive_slots

translate = QCoreApplication.translate
FULL_DAY = 14
"""So many free times fill a day's bar, unless a day of the month has more."""
SATURDAY = 6


def derive_month(inputs: CalendarInputs) -> MonthProps:
    """The month on screen, as a heat strip a day."""
    slots = slots_between(inputs.slots, *inputs.span)
    free = {day: len(found) for day, found in free_by_day(slots, inputs.guest_zone).items()}
    full = max(FULL_DAY, *free.values()) if free else FULL_DAY
    days = inputs.days
    return MonthProps(
        weekdays=tuple(inputs.words.weekday(day) for day in days[:7]),
        days=tuple(_month_day(inputs, day, free.get(day, 0), full) for day in days),
        selected=inputs.day,
        loading=inputs.is_loading,
        stale=inputs.state.is_stale and inputs.is_offline,
        empty=derive_empty(inputs, slots),
        accessible_name=translate("calendar", "Free times in {month}").format(
            month=inputs.words.month(inputs.anchor)
        ),
    )


def derive_day_list(inputs: CalendarInputs) -> ListProps:
    """The times of the chosen day, guest's first and the rep's in brackets."""
    day = inputs.day
    if day is None:
        return ListProps(groups=())
    slots = slots_between(inputs.slots, *day_bounds(day, inputs.guest_zone))
    return ListProps(
        groups=(SlotGroup(title="", slots=derive_slots(inputs, slots)),),
        loading=inputs.is_loading,
        accessible_name=translate("calendar", "Free times on {day}").format(day=inputs.words.long_day(day)),
    )


def free_words(count: int) -> str:
    """`9 free`."""
    return translate("calendar", "{n} free").format(n=count)


def _month_day(inputs: CalendarInputs, day: date, free: int, full: int) -> MonthDay:
    in_month = day.month == inputs.anchor.month
    return MonthDay(
        date=day,
        number=str(day.day),
        accessible_name=translate("calendar", "{day}, {n} free").format(
            day=inputs.words.long_day(day), n=free
        ),
        free_label=free_words(free) if free else "",
        heat=free / full,
        in_month=in_month,
        weekend=day.isoweekday() >= SATURDAY,
        is_today=day == inputs.today,
        is_past=day < inputs.today,
        bookable=bool(free),
    )
