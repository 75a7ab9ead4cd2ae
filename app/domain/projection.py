"""Meetings as the rep has decided them to be: HubSpot's version with the pending changes laid over it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar, assert_never

from app.domain.changes import (
    STUCK_STATES,
    AttachFile,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.matching import words_of
from app.domain.meetings import (
    Association,
    CrmRecord,
    FieldEdit,
    Meeting,
    MeetingDetails,
    MeetingId,
    MeetingIndex,
    MeetingQuery,
    Outcome,
    RecordRef,
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
Item = TypeVar("Item")

_NO_NAMES: Final[Mapping[RecordRef, str]] = MappingProxyType({})


class PendingMark(StrEnum):
    """How far a meeting's changes are on their way, the one that needs the rep most coming last."""

    WAITING = "waiting"
    SENDING = "sending"
    CHECKING = "checking"
    FAILED = "failed"
    CONFLICT = "conflict"
    ASKING = "asking"


_MARKS: Final = MappingProxyType(
    {
        ChangeState.QUEUED: PendingMark.WAITING,
        ChangeState.SENDING: PendingMark.SENDING,
        ChangeState.UNKNOWN: PendingMark.CHECKING,
        ChangeState.VERIFYING: PendingMark.CHECKING,
        ChangeState.DEAD: PendingMark.FAILED,
        ChangeState.CONFLICT: PendingMark.CONFLICT,
        ChangeState.ASKING: PendingMark.ASKING,
    }
)
_WORST_LAST: Final = tuple(PendingMark)


@dataclass(frozen=True, slots=True)
class ProjectedMeeting:
    """A meeting as it is shown; `pending` is None where HubSpot has everything."""

    meeting: Meeting
    pending: PendingMark | None = None


def mark_of(changes: Iterable[PendingChange]) -> PendingMark | None:
    """The worst mark of the changes; None where all of them are done."""
    marks = [_MARKS[row.state] for row in changes if row.state is not ChangeState.DONE]
    return max(marks, key=_WORST_LAST.index, default=None)


def project(meeting: Meeting | None, changes: Iterable[PendingChange]) -> ProjectedMeeting | None:
    """One meeting with its changes in the order of decisions; None where it is deleted or not known.

    `changes` are those of this meeting only. A stuck change stays visible until it is discarded, so that
    nothing the rep wrote disappears; only a stuck deletion does not hide the meeting. Done ones are skipped.
    """
    rows = [row for row in changes if row.state is not ChangeState.DONE]
    shown = meeting
    for row in rows:
        shown = applied(shown, row)
    return ProjectedMeeting(shown, mark_of(rows)) if shown else None


def applied(meeting: Meeting | None, row: PendingChange) -> Meeting | None:
    """The meeting after one change that is not done yet.

    Where nobody has read the associations, a link shows the new record alone: ask the server's version,
    not the projected one, whether they still have to be read. Pins belong to records: `with_pins`.
    """
    change = row.change
    match change:
        case LogMeeting() | ScheduleMeeting():
            created = Meeting(
                change.meeting_id, change.details, change.associations, created_at=row.created_at
            )
            return meeting or created
        case DeleteMeeting():
            return meeting if row.state in STUCK_STATES else None
        case _ if meeting is None:
            return None
        case EditMeeting(edits=edits):
            return replace(meeting, details=edited(meeting.details, edits))
        case LinkRecord(association=association):
            return replace(meeting, associations=linked(meeting.associations or (), association))
        case UnlinkRecord(ref=ref):
            return replace(meeting, associations=unlinked(meeting.associations, ref))
        case PinMeeting():
            return meeting
        case AttachFile():
            is_new = row.file_id is not None and row.file_id not in meeting.attachments
            added = (row.file_id,) if row.file_id is not None and is_new else ()
            return replace(meeting, attachments=(*meeting.attachments, *added))
        case DetachFile(file_id=file_id):
            return replace(meeting, attachments=tuple(one for one in meeting.attachments if one != file_id))
        case _:
            assert_never(change)


def edited(details: MeetingDetails, edits: Sequence[FieldEdit]) -> MeetingDetails:
    """The details after the edits; an instant that cannot be read leaves its field as it was."""
    for edit in edits:
        try:
            details = details.with_texts({edit.name: edit.after})
        except ValueError:
            continue
    return details


def linked(associations: Sequence[Association], added: Association) -> tuple[Association, ...]:
    """The associations with one more; a known record keeps its place and gets the labels of `added`."""
    if any(one.ref == added.ref for one in associations):
        return tuple(added if one.ref == added.ref else one for one in associations)
    return (*associations, added)


def unlinked(associations: Sequence[Association] | None, ref: RecordRef) -> tuple[Association, ...] | None:
    """The associations without a record; None stays None."""
    if associations is None:
        return None
    return tuple(one for one in associations if one.ref != ref)


def with_pins(records: Iterable[CrmRecord], changes: Iterable[PendingChange]) -> tuple[CrmRecord, ...]:
    """The records with the pins that all meetings' pending changes, in order, put on them or take away."""
    pins: dict[RecordRef, list[PinMeeting]] = {}
    for row in changes:
        if isinstance(row.change, PinMeeting) and row.state is not ChangeState.DONE:
            pins.setdefault(row.change.ref, []).append(row.change)
    return tuple(_pinned(record, pins.get(record.ref, ())) for record in records)


def _pinned(record: CrmRecord, pins: Sequence[PinMeeting]) -> CrmRecord:
    if not pins:
        return record
    return replace(record, pinned=pins[-1].meeting_id if pins[-1].is_pinned else MeetingId(""))


def matches(query: MeetingQuery, meeting: Meeting, record_names: Mapping[RecordRef, str] = _NO_NAMES) -> bool:
    """Whether a list with this query shows the meeting; `record_names` are the known names by record.

    Every typed word must begin a word of title, description, notes or a record's name, without regard to
    case and accents. A meeting without a start lies outside every range; one without an end counts by its
    start when it is asked whether it is to be logged.
    """
    details = meeting.details
    return (
        (not query.outcomes or details.outcome in query.outcomes)
        and (not query.activity_types or details.activity_type in query.activity_types)
        and (not query.owner_ids or details.owner_id in query.owner_ids)
        and (query.record is None or query.record in meeting.refs)
        and _is_between(details.start, query.earliest, query.latest)
        and (query.to_log_before is None or is_over_and_scheduled(details, query.to_log_before))
        and _has_words(query.text, meeting, record_names)
    )


def is_over_and_scheduled(details: MeetingDetails, instant: datetime) -> bool:
    """Whether the meeting ended before the instant and nobody has said how it went."""
    end = details.end or details.start
    return details.outcome == Outcome.SCHEDULED and end is not None and end < instant


def _is_between(start: datetime | None, earliest: datetime | None, latest: datetime | None) -> bool:
    if earliest is None and latest is None:
        return True
    if start is None:
        return False
    return (earliest is None or start >= earliest) and (latest is None or start <= latest)


def _has_words(text: str, meeting: Meeting, record_names: Mapping[RecordRef, str]) -> bool:
    wanted = words_of(text).split()
    if not wanted:
        return True
    details = meeting.details
    names = (record_names.get(ref, "") for ref in meeting.refs)
    there = " ".join(("", *map(words_of, (details.title, details.body, details.notes, *names))))
    return all(f" {word}" in there for word in wanted)


def start_ms(meeting: Meeting) -> int:
    """The start in epoch milliseconds; 0 without one."""
    start = meeting.details.start
    return (start - _EPOCH) // _MILLISECOND if start else 0


def merge_index(
    index: MeetingIndex,
    projected: Mapping[MeetingId, ProjectedMeeting | None],
    query: MeetingQuery,
    record_names: Mapping[RecordRef, str] = _NO_NAMES,
) -> MeetingIndex:
    """The cache's answer to the query, corrected for every meeting that has pending changes.

    `projected` holds all of these, None for a deleted one; an id that is known locally only is simply new.
    A row whose start is the same keeps its place; others come behind the rows with an equal start.
    """
    fits = {
        meeting_id: start_ms(one.meeting)
        for meeting_id, one in projected.items()
        if one is not None and matches(query, one.meeting, record_names)
    }
    there = [(place, one) for place, one in enumerate(index.ids) if one in projected]
    kept = {one for place, one in there if fits.get(one) == index.starts_ms[place]}
    dropped = [place for place, one in there if one not in kept]
    ids, starts = _without(index.ids, dropped), _without(index.starts_ms, dropped)
    added = sorted(
        (_place(starts, start, is_ascending=query.is_ascending), start if query.is_ascending else -start, one)
        for one, start in fits.items()
        if one not in kept
    )
    return MeetingIndex(
        tuple(_with(ids, [(place, one) for place, _, one in added])),
        _with(starts, [(place, fits[one]) for place, _, one in added]),
    )


def _without(items: Sequence[Item], places: Sequence[int]) -> list[Item]:
    """The items without the ones at these places, which are in order."""
    kept: list[Item] = []
    begin = 0
    for place in places:
        kept.extend(items[begin:place])
        begin = place + 1
    kept.extend(items[begin:])
    return kept


def _with(items: Sequence[Item], added: Sequence[tuple[int, Item]]) -> list[Item]:
    """The items with others before the ones at these places, which are in order."""
    result: list[Item] = []
    begin = 0
    for place, item in added:
        result.extend(items[begin:place])
        result.append(item)
        begin = place
    result.extend(items[begin:])
    return result


def _place(starts: Sequence[int], start: int, *, is_ascending: bool) -> int:
    if is_ascending:
        return bisect_right(starts, start)
    return bisect_left(starts, -start + 1, key=lambda one: -one)
