"""An outbox at work on fakes: one rep, one HubSpot, a disk that outlives the program."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from app.domain.accounts import Account, AccountId
from app.domain.changes import (
    Change,
    ChangeId,
    ChangeState,
    EditMeeting,
    LogMeeting,
    PendingChange,
)
from app.domain.meetings import (
    CONTACT,
    DEAL,
    Association,
    FieldEdit,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from app.domain.problems import StorageFailed, StorageTrouble
from app.services.outbox.service import OutboxService
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.meeting_stores import FakeSpool
from tests.fakes.outbox_store import FakeOutboxStore
from tests.fakes.samples import sample_account
from tests.services.world import Disk, World, no_errors

ADA = RecordRef(CONTACT, "301")
ROLLOUT = RecordRef(DEAL, "501")
ON_ADA = Association(ADA)
LOCAL = local_meeting_id("1")
DETAILS = MeetingDetails(
    title="Intro call", start=NOW - timedelta(hours=2), end=NOW - timedelta(hours=1), outcome="COMPLETED"
)
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")
SOON = 1.0
"""Seconds after which a first pause of at most half a second is over."""


def log(meeting_id: MeetingId = LOCAL, title: str = "Intro call") -> LogMeeting:
    """Log a meeting with Ada."""
    return LogMeeting(meeting_id, replace(DETAILS, title=title), (ON_ADA,))


def edit_of(meeting: Meeting, after: str = "Renamed", name: MeetingField = MeetingField.TITLE) -> EditMeeting:
    """Set one field of a meeting as it is now."""
    edits = (FieldEdit(name, meeting.details.text(name), after),)
    return EditMeeting(meeting.id, edits, meeting.updated_at)


@dataclass
class Paper:
    """What outlives the program besides the disk of the other services."""

    store: FakeOutboxStore = field(default_factory=FakeOutboxStore)
    spool: FakeSpool = field(default_factory=FakeSpool)
    disk: Disk = field(default_factory=Disk)
    chances: random.Random = field(default_factory=lambda: random.Random(5))


class Office:
    """One start of the program; `working` runs it."""

    def __init__(
        self,
        paper: Paper | None = None,
        hubspot: FakeMeetings | None = None,
        clock: ManualClock | None = None,
        accounts: tuple[Account, ...] = (sample_account(),),
    ) -> None:
        self.paper = paper or Paper()
        self.clock = clock or ManualClock()
        self.hubspot = hubspot or FakeMeetings(self.clock)
        self.world = World(self.clock, disk=self.paper.disk, accounts=accounts)
        self.sent: list[tuple[PendingChange, Meeting | None, tuple[Association, ...] | None]] = []
        self.outbox = OutboxService(
            self.world.accounts,
            self.world.connectivity,
            self.paper.store,
            self.paper.spool,
            self.clock,
            self.paper.chances,
            on_error=no_errors,
        )
        self.outbox.subscribe_sent(self._note)

    async def _note(
        self, row: PendingChange, meeting: Meeting | None, associations: tuple[Association, ...] | None
    ) -> None:
        self.sent.append((row, meeting, associations))

    async def start(self) -> "Office":
        """Sign in; every account sees the same HubSpot unless told otherwise."""
        await self.world.accounts.load()
        for account in self.world.accounts.state.value.accounts:
            self.world.connections.crm(account.id).meetings = self.hubspot.ports()
        await self.outbox.load()
        return self

    @property
    def store(self) -> FakeOutboxStore:
        """The disk."""
        return self.paper.store

    @property
    def rows(self) -> tuple[PendingChange, ...]:
        """What is on its way."""
        return self.outbox.state.value.rows

    @property
    def states(self) -> list[ChangeState]:
        """The states of the rows."""
        return [row.state for row in self.rows]

    @property
    def reasons(self) -> list[str]:
        """Why rows are where they are; "" where nothing is said."""
        return [row.refusal.kind if row.refusal else "" for row in self.rows]

    @property
    def account_id(self) -> AccountId:
        """The active account."""
        return self.world.account_id

    async def add(self, *changes: Change, group: str | None = None, hold: float = 0) -> Sequence[ChangeId]:
        """Add changes and let the loop settle."""
        ids = await self.outbox.add(changes, group=group, hold_seconds=hold)
        await settle()
        return ids

    def disk_row(self, change_id: ChangeId) -> PendingChange:
        """A row as a restart would find it."""
        return self.store.kept[change_id]

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Run the worker and the connection's own questions; both end with the block."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self.outbox.run()),
                group.create_task(self.world.connectivity.run()),
            ]
            await settle()
            yield
            for task in tasks:
                task.cancel()


async def at_work(before: Office | None = None) -> Office:
    """An office whose rep is signed in; after `before`, with its disk, its HubSpot and its time."""
    if before is None:
        return await Office().start()
    return await Office(before.paper, before.hubspot, before.clock).start()
