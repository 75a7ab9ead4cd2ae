"""`python -m tests.process.log_worker JSON`: real services, databases and HTTP, logging until it is killed.

It first waits until everything that an earlier life left behind has been sent, says so, and goes on.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.api.http_client import make_http_client
from app.api.pacing import FlightGate, Rate
from app.api.session import ApiSession, FixedToken
from app.api.throttle import CallKind, Throttle
from app.api.versions import PATHS, ApiVersion
from app.domain.accounts import Account
from app.domain.changes import STUCK_STATES
from app.domain.meetings import CONTACT, Association, MeetingDetails, MeetingId, RecordRef, RecordType
from app.domain.ports import CrmPorts
from app.gateways.hubspot.meeting_ports import meeting_ports
from app.gateways.problems import Calls
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.meetings.service import MeetingsService
from app.services.outbox.service import OutboxService
from app.services.outbox.snapshot import OutboxState
from app.storage.accounts import SqliteAccountStore
from app.storage.backups import BackupKeeper
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.schemas import open_cache, open_outbox
from app.storage.spool import FileSpool
from tests.fakes.clock import ManualClock
from tests.fakes.crm import FakeCrm, FakeSignIn
from tests.fakes.stores import FakeVault
from tests.storage.world import account

NO_LIMITS = {kind: Rate(limit=10_000, seconds=1.0) for kind in CallKind}
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Orders:
    """What one life is told: `speed` shortens every wait, counted from `epoch` (POSIX seconds) on.

    `contacts` and `companies` are ids; `only_sends` ends the life once nothing is left to send.
    """

    folder: str
    origin: str
    token: str
    seed: int
    epoch: float
    speed: float
    contacts: tuple[str, ...]
    companies: tuple[str, ...]
    only_sends: bool = False

    def text(self) -> str:
        """The one argument of the program."""
        return json.dumps(asdict(self))


class HastyClock:
    """Real time, `speed` times as fast; the same in every life that counts from the same `epoch`."""

    def __init__(self, orders: Orders) -> None:
        self._epoch, self._speed = orders.epoch, orders.speed

    def now(self) -> datetime:
        """The present UTC instant of this hasty world."""
        passed = (time.time() - self._epoch) * self._speed
        return datetime.fromtimestamp(self._epoch + passed, UTC)

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` of this world."""
        await asyncio.sleep(max(seconds / self._speed, 0.001))


@dataclass(frozen=True, slots=True)
class Connections:
    """The same ports for every account."""

    ports: CrmPorts

    def open(self, account: Account) -> CrmPorts:
        """The ports."""
        return self.ports

    async def close(self, account_id: str) -> None:
        """Nothing is held open."""


def fail(error: Exception) -> None:
    """No subscriber may fail."""
    raise error


def say(what: str, **facts: object) -> None:
    """One line, whole: a pipe keeps lines of this size together also when the writer is killed."""
    sys.stdout.write(json.dumps({"what": what, **facts}) + "\n")
    sys.stdout.flush()


class UnlimitedThrottle(Throttle):
    """No limits of our own, and none read from headers: hundreds of lives in minutes share one account."""

    def note_headers(self, headers: Mapping[str, str]) -> None:
        """Whatever is left of the account's limit, go on."""


@dataclass(frozen=True, slots=True)
class Life:
    """What runs between a start and a kill."""

    orders: Orders
    rng: random.Random
    outbox: OutboxService
    meetings: MeetingsService

    async def settled(self) -> OutboxState:
        """Wait until nothing is left that ends by itself."""
        settled = asyncio.Event()
        state = self.outbox.state

        def look(now: OutboxState) -> None:
            if now.is_loaded and not now.waiting:
                settled.set()

        state.subscribe(look)
        look(state.value)
        await settled.wait()
        return state.value

    async def log(self, number: int) -> None:
        """Log a meeting, now and then pinned on its contact."""
        title = f"m-{self.orders.seed}-{number}"
        notes = " ".join("word" for _ in range(self.rng.randint(1, 300))) + f"\n{title}"
        details = MeetingDetails(
            title=title,
            start=START + timedelta(minutes=15 * self.rng.randrange(200)),
            end=START + timedelta(days=3),
            outcome="COMPLETED",
            notes=notes,
        )
        contact = self.rng.choice(self.orders.contacts)
        ref = RecordRef(CONTACT, contact)
        pins = [ref] if self.rng.random() < 0.3 else []
        say("do", act="log", title=title, contact=contact, notes=notes, is_pinned=bool(pins))
        await self.meetings.log(details, [Association(ref)], pins=pins)

    async def edit(self, number: int, meeting_id: MeetingId) -> None:
        """Give a meeting another place."""
        row = await self.meetings.refresh(meeting_id)
        value = f"v-{self.orders.seed}-{number}"
        say("do", act="edit", title=row.meeting.details.title, value=value)
        after = replace(row.meeting.details, location=value)
        await self.meetings.edit(row.meeting.id, after, seen=row.meeting)

    async def link(self, meeting_id: MeetingId) -> None:
        """Put a meeting on a company."""
        row = await self.meetings.refresh(meeting_id)
        company = self.rng.choice(self.orders.companies)
        say("do", act="link", title=row.meeting.details.title, company=company)
        await self.meetings.link(row.meeting.id, Association(RecordRef(RecordType("0-2"), company)))

    async def pin(self, meeting_id: MeetingId) -> None:
        """Pin a meeting on its contact."""
        row = await self.meetings.refresh(meeting_id)
        contact = next(ref.id for ref in row.meeting.refs if ref.type == CONTACT)
        say("do", act="pin", title=row.meeting.details.title, contact=contact)
        await self.meetings.pin(row.meeting.id, RecordRef(CONTACT, contact), True)

    async def go_on(self) -> None:
        """Work like a hasty rep; never returns."""
        number = 0
        while True:
            number += 1
            known = tuple(self.outbox.identities.values())[-12:]
            pick = self.rng.random()
            if not known or pick < 0.45:
                await self.log(number)
            elif pick < 0.7:
                await self.edit(number, self.rng.choice(known))
            elif pick < 0.85:
                await self.link(self.rng.choice(known))
            else:
                await self.pin(self.rng.choice(known))
            say("done")
            await asyncio.sleep(self.rng.uniform(0, 0.02))


@asynccontextmanager
async def ports_of(orders: Orders, clock: HastyClock, owner: Account) -> AsyncIterator[CrmPorts]:
    """The account's ports over real HTTP, without limits of our own."""
    async with await make_http_client(user_agent="Test", is_local=True) as http:
        throttle = UnlimitedThrottle(FlightGate(), rates=NO_LIMITS)
        session = ApiSession(http, orders.origin, FixedToken(orders.token), throttle)
        calls = Calls(owner.id, clock.now)
        fake = FakeCrm.make(ManualClock(), None).ports
        yield replace(fake, meetings=meeting_ports(session, PATHS[ApiVersion.V2026_03], owner, calls))


async def live(orders: Orders) -> None:
    """One life on the folder."""
    clock, rng, folder = HastyClock(orders), random.Random(orders.seed), Path(orders.folder)
    owner = replace(account(), scopes=frozenset())
    began = time.monotonic()
    with ThreadPoolExecutor(2) as executor:
        async with (
            open_cache(folder / "cache.db") as cache,
            open_outbox(folder / "outbox.db", folder / "backups", now=clock.now) as disk,
            ports_of(orders, clock, owner) as ports,
        ):
            store = SqliteAccountStore(disk, cache, BackupKeeper(disk, folder / "backups", clock))
            await store.save(owner)
            await store.activate(owner.id)
            accounts = AccountsService(FakeSignIn(), store, Connections(ports), FakeVault(), on_error=fail)
            connectivity = ConnectivityService(accounts, clock, rng, on_error=fail)
            spool, rows = FileSpool(folder / "spool", executor), SqliteOutboxStore(disk)
            outbox = OutboxService(accounts, connectivity, rows, spool, clock, rng, on_error=fail)
            known = SqliteMeetingCacheStore(cache)
            meetings = MeetingsService(accounts, connectivity, outbox, known, spool, clock, on_error=fail)
            await accounts.load()
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one.run()) for one in (connectivity, outbox)]
                life = Life(orders, rng, outbox, meetings)
                found = await life.settled()
                say(
                    "steady",
                    seconds=time.monotonic() - began,
                    notices=[str(one) for one in (disk.notice, cache.notice) if one],
                    unreadable=found.unreadable,
                    stuck=[
                        f"{row.state} {row.change} {row.refusal}"
                        for row in found.rows
                        if row.state in STUCK_STATES
                    ],
                )
                if not orders.only_sends:
                    await life.go_on()
                for task in tasks:
                    task.cancel()


if __name__ == "__main__":
    asyncio.run(live(Orders(**json.loads(sys.argv[1]))))
