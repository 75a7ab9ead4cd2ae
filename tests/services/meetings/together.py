"""The meetings service and the real outbox in front of one HubSpot that others change too."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from app.domain.meetings import (
    Association,
    Meeting,
    MeetingDetails,
    MeetingId,
    MeetingQuery,
    RecordRef,
)
from app.domain.problems import Offline
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.meetings.service import MeetingsService
from app.services.meetings.state import MeetingRow
from app.services.outbox.service import OutboxService
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.crm import FakeConnections, FakeCrm, FakeSignIn
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool
from tests.fakes.outbox_store import FakeOutboxStore
from tests.fakes.samples import sample_account
from tests.fakes.stores import FakeAccountStore, FakeVault
from tests.services.meetings.rig import ADA, ME, NORTHWIND, OWNERS
from tests.services.world import no_errors

LONG = 200
"""Rounds of the loop in which everything that can go on has gone on."""

Shown = dict[MeetingId, tuple[MeetingDetails, frozenset[RecordRef]]]


class UnsteadyMeetings(FakeMeetings):
    """A HubSpot that cannot be reached while `is_offline`."""

    is_offline = False

    async def _step(self, method: str, *arguments: object) -> None:
        if self.is_offline:
            raise Offline
        await super()._step(method, *arguments)


class Together:
    """One rep with both services running inside `working`."""

    def __init__(self, *, lag: float = 0) -> None:
        self.clock = ManualClock()
        self.hubspot = UnsteadyMeetings(self.clock)
        self.hubspot.lag = lag
        self.connections = FakeConnections(lambda: FakeCrm.make(self.clock))
        self.crm = self.connections.crm(sample_account().id)
        self.crm.meetings = self.hubspot.ports()
        self.crm.records.all_owners = OWNERS
        self.accounts = AccountsService(
            FakeSignIn(),
            FakeAccountStore(sample_account()),
            self.connections,
            FakeVault(),
            on_error=no_errors,
        )
        rng = random.Random(3)
        self.connectivity = ConnectivityService(self.accounts, self.clock, rng, on_error=no_errors)
        spool = FakeSpool()
        self.cache = FakeMeetingCache()
        self.outbox = OutboxService(
            self.accounts,
            self.connectivity,
            FakeOutboxStore(),
            spool,
            self.clock,
            rng,
            on_error=no_errors,
        )
        self.meetings = MeetingsService(
            self.accounts,
            self.connectivity,
            self.outbox,
            self.cache,
            spool,
            self.clock,
            on_error=no_errors,
        )

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Both services run, and the connection's own questions."""
        await self.accounts.load()
        async with asyncio.TaskGroup() as group:
            runs = (self.meetings.run(), self.outbox.run(), self.connectivity.run())
            tasks = [group.create_task(run) for run in runs]
            await settle(LONG)
            yield
            for task in tasks:
                task.cancel()

    def go_offline(self) -> None:
        """Nothing comes through."""
        self.hubspot.is_offline = True
        self.crm.links.fail_always("pages", Offline())

    def go_online(self) -> None:
        """Everything comes through again."""
        self.hubspot.is_offline = False
        self.crm.links.fail_always("pages", None)

    def add(self, title: str) -> Meeting:
        """A colleague logs a meeting of the rep's."""
        details = MeetingDetails(title=title, start=NOW, outcome="SCHEDULED", owner_id=ME)
        return self.hubspot.add(details, (Association(ADA),))

    def annotate(self, meeting_id: MeetingId, notes: str) -> None:
        """A colleague writes notes."""
        details = self.hubspot.kept[meeting_id].meeting.details
        self.hubspot.change(meeting_id, replace(details, notes=notes))

    def throw_away(self, meeting_id: MeetingId) -> None:
        """A colleague deletes a meeting."""
        self.hubspot.bin[meeting_id] = self.hubspot.kept.pop(meeting_id)

    async def shown(self) -> Shown:
        """What the rep sees of all meetings."""
        index = await self.meetings.index(MeetingQuery())
        rows = await self.meetings.rows(index.ids)
        assert len(rows) == len(index.ids)
        return {row.meeting.id: (row.meeting.details, frozenset(row.meeting.refs)) for row in rows}

    async def row(self, meeting_id: MeetingId) -> MeetingRow:
        """One of them."""
        row = await self.meetings.row(meeting_id)
        assert row is not None
        return row

    @property
    def there(self) -> Shown:
        """What HubSpot has."""
        return {
            one.meeting.id: (one.meeting.details, frozenset(one.meeting.refs))
            for one in self.hubspot.kept.values()
        }

    async def come_to_rest(self) -> None:
        """Online, until nothing waits; what stays stuck is discarded. Then everything is read."""
        self.go_online()
        for _ in range(12):
            await self.clock.advance(60)
            await settle(LONG)
        for row in self.outbox.state.value.rows:
            await self.outbox.discard(row.id)
        await self.clock.advance(600)
        await settle(LONG)
        await self.meetings.start_sync(full=True)
        assert self.outbox.state.value.rows == ()


RECORDS = (ADA, NORTHWIND)
