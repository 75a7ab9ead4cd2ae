"""How the list is narrowed: the segment, the search, the filters, and the question they make together."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.days import days_bounds
from app.domain.meetings import CrmRecord, MeetingQuery
from app.domain.records import OwnerId

FAR_PAST, FAR_FUTURE = date(1971, 1, 1), date(2999, 12, 31)


class Segment(StrEnum):
    """What the left pane shows."""

    TO_LOG = "to_log"
    ALL = "all"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the rep asked for besides the text; empty values ask for nothing, days are included."""

    outcomes: frozenset[str] = frozenset()
    activity_type: str = ""
    owner_id: OwnerId | None = None
    record: CrmRecord | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is filtered away."""
        return self == Filters()

    def without(self, name: str) -> "Filters":
        """The filters without the one that a chip named: a field's name, or an outcome as `outcomes:X`."""
        field, _, value = name.partition(":")
        if field == "outcomes":
            return replace(self, outcomes=self.outcomes - {value})
        if field == "days":
            return replace(self, first_day=None, last_day=None)
        empty = Filters()
        return replace(self, **{field: getattr(empty, field)})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Everything that decides which meetings are listed."""

    segment: Segment = Segment.TO_LOG
    text: str = ""
    filters: Filters = Filters()

    @property
    def is_narrowed(self) -> bool:
        """Whether the rep left something out on purpose."""
        return bool(self.text.strip()) or not self.filters.is_open

    def query(self, *, now: datetime, zone: str, my_owner_id: OwnerId | None) -> MeetingQuery:
        """The question for the store; `now` is the UTC instant before which a meeting counts as over."""
        filters = self.filters
        first, last = filters.first_day or FAR_PAST, filters.last_day or FAR_FUTURE
        bounds = days_bounds(first, last, zone)
        is_to_log = self.segment is Segment.TO_LOG
        owner_id = filters.owner_id or (my_owner_id if is_to_log else None)
        return MeetingQuery(
            text=self.text.strip(),
            outcomes=filters.outcomes,
            activity_types=frozenset({filters.activity_type} - {""}),
            owner_ids=frozenset() if owner_id is None else frozenset({owner_id}),
            record=filters.record.ref if filters.record is not None else None,
            earliest=bounds.start if filters.first_day is not None else None,
            latest=bounds.end - timedelta(milliseconds=1) if filters.last_day is not None else None,
            to_log_before=now if is_to_log else None,
        )
