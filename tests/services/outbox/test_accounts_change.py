"""The outbox serves the active account, forgets one that signed out, and waits for a disk it can read."""

import asyncio
from pathlib import Path

import pytest

from app.domain.changes import AttachFile, ChangeState, LinkRecord
from app.domain.problems import Offline, SignInNeeded, Unknown
from tests.fakes.clock import settle
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.samples import sample_account
from tests.services.outbox.office import DETAILS, FULL, LOCAL, ON_ADA, Office, Paper, log
from tests.services.outbox.rows import row

ME, OTHER = sample_account(), sample_account(815)


async def two_accounts() -> Office:
    """Signed in twice, `ME` active, each in a HubSpot of its own."""
    office = await Office(accounts=(ME, OTHER)).start()
    office.world.connections.crm(OTHER.id).meetings = FakeMeetings(office.clock).ports()
    return office


async def test_rows_of_another_account_wait_and_are_counted() -> None:
    office = await two_accounts()
    async with office.working():
        office.hubspot.fail("log", Offline())
        await office.add(log())
        assert len(office.states) == 1
        await office.world.accounts.activate(OTHER.id)
        await settle()
        assert office.rows == ()
        assert office.outbox.state.value.elsewhere == 1
        await office.clock.advance(60)
        assert office.hubspot.count("log") == 1
        await office.world.accounts.activate(ME.id)
        await settle(200)
        assert office.rows == ()
    assert office.hubspot.count("log") == 2


async def test_rows_of_an_account_that_was_not_active_yet_are_counted_too() -> None:
    before = await two_accounts()
    await before.add(log())
    before.paper.disk.accounts.active_id = OTHER.id
    office = await Office(before.paper, before.hubspot, before.clock, (ME, OTHER)).start()
    assert office.account_id == OTHER.id
    assert office.outbox.state.value.elsewhere == 1


async def test_a_creation_under_way_at_the_switch_is_noted_or_looked_for_later() -> None:
    office = await two_accounts()
    office.hubspot.hold("log")
    async with office.working():
        (change_id,) = await office.add(log())
        await office.world.accounts.activate(OTHER.id)
        await settle()
        await office.clock.advance(2)
        assert office.disk_row(change_id).state is ChangeState.UNKNOWN
        office.hubspot.release("log")
        await office.world.accounts.activate(ME.id)
        await settle(200)
        assert office.states == [ChangeState.UNKNOWN]
        await office.clock.advance(10)
        await office.clock.advance(60)
        await office.clock.advance(60)
        assert office.rows == ()
    assert len(office.hubspot.kept) == 1


async def test_signing_out_stops_at_once_and_writes_nothing_any_more() -> None:
    office = await two_accounts()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.hold("log")
    async with office.working():
        await office.add(log())
        await office.add(LinkRecord(meeting.id, ON_ADA))
        signing_out = asyncio.gather(office.world.accounts.sign_out(ME.id))
        await settle()
        office.store.wipe(ME.id)
        writes = office.store.count("write")
        office.hubspot.release("log")
        await signing_out
        await settle(200)
        assert office.store.count("write") == writes
        assert office.store.kept == {}
        assert office.rows == ()
        assert len(office.sent) == 1
    assert office.account_id == OTHER.id


async def test_a_change_that_comes_too_late_for_its_account_is_not_said_to_be_kept() -> None:
    office = await two_accounts()
    office.store.hold("write")
    async with asyncio.TaskGroup() as group:
        adding = [group.create_task(_failing_add(office)) for _ in range(2)]
        await settle()
        await office.world.accounts.sign_out(ME.id)
        office.store.release("write")
    assert [one.result() for one in adding] == [True, True]
    assert office.store.count("write") == 1
    assert office.rows == ()


async def _failing_add(office: Office) -> bool:
    try:
        await office.outbox.add([log()])
    except SignInNeeded:
        return True
    return False


async def test_nobody_signed_in_can_add_nothing_and_sees_nothing() -> None:
    office = await Office(accounts=()).start()
    async with office.working():
        with pytest.raises(SignInNeeded):
            await office.outbox.add([log()])
        assert await office.outbox.history() == ()
        assert office.outbox.identities == {}
        assert not office.outbox.state.value.is_loaded
        assert office.outbox.state.value.paused is None
        assert office.outbox.state.value.unreadable == 0


async def test_an_account_that_leaves_while_its_book_is_read_is_not_opened() -> None:
    office = Office()
    await office.world.accounts.load()
    office.store.hold("identities")
    async with asyncio.TaskGroup() as group:
        loading = group.create_task(office.outbox.load())
        await settle()
        await office.world.accounts.sign_out(ME.id)
        office.store.release("identities")
        await loading
    assert not office.outbox.state.value.is_loaded


async def test_an_outbox_that_cannot_be_read_is_told_and_tried_again() -> None:
    office = Office()
    office.store.fail("recover", FULL, FULL)
    await office.start()
    assert office.outbox.state.value.paused is FULL
    async with office.working():
        assert office.outbox.state.value.paused is FULL
        await office.clock.advance(30)
        assert office.outbox.state.value.is_loaded
        assert office.outbox.state.value.paused is None
        await office.add(log())
        assert office.rows == ()


async def test_copies_that_nobody_needs_go_at_the_start_unless_a_row_cannot_be_read() -> None:
    paper = Paper()
    paper.spool.kept = {name: Path(name) for name in ("1-x", "2-y")}
    waiting = row(AttachFile(log().meeting_id, "1-x", "x", 1))
    paper.store.kept[waiting.id] = waiting
    paper.store.damaged[ME.id] = 1
    office = await Office(paper).start()
    assert list(paper.spool.kept) == ["1-x", "2-y"]
    assert office.outbox.state.value.unreadable == 1
    paper.store.damaged.clear()
    paper.spool.fail("keep_only", FULL)
    await Office(paper).start()
    await Office(paper).start()
    assert list(paper.spool.kept) == ["1-x"]


async def test_the_history_is_newest_first_and_old_rows_are_forgotten() -> None:
    office = await Office().start()
    async with office.working():
        (first,) = await office.add(log())
        await office.clock.advance(1)
        (second,) = await office.add(LinkRecord(office.outbox.resolve(log().meeting_id), ON_ADA))
        assert [one.id for one in await office.outbox.history()] == [second, first]
        assert [one.id for one in await office.outbox.history(limit=1)] == [second]
    await office.clock.advance(31 * 86_400)
    again = await Office(office.paper, office.hubspot, office.clock).start()
    assert await again.outbox.history() == ()


async def test_a_listener_that_cannot_keep_what_it_hears_loses_nothing() -> None:
    office = await Office().start()

    async def fails(*_: object) -> None:
        raise FULL

    office.outbox.subscribe_sent(fails)
    async with office.working():
        await office.add(log())
        assert office.rows == ()
    assert len(office.sent) == 1


async def test_a_lost_creation_is_looked_for_by_the_account_that_sent_it() -> None:
    office = await two_accounts()
    office.hubspot.lose("log", Unknown())
    async with office.working():
        await office.add(log())
        await office.world.accounts.activate(OTHER.id)
        await office.clock.advance(600)
        assert office.hubspot.count("find") == 0
        await office.world.accounts.activate(ME.id)
        await settle(200)
        assert office.rows == ()
    assert office.hubspot.count("find") == 1


async def test_the_files_of_an_account_that_leaves_leave_with_it() -> None:
    office = await two_accounts()
    office.hubspot.fail_always("upload", Offline())
    office.hubspot.fail_always("log", Offline())
    async with office.working():
        mine, theirs = [(await office.paper.spool.take(Path(name)))[0] for name in ("a.pdf", "b.pdf")]
        await office.add(log(), AttachFile(LOCAL, mine, "a.pdf", 10))
        await office.world.accounts.sign_out(ME.id)
        await settle(200)
        assert set(office.paper.spool.kept) == {theirs}
        await office.world.accounts.sign_out(OTHER.id)
        await settle(200)
        assert office.paper.spool.kept == {}


async def test_copies_that_cannot_be_removed_wait_for_the_next_start() -> None:
    office = await two_accounts()
    office.hubspot.fail_always("log", Offline())
    async with office.working():
        (mine, _) = await office.paper.spool.take(Path("a.pdf"))
        await office.add(log(), AttachFile(LOCAL, mine, "a.pdf", 10))
        office.paper.spool.fail("remove", FULL)
        await office.world.accounts.sign_out(ME.id)
        await settle(200)
        assert set(office.paper.spool.kept) == {mine}
