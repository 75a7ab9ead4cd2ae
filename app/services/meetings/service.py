"""The meetings of the active account for the screens: one entrance to everything in this package."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.domain.accounts import Account
from app.domain.changes import LogMeeting, PendingChange, ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    Attachment,
    CrmRecord,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingIndex,
    MeetingQuery,
    RecordRef,
    RecordType,
)
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache, RecordKind, Spool
from app.domain.problems import Gone, Problem, SignInNeeded
from app.domain.records import OwnerId
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.meetings.active import ActiveAccount
from app.services.meetings.arrivals import Arrivals
from app.services.meetings.cached import CachedMeetings
from app.services.meetings.duplicates import MeetingDuplicates
from app.services.meetings.files import MeetingFiles
from app.services.meetings.gestures import Gestures
from app.services.meetings.lists import AccountLists
from app.services.meetings.look_ups import LookUps
from app.services.meetings.naming import RecordNames
from app.services.meetings.outgoing import Outgoing, WaitingRows
from app.services.meetings.overview import MeetingsOverview
from app.services.meetings.own_changes import OwnChanges
from app.services.meetings.reading import Reading
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.meetings.sync import MeetingSync
from app.services.meetings.upkeep import Upkeep
from app.services.published import ErrorSink, Published

_AT_ONCE: Final = timedelta(0)


class MeetingsService:
    """Reads from this computer, asks HubSpot beside that, and hands every change to the outbox.

    Reading answers with what is known, also offline and with a lost sign-in. Commands raise Problem and have
    then changed nothing; their answer names the group by which the outbox undoes them.
    """

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        outbox: Outgoing,
        cache: MeetingCache,
        spool: Spool,
        clock: Clock,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._active = active = ActiveAccount(accounts, connectivity)
        self._outbox = outbox
        self._own = OwnChanges(clock)
        self._names = RecordNames(active, cache, self._own, clock)
        self._meetings = CachedMeetings(cache, outbox, self._names)
        self._lists = AccountLists(active, cache, clock)
        self._overview = MeetingsOverview(active, self._meetings, self._lists, clock, on_error=on_error)
        self._files = MeetingFiles(active, cache, clock)
        self._look_ups = LookUps(active, cache, self._meetings, self._names, clock)
        self._duplicates = MeetingDuplicates(active, self._meetings, self._names, outbox)
        self._gestures = Gestures(self._meetings, outbox, spool)
        self._arrivals = Arrivals(cache, outbox, self._names, self._own)
        self._sync = MeetingSync(
            active,
            cache,
            Reading(active, cache, self._names, self._own, clock, pending=self._pending),
            self._names,
            clock,
            prepare=self._overview.learn,
            finish=self._overview.note_types,
            arrived=self._overview.revisions.note_gently,
            on_error=on_error,
        )
        self._upkeep = Upkeep(active, clock, self._load_and_sync)
        self._waiting = outbox.state.value.rows
        active.when_switched(self._own.forget)
        outbox.subscribe_sent(self._on_sent)
        outbox.state.subscribe(self._on_outbox)

    @property
    def state(self) -> Published[MeetingsState]:
        """What every screen shows of the meetings."""
        return self._overview.state

    @property
    def sync(self) -> Published[SyncState]:
        """How the reading of HubSpot's meetings stands."""
        return self._sync.state

    async def load(self) -> None:
        """Publish what this computer knows of the active account's lists; nothing of the network."""
        account_id = self._active.id
        if account_id is None:
            return
        await self._overview.recall(account_id)
        await self._sync.recall(account_id)

    async def index(self, query: MeetingQuery) -> MeetingIndex:
        """The meetings a list with this query shows. Raises StorageFailed."""
        account_id = self._active.id
        return await self._meetings.index(account_id, query) if account_id else MeetingIndex()

    async def rows(self, ids: Sequence[MeetingId]) -> tuple[MeetingRow, ...]:
        """The known ones of these, in the order asked for. Raises StorageFailed.

        A meeting that was local when it was asked for comes with HubSpot's id once it has one.
        """
        account_id = self._active.id
        return await self._meetings.rows(account_id, ids) if account_id else ()

    async def row(self, meeting_id: MeetingId) -> MeetingRow | None:
        """One of them; None where it is deleted or not known. Raises StorageFailed."""
        return next(iter(await self.rows((meeting_id,))), None)

    async def refresh(self, meeting_id: MeetingId) -> MeetingRow:
        """Read one anew with its records, their names and pins. Raises Problem, Gone among them."""
        try:
            await self._look_ups.refresh(self._account.id, self._outbox.resolve(meeting_id))
        finally:
            self._overview.revisions.note()
        row = await self.row(meeting_id)
        if row is None:
            raise Gone(meeting_id)
        return row

    async def details_needed(self, ids: Sequence[MeetingId]) -> None:
        """These rows are on screen: read what is not known of their records; failures are not told."""
        account_id = self._active.id
        if account_id is None or not self._active.can_be_asked:
            return
        try:
            is_news = await self._names.complete(account_id, [self._outbox.resolve(one) for one in ids])
        except Problem:
            return
        if is_news:
            self._overview.revisions.note()

    async def log(
        self,
        details: MeetingDetails,
        associations: Sequence[Association],
        *,
        pins: Sequence[RecordRef] = (),
        files: Sequence[Path] = (),
        draft_key: str | None = None,
    ) -> MeetingId:
        """Log a meeting; the rep met where no owner is given. The local id is the group's name too."""
        details = self._owned(details)
        return await self._gestures.create(
            lambda meeting_id: LogMeeting(meeting_id, details, tuple(associations)),
            pins=pins,
            files=files,
            draft_key=draft_key,
        )

    async def schedule(
        self,
        details: MeetingDetails,
        associations: Sequence[Association],
        *,
        zone: str,
        attendee_owner_ids: Sequence[OwnerId] = (),
        location_type: str = "",
        reminders: Sequence[int] = (),
        draft_key: str | None = None,
    ) -> MeetingId:
        """Put a plain meeting into the rep's calendar (HubSpot reference 5.5); `zone` is an IANA name.

        `reminders` are minutes before the start. The local id is the group's name too.
        """
        details, user_id = self._owned(details), self._account.user_id
        return await self._gestures.create(
            lambda meeting_id: ScheduleMeeting(
                meeting_id,
                details,
                user_id,
                zone,
                tuple(associations),
                tuple(attendee_owner_ids),
                location_type,
                tuple(reminders),
            ),
            draft_key=draft_key,
        )

    def _owned(self, details: MeetingDetails) -> MeetingDetails:
        return replace(details, owner_id=details.owner_id or self.state.value.my_owner_id)

    async def edit(
        self,
        meeting_id: MeetingId,
        after: MeetingDetails,
        *,
        seen: Meeting | None = None,
        draft_key: str | None = None,
    ) -> str | None:
        """Change what differs from `seen`, the meeting the form began with; None when nothing does."""
        account_id = self._account.id
        return await self._gestures.edit(account_id, meeting_id, after, seen=seen, draft_key=draft_key)

    async def set_outcome(self, ids: Sequence[MeetingId], outcome: str) -> str:
        """Give the meetings an outcome; held back 8 s for undo."""
        return await self.change_many(ids, {MeetingField.OUTCOME: outcome})

    async def change_many(self, ids: Sequence[MeetingId], edits: Mapping[MeetingField, str]) -> str:
        """Set the same fields (canonical text form) of many; held back 8 s for undo.

        Raises ValueError for an instant that is none.
        """
        return await self._gestures.edit_many(self._account.id, ids, edits)

    async def delete(self, ids: Sequence[MeetingId]) -> str:
        """Put the meetings into the recycle bin; held back 8 s for undo."""
        return await self._gestures.delete(ids)

    async def link(self, meeting_id: MeetingId, association: Association) -> str:
        """Put the meeting on a record, with exactly these labels."""
        return await self._gestures.link(meeting_id, association)

    async def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> str:
        """Take the meeting off a record, and its pin there."""
        return await self._gestures.unlink(self._account.id, meeting_id, ref)

    async def pin(self, meeting_id: MeetingId, ref: RecordRef, is_pinned: bool) -> str:
        """Pin the meeting on the record, instead of what is pinned there, or take the pin away."""
        return await self._gestures.pin(self._account.id, meeting_id, ref, is_pinned=is_pinned)

    async def attach(self, meeting_id: MeetingId, path: Path) -> str:
        """Copy the file aside and put it on the meeting. Raises Gone without the file."""
        return await self._gestures.attach(meeting_id, path)

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> str:
        """Take the file off the meeting."""
        return await self._gestures.detach(meeting_id, file_id)

    async def duplicates(
        self,
        details: MeetingDetails,
        refs: Sequence[RecordRef],
        *,
        exclude: MeetingId | None = None,
        calendar_id: str = "",
    ) -> tuple[MeetingRow, ...]:
        """Meetings of the same contact within 15 minutes, or of the same calendar entry, nearest first."""
        return await self._duplicates.find(
            self._account.id, details, refs, exclude=exclude, calendar_id=calendar_id
        )

    async def suggestions(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """Records related to these, companies and open deals first; what cannot be read is left out."""
        return await self._look_ups.suggestions(self._account.id, refs)

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels between meetings and records of that type; none where nobody knows."""
        return await self._lists.labels(self._account.id, record_type)

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The record types a meeting may stand on; the four standard ones where nobody knows."""
        return await self._lists.kinds(self._account.id)

    async def search_records(self, record_type: RecordType, text: str) -> tuple[CrmRecord, ...]:
        """Records by free text, best first; none below two letters. Raises Problem."""
        return await self._look_ups.search(self._account.id, record_type, text)

    async def attachments(self, ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names and sizes of files; one whose name nobody knows has its id as its name."""
        return await self._files.attachments(self._account.id, ids)

    async def file_address(self, file_id: FileId) -> str:
        """An address that opens the file for some minutes. Raises Problem."""
        return await self._files.address(file_id)

    async def find_booked(self, email: str, start: datetime) -> MeetingRow | None:
        """The engagement HubSpot wrote for a link booking, looked for during a minute. Raises Problem."""
        found = await self._look_ups.booked(self._account.id, email, start)
        self._overview.revisions.note()
        return await self.row(found) if found else None

    async def start_sync(self, *, full: bool = False, older_than: timedelta = _AT_ONCE) -> None:
        """Bring this computer's copy up to date, unless that was done and is not `older_than`.

        A problem is published in `sync`.
        """
        if full or self._sync.is_older(older_than):
            await self._bring_up_to_date(full=full, is_automatic=False)

    def cancel_sync(self) -> None:
        """Cut the run under way short; what came stays. Only the rep starts the reading of all anew."""
        self._sync.cancel()

    async def run(self) -> None:
        """Keep this computer's copy and what is counted of it up to date; never returns."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._overview.run())
            group.create_task(self._upkeep.run())

    async def _load_and_sync(self) -> None:
        await self.load()
        await self._bring_up_to_date(full=False, is_automatic=True)

    async def _bring_up_to_date(self, *, full: bool, is_automatic: bool) -> None:
        try:
            await self._sync.start(full=full, is_automatic=is_automatic)
        finally:
            self._overview.revisions.settle()

    def _on_outbox(self, state: WaitingRows) -> None:
        if state.rows != self._waiting:
            self._waiting = state.rows
            self._overview.revisions.note()

    async def _on_sent(
        self, row: PendingChange, answer: Meeting | None, associations: tuple[Association, ...] | None
    ) -> None:
        await self._arrivals.note(row, answer, associations)
        self._overview.revisions.note_gently()

    def _pending(self) -> frozenset[MeetingId]:
        account_id = self._active.id
        return frozenset(self._meetings.pending(account_id)) if account_id else frozenset()

    @property
    def _account(self) -> Account:
        account = self._active.account
        if account is None:
            raise SignInNeeded("")
        return account
