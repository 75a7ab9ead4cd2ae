"""The meetings service of two accounts on fakes, with an outbox that is worked by hand."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

from app.domain.accounts import AccountId
from app.domain.changes import Change, ChangeId, ChangeState, PendingChange
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingId,
    RecordRef,
)
from app.domain.ports_meetings import MeetingPorts, MeetingWriter
from app.domain.problems import Problem
from app.domain.records import Owner, OwnerId
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.meetings.outgoing import SentCallback
from app.services.meetings.service import MeetingsService
from app.services.meetings.state import MeetingsState, SyncState
from app.services.published import Published
from tests.fakes.clock import NOW, ManualClock
from tests.fakes.crm import FakeConnections, FakeCrm, FakeSignIn
from tests.fakes.meeting_ports import FakeFileCabinet, FakeMeetingDirectory, FakeRecordFinder
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool
from tests.fakes.samples import sample_account
from tests.fakes.stores import FakeAccountStore, FakeVault
from tests.services.world import no_errors

ME = OwnerId("9501")
OTHER = OwnerId("9502")
OWNERS = (
    Owner(ME, "501", "maria@slotdesk.example", "Maria Nowak"),
    Owner(OTHER, "502", "jonas@slotdesk.example", "Jonas Weber"),
    Owner(OwnerId("9503"), None, "old@slotdesk.example", "Olga Old", is_active=False),
)
ADA = RecordRef(CONTACT, "71")
NORTHWIND = RecordRef(COMPANY, "72")
BIG_DEAL = RecordRef(DEAL, "73")
RECORDS = (
    CrmRecord(ADA, "Ada Okafor", "ada@northwind.example", pinned=MeetingId("")),
    CrmRecord(NORTHWIND, "Northwind", "northwind.example", pinned=MeetingId("")),
    CrmRecord(BIG_DEAL, "Big deal", "contract", pinned=MeetingId("")),
)
FIRST = sample_account()
SECOND = sample_account(4712, "502")


def meeting(
    meeting_id: str,
    start: datetime | None = NOW - timedelta(hours=2),
    *refs: RecordRef,
    title: str = "Intro call",
    outcome: str = "SCHEDULED",
    owner: OwnerId | None = ME,
    updated_at: datetime | None = NOW - timedelta(days=2),
    created_at: datetime | None = NOW - timedelta(days=9),
    activity_type: str = "",
    calendar_id: str = "",
    is_bare: bool = False,
) -> Meeting:
    """A meeting of half an hour on the records; `is_bare` leaves the records unknown."""
    return Meeting(
        id=MeetingId(meeting_id),
        details=MeetingDetails(
            title=title,
            start=start,
            end=start + timedelta(minutes=30) if start else None,
            outcome=outcome,
            activity_type=activity_type,
            owner_id=owner,
        ),
        associations=None if is_bare else tuple(Association(ref) for ref in refs),
        created_at=created_at,
        updated_at=updated_at,
        calendar_id=calendar_id,
    )


@dataclass(frozen=True)
class FakeRows:
    """The published rows, and something else that changes beside them."""

    rows: tuple[PendingChange, ...] = ()
    progress: int = 0


@dataclass
class Added:
    """One call of `add`."""

    changes: tuple[Change, ...]
    group: str | None
    hold_seconds: float
    drafts: tuple[str, ...]


class FakeOutbox:
    """Keeps what was added; `finish` says that a row was done."""

    def __init__(self, accounts: AccountsService) -> None:
        self._accounts = accounts
        self.state: Published[FakeRows] = Published(FakeRows(), no_errors)
        self.identities: dict[MeetingId, MeetingId] = {}
        self.added: list[Added] = []
        self.failure: Problem | None = None
        self._callbacks: list[SentCallback] = []

    def resolve(self, meeting_id: MeetingId) -> MeetingId:
        """HubSpot's id."""
        return self.identities.get(meeting_id, meeting_id)

    def subscribe_sent(self, callback: SentCallback) -> None:
        """Tell it of done rows."""
        self._callbacks.append(callback)

    async def add(
        self,
        changes: Sequence[Change],
        *,
        group: str | None = None,
        hold_seconds: float = 0,
        discard_drafts: Sequence[str] = (),
    ) -> tuple[ChangeId, ...]:
        """Keep the rows."""
        if self.failure:
            raise self.failure
        self.added.append(Added(tuple(changes), group, hold_seconds, tuple(discard_drafts)))
        return tuple(self.put(change, group=group or "").id for change in changes)

    def put(
        self,
        change: Change,
        state: ChangeState = ChangeState.QUEUED,
        *,
        group: str = "",
        account_id: str = "",
    ) -> PendingChange:
        """A row that is there."""
        rows = self.state.value.rows
        row = PendingChange(
            ChangeId(f"{len(rows) + 1:032x}"),
            AccountId(account_id) if account_id else self._accounts.active_id or AccountId(""),
            change,
            NOW,
            state,
            group=group,
        )
        self.state.set(FakeRows((*rows, row)))
        return row

    async def finish(
        self,
        row: PendingChange,
        answer: Meeting | None = None,
        associations: tuple[Association, ...] | None = None,
        *,
        server_id: str = "",
    ) -> None:
        """The row was done."""
        if server_id:
            self.identities[row.change.meeting_id] = MeetingId(server_id)
        for callback in self._callbacks:
            await callback(replace(row, state=ChangeState.DONE), answer, associations)
        self._drop((row,))

    async def finish_all(self, rows: Sequence[PendingChange]) -> None:
        """The rows were done in one batch."""
        for row in rows:
            for callback in self._callbacks:
                await callback(replace(row, state=ChangeState.DONE), None, None)
        self._drop(rows)

    def _drop(self, rows: Sequence[PendingChange]) -> None:
        gone = {row.id for row in rows}
        self.state.set(FakeRows(tuple(one for one in self.state.value.rows if one.id not in gone)))


@dataclass
class FakeSide:
    """What HubSpot has for one account."""

    directory: FakeMeetingDirectory = field(default_factory=FakeMeetingDirectory)
    finder: FakeRecordFinder = field(default_factory=lambda: FakeRecordFinder(*RECORDS))
    files: FakeFileCabinet = field(default_factory=FakeFileCabinet)

    def ports(self) -> MeetingPorts:
        """As services see it; nobody writes but the outbox."""
        return MeetingPorts(self.directory, cast("MeetingWriter", None), self.files, self.finder)


class Rig:
    """Two accounts, the first one active after `start`."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.store = FakeAccountStore(FIRST, SECOND)
        self.sides = {FIRST.id: FakeSide(), SECOND.id: FakeSide()}
        self.connections = FakeConnections(lambda: FakeCrm.make(self.clock))
        for account_id, side in self.sides.items():
            crm = self.connections.crm(account_id)
            crm.meetings = side.ports()
            crm.records.all_owners = OWNERS
        self.sign_in = FakeSignIn()
        self.accounts = AccountsService(
            self.sign_in, self.store, self.connections, FakeVault(), on_error=no_errors
        )
        self.connectivity = ConnectivityService(
            self.accounts, self.clock, random.Random(7), on_error=no_errors
        )
        self.cache = FakeMeetingCache()
        self.spool = FakeSpool()
        self.outbox = FakeOutbox(self.accounts)
        self.meetings = self.made()

    def made(self) -> MeetingsService:
        """A service as after a restart, on the same disk."""
        return MeetingsService(
            self.accounts,
            self.connectivity,
            self.outbox,
            self.cache,
            self.spool,
            self.clock,
            on_error=no_errors,
        )

    async def start(self, *kept: Meeting) -> "Rig":
        """Sign the first account in; `kept` is in its cache."""
        await self.accounts.load()
        self.cache.put(FIRST.id, *kept)
        return self

    @property
    def directory(self) -> FakeMeetingDirectory:
        """The first account's meetings at HubSpot."""
        return self.sides[FIRST.id].directory

    @property
    def finder(self) -> FakeRecordFinder:
        """The first account's records at HubSpot."""
        return self.sides[FIRST.id].finder

    @property
    def crm(self) -> FakeCrm:
        """The first account's CRM."""
        return self.connections.crm(FIRST.id)

    @property
    def state(self) -> MeetingsState:
        """What is published."""
        return self.meetings.state.value

    @property
    def sync(self) -> SyncState:
        """How the sync stands."""
        return self.meetings.sync.value

    @property
    def kept(self) -> dict[MeetingId, Meeting]:
        """The first account's meetings in the cache."""
        return self.cache.kept.get(FIRST.id, {})

    @property
    def notes(self) -> dict[str, str]:
        """The first account's notes in the cache."""
        return self.cache.notes.get(FIRST.id, {})
