"""Fixed values and short cuts that many storage tests share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.accounts import Account, AccountId, Workspace
from app.domain.links import LinkKind, MeetingLink, Slug, UserId
from app.domain.slots import AvailabilityPage, Slot, YearMonth
from app.storage.database import Database
from app.storage.schemas import open_cache, open_outbox

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ADA = AccountId("live-1-ada")
BOB = AccountId("live-2-bob")


def account(account_id: AccountId = ADA, name: str = "Ada Lovelace") -> Account:
    """An account of a portal."""
    return Account(
        id=account_id,
        workspace=Workspace.LIVE,
        portal_id=4711,
        portal_name="Northwind",
        user_id="77",
        email="ada@northwind.example",
        full_name=name,
        ui_domain="app-eu1.hubspot.com",
        portal_zone="US/Eastern",
        scopes=frozenset({"oauth", "tickets"}),
        connected_at=NOW,
    )


def link(number: int) -> MeetingLink:
    """A meeting link, different for each number."""
    return MeetingLink(
        id=str(number),
        slug=Slug(f"team/demo-{number}"),
        url=f"https://meetings.hubspot.com/team/demo-{number}",
        kind=LinkKind.GROUP,
        name=f"Demo {number}",
        organizer_id=UserId("77"),
        member_ids=(UserId("77"), UserId("78"), UserId("79")),
        is_default=number == 0,
        created_at=NOW,
        updated_at=NOW,
    )


def page(month: YearMonth, *, slug: str = "demo", zone: str = "Europe/Berlin") -> AvailabilityPage:
    """A month with two slots."""
    first = datetime(month.year, month.month, 3, 9, tzinfo=UTC)
    half = timedelta(minutes=30)
    slots = (Slot(first, first + half), Slot(first + half, first + 2 * half))
    return AvailabilityPage(
        slug=Slug(slug),
        month=month,
        zone=zone,
        slots={1_800_000: slots},
        members=(),
        busy={},
        has_more=True,
        fetched_at=NOW,
    )


class FakeClock:
    """A clock that stands still until `instant` is set; sleeping is what `on_sleep` does."""

    def __init__(self) -> None:
        self.instant = NOW
        self.naps: list[float] = []

    def now(self) -> datetime:
        """The present instant."""
        return self.instant

    async def sleep(self, seconds: float) -> None:
        """Return at once, with the clock moved on."""
        self.naps.append(seconds)
        self.instant += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder of a test."""

    root: Path

    @property
    def outbox(self) -> Path:
        """The outbox's file."""
        return self.root / "outbox.db"

    @property
    def cache(self) -> Path:
        """The cache's file."""
        return self.root / "cache.db"

    @property
    def backups(self) -> Path:
        """The folder of the copies."""
        return self.root / "backups"

    @asynccontextmanager
    async def open_outbox(self) -> AsyncIterator[Database]:
        """The outbox as the app opens it."""
        async with open_outbox(self.outbox, self.backups, now=lambda: NOW) as database:
            yield database

    @asynccontextmanager
    async def open_cache(self) -> AsyncIterator[Database]:
        """The cache as the app opens it."""
        async with open_cache(self.cache) as database:
            yield database
