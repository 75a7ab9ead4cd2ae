"""Looking up people and their records."""

import asyncio

import pytest

from app.domain.links import UserId
from app.domain.problems import Gone, NotAllowed, Offline, SignInNeeded
from app.domain.records import Company, ContactId, Deal
from app.services.connectivity import OfflineSince
from app.services.directory import Related
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.samples import sample_contact, sample_owner
from tests.services.world import World

ADA = sample_contact()


async def signed_in(clock: ManualClock | None = None) -> World:
    world = await World(clock).start()
    world.crm.records.contacts = [ADA]
    world.crm.records.all_owners = (sample_owner(), sample_owner("72", None))
    return world


@pytest.mark.parametrize(("typed", "asked"), [("", 0), (" a ", 0), ("ad", 1), (" ada okafor ", 1)])
async def test_a_search_needs_two_letters(typed: str, asked: int) -> None:
    world = await signed_in()
    found = await world.directory.search_contacts(typed, properties=("size",))
    assert found == (ADA,) * asked
    expected = [("search_contacts", typed.strip(), 8, ("size",))] * asked
    assert world.crm.records.calls == expected


async def test_problems_are_passed_on_and_noted() -> None:
    world = await signed_in()
    world.crm.records.fail("search_contacts", Offline())
    with pytest.raises(Offline):
        await world.directory.search_contacts("ada")
    assert world.connectivity.state.value == OfflineSince(NOW)


async def test_contacts_by_id_and_by_address() -> None:
    world = await signed_in()
    assert await world.directory.contact(ADA.id, properties=("size",)) == ADA
    with pytest.raises(Gone):
        await world.directory.contact(ContactId("1"))
    assert await world.directory.contact_by_email(f" {ADA.email} ", properties=("size",)) == ADA
    assert await world.directory.contact_by_email("nobody@x.example") is None
    assert await world.directory.contact_by_email("ada@") is None
    assert world.crm.records.count("contact_by_email") == 2


async def test_related_records_of_which_one_half_may_be_missing() -> None:
    world = await signed_in()
    records = world.crm.records
    records.companies[ADA.id] = (Company("1", "Northwind"),)
    records.deals[ADA.id] = (Deal("2", "Rollout"),)
    assert await world.directory.related(ADA.id) == Related(
        (Company("1", "Northwind"),), (Deal("2", "Rollout"),)
    )
    missing = NotAllowed(("crm.objects.companies.read",))
    records.fail("companies_of", missing)
    assert await world.directory.related(ADA.id) == Related((), (Deal("2", "Rollout"),), missing)
    records.fail("deals_of", missing)
    assert await world.directory.related(ADA.id) == Related((Company("1", "Northwind"),), (), missing)


async def test_owners_are_asked_for_once_an_hour() -> None:
    clock = ManualClock()
    world = await signed_in(clock)
    records = world.crm.records
    records.fail("owners", Offline())
    with pytest.raises(Offline):
        await world.directory.owners()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(world.directory.owners()) for _ in range(3)]
        await settle()
    assert {await task for task in tasks} == {records.all_owners}
    assert records.count("owners") == 2
    await clock.advance(3599)
    await world.directory.owners()
    assert records.count("owners") == 2
    await clock.advance(1)
    await world.directory.owners()
    assert records.count("owners") == 3


async def test_names_of_members_are_those_of_their_owners() -> None:
    world = await signed_in()
    assert await world.directory.member_names() == {UserId("501"): "Maria Nowak"}


async def test_names_are_missing_where_owners_may_not_be_read() -> None:
    world = await signed_in()
    world.crm.records.fail_always("owners", NotAllowed(("crm.objects.owners.read",)))
    assert await world.directory.member_names() == {}


async def test_nobody_signed_in_finds_nobody() -> None:
    world = await World(accounts=()).start()
    with pytest.raises(SignInNeeded):
        await world.directory.owners()
