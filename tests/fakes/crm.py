"""Fakes of what HubSpot answers: sign-in, links, scheduler, records, and connections to them."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.accounts import Account, AccountId, Workspace
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import BookingInfo, Slug
from app.domain.ports import BrowserStep, Clock, CrmPorts, LinkPage
from app.domain.ports_meetings import MeetingPorts
from app.domain.problems import Gone
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner
from app.domain.slots import AvailabilityPage, Slot, YearMonth
from tests.fakes.clock import NOW
from tests.fakes.no_meetings import no_meetings
from tests.fakes.samples import sample_account, sample_info, sample_page, sample_receipt
from tests.fakes.scripted import Scripted


class FakeSignIn(Scripted):
    """Signs in `account` after telling about the browser; `signed_out` collects who left."""

    def __init__(self, account: Account | None = None) -> None:
        super().__init__()
        self.account = account or sample_account()
        self.step = BrowserStep("https://app.hubspot.com/oauth/authorize", NOW + timedelta(minutes=5))
        self.can_revoke = True
        self.signed_out: list[AccountId] = []

    async def sign_in(self, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]) -> Account:
        """Wait for the browser, then hand out the account."""
        on_waiting(self.step)
        await self._step("sign_in", workspace)
        return self.account

    async def sign_out(self, account: Account) -> bool:
        """Forget the grant."""
        await self._step("sign_out", account.id)
        self.signed_out.append(account.id)
        return self.can_revoke


class FakeLinkDirectory(Scripted):
    """Answers with `answer`, page by page; each page is a step called "pages", the end one called "end"."""

    def __init__(self, *answer: LinkPage) -> None:
        super().__init__()
        self.answer = list(answer)
        self.open_iterators = 0

    def pages(self) -> AsyncIterator[LinkPage]:
        """All pages."""
        return self._pages()

    async def _pages(self) -> AsyncGenerator[LinkPage, None]:
        self.open_iterators += 1
        try:
            for page in tuple(self.answer):
                await self._step("pages")
                yield page
            await self._step("end")
        finally:
            self.open_iterators -= 1


class FakeScheduler(Scripted):
    """A link whose free slots are `slots` (by duration); `last_month` bounds `has_more`."""

    def __init__(self, clock: Clock, info: BookingInfo | None = None) -> None:
        super().__init__()
        self.clock = clock
        self.info = info or sample_info()
        self.slots: dict[int, set[Slot]] = {duration: set() for duration in self.info.durations_ms}
        self.last_month = YearMonth(2027, 12)
        self.receipt: Callable[[BookingRequest], BookingReceipt] = sample_receipt
        self.booked: list[BookingRequest] = []
        self.before_page: Callable[[], None] = lambda: None

    def offer(self, duration_ms: int, *starts: datetime) -> None:
        """Add free slots."""
        length = timedelta(milliseconds=duration_ms)
        self.slots.setdefault(duration_ms, set()).update(Slot(start, start + length) for start in starts)

    def take(self, start: datetime) -> None:
        """Remove the slots that begin then."""
        for slots in self.slots.values():
            slots.difference_update([slot for slot in slots if slot.start == start])

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """The info, under the slug asked for."""
        await self._step("booking_info", slug, zone)
        return replace(self.info, slug=slug)

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """The month's slots by the calendar of the zone."""
        await self._step("availability", slug, zone, month, month_offset)
        self.before_page()
        # Told apart without the code under test: by the local clock of each slot.
        zoned = {
            duration: sorted(slot for slot in slots if _month_of(slot.start, zone) == month)
            for duration, slots in self.slots.items()
        }
        return sample_page(
            month,
            zoned,
            slug=slug,
            zone=zone,
            members=self.info.members,
            has_more=month < self.last_month,
            fetched_at=self.clock.now(),
        )

    async def book(self, request: BookingRequest) -> BookingReceipt:
        """Take the slot and answer; scripted problems come first, and then nothing is taken."""
        await self._step("book", request)
        self.booked.append(request)
        self.take(request.slot.start)
        return self.receipt(request)


def _month_of(instant: datetime, zone: str) -> YearMonth:
    local = instant.astimezone(ZoneInfo(zone))
    return YearMonth(local.year, local.month)


class FakeRecords(Scripted):
    """A small CRM: `contacts`, `owned`, and meetings by (address, start)."""

    def __init__(self, *contacts: Contact) -> None:
        super().__init__()
        self.contacts = list(contacts)
        self.all_owners: tuple[Owner, ...] = ()
        self.companies: dict[ContactId, tuple[Company, ...]] = {}
        self.deals: dict[ContactId, tuple[Deal, ...]] = {}
        self.meetings: dict[tuple[str, datetime], MeetingEngagement] = {}

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts whose name or address contains the text."""
        await self._step("search_contacts", text, limit, tuple(properties))
        found = [one for one in self.contacts if text.casefold() in f"{one.full_name} {one.email}".casefold()]
        return tuple(found[:limit])

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with that address."""
        await self._step("contact_by_email", email, tuple(properties))
        return next((one for one in self.contacts if one.email == email), None)

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact; raises Gone."""
        await self._step("contact", contact_id, tuple(properties))
        for one in self.contacts:
            if one.id == contact_id:
                return one
        raise Gone(contact_id)

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """The contact's companies."""
        await self._step("companies_of", contact_id)
        return self.companies.get(contact_id, ())

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """The contact's deals."""
        await self._step("deals_of", contact_id)
        return self.deals.get(contact_id, ())

    async def owners(self) -> tuple[Owner, ...]:
        """All owners."""
        await self._step("owners")
        return self.all_owners

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """The meeting noted under that address within a minute of the start."""
        await self._step("find_meeting", email, start)
        for (address, begins), meeting in self.meetings.items():
            if address == email and abs(begins - start) <= timedelta(minutes=1):
                return meeting
        return None


@dataclass
class FakeCrm:
    """The three ports of one account."""

    links: FakeLinkDirectory
    scheduler: FakeScheduler
    records: FakeRecords
    meetings: MeetingPorts = field(default_factory=no_meetings)

    @classmethod
    def make(cls, clock: Clock, info: BookingInfo | None = None) -> "FakeCrm":
        """An empty CRM with one link to look at."""
        return cls(FakeLinkDirectory(), FakeScheduler(clock, info), FakeRecords())

    @property
    def ports(self) -> CrmPorts:
        """As services see it."""
        return CrmPorts(self.links, self.scheduler, self.records, self.meetings)


class FakeConnections:
    """Hands out `crms` by account id, making them with `make` where there is none."""

    def __init__(self, make: Callable[[], FakeCrm]) -> None:
        self._make = make
        self.crms: dict[AccountId, FakeCrm] = {}
        self.closed: list[AccountId] = []

    def crm(self, account_id: AccountId) -> FakeCrm:
        """The CRM of an account."""
        return self.crms.setdefault(account_id, self._make())

    def open(self, account: Account) -> CrmPorts:
        """The account's ports."""
        return self.crm(account.id).ports

    async def close(self, account_id: AccountId) -> None:
        """Note that the connection was closed."""
        self.closed.append(account_id)
