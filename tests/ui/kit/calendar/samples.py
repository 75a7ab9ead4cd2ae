"""Weeks, months and lists for the tests: New York in November 2026, Berlin beside it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.ui.kit.calendar import (
    BusyBlock,
    DayColumn,
    GridSlot,
    ListProps,
    MonthDay,
    MonthProps,
    Ruler,
    SlotGroup,
    SlotState,
    WeekProps,
    month_dates,
)

NEW_YORK = "America/New_York"
GUEST = Ruler(zone=NEW_YORK, code="NYC", caption="guest", emphasised=True)
YOU = Ruler(zone="Europe/Berlin", code="BER", caption="you")
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONDAY = date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in New York as a UTC instant."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(NEW_YORK))
    return local.astimezone(UTC)


def slot(
    day: date, hour: int, minute: int = 0, *, minutes: int = 30, state: SlotState = SlotState.FREE
) -> GridSlot:
    """A slot with the key "2026-11-24 12:30"."""
    start = at(day, hour, minute)
    label = f"{hour:02}:{minute:02}"
    name = f"{NAMES[day.weekday()]} {day.day} November, {label}, free"
    return GridSlot(
        key=f"{day.isoformat()} {label}",
        start=start,
        end=start + timedelta(minutes=minutes),
        label=label,
        accessible_name=name,
        state=state,
        detail=f"({hour + 6:02}:{minute:02})",
    )


def days(first: date = MONDAY, count: int = 5) -> tuple[DayColumn, ...]:
    """Headers of some days; the first Monday of the samples is today."""
    dates = [first + timedelta(days=number) for number in range(count)]
    return tuple(
        DayColumn(
            date=day,
            title=NAMES[day.weekday()],
            number=str(day.day),
            accessible_name=f"{NAMES[day.weekday()]} {day.day}",
            is_today=day == MONDAY,
        )
        for day in dates
    )


def week(first: date = MONDAY, *, slots: tuple[GridSlot, ...] | None = None, **rest: object) -> WeekProps:
    """Five days: 9, 9:30 and 13 o'clock are free on Monday, Tuesday and Friday, 13:30 on Thursday."""
    monday, tuesday, _, thursday, friday = (first + timedelta(days=number) for number in range(5))
    usual = tuple(
        slot(day, hour, minute)
        for day in (monday, tuesday, friday)
        for hour, minute in ((9, 0), (9, 30), (13, 0))
    )
    found = (*usual, slot(thursday, 13, 30)) if slots is None else slots
    busy = (BusyBlock(start=at(tuesday, 10), end=at(tuesday, 12), label="Busy"),)
    props: dict[str, object] = {"days": days(first), "rulers": (GUEST, YOU), "slots": found, "busy": busy}
    return WeekProps(**(props | rest))  # type: ignore[arg-type]


def key(day_number: int, time: str) -> str:
    """The key of a slot so many days after the Monday of the samples."""
    return f"{(MONDAY + timedelta(days=day_number)).isoformat()} {time}"


def month(first: date = date(2026, 12, 1), **rest: object) -> MonthProps:
    """A month from Monday to Sunday; weekdays have as many free times as their number."""
    cells = tuple(
        MonthDay(
            date=day,
            number=str(day.day),
            accessible_name=f"{NAMES[day.weekday()]} {day.day}, free",
            free_label=f"{day.day} free" if day.weekday() < 5 and day.month == first.month else "",
            heat=day.day / 31 if day.weekday() < 5 and day.month == first.month else 0.0,
            in_month=day.month == first.month,
            weekend=day.weekday() >= 5,
        )
        for day in month_dates(first, 0)
    )
    props: dict[str, object] = {"weekdays": NAMES, "days": cells, "accessible_name": "December"}
    return MonthProps(**(props | rest))  # type: ignore[arg-type]


def listing(first: date = MONDAY, **rest: object) -> ListProps:
    """The slots of `week` by day; Wednesday has none."""
    props = week(first)
    groups = tuple(
        SlotGroup(
            title=f"{day.title} {day.number} Nov",
            note="free",
            slots=tuple(each for each in props.slots if each.key.startswith(day.date.isoformat())),
        )
        for day in props.days
    )
    return ListProps(**({"groups": groups, "accessible_name": "Free times"} | rest))  # type: ignore[arg-type]
