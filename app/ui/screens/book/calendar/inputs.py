"""Everything the calendar pane is derived from, and the small questions all its views ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QLocale

from app.domain.availability import busy_between, next_free, slots_between
from app.domain.days import Span, day_bounds, days_bounds, local_day, merged, month_grid, week_of
from app.domain.links import LinkKind, MeetingLink
from app.domain.offline import offline_starts
from app.domain.slots import Slot, YearMonth
from app.domain.zones import canonical
from app.services.availability_state import AvailabilityState
from app.ui.kit.times import TimeWords


class CalendarLook(StrEnum):
    """The four ways to look at free times."""

    WEEK = "week"
    COLUMNS = "columns"
    MONTH = "month"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class CalendarInputs:
    """Services and choices at one moment: `now` is a UTC instant, `anchor` a day in the guest's IANA zone.

    `state` is the open link's, or an empty one while nothing is known of it.
    """

    state: AvailabilityState
    now: datetime
    anchor: date
    guest_zone: str
    own_zone: str
    link: MeetingLink | None = None
    duration_ms: int = 0
    selected: Slot | None = None
    day: date | None = None
    look: CalendarLook = CalendarLook.WEEK
    week_days: int = 5
    first_weekday: int = 1
    words: TimeWords = field(default_factory=lambda: TimeWords(QLocale.c()))
    is_offline: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The open link's slots of the chosen duration that have not begun."""
        slots = self.state.availability.of(self.duration_ms)
        coming = next_free(slots, self.now)
        return slots_between(slots, coming.start, slots[-1].end) if coming is not None else ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days on screen."""
        match self.look:
            case CalendarLook.MONTH:
                weeks = month_grid(YearMonth.of(self.anchor), self.first_weekday)
                return tuple(day for week in weeks for day in week)
            case CalendarLook.LIST:
                first = week_of(self.anchor, self.first_weekday, 7)
                return first + tuple(day + timedelta(days=7) for day in first)
            case CalendarLook.WEEK | CalendarLook.COLUMNS:
                return self._week()

    @property
    def span(self) -> Span:
        """The time on screen."""
        return days_bounds(self.days[0], self.days[-1], self.guest_zone)

    @property
    def today(self) -> date:
        """Today, where the guest is."""
        return local_day(self.now, self.guest_zone)

    @property
    def is_own_zone(self) -> bool:
        """The guest reads the clock of the rep's own zone, by whichever of its names."""
        return canonical(self.guest_zone) == canonical(self.own_zone)

    @property
    def is_loading(self) -> bool:
        """Nothing can be said yet about the time on screen; what is over needs no answer."""
        if self.link is None or self.link.is_paid or self.is_answered:
            return False
        state = self.state
        return state.slug is None or state.is_opening or bool(state.loading_months) or state.is_searching

    @property
    def is_answered(self) -> bool:
        """HubSpot has said what is free in the time on screen, as far as it is not over."""
        start, end = max(self.span.start, self.now), self.span.end
        return end <= start or self.state.availability.covers(start, end)

    def _week(self) -> tuple[date, ...]:
        """The days around the anchor; from a weekend without times a working week looks ahead."""
        week = week_of(self.anchor, self.first_weekday, self.week_days)
        if self.anchor in week:
            return week
        if slots_between(self.slots, *day_bounds(self.anchor, self.guest_zone)):
            return week_of(self.anchor, self.first_weekday, 7)
        ahead = self.anchor if self.anchor < week[0] else self.anchor + timedelta(days=7)
        return week_of(ahead, self.first_weekday, self.week_days)


def slot_key(slot: Slot) -> str:
    """The name of a slot in the widgets."""
    return str(int(slot.start.timestamp()))


def risky_starts(inputs: CalendarInputs, slots: Sequence[Slot]) -> frozenset[datetime]:
    """Starts that would land on a disconnected calendar."""
    known = inputs.state.availability
    return offline_starts(slots, kind=inputs.state.kind, members=known.members, busy=known.busy)


def blocked_spans(inputs: CalendarInputs) -> tuple[Span, ...]:
    """Busy times that close the link: of anybody, or for a round robin of everybody HubSpot can see."""
    start, end = inputs.span
    known = inputs.state.availability
    offline = {member.user_id for member in known.members if member.is_offline}
    seen = [
        [Span(max(busy.start, start), min(busy.end, end)) for busy in busy_between(times, start, end)]
        for user_id, times in known.busy.items()
        if user_id not in offline
    ]
    if inputs.state.kind is not LinkKind.ROUND_ROBIN:
        return merged(span for spans in seen for span in spans)
    common = merged(seen[0]) if seen else ()
    for spans in seen[1:]:
        common = _shared(common, merged(spans))
    return common


def _shared(left: Sequence[Span], right: Sequence[Span]) -> tuple[Span, ...]:
    found = [
        Span(max(one.start, other.start), min(one.end, other.end))
        for one in left
        for other in right
        if one.start < other.end and other.start < one.end
    ]
    return merged(found)
