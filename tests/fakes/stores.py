"""Fakes of what this computer keeps: accounts, secrets, cache, marks, drafts, preferences, calendar files."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.accounts import Account, AccountId, AppCredentials
from app.domain.links import BookingInfo, LinkMarks, MeetingLink, Slug
from app.domain.ports import CalendarFile
from app.domain.preferences import Preferences
from app.domain.problems import Problem
from app.domain.slots import AvailabilityPage
from tests.fakes.scripted import Scripted


class FakeAccountStore(Scripted):
    """Accounts in memory; `wiped` collects the ids whose rows were removed."""

    def __init__(self, *accounts: Account, active: AccountId | None = None) -> None:
        super().__init__()
        self.kept = {account.id: account for account in accounts}
        self.active_id = active
        self.wiped: list[AccountId] = []

    async def accounts(self) -> tuple[Account, ...]:
        """All accounts, oldest first."""
        await self._step("accounts")
        return tuple(self.kept.values())

    async def active(self) -> AccountId | None:
        """The account that was active last."""
        await self._step("active")
        return self.active_id

    async def save(self, account: Account) -> None:
        """Add or replace."""
        await self._step("save", account.id)
        self.kept[account.id] = account

    async def activate(self, account_id: AccountId | None) -> None:
        """Remember which account is active."""
        await self._step("activate", account_id)
        self.active_id = account_id

    async def wipe(self, account_id: AccountId) -> None:
        """Remove the account."""
        await self._step("wipe", account_id)
        self.kept.pop(account_id, None)
        self.wiped.append(account_id)


class FakeVault(Scripted):
    """Secrets in memory."""

    def __init__(self, *, is_durable: bool = True) -> None:
        super().__init__()
        self._is_durable = is_durable
        self.secrets: dict[str, str] = {}

    @property
    def is_durable(self) -> bool:
        """Whether it stands for a real key store."""
        return self._is_durable

    def lose(self) -> None:
        """It turns out that there is no key store."""
        self._is_durable = False

    async def read(self, name: str) -> str | None:
        """The secret, or None."""
        await self._step("read", name)
        return self.secrets.get(name)

    async def write(self, name: str, secret: str) -> None:
        """Keep it."""
        await self._step("write", name)
        self.secrets[name] = secret

    async def delete(self, name: str) -> None:
        """Forget it."""
        await self._step("delete", name)
        self.secrets.pop(name, None)


class FakeCredentialStore(Scripted):
    """Credentials in memory; `provisioned` stands for the administrator's file."""

    def __init__(self, *, provisioned: AppCredentials | None = None) -> None:
        super().__init__()
        self._provisioned = provisioned
        self.typed: AppCredentials | None = None

    async def credentials(self) -> AppCredentials | None:
        """The administrator's, else the typed ones."""
        await self._step("credentials")
        return self._provisioned or self.typed

    async def is_provisioned(self) -> bool:
        """Whether the administrator decides."""
        await self._step("is_provisioned")
        return self._provisioned is not None

    async def save(self, credentials: AppCredentials | None) -> None:
        """Keep what was typed."""
        await self._step("save")
        self.typed = credentials


class FakeLinkCache(Scripted):
    """Links, info and months in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.kept_links: dict[AccountId, tuple[tuple[MeetingLink, ...], datetime]] = {}
        self.kept_info: dict[tuple[AccountId, Slug], tuple[BookingInfo, datetime]] = {}
        self.kept_pages: dict[AccountId, list[AvailabilityPage]] = {}

    async def links(self, account_id: AccountId) -> tuple[tuple[MeetingLink, ...], datetime | None]:
        """The links and when they were fetched."""
        await self._step("links", account_id)
        return self.kept_links.get(account_id, ((), None))

    async def save_links(
        self, account_id: AccountId, links: Sequence[MeetingLink], fetched_at: datetime
    ) -> None:
        """Replace the links."""
        await self._step("save_links", account_id)
        self.kept_links[account_id] = (tuple(links), fetched_at)

    async def booking_info(self, account_id: AccountId, slug: Slug) -> tuple[BookingInfo, datetime] | None:
        """The last info of a link."""
        await self._step("booking_info", account_id, slug)
        return self.kept_info.get((account_id, slug))

    async def save_booking_info(self, account_id: AccountId, info: BookingInfo, fetched_at: datetime) -> None:
        """Replace the info."""
        await self._step("save_booking_info", account_id, info.slug)
        self.kept_info[account_id, info.slug] = (info, fetched_at)

    async def pages(self, account_id: AccountId, slug: Slug, zone: str) -> tuple[AvailabilityPage, ...]:
        """The cached months of a link in a zone."""
        await self._step("pages", account_id, slug, zone)
        kept = self.kept_pages.get(account_id, [])
        return tuple(page for page in kept if page.slug == slug and page.zone == zone)

    async def save_page(self, account_id: AccountId, page: AvailabilityPage) -> None:
        """Replace one month."""
        await self._step("save_page", account_id, page.month)
        key = (page.slug, page.zone, page.month)
        kept = self.kept_pages.get(account_id, [])
        others = [one for one in kept if (one.slug, one.zone, one.month) != key]
        self.kept_pages[account_id] = [*others, page]


class FakeLinkMarkStore(Scripted):
    """Marks in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[AccountId, dict[Slug, LinkMarks]] = {}

    async def marks(self, account_id: AccountId) -> Mapping[Slug, LinkMarks]:
        """All marks of the account."""
        await self._step("marks", account_id)
        return dict(self.kept.get(account_id, {}))

    async def save(self, account_id: AccountId, slug: Slug, marks: LinkMarks) -> None:
        """Replace the marks of one link."""
        await self._step("save", account_id, slug)
        self.kept.setdefault(account_id, {})[slug] = marks


class FakeDraftStore(Scripted):
    """Drafts in memory; it survives the services that use it, as a disk does."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[AccountId, dict[str, Mapping[str, object]]] = {}

    async def draft(self, account_id: AccountId, key: str) -> Mapping[str, object] | None:
        """The draft under `key`, or None."""
        await self._step("draft", account_id, key)
        return self.kept.get(account_id, {}).get(key)

    async def drafts(self, account_id: AccountId) -> Mapping[str, Mapping[str, object]]:
        """All drafts of the account by key."""
        await self._step("drafts", account_id)
        return dict(self.kept.get(account_id, {}))

    async def save(self, account_id: AccountId, key: str, payload: Mapping[str, object]) -> None:
        """Keep it."""
        await self._step("save", account_id, key)
        self.kept.setdefault(account_id, {})[key] = payload

    async def discard(self, account_id: AccountId, key: str) -> None:
        """Forget it."""
        await self._step("discard", account_id, key)
        self.kept.get(account_id, {}).pop(key, None)


class FakePreferenceStore(Scripted):
    """Preferences in memory; `trouble` is what was wrong with the file."""

    def __init__(self, preferences: Preferences | None = None, trouble: Problem | None = None) -> None:
        super().__init__()
        self.kept = preferences or Preferences()
        self.trouble = trouble

    async def load(self) -> tuple[Preferences, Problem | None]:
        """The preferences."""
        await self._step("load")
        return self.kept, self.trouble

    async def save(self, preferences: Preferences) -> None:
        """Replace them."""
        await self._step("save", preferences)
        self.kept = preferences


class FakeCalendarWriter(Scripted):
    """Writes the uid and the title instead of a calendar file."""

    async def render(self, file: CalendarFile) -> bytes:
        """The stand-in bytes."""
        await self._step("render", file.uid)
        return f"{file.uid}\n{file.title}".encode()
