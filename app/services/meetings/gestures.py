"""What the rep does to meetings, as changes for the outbox: one group for each gesture, undone as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.domain.accounts import AccountId
from app.domain.changes import (
    AttachFile,
    Change,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    Association,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    edits_between,
    local_meeting_id,
)
from app.domain.ports_meetings import Spool
from app.domain.problems import Gone, Problem
from app.services.meetings.cached import CachedMeetings
from app.services.meetings.outgoing import Outgoing

UNDO_SECONDS: Final = 8
"""How long deletions and changes of many meetings are held back, so that undo costs no call."""


class Gestures:
    """Turns each gesture into changes and keeps them durably; after a Problem nothing was kept."""

    def __init__(self, meetings: CachedMeetings, outbox: Outgoing, spool: Spool) -> None:
        self._meetings = meetings
        self._outbox = outbox
        self._spool = spool

    async def create(
        self,
        make: Callable[[MeetingId], LogMeeting | ScheduleMeeting],
        *,
        pins: Sequence[RecordRef] = (),
        files: Sequence[Path] = (),
        draft_key: str | None = None,
    ) -> MeetingId:
        """A new meeting with its pins and files; its local id is the group's name too."""
        meeting_id = local_meeting_id(str(uuid4()))
        attached = await self._spooled(meeting_id, files)
        changes = (make(meeting_id), *(PinMeeting(meeting_id, ref) for ref in pins), *attached)
        await self._add(changes, str(meeting_id), draft_key=draft_key, files=attached)
        return meeting_id

    async def edit(
        self,
        account_id: AccountId,
        meeting_id: MeetingId,
        after: MeetingDetails,
        *,
        seen: Meeting | None = None,
        draft_key: str | None = None,
    ) -> str | None:
        """Change the fields in which `after` differs from what the rep has seen; None when none does.

        `seen` is the meeting as the rep began with it (the present one without it), so that what others
        changed meanwhile is not written back.
        """
        before = seen or await self._present(account_id, meeting_id)
        edits = edits_between(before.details, after)
        if not edits:
            return None
        edit = EditMeeting(self._outbox.resolve(meeting_id), edits, before.updated_at)
        return await self._add((edit,), draft_key=draft_key)

    async def edit_many(
        self, account_id: AccountId, ids: Sequence[MeetingId], texts: Mapping[MeetingField, str]
    ) -> str:
        """Set the same fields (canonical text form) of many meetings, held back for undo."""
        meetings = await self._meetings.meetings(account_id, ids)
        changes = []
        for meeting in meetings:
            edits = edits_between(meeting.details, meeting.details.with_texts(texts))
            if edits:
                changes.append(EditMeeting(meeting.id, edits, meeting.updated_at))
        return await self._add(changes, hold_seconds=UNDO_SECONDS)

    async def delete(self, ids: Sequence[MeetingId]) -> str:
        """Put the meetings into the recycle bin, held back for undo."""
        changes = [DeleteMeeting(one) for one in dict.fromkeys(self._outbox.resolve(one) for one in ids)]
        return await self._add(changes, hold_seconds=UNDO_SECONDS)

    async def link(self, meeting_id: MeetingId, association: Association) -> str:
        """Put the meeting on a record, with exactly these labels."""
        return await self._add((LinkRecord(self._outbox.resolve(meeting_id), association),))

    async def unlink(self, account_id: AccountId, meeting_id: MeetingId, ref: RecordRef) -> str:
        """Take the meeting off a record, its pin there first."""
        meeting_id = self._outbox.resolve(meeting_id)
        unlink = UnlinkRecord(meeting_id, ref)
        if await self._pin_on(account_id, meeting_id, ref) != meeting_id:
            return await self._add((unlink,))
        unpin = PinMeeting(meeting_id, ref, is_pinned=False, before=meeting_id)
        return await self._add((unpin, unlink))

    async def pin(
        self, account_id: AccountId, meeting_id: MeetingId, ref: RecordRef, *, is_pinned: bool
    ) -> str:
        """Pin the meeting on the record (on which it is put first, where it is not), or take the pin away.

        Nothing is sent where it is so already; another meeting's pin is never taken away.
        """
        meeting = await self._present(account_id, meeting_id)
        before = await self._pin_on(account_id, meeting.id, ref)
        if before is not None and (before == meeting.id) == is_pinned:
            return await self._add(())
        pin = PinMeeting(meeting.id, ref, is_pinned=is_pinned, before=before)
        is_new = is_pinned and meeting.associations is not None and ref not in meeting.refs
        link = (LinkRecord(meeting.id, Association(ref)),) if is_new else ()
        return await self._add((*link, pin))

    async def attach(self, meeting_id: MeetingId, path: Path) -> str:
        """Copy the file aside and put it on the meeting. Raises Gone without the file."""
        attached = await self._spooled(self._outbox.resolve(meeting_id), (path,))
        return await self._add(attached, files=attached)

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> str:
        """Take the file off the meeting."""
        return await self._add((DetachFile(self._outbox.resolve(meeting_id), file_id),))

    async def _present(self, account_id: AccountId, meeting_id: MeetingId) -> Meeting:
        found = await self._meetings.meetings(account_id, (meeting_id,))
        if not found:
            raise Gone(meeting_id)
        return found[0]

    async def _pin_on(self, account_id: AccountId, meeting_id: MeetingId, ref: RecordRef) -> MeetingId | None:
        rows = await self._meetings.rows(account_id, (meeting_id,))
        return next((one.pinned for row in rows for one in row.records if one.ref == ref), None)

    async def _spooled(self, meeting_id: MeetingId, files: Iterable[Path]) -> tuple[AttachFile, ...]:
        taken: list[AttachFile] = []
        try:
            for path in files:
                spooled, size = await self._spool.take(path)
                taken.append(AttachFile(meeting_id, spooled, path.name, size))
        except Problem:
            await self._unspool(taken)
            raise
        return tuple(taken)

    async def _add(
        self,
        changes: Sequence[Change],
        group: str | None = None,
        *,
        hold_seconds: float = 0,
        draft_key: str | None = None,
        files: Sequence[AttachFile] = (),
    ) -> str:
        group = group or uuid4().hex
        drafts = (draft_key,) if draft_key else ()
        try:
            if changes:
                await self._outbox.add(changes, group=group, hold_seconds=hold_seconds, discard_drafts=drafts)
        except Problem:
            await self._unspool(files)
            raise
        return group

    async def _unspool(self, files: Sequence[AttachFile]) -> None:
        await self._spool.remove([one.spooled for one in files])
