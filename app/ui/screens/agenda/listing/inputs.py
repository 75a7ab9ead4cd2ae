"""What the list of the Agenda is derived from: whose meetings of which days, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.accounts import Account
from app.domain.agenda import AgendaView
from app.domain.days import days_bounds, local_day
from app.domain.meetings import MeetingId, RecordRef
from app.domain.problems import Problem
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.ui.kit.times import TimeWords

WEEK: Final = 7
LAST_YEAR: Final = 9998
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2999, 12, 31)


def readable_end(start: datetime, end: datetime | None) -> datetime | None:
    """The end where a clock can show it: not one before the start, nor at the very end of the calendar."""
    return end if end is not None and start <= end and end.year <= LAST_YEAR else None


class Look(StrEnum):
    """How many days are listed."""

    DAY = "day"
    WEEK = "week"

    @property
    def days(self) -> int:
        """How far one step goes."""
        return 1 if self is Look.DAY else WEEK


@dataclass(frozen=True, slots=True)
class Origin:
    """Where meetings come from; `tone` is the colour token of their bar."""

    name: str
    tone: str


HUBSPOT: Final = Origin("HubSpot", "accent")
ORIGINS: Final = (HUBSPOT,)


class RowKey(NamedTuple):
    """A meeting on one of its days."""

    day: date
    meeting_id: MeetingId


class Days(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Question:
    """What the rep wants to see; `anchor` None follows today.

    Past days end at the anchor, others begin there.
    """

    view: AgendaView = AgendaView.UPCOMING
    look: Look = Look.WEEK
    anchor: date | None = None
    person: str = ""
    is_everybody: bool = False

    def days(self, today: date) -> Days:
        """The days it is about."""
        anchor = self.anchor or today
        reach = timedelta(days=self.look.days - 1)
        return Days(anchor - reach, anchor) if self.view is AgendaView.PAST else Days(anchor, anchor + reach)


@dataclass(frozen=True, slots=True)
class Answer:
    """The meetings of some days; `serial` is that of the question."""

    days: Days
    rows: tuple[MeetingRow, ...]
    serial: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The nearest meeting outside empty days; None where there is none."""

    row: MeetingRow | None


@dataclass(frozen=True, slots=True)
class AgendaInputs:
    """One snapshot of everything the list shows.

    `serial` counts the questions; `zones` are contacts' IANA zones as far as they are known; `elsewhere` is
    None until somebody has looked; `selected` is the rep's own choice.
    """

    words: TimeWords
    zone: str
    now: datetime
    account: Account | None
    is_lost: bool
    is_online: bool
    meetings: MeetingsState
    sync: SyncState
    question: Question = Question()
    serial: int = 0
    answer: Answer | None = None
    zones: Mapping[RecordRef, str] = field(default_factory=dict)
    elsewhere: Elsewhere | None = None
    selected: RowKey | None = None

    @property
    def today(self) -> date:
        """The rep's day."""
        return local_day(self.now, self.zone)

    @property
    def days(self) -> Days:
        """What is asked for."""
        return self.question.days(self.today)

    @property
    def shown_days(self) -> Days:
        """What is shown: the answer there is, until the next one comes."""
        if self.answer is None or self.answer.serial == self.serial:
            return self.days
        return self.answer.days

    def row(self, meeting_id: MeetingId) -> MeetingRow | None:
        """A meeting of the answer."""
        rows = self.answer.rows if self.answer is not None else ()
        return next((row for row in rows if row.meeting.id == meeting_id), None)

    def bounds(self) -> tuple[datetime, datetime]:
        """The UTC instants between which the asked days lie, the second excluded."""
        span = days_bounds(*self.days, self.zone)
        return span.start, span.end
