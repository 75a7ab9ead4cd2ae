"""Changing the meetings of an account, one by one and in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from app.api.errors import ApiError
from app.api.hubspot.batch_rows import BatchRow
from app.api.hubspot.calendar_events import CalendarEvent, CalendarEventsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.object_payloads import Association as SentAssociation
from app.api.hubspot.objects import LARGEST_BATCH
from app.api.hubspot.records import RecordsClient
from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import Association, FieldEdit, FileId, Meeting, MeetingId, Outcome, RecordRef
from app.domain.ports_meetings import BatchResult
from app.domain.problems import Gone, Problem, Rejected, ServiceBroken
from app.gateways.hubspot.batch_refusals import refusal_of
from app.gateways.hubspot.meeting_links import MeetingLinks
from app.gateways.hubspot.meeting_mapping import (
    NOTES,
    attached,
    attachments_of,
    changes_of,
    field_named,
    is_marked,
    marked,
    meeting_of,
    properties_of,
)
from app.gateways.hubspot.record_types import wire_type
from app.gateways.notes import note_html
from app.gateways.problems import Calls

_MEETING: Final = "meeting"
Edits = Sequence[FieldEdit]


class HubSpotMeetingWriterGateway:
    """Fulfils `MeetingWriter`. Only the properties that an edit names are ever sent."""

    def __init__(
        self,
        meetings: MeetingsClient,
        calendar: CalendarEventsClient,
        records: RecordsClient,
        links: MeetingLinks,
        calls: Calls,
    ) -> None:
        self._meetings = meetings
        self._calendar = calendar
        self._records = records
        self._links = links
        self._calls = calls

    async def log(self, change: LogMeeting, *, mark: str) -> Meeting:
        """Create it. Raises Problem; Unknown when the answer was lost."""
        with self._calls.reading("labels"):
            associations = await self._links.sent(change.associations)
        details = change.details
        properties = {**properties_of(details), NOTES: marked(details.notes, mark)}
        with _by_field(), self._calls.writing(_MEETING, sent_once=True):
            made = await self._meetings.create(properties, associations=associations)
        return meeting_of(made.filled(properties), change.associations)

    async def schedule(self, change: ScheduleMeeting, *, mark: str) -> MeetingId | None:
        """Put it into the calendar; its id when HubSpot names it. Raises Problem; Unknown as for `log`.

        Whether the answer's id is the meeting's is not documented (reference 5.5), so that it is looked up.
        """
        with self._calls.reading("labels"):
            associations = await self._links.sent(change.associations)
        event = _event_of(change, associations, mark)
        with _by_field(), self._calls.writing("calendar", sent_once=True):
            made = await self._calendar.create(event)
        try:
            payload = await self._meetings.read(str(made.id))
        except ApiError:
            return None
        return MeetingId(str(payload.id)) if is_marked(payload, mark) else None

    async def edit(self, meeting_id: MeetingId, edits: Edits) -> Meeting:
        """Set the named fields, then read the meeting. Raises Problem; Rejected names the fields."""
        with _by_field(), self._calls.writing(_MEETING):
            if edits:
                await self._meetings.update(meeting_id, changes_of(edits))
            return meeting_of(await self._meetings.read(meeting_id))

    async def edit_many(self, edits: Mapping[MeetingId, Edits]) -> BatchResult:
        """A hundred a call, each row with its own result. Raises Problem when a whole call failed."""
        done: list[Meeting] = []
        failed: dict[MeetingId, Problem] = {}
        rows = list(edits.items())
        for start in range(0, len(rows), LARGEST_BATCH):
            part = await self._edited(dict(rows[start : start + LARGEST_BATCH]))
            done += part.done
            failed |= part.failed
        return BatchResult(tuple(done), failed)

    async def delete_many(self, meeting_ids: Sequence[MeetingId]) -> None:
        """Into the recycle bin, a hundred a call. Raises Problem."""
        with self._calls.writing("meetings"):
            for start in range(0, len(meeting_ids), LARGEST_BATCH):
                await self._meetings.batch_archive(meeting_ids[start : start + LARGEST_BATCH])

    async def link(self, meeting_id: MeetingId, association: Association) -> tuple[Association, ...]:
        """Put it on the record with exactly these labels, and read where it stands. Raises Problem."""
        with self._calls.writing("record"):
            await self._links.put(meeting_id, association)
            return (await self._links.of([meeting_id]))[meeting_id]

    async def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> tuple[Association, ...]:
        """Take it off the record, and read where it stands. Raises Problem."""
        with self._calls.writing("record"):
            await self._links.take(meeting_id, ref)
            return (await self._links.of([meeting_id]))[meeting_id]

    async def pin(self, ref: RecordRef, meeting_id: MeetingId | None) -> None:
        """Pin it in place of another, or take the pin away. Raises Problem."""
        with self._calls.writing("record"):
            await self._records.pin(wire_type(ref.type), ref.id, meeting_id)

    async def attach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Add a file to the ones there are now. Raises Problem."""
        return await self._with_files(meeting_id, lambda there: (*there, file_id))

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Take a file from the ones there are now. Raises Problem."""
        return await self._with_files(
            meeting_id, lambda there: tuple(each for each in there if each != file_id)
        )

    async def _with_files(
        self, meeting_id: MeetingId, change: Callable[[tuple[FileId, ...]], tuple[FileId, ...]]
    ) -> Meeting:
        """There is no call that adds a file: read, change, write, read (reference 10)."""
        with self._calls.writing(_MEETING):
            payload = await self._meetings.read(meeting_id)
            there = attachments_of(payload)
            wanted = tuple(dict.fromkeys(change(there)))
            if wanted != there:
                await self._meetings.update(meeting_id, attached(wanted))
                payload = await self._meetings.read(meeting_id)
            return meeting_of(payload)

    async def _edited(self, edits: Mapping[MeetingId, Edits]) -> BatchResult:
        """At most a hundred. What is refused as a whole is sent row by row, to know which ones failed."""
        try:
            with self._calls.writing("meetings"):
                sent = {str(meeting_id): changes_of(each) for meeting_id, each in edits.items()}
                rows = await self._meetings.batch_update(sent)
        except Rejected:
            return await self._edited_singly(edits)
        failed = {MeetingId(row.key): self._why(row) for row in rows if row.record is None}
        written = [meeting_id for meeting_id in edits if meeting_id not in failed]
        with self._calls.reading("meetings"):
            found = (await self._meetings.batch_read(written)).value.results if written else ()
        done = {meeting.id: meeting for meeting in map(meeting_of, found)}
        gone = {meeting_id: Gone(_MEETING) for meeting_id in written if meeting_id not in done}
        return BatchResult(tuple(done.values()), {**failed, **gone})

    async def _edited_singly(self, edits: Mapping[MeetingId, Edits]) -> BatchResult:
        done: list[Meeting] = []
        failed: dict[MeetingId, Problem] = {}
        for meeting_id, each in edits.items():
            try:
                done.append(await self.edit(meeting_id, each))
            except (Rejected, Gone) as problem:
                failed[meeting_id] = problem
        return BatchResult(tuple(done), failed)

    def _why(self, row: BatchRow) -> Problem:
        if row.error is None:
            return ServiceBroken(None)
        return _named_by_field(self._calls.problem(refusal_of(row.error), _MEETING))


def _event_of(change: ScheduleMeeting, associations: tuple[SentAssociation, ...], mark: str) -> CalendarEvent:
    details = change.details
    if details.start is None or details.end is None:
        raise Rejected("", {"start" if details.start is None else "end": ""})
    return CalendarEvent(
        organizer_user_id=change.organizer_user_id,
        owner_id=details.owner_id or "",
        title=details.title,
        start=details.start,
        end=details.end,
        timezone=change.zone,
        outcome=details.outcome or Outcome.SCHEDULED.value,
        body=note_html(details.body),
        internal_notes=marked(details.notes, mark),
        location=details.location,
        location_type=change.location_type,
        activity_type=details.activity_type,
        attendee_owner_ids=change.attendee_owner_ids,
        associations=associations,
        reminders=tuple((minutes, "MINUTES") for minutes in change.reminders),
    )


@contextmanager
def _by_field() -> Iterator[None]:
    """Inside, what is rejected is told by the fields of a meeting instead of HubSpot's properties."""
    try:
        yield
    except Rejected as problem:
        raise _named_by_field(problem) from problem


def _named_by_field(problem: Problem) -> Problem:
    if not isinstance(problem, Rejected):
        return problem
    return replace(problem, fields={field_named(name): said for name, said in problem.fields.items()})
