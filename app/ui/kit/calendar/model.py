"""What the calendar widgets are given to show: frozen values, free of Qt and of the domain."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto


class SlotState(Enum):
    """How a slot is drawn: FREE outlined, SELECTED filled, SHARED filled with a check mark."""

    FREE = auto()
    SELECTED = auto()
    SHARED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSlot:
    """A time that can be picked. `start` and `end` are UTC instants, `tint` 0..1 the strength of a free slot.

    `label` is the text on the slot ("12:30"), `detail` a second one for lists ("(18:30)").
    """

    key: str
    start: datetime
    end: datetime
    label: str
    accessible_name: str
    state: SlotState = SlotState.FREE
    offline_risk: bool = False
    tint: float = 1.0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyBlock:
    """A hatched time, UTC instants, with the word written on it."""

    start: datetime
    end: datetime
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """One day of the primary zone: "Tue" over "24"; `clock_change` says what the clocks do that day.

    A day that `is_past` is dimmed.
    """

    date: date
    title: str
    number: str
    accessible_name: str = ""
    is_today: bool = False
    is_past: bool = False
    clock_change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A column of hours: IANA zone, its short code ("NYC") and whose time it is ("guest")."""

    zone: str
    code: str
    caption: str
    emphasised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyNotice:
    """What to say when there is nothing to show; no button without `action`, no second without `other`."""

    title: str
    detail: str = ""
    action: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekProps:
    """A week grid of 1 to 7 days; the first of the 1 to 3 rulers is the zone of the vertical axis.

    `hour_height` is in logical pixels, `first_hour` (0..23) the hour at the top when no slot says otherwise.
    Every slot and day has its own key and date.
    """

    days: tuple[DayColumn, ...]
    rulers: tuple[Ruler, ...]
    slots: tuple[GridSlot, ...] = ()
    busy: tuple[BusyBlock, ...] = ()
    now: datetime | None = None
    hour_height: int = 72
    first_hour: int = 8
    twelve_hour: bool = False
    loading: bool = False
    stale: bool = False
    empty: EmptyNotice | None = None
    accessible_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """One cell of the month; `heat` 0..1 is the length and strength of its bar."""

    date: date
    number: str
    accessible_name: str
    free_label: str = ""
    heat: float = 0.0
    in_month: bool = True
    weekend: bool = False
    is_today: bool = False
    is_past: bool = False
    bookable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthProps:
    """Whole weeks of days, row by row, under seven weekday names."""

    weekdays: tuple[str, ...]
    days: tuple[MonthDay, ...]
    selected: date | None = None
    loading: bool = False
    stale: bool = False
    empty: EmptyNotice | None = None
    accessible_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotGroup:
    """The slots of one day in a list; a group without a title has no header row."""

    title: str
    slots: tuple[GridSlot, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProps:
    """Slots by day, for the list and for the columns of buttons."""

    groups: tuple[SlotGroup, ...]
    loading: bool = False
    stale: bool = False
    empty: EmptyNotice | None = None
    accessible_name: str = ""


def month_dates(month: date, first_weekday: int) -> tuple[date, ...]:
    """The whole weeks that cover the month of `month`; `first_weekday` 0 is Monday, 6 Sunday."""
    first = month.replace(day=1)
    start = first - timedelta(days=(first.weekday() - first_weekday) % 7)
    following = (first + timedelta(days=31)).replace(day=1)
    weeks = -(-(following - start).days // 7)
    return tuple(start + timedelta(days=number) for number in range(weeks * 7))
