"""The fakes fulfil their ports and behave as they say."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.accounts import AppCredentials, Workspace
from app.domain.links import LinkMarks
from app.domain.ports import (
    AccountStore,
    BrowserStep,
    CalendarFile,
    CalendarWriter,
    Clock,
    Connections,
    CredentialStore,
    DraftStore,
    LinkCache,
    LinkDirectory,
    LinkMarkStore,
    LinkPage,
    PreferenceStore,
    RecordDirectory,
    Scheduler,
    SecretVault,
    SignInPort,
)
from app.domain.preferences import Preferences
from app.domain.problems import Gone, Offline
from app.domain.records import Company, ContactId, Deal, MeetingEngagement
from app.domain.slots import YearMonth
from tests.fakes.clock import NOW, FastClock, ManualClock, settle
from tests.fakes.crm import (
    FakeConnections,
    FakeCrm,
    FakeLinkDirectory,
    FakeRecords,
    FakeScheduler,
    FakeSignIn,
)
from tests.fakes.samples import (
    HALF_HOUR,
    SLUG,
    ZONE,
    at,
    sample_account,
    sample_contact,
    sample_info,
    sample_link,
    sample_owner,
    sample_page,
    sample_request,
    slot,
)
from tests.fakes.stores import (
    FakeAccountStore,
    FakeCalendarWriter,
    FakeCredentialStore,
    FakeDraftStore,
    FakeLinkCache,
    FakeLinkMarkStore,
    FakePreferenceStore,
    FakeVault,
)

ACCOUNT = sample_account()


def test_every_fake_fulfils_its_port() -> None:
    clock: Clock = ManualClock()
    fast: Clock = FastClock()
    sign_in: SignInPort = FakeSignIn()
    links: LinkDirectory = FakeLinkDirectory()
    scheduler: Scheduler = FakeScheduler(clock)
    records: RecordDirectory = FakeRecords()
    connections: Connections = FakeConnections(lambda: FakeCrm.make(fast))
    vault: SecretVault = FakeVault()
    accounts: AccountStore = FakeAccountStore()
    credentials: CredentialStore = FakeCredentialStore()
    cache: LinkCache = FakeLinkCache()
    marks: LinkMarkStore = FakeLinkMarkStore()
    drafts: DraftStore = FakeDraftStore()
    calendar: CalendarWriter = FakeCalendarWriter()
    preferences: PreferenceStore = FakePreferenceStore()
    fakes = (sign_in, links, scheduler, records, connections, vault, accounts, credentials, cache, marks)
    assert len({type(fake) for fake in (*fakes, drafts, calendar, preferences)}) == 13


async def test_the_manual_clock_wakes_sleepers_in_their_order() -> None:
    clock = ManualClock()
    woken: list[tuple[int, object]] = []

    async def sleeper(name: int, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.now()))

    async with asyncio.TaskGroup() as group:
        for name, seconds in ((1, 30), (2, 10), (3, 0), (4, 90)):
            group.create_task(sleeper(name, seconds))
        await settle()
        assert clock.sleepers == 3
        assert woken == [(3, NOW)]
        await clock.advance(60)
        assert woken[1:] == [(2, NOW + timedelta(seconds=10)), (1, NOW + timedelta(seconds=30))]
        assert clock.now() == NOW + timedelta(seconds=60)
        await clock.advance(30)
    assert clock.sleepers == 0
    assert clock.slept == [30, 10, 0, 90]


async def test_the_fast_clock_passes_the_time_by_itself() -> None:
    clock = FastClock()
    await clock.sleep(60)
    assert clock.now() == NOW + timedelta(seconds=60)


async def test_calls_are_recorded_held_and_failed_as_scripted() -> None:
    store = FakeDraftStore()
    store.fail("draft", None, Offline())
    assert await store.draft(ACCOUNT.id, "a") is None
    with pytest.raises(Offline):
        await store.draft(ACCOUNT.id, "a")
    assert await store.draft(ACCOUNT.id, "a") is None
    store.fail_always("draft", Offline())
    for _ in range(2):
        with pytest.raises(Offline):
            await store.draft(ACCOUNT.id, "a")
    store.fail_always("draft", None)
    store.hold("draft")
    async with asyncio.TaskGroup() as group:
        held = group.create_task(store.draft(ACCOUNT.id, "a"))
        await settle()
        assert not held.done()
        store.release("draft")
    assert store.count("draft") == 6
    assert store.calls[0] == ("draft", ACCOUNT.id, "a")


async def test_the_fake_sign_in() -> None:
    steps: list[BrowserStep] = []
    sign_in = FakeSignIn()
    assert await sign_in.sign_in(Workspace.LIVE, steps.append) == ACCOUNT
    assert steps == [sign_in.step]
    assert await sign_in.sign_out(ACCOUNT)
    assert sign_in.signed_out == [ACCOUNT.id]


async def test_the_fake_scheduler_takes_what_is_booked() -> None:
    scheduler = FakeScheduler(FastClock())
    scheduler.offer(HALF_HOUR, at(24, 9), at(30, 23, 30))
    scheduler.last_month = YearMonth(2026, 12)
    assert (await scheduler.booking_info(SLUG, ZONE)) == sample_info()
    november = await scheduler.availability(SLUG, ZONE, YearMonth(2026, 11), month_offset=0)
    december = await scheduler.availability(SLUG, ZONE, YearMonth(2026, 12), month_offset=1)
    assert november.slots[HALF_HOUR] == (slot(at(24, 9)),)
    assert (november.has_more, december.has_more) == (True, False)
    assert december.slots[HALF_HOUR] == (slot(at(30, 23, 30)),)
    receipt = await scheduler.book(sample_request(at(24, 9)))
    assert receipt.calendar_event_id == "event-1"
    assert scheduler.booked == [sample_request(at(24, 9))]
    again = await scheduler.availability(SLUG, ZONE, YearMonth(2026, 11), month_offset=0)
    assert again.slots[HALF_HOUR] == ()


async def test_the_fake_directories() -> None:
    contact = sample_contact()
    records = FakeRecords(contact)
    records.all_owners = (sample_owner(),)
    records.companies[contact.id] = (Company("1", "Northwind"),)
    records.deals[contact.id] = (Deal("2", "Rollout"),)
    meeting = MeetingEngagement("3", "Intro", at(24, 9), None)
    records.meetings[contact.email, at(24, 9)] = meeting
    assert await records.search_contacts("oka", limit=5) == (contact,)
    assert await records.search_contacts("zzz", limit=5) == ()
    assert await records.contact_by_email(contact.email) == contact
    assert await records.contact_by_email("nobody@x.example") is None
    assert await records.contact(contact.id) == contact
    with pytest.raises(Gone):
        await records.contact(ContactId("1"))
    assert await records.companies_of(contact.id) == (Company("1", "Northwind"),)
    assert await records.deals_of(contact.id) == (Deal("2", "Rollout"),)
    assert await records.owners() == (sample_owner(),)
    assert await records.find_meeting(contact.email, at(24, 9, 1)) == meeting
    assert await records.find_meeting(contact.email, at(24, 9, 2)) is None
    links = FakeLinkDirectory(LinkPage((sample_link(),), 1))
    assert [page.total async for page in links.pages()] == [1]
    assert links.open_iterators == 0


async def test_the_fake_connections_hand_out_the_same_crm() -> None:
    connections = FakeConnections(lambda: FakeCrm.make(FastClock()))
    assert connections.open(ACCOUNT) == connections.open(ACCOUNT)
    await connections.close(ACCOUNT.id)
    assert connections.closed == [ACCOUNT.id]


async def test_the_fake_stores_keep_and_forget() -> None:
    accounts = FakeAccountStore()
    await accounts.save(ACCOUNT)
    await accounts.activate(ACCOUNT.id)
    assert await accounts.accounts() == (ACCOUNT,)
    assert await accounts.active() == ACCOUNT.id
    await accounts.wipe(ACCOUNT.id)
    assert await accounts.accounts() == ()

    vault = FakeVault(is_durable=False)
    await vault.write("name", "secret")
    assert await vault.read("name") == "secret"
    await vault.delete("name")
    assert await vault.read("name") is None
    assert not vault.is_durable

    typed, given = AppCredentials("typed", "s"), AppCredentials("given", "s")
    own, provisioned = FakeCredentialStore(), FakeCredentialStore(provisioned=given)
    for store in (own, provisioned):
        await store.save(typed)
    assert (await own.credentials(), await own.is_provisioned()) == (typed, False)
    assert (await provisioned.credentials(), await provisioned.is_provisioned()) == (given, True)

    preferences = FakePreferenceStore(trouble=Offline())
    await preferences.save(Preferences(zone="UTC"))
    assert (await preferences.load())[0] == Preferences(zone="UTC")

    file = CalendarFile("uid", "Intro", at(24, 9), at(24, 10), ZONE, "", "", ())
    assert await FakeCalendarWriter().render(file) == b"uid\nIntro"


async def test_the_fake_cache_marks_and_drafts() -> None:
    cache = FakeLinkCache()
    assert await cache.links(ACCOUNT.id) == ((), None)
    await cache.save_links(ACCOUNT.id, [sample_link()], NOW)
    assert await cache.links(ACCOUNT.id) == ((sample_link(),), NOW)
    assert await cache.booking_info(ACCOUNT.id, SLUG) is None
    await cache.save_booking_info(ACCOUNT.id, sample_info(), NOW)
    assert await cache.booking_info(ACCOUNT.id, SLUG) == (sample_info(), NOW)
    old = sample_page(YearMonth(2026, 11), {})
    new = sample_page(YearMonth(2026, 11), {HALF_HOUR: [slot(at(24, 9))]})
    for page in (old, new):
        await cache.save_page(ACCOUNT.id, page)
    assert await cache.pages(ACCOUNT.id, SLUG, ZONE) == (new,)
    assert await cache.pages(ACCOUNT.id, SLUG, "UTC") == ()

    marks = FakeLinkMarkStore()
    await marks.save(ACCOUNT.id, SLUG, LinkMarks(is_favourite=True))
    assert await marks.marks(ACCOUNT.id) == {SLUG: LinkMarks(is_favourite=True)}

    drafts = FakeDraftStore()
    await drafts.save(ACCOUNT.id, "a", {"x": 1})
    assert await drafts.drafts(ACCOUNT.id) == {"a": {"x": 1}}
    assert await drafts.draft(ACCOUNT.id, "a") == {"x": 1}
    await drafts.discard(ACCOUNT.id, "a")
    assert await drafts.drafts(ACCOUNT.id) == {}
