"""What the desk shows of a booking's records, from one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from app.domain.booking import Booked
from app.domain.changes import PendingChange
from app.domain.meetings import COMPANY, DEAL, CrmRecord, MeetingId
from app.domain.problems import Problem
from app.domain.records import Contact, ContactId
from app.domain.suggesting import is_closed_deal
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.pending import pending_note
from app.ui.kit.records.kinds import kind_name, shown_name
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate
MOST_OFFERED = 4
LETTERS = 80
"""How much of a record's name is shown."""


class Search(Enum):
    """How far the search for what HubSpot wrote has come."""

    LOOKING = auto()
    FOUND = auto()
    MISSING = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class BookedMeeting:
    """One booking; `wishes` are the records chosen for it before HubSpot had written the meeting."""

    booked: Booked
    wishes: tuple[CrmRecord, ...] = ()
    search: Search = Search.LOOKING
    row: MeetingRow | None = None
    suggestions: tuple[CrmRecord, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class RecordingInputs:
    """The chosen guest with what is offered and wished for, and the bookings of this session.

    `wishes` are by guest, `bookings` by the id of HubSpot's calendar event, `shown` is one of these ids or
    empty; `changes` are the open ones of the meeting that is shown.
    """

    contact: Contact | None = None
    offers: tuple[CrmRecord, ...] = ()
    wishes: Mapping[ContactId, tuple[CrmRecord, ...]] = field(default_factory=dict)
    shown: str = ""
    bookings: Mapping[str, BookedMeeting] = field(default_factory=dict)
    changes: tuple[PendingChange, ...] = ()

    @property
    def wished(self) -> tuple[CrmRecord, ...]:
        """What is wished for the chosen guest."""
        return self.wishes.get(self.contact.id, ()) if self.contact is not None else ()

    @property
    def meeting(self) -> BookedMeeting | None:
        """The booking that is shown."""
        return self.bookings.get(self.shown)


@dataclass(frozen=True, slots=True)
class Offer:
    """A deal of the guest that can be chosen before booking."""

    record: CrmRecord
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record the meeting is on, or could be on; `note` says what has still to be sent."""

    record: CrmRecord
    name: str
    kind: str
    is_on: bool = False
    is_pinned: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordsProps:
    """The card after booking; `meeting_id` is None until HubSpot's meeting was found."""

    lines: tuple[RecordLine, ...] = ()
    sentence: str = ""
    is_looking: bool = False
    can_look_again: bool = False
    meeting_id: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class RecordingProps:
    """Both parts, each with a signal of its own."""

    offers: tuple[Offer, ...]
    records: RecordsProps


def derive_recording(inputs: RecordingInputs) -> RecordingProps:
    """Both parts from one snapshot."""
    wished = {record.ref for record in inputs.wished}
    offers = tuple(Offer(one, _label(one), one.ref in wished) for one in inputs.offers)
    return RecordingProps(offers, _records(inputs))


def open_deals(related: tuple[CrmRecord, ...]) -> tuple[CrmRecord, ...]:
    """What is worth offering before booking: the first few deals that are not closed."""
    return tuple(one for one in related if one.ref.type == DEAL and not is_closed_deal(one))[:MOST_OFFERED]


def _records(inputs: RecordingInputs) -> RecordsProps:
    meeting = inputs.meeting
    if meeting is None:
        return RecordsProps()
    match meeting.search:
        case Search.LOOKING:
            sentence = translate("recording", "Looking for the meeting in HubSpot…")
            return RecordsProps(_wished(meeting), sentence, is_looking=True)
        case Search.MISSING:
            sentence = translate("recording", "HubSpot has not listed it yet: it will appear in Log.")
            return RecordsProps(_wished(meeting), sentence, can_look_again=True)
        case Search.FAILED:
            sentence = words_for(meeting.problem).sentence if meeting.problem is not None else ""
            return RecordsProps(_wished(meeting), sentence, can_look_again=True)
        case Search.FOUND:
            return _found(meeting, inputs.changes)


def _found(meeting: BookedMeeting, changes: tuple[PendingChange, ...]) -> RecordsProps:
    row = meeting.row
    if row is None:
        return RecordsProps()
    on = tuple(
        RecordLine(
            record,
            *_names(record),
            is_on=True,
            is_pinned=bool(record.pinned) and record.pinned == row.meeting.id,
            note=pending_note(record.ref, changes),
        )
        for record in row.records
    )
    taken = {record.ref for record in row.records}
    offered = (one for one in (*meeting.wishes, *meeting.suggestions) if one.ref not in taken)
    fresh = {one.ref: one for one in offered if one.ref.type in (COMPANY, DEAL) and not is_closed_deal(one)}
    lines = tuple(
        RecordLine(one, *_names(one), note=pending_note(one.ref, changes)) for one in fresh.values()
    )
    sentence = "" if lines or on else translate("recording", "It is on no record yet. Add some in Log.")
    return RecordsProps((*on, *lines[:MOST_OFFERED]), sentence, meeting_id=row.meeting.id)


def _wished(meeting: BookedMeeting) -> tuple[RecordLine, ...]:
    note = translate("recording", "Added once the meeting is found")
    return tuple(RecordLine(one, *_names(one), note=note) for one in meeting.wishes)


def _names(record: CrmRecord) -> tuple[str, str]:
    ref = record.ref
    name = shown_name(record.name, ref.type, ref.id)
    short = name if len(name) <= LETTERS else f"{name[:LETTERS].rstrip()}…"
    return short, kind_name(ref.type)


def _label(record: CrmRecord) -> str:
    name, kind = _names(record)
    return translate("recording", "{kind}: {name}").format(kind=kind, name=name)
