"""What services need from the outside world, as protocols; gateways and storage fulfil them.

Every coroutine raises only `app.domain.problems.Problem` (and CancelledError). All datetimes are aware UTC.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.accounts import Account, AccountId, AppCredentials, Workspace
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import BookingInfo, LinkMarks, MeetingLink, Slug
from app.domain.ports_meetings import MeetingPorts
from app.domain.preferences import Preferences
from app.domain.problems import Problem
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner
from app.domain.slots import AvailabilityPage, YearMonth


class Clock(Protocol):
    """Time as the services see it; tests pass a manual one."""

    def now(self) -> datetime:
        """The present UTC instant."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after about `seconds`."""
        ...


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A part of the meeting-link list; `total` counts all, `skipped` the rows that could not be read."""

    links: tuple[MeetingLink, ...]
    total: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class BrowserStep:
    """The sign-in waits for the browser: the address it opened (or the rep may copy), until when.

    `is_opened` is false when no browser could be started, so that copying is the only way.
    """

    url: str
    expires_at: datetime
    is_opened: bool = True


class SignInPort(Protocol):
    """OAuth through the system browser and a loopback redirect."""

    async def sign_in(self, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]) -> Account:
        """Open the browser, wait for its answer, keep the grant, and say who signed in.

        Raises SignInFailed, Offline, ServiceBroken. Cancelling closes the listener and keeps the others.
        """
        ...

    async def sign_out(self, account: Account) -> bool:
        """Revoke (best effort, 5 s) and forget the grant; False when revoking failed. Never raises."""
        ...


class LinkDirectory(Protocol):
    """The meeting-link list of one account."""

    def pages(self) -> AsyncIterator[LinkPage]:
        """All links, page by page."""
        ...


class Scheduler(Protocol):
    """HubSpot's scheduler for one account."""

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """Form, durations and members of a link; `zone` is an IANA name."""
        ...

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """One month of free slots; `month_offset` counts from the present month in `zone`."""
        ...

    async def book(self, request: BookingRequest) -> BookingReceipt:
        """Send the request at most once. Raises SlotGone, AddressBlocked, GuestsRefused, Unknown, ..."""
        ...


class RecordDirectory(Protocol):
    """Look-ups of CRM records for one account."""

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts that match free text, best first."""
        ...

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with exactly this address, or None."""
        ...

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact with the named properties. Raises Gone."""
        ...

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """Companies associated with the contact."""
        ...

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """Deals associated with the contact."""
        ...

    async def owners(self) -> tuple[Owner, ...]:
        """All owners of the account, inactive ones too."""
        ...

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """The meeting of the contact with this address that starts within a minute of `start`."""
        ...


@dataclass(frozen=True, slots=True)
class CrmPorts:
    """Everything one signed-in account can be asked for."""

    links: LinkDirectory
    scheduler: Scheduler
    records: RecordDirectory
    meetings: MeetingPorts


class Connections(Protocol):
    """Hands out the ports of an account; the same object for the same account until it signs out."""

    def open(self, account: Account) -> CrmPorts:
        """The account's ports; makes no request."""
        ...

    async def close(self, account_id: AccountId) -> None:
        """Forget the account's connection and its access token."""
        ...


class SecretVault(Protocol):
    """The operating system's key store, one item per secret."""

    @property
    def is_durable(self) -> bool:
        """False when there is no key store and secrets live only until the app quits."""
        ...

    async def read(self, name: str) -> str | None:
        """The secret, or None."""
        ...

    async def write(self, name: str, secret: str) -> None:
        """Keep it, and read it back to be sure."""
        ...

    async def delete(self, name: str) -> None:
        """Forget it; no error when there is none."""
        ...


class AccountStore(Protocol):
    """Which accounts are known on this computer (never their secrets)."""

    async def accounts(self) -> tuple[Account, ...]:
        """All accounts, oldest first."""
        ...

    async def active(self) -> AccountId | None:
        """The account that was active last."""
        ...

    async def save(self, account: Account) -> None:
        """Add or replace."""
        ...

    async def activate(self, account_id: AccountId | None) -> None:
        """Remember which account is active."""
        ...

    async def wipe(self, account_id: AccountId) -> None:
        """Remove the account and every row that belongs to it, in the cache, marks and drafts too."""
        ...


class CredentialStore(Protocol):
    """The HubSpot app's credentials: typed by the rep, or provisioned by an administrator's file."""

    async def credentials(self) -> AppCredentials | None:
        """What sign-in uses, or None when nothing was entered."""
        ...

    async def is_provisioned(self) -> bool:
        """Whether the administrator's file decides, so that the rep cannot change it."""
        ...

    async def save(self, credentials: AppCredentials | None) -> None:
        """Keep (or forget) what the rep typed, in the key store."""
        ...


class LinkCache(Protocol):
    """Last-known links, booking info and availability of every account; disposable."""

    async def links(self, account_id: AccountId) -> tuple[tuple[MeetingLink, ...], datetime | None]:
        """The links and when they were fetched."""
        ...

    async def save_links(
        self, account_id: AccountId, links: Sequence[MeetingLink], fetched_at: datetime
    ) -> None:
        """Replace the account's links."""
        ...

    async def booking_info(self, account_id: AccountId, slug: Slug) -> tuple[BookingInfo, datetime] | None:
        """The last booking info of a link, and when it was fetched."""
        ...

    async def save_booking_info(self, account_id: AccountId, info: BookingInfo, fetched_at: datetime) -> None:
        """Replace the link's booking info."""
        ...

    async def pages(self, account_id: AccountId, slug: Slug, zone: str) -> tuple[AvailabilityPage, ...]:
        """All cached months of a link in a zone."""
        ...

    async def save_page(self, account_id: AccountId, page: AvailabilityPage) -> None:
        """Replace one month."""
        ...


class LinkMarkStore(Protocol):
    """Favourites, tags and recent use of links; never disposable."""

    async def marks(self, account_id: AccountId) -> Mapping[Slug, LinkMarks]:
        """All marks of the account."""
        ...

    async def save(self, account_id: AccountId, slug: Slug, marks: LinkMarks) -> None:
        """Replace the marks of one link."""
        ...


class DraftStore(Protocol):
    """Forms as typed, so that a crash loses nothing; `payload` is JSON-ready."""

    async def draft(self, account_id: AccountId, key: str) -> Mapping[str, object] | None:
        """The draft under `key`, or None."""
        ...

    async def drafts(self, account_id: AccountId) -> Mapping[str, Mapping[str, object]]:
        """All drafts of the account by key."""
        ...

    async def save(self, account_id: AccountId, key: str, payload: Mapping[str, object]) -> None:
        """Keep it durably."""
        ...

    async def discard(self, account_id: AccountId, key: str) -> None:
        """Forget it."""
        ...


@dataclass(frozen=True, slots=True)
class ZoneEntry:
    """One line of the zone table: IANA name, city as people write it, countries in English."""

    zone: str
    city: str
    countries: tuple[str, ...]


class ZoneFinder(Protocol):
    """Looks up time zones; `ZoneIndex` is one."""

    def search(self, text: str, limit: int = 50) -> tuple[ZoneEntry, ...]:
        """Zones by city, country, abbreviation or offset, best first."""
        ...

    def entry(self, zone: str) -> ZoneEntry | None:
        """The line of one IANA zone."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A meeting for a calendar program; `uid` is stable for the same meeting."""

    uid: str
    title: str
    start: datetime
    end: datetime
    zone: str
    location: str
    description: str
    attendees: tuple[str, ...]
    organizer: str = ""


class CalendarWriter(Protocol):
    """Makes .ics files."""

    async def render(self, file: CalendarFile) -> bytes:
        """The file's bytes (RFC 5545)."""
        ...


class PreferenceStore(Protocol):
    """The settings file; broken ones are kept aside and answered with defaults plus a notice."""

    async def load(self) -> tuple[Preferences, Problem | None]:
        """The preferences, and what was wrong with the file if anything."""
        ...

    async def save(self, preferences: Preferences) -> None:
        """Write atomically, keeping comments and unknown keys."""
        ...
