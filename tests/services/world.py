"""All services on fakes, as the composition root would put them together."""

import random
from dataclasses import dataclass, field

from app.domain.accounts import Account, AccountId
from app.domain.links import BookingInfo
from app.services.accounts import AccountsService
from app.services.availability import AvailabilityService
from app.services.booking import BookingService
from app.services.connectivity import ConnectivityService
from app.services.directory import DirectoryService
from app.services.drafts import DraftsService
from app.services.links import LinksService
from tests.fakes.clock import FastClock, ManualClock
from tests.fakes.crm import FakeConnections, FakeCrm, FakeSignIn
from tests.fakes.samples import sample_account
from tests.fakes.stores import FakeAccountStore, FakeDraftStore, FakeLinkCache, FakeLinkMarkStore, FakeVault


def no_errors(error: Exception) -> None:
    """An error sink for tests in which no subscriber fails."""
    raise AssertionError from error


@dataclass
class Disk:
    """What outlives the services."""

    accounts: FakeAccountStore = field(default_factory=FakeAccountStore)
    cache: FakeLinkCache = field(default_factory=FakeLinkCache)
    marks: FakeLinkMarkStore = field(default_factory=FakeLinkMarkStore)
    drafts: FakeDraftStore = field(default_factory=FakeDraftStore)


class World:
    """One running app without a window; signed in after `start`."""

    def __init__(
        self,
        clock: ManualClock | FastClock | None = None,
        *,
        info: BookingInfo | None = None,
        disk: Disk | None = None,
        accounts: tuple[Account, ...] | None = None,
    ) -> None:
        self.clock = clock or ManualClock()
        self.disk = disk or Disk()
        for account in accounts if accounts is not None else (sample_account(),):
            self.disk.accounts.kept[account.id] = account
        self.sign_in = FakeSignIn()
        self.connections = FakeConnections(lambda: FakeCrm.make(self.clock, info))
        self.accounts = AccountsService(
            self.sign_in, self.disk.accounts, self.connections, FakeVault(), on_error=no_errors
        )
        self.connectivity = ConnectivityService(
            self.accounts, self.clock, random.Random(7), on_error=no_errors
        )
        self.links = LinksService(
            self.accounts,
            self.connectivity,
            self.disk.cache,
            self.disk.marks,
            self.clock,
            on_error=no_errors,
        )
        self.availability = AvailabilityService(
            self.accounts, self.connectivity, self.links, self.disk.cache, self.clock, on_error=no_errors
        )
        self.booking = BookingService(
            self.accounts,
            self.connectivity,
            self.links,
            self.availability,
            self.disk.drafts,
            self.clock,
            on_error=no_errors,
        )
        self.directory = DirectoryService(self.accounts, self.connectivity, self.clock)
        self.drafts = DraftsService(self.accounts, self.disk.drafts, self.clock, on_error=no_errors)

    async def start(self) -> "World":
        """Load the accounts."""
        await self.accounts.load()
        return self

    @property
    def account_id(self) -> AccountId:
        """The active account."""
        active = self.accounts.active_id
        assert active is not None
        return active

    @property
    def crm(self) -> FakeCrm:
        """The active account's CRM."""
        return self.connections.crm(self.account_id)
