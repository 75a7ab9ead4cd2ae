"""The services of the Log screen, in memory and at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.accounts import AccountId
from app.domain.changes import Change, ChangeId, ChangeState, EditMeeting, PendingChange
from app.domain.conflicts import Side
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    RECORD_TYPES,
    Association,
    AssociationLabel,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingIndex,
    MeetingOption,
    MeetingOptions,
    MeetingQuery,
    RecordRef,
    RecordType,
    edits_between,
)
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Gone, Problem
from app.domain.projection import PendingMark, matches, start_ms
from app.domain.records import Owner, OwnerId
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.outbox.snapshot import OutboxState
from app.services.published import ErrorSink, Published
from tests.fakes.clock import NOW

OPTIONS = MeetingOptions(
    outcomes=tuple(
        MeetingOption(value, value.replace("_", " ").title())
        for value in ("SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED")
    ),
    activity_types=(MeetingOption("discovery", "Discovery call"), MeetingOption("demo", "Product demo")),
)
MEI = Owner(OwnerId("41"), "501", "mei@northwind.example", "Mei Nelson")
GONE = Owner(OwnerId("42"), None, "tom@northwind.example", "Tom Reed", is_active=False)
BOAT = RecordType("2-77")
_SERIAL = {"contact": CONTACT, "company": COMPANY, "deal": DEAL}


def record(kind: str, name: str) -> CrmRecord:
    """A record whose id is its name."""
    return CrmRecord(RecordRef(_SERIAL[kind], name), name)


def row(
    meeting_id: str,
    title: str,
    start: datetime | None,
    outcome: str = "SCHEDULED",
    *records: CrmRecord,
    pending: PendingMark | None = None,
) -> MeetingRow:
    """A meeting of half an hour, Mei's."""
    details = MeetingDetails(
        title=title,
        start=start,
        end=None if start is None else start + timedelta(minutes=30),
        outcome=outcome,
        owner_id=MEI.id,
    )
    associations = tuple(Association(one.ref) for one in records)
    return MeetingRow(Meeting(MeetingId(meeting_id), details, associations), records, pending)


class FakeMeetings:
    """Meetings by id; changes are there at once, marked as waiting."""

    def __init__(self, on_error: ErrorSink, rows: Sequence[MeetingRow] = ()) -> None:
        self.kept = {one.meeting.id: one for one in rows}
        state = MeetingsState(1, 0, OPTIONS, MEI.id, (MEI, GONE))
        self.state = Published(state, on_error)
        self.sync = Published(SyncState(synced_at=NOW), on_error)
        self.refusal: Problem | None = None
        self.groups: dict[str, dict[MeetingId, MeetingDetails]] = {}
        self.deleted: dict[str, list[MeetingRow]] = {}
        self.asked: list[MeetingQuery] = []
        self.calls: list[str] = []
        self.answer: MeetingIndex | None = None
        self.count()

    def count(self) -> None:
        """Say that rows have changed."""
        query = MeetingQuery(to_log_before=NOW)
        to_log = sum(matches(query, one.meeting, {}) for one in self.kept.values())
        before = self.state.value
        self.state.set(replace(before, revision=before.revision + 1, to_log=to_log))

    def put(self, *rows: MeetingRow) -> None:
        """Other rows from HubSpot."""
        self.kept.update({one.meeting.id: one for one in rows})
        self.count()

    async def load(self) -> None:
        self.calls.append("load")

    async def index(self, query: MeetingQuery) -> MeetingIndex:
        self._refuse()
        self.asked.append(query)
        if self.answer is not None:
            return self.answer
        names = {one.ref: one.name for kept in self.kept.values() for one in kept.records}
        found = [one.meeting for one in self.kept.values() if matches(query, one.meeting, names)]
        found.sort(key=start_ms, reverse=True)
        return MeetingIndex(tuple(one.id for one in found), tuple(start_ms(one) for one in found))

    async def rows(self, ids: Sequence[MeetingId]) -> tuple[MeetingRow, ...]:
        self._refuse()
        return tuple(self.kept[one] for one in ids if one in self.kept)

    async def row(self, meeting_id: MeetingId) -> MeetingRow | None:
        return self.kept.get(meeting_id)

    async def refresh(self, meeting_id: MeetingId) -> MeetingRow:
        if meeting_id not in self.kept:
            raise Gone(meeting_id)
        return self.kept[meeting_id]

    async def suggestions(self, refs: object) -> tuple[CrmRecord, ...]:
        return ()

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        return ()

    async def kinds(self) -> tuple[RecordKind, ...]:
        return (*map(RecordKind, RECORD_TYPES), RecordKind(BOAT, "Boat", "Boats"))

    async def details_needed(self, ids: Sequence[MeetingId]) -> None:
        self.calls.append(f"details {len(ids)}")

    async def search_records(self, record_type: RecordType, text: str) -> tuple[CrmRecord, ...]:
        self._refuse()
        known = {one.ref: one for kept in self.kept.values() for one in kept.records}
        return tuple(
            one
            for ref, one in known.items()
            if ref.type == record_type and text.casefold() in one.name.casefold()
        )

    async def set_outcome(self, ids: Sequence[MeetingId], outcome: str) -> str:
        return await self.change_many(ids, {MeetingField.OUTCOME: outcome})

    async def change_many(self, ids: Sequence[MeetingId], edits: Mapping[MeetingField, str]) -> str:
        self._refuse()
        group = f"g{len(self.groups) + 1}"
        self.groups[group] = {one: self.kept[one].meeting.details for one in ids}
        for one in ids:
            before = self.kept[one]
            details = before.meeting.details.with_texts(edits)
            self._set(one, details, PendingMark.WAITING)
        self.calls.append(f"{group} {len(ids)} {dict(edits)}")
        self.count()
        return group

    async def delete(self, ids: Sequence[MeetingId]) -> str:
        self._refuse()
        group = f"d{len(self.deleted) + 1}"
        self.deleted[group] = [self.kept.pop(one) for one in ids]
        self.count()
        return group

    def take_back(self, group: str) -> bool:
        """What the outbox does in an undo."""
        if group in self.deleted:
            self.put(*self.deleted.pop(group))
            return True
        before = self.groups.pop(group, None)
        for one, details in (before or {}).items():
            self._set(one, details, None)
        self.count()
        return before is not None

    async def start_sync(self, *, full: bool = False) -> None:
        self.calls.append("sync" if not full else "full sync")

    def cancel_sync(self) -> None:
        self.calls.append("stop")

    def _set(self, meeting_id: MeetingId, details: MeetingDetails, pending: PendingMark | None) -> None:
        before = self.kept[meeting_id]
        meeting = replace(before.meeting, details=details)
        self.kept[meeting_id] = replace(before, meeting=meeting, pending=pending)

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal


class FakeOutbox:
    """Rows that stand as they were put; what is asked for is written down."""

    def __init__(self, meetings: FakeMeetings, on_error: ErrorSink) -> None:
        self.state = Published(OutboxState(is_loaded=True), on_error)
        self.identities: dict[MeetingId, MeetingId] = {}
        self.done: tuple[PendingChange, ...] = ()
        self.gone_too: tuple[ChangeId, ...] = ()
        self.calls: list[str] = []
        self.refusal: Problem | None = None
        self._meetings = meetings

    def put(self, *rows: PendingChange, **changes: object) -> None:
        """Other rows."""
        self.state.set(replace(self.state.value, rows=rows, **changes))  # type: ignore[arg-type]

    def resolve(self, meeting_id: MeetingId) -> MeetingId:
        return self.identities.get(meeting_id, meeting_id)

    async def retry(self, change_id: ChangeId) -> None:
        self._note(f"retry {change_id}")

    async def discard(self, change_id: ChangeId) -> tuple[ChangeId, ...]:
        self._note(f"discard {change_id}")
        self.put(*(one for one in self.state.value.rows if one.id != change_id))
        return self.gone_too

    async def resolve_conflict(self, change_id: ChangeId, choices: Mapping[MeetingField, Side]) -> None:
        chosen = {name.value: side.value for name, side in choices.items()}
        self._note(f"resolve {change_id} {chosen}")

    async def decide(self, change_id: ChangeId, *, send_again: bool) -> None:
        self._note(f"{'send again' if send_again else 'there'} {change_id}")

    async def undo(self, group: str) -> bool:
        self._note(f"undo {group}")
        return self._meetings.take_back(group)

    async def history(self, limit: int = 200) -> tuple[PendingChange, ...]:
        return self.done[:limit]

    def cancel_upload(self, change_id: ChangeId) -> bool:
        self._note(f"cancel {change_id}")
        return True

    def _note(self, call: str) -> None:
        self.calls.append(call)
        if self.refusal is not None:
            raise self.refusal


def change(
    number: int, what: Change, state: ChangeState = ChangeState.QUEUED, **values: object
) -> PendingChange:
    """A row of the outbox, made a minute before `NOW`."""
    made = PendingChange(
        ChangeId(f"c{number}"), AccountId("1:live"), what, NOW - timedelta(minutes=1), state, f"g{number}"
    )
    return replace(made, **values)  # type: ignore[arg-type]


def edit(meeting_id: str, before: MeetingDetails, after: MeetingDetails) -> EditMeeting:
    """What leads from one to the other."""
    return EditMeeting(MeetingId(meeting_id), edits_between(before, after))
