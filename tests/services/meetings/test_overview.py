"""The number of meetings to log, the revision, and when this computer's copy is brought up to date."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.accounts import AccountId
from app.domain.changes import DeleteMeeting
from app.domain.meetings import MeetingId, MeetingOption, MeetingOptions, Outcome
from app.domain.problems import Offline, SignInNeeded, StorageFailed, StorageTrouble
from app.services.meetings.state import MeetingsState, SyncState
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import FIRST, OTHER, SECOND, FakeRows, Rig, meeting

ONE, TWO = MeetingId("1"), MeetingId("2")
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")
SOON = meeting("4", NOW - timedelta(minutes=29))
MINE = (meeting("1"), meeting("2"), meeting("3", outcome="COMPLETED"), meeting("5", owner=OTHER), SOON)


@asynccontextmanager
async def running(rig: Rig) -> AsyncIterator[None]:
    """The service keeps itself up to date inside."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.run())
        await settle(300)
        yield
        task.cancel()


async def test_my_meetings_that_are_over_and_still_scheduled_are_to_log() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        assert rig.state.to_log == 2


async def test_an_outcome_that_waits_counts_as_logged_until_it_is_taken_back() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        await rig.meetings.set_outcome([ONE, TWO], Outcome.COMPLETED)
        await settle()
        assert rig.state.to_log == 0
        rig.outbox.state.set(FakeRows())
        await settle()
        assert rig.state.to_log == 2


async def test_lists_that_hubspot_gave_meanwhile_are_not_replaced_by_older_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    rig.directory.answer = MeetingOptions((MeetingOption("SCHEDULED", "Scheduled"),))
    read, first, goes_on = rig.cache.note, [True], asyncio.Event()

    async def slow_once(account_id: AccountId, name: str) -> str | None:
        if name == "seen types" and first:
            first.clear()
            await goes_on.wait()
        return await read(account_id, name)

    monkeypatch.setattr(rig.cache, "note", slow_once)
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.load())
        await settle()
        await rig.meetings.start_sync()
        owners, options = rig.state.owners, rig.state.options
        goes_on.set()
    assert owners
    assert rig.state.owners == owners
    assert rig.state.options == options == rig.directory.answer
    assert rig.state.my_owner_id is not None
    assert rig.state.to_log == 2


async def test_a_meeting_that_ends_is_to_log_within_a_minute() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        revision = rig.state.revision
        await rig.clock.advance(61)
        assert rig.state.to_log == 2
        assert rig.state.revision == revision
        await rig.clock.advance(60)
        assert rig.state.to_log == 3
        assert rig.state.revision > revision


async def test_the_number_is_known_after_a_restart_without_network() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    await rig.meetings.start_sync()
    again = rig.made()
    await again.load()
    assert again.state.value.to_log == 2


async def test_a_count_that_fails_is_told_and_keeps_the_number() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        rig.cache.fail("index", FULL)
        await rig.clock.advance(60)
        assert (rig.state.to_log, rig.state.problem) == (2, FULL)


@pytest.mark.parametrize(
    ("step", "problem"), [("index", None), ("index", FULL), ("note", None), ("note", FULL)]
)
async def test_what_belongs_to_the_account_before_is_not_told_after_a_switch(
    step: str, problem: StorageFailed | None
) -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    await rig.meetings.start_sync()
    again = rig.made()
    rig.cache.hold(step)
    async with asyncio.TaskGroup() as group:
        group.create_task(again.load())
        await settle()
        await rig.accounts.activate(SECOND.id)
        rig.cache.fail(step, problem)
        rig.cache.release(step)
    assert again.state.value == MeetingsState(revision=again.state.value.revision)
    assert again.sync.value == SyncState()


async def test_the_revision_grows_over_a_switch() -> None:
    rig = await Rig().start(meeting("1"))
    rig.outbox.put(DeleteMeeting(ONE))
    before = rig.state.revision
    await rig.accounts.activate(SECOND.id)
    assert rig.state.revision > before > 0


async def test_only_changes_of_rows_are_news_of_the_outbox() -> None:
    rig = await Rig().start()
    rig.outbox.put(DeleteMeeting(ONE))
    before = rig.state.revision
    rig.outbox.state.set(replace(rig.outbox.state.value, progress=50))
    assert rig.state.revision == before


async def test_the_copy_is_brought_up_to_date_at_once_and_every_five_minutes() -> None:
    rig = await Rig().start()
    async with running(rig):
        assert rig.directory.times("between") == 1
        await rig.clock.advance(299)
        assert rig.directory.times("between") == 1
        await rig.clock.advance(1)
        await settle(300)
        assert rig.directory.times("between") == 2


async def test_offline_nothing_is_asked_until_the_connection_is_back() -> None:
    rig = await Rig().start(meeting("1"))
    rig.directory.fail("between", Offline())
    async with running(rig):
        assert isinstance(rig.sync.problem, Offline)
        await rig.clock.advance(600)
        assert rig.directory.times("between") == 1
        assert await rig.connectivity.probe()
        await settle(300)
        assert rig.directory.times("between") == 2
        assert rig.sync.problem is None


async def test_with_a_lost_sign_in_all_is_readable_and_nothing_is_asked_until_it_is_back() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        rig.directory.fail("between", SignInNeeded(FIRST.id))
        await rig.clock.advance(300)
        await settle(300)
        assert rig.accounts.state.value.is_lost
        await rig.clock.advance(600)
        assert rig.directory.times("between") == 2
        assert rig.state.to_log == 3
        rig.sign_in.account = FIRST
        await rig.accounts.sign_in(FIRST.workspace)
        await settle(300)
        assert rig.directory.times("between") == 3
        assert rig.sync.problem is None


async def test_each_account_is_brought_up_to_date_when_it_becomes_active() -> None:
    rig = await Rig().start()
    rig.sides[SECOND.id].directory.put(meeting("9", owner=OTHER))
    async with running(rig):
        await rig.accounts.activate(SECOND.id)
        await settle(300)
        assert rig.state.to_log == 1
        await rig.accounts.activate(FIRST.id)
        await settle(300)
        assert rig.state.to_log == 0
        assert set(rig.cache.kept[SECOND.id]) == {"9"}


async def test_signing_out_of_all_leaves_nothing_on_screen() -> None:
    rig = await Rig().start()
    rig.directory.put(*MINE)
    async with running(rig):
        await rig.accounts.sign_out(SECOND.id)
        await rig.accounts.sign_out(FIRST.id)
        await settle(300)
        assert rig.state == MeetingsState(revision=rig.state.revision)
        assert await rig.meetings.rows((ONE,)) == ()


async def test_started_before_anybody_signed_in_it_waits() -> None:
    rig = Rig()
    async with running(rig):
        assert rig.cache.calls == []
        await rig.accounts.load()
        await settle(300)
        assert rig.sync.synced_at == NOW
