"""Copying HubSpot's meetings: what is forgotten, whose run it is, and how names follow."""

import asyncio

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    MeetingId,
    MeetingQuery,
    RecordRef,
)
from app.domain.problems import NotAllowed, Offline
from app.services.meetings.state import SyncState
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import ADA, FIRST, NORTHWIND, OTHER, RECORDS, SECOND, Rig, meeting
from tests.services.meetings.walks import OLD, synced, walks


async def test_names_are_read_a_hundred_records_of_one_type_a_call() -> None:
    rig = await Rig().start()
    people = [RecordRef(CONTACT, str(one)) for one in range(150)]
    firms = [RecordRef(COMPANY, str(one)) for one in range(50)]
    rig.directory.put(*(meeting(str(one), OLD, people[one], firms[one % 50]) for one in range(150)))
    await rig.meetings.start_sync()
    asked = [call[1] for call in rig.finder.calls if call[0] == "records"]
    assert [{ref.type for ref in refs} for refs in asked] == [{CONTACT}, {CONTACT, COMPANY}]  # type: ignore[attr-defined]


async def test_what_was_deleted_elsewhere_goes_after_a_second_look() -> None:
    rig = await synced(meeting("1", NOW), meeting("2", OLD), meeting("3", NOW))
    del rig.directory.kept[MeetingId("1")], rig.directory.kept[MeetingId("2")]
    rig.directory.unindexed.add(MeetingId("3"))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {"2", "3"}  # 2 lies outside of my weeks; 3 is only missing from the index.
    await rig.meetings.start_sync(full=True)
    assert set(rig.kept) == {"3"}


async def test_a_meeting_that_moved_away_or_to_another_owner_is_kept_as_it_is_now() -> None:
    rig = await synced(meeting("1", NOW), meeting("2", NOW))
    moved = meeting("1", OLD, updated_at=NOW)
    handed_over = meeting("2", NOW, owner=OTHER, updated_at=NOW)
    rig.directory.put(moved, handed_over)
    await rig.meetings.start_sync()
    assert rig.kept == {"1": moved, "2": handed_over}


async def test_after_rows_that_could_not_be_read_nothing_is_forgotten() -> None:
    rig = await synced(meeting("1", NOW))
    rig.directory.kept.clear()
    rig.directory.skipped = 1
    await rig.meetings.start_sync(full=True)
    assert set(rig.kept) == {"1"}
    assert rig.directory.times("meetings") == 0


async def test_a_cancelled_run_keeps_what_came_and_the_next_one_ends() -> None:
    rig = await Rig().start()
    rig.directory.page_size = 1
    rig.directory.put(meeting("1", OLD), meeting("2", OLD))
    rig.directory.hold("changed_since")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.start_sync())
        await settle(200)
        assert rig.sync.is_running
        rig.meetings.cancel_sync()
        await task
    assert set(rig.kept) == {"1", "2"}
    assert (rig.sync.is_running, rig.sync.synced_at, rig.sync.problem) == (False, None, None)
    assert rig.directory.open_iterators == 0
    rig.directory.release("changed_since")
    await rig.meetings.start_sync()
    assert rig.sync.synced_at == NOW
    rig.meetings.cancel_sync()


async def test_after_a_run_was_cut_short_only_the_rep_starts_the_walk_anew() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", NOW), meeting("2", OLD))
    rig.directory.hold("all")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.run())
        await settle(300)
        rig.meetings.cancel_sync()
        await settle()
        rig.directory.release("all")
        await rig.clock.advance(300)
        await settle(300)
        assert walks(rig) == ["between", "all", "between"]
        assert (set(rig.kept), rig.sync.synced_at) == ({"1"}, None)
        await rig.meetings.start_sync()
        assert walks(rig)[3:] == ["between", "all", "changed_since"]
        task.cancel()
    assert set(rig.kept) == {"1", "2"}


async def test_who_asks_meanwhile_joins_the_run_but_a_full_one_comes_after_it() -> None:
    rig = await synced(meeting("1", OLD))
    rig.directory.calls.clear()
    rig.directory.hold("between")
    async with asyncio.TaskGroup() as group:
        for is_full in (False, False, True):
            group.create_task(rig.meetings.start_sync(full=is_full))
        await settle()
        rig.directory.release("between")
    assert walks(rig) == ["between", "changed_since", "between", "all", "changed_since"]


async def test_switching_the_account_ends_its_run_and_shows_nothing_of_it() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", NOW))
    rig.sides[SECOND.id].directory.put(meeting("9", NOW))
    rig.directory.hold("all")
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.start_sync())
        await settle(200)
        await rig.accounts.activate(SECOND.id)
        assert rig.sync == SyncState()
        await rig.meetings.start_sync()
    assert set(rig.cache.kept[SECOND.id]) == {"9"}
    assert (await rig.meetings.index(MeetingQuery())).ids == ("9",)
    assert rig.sync.synced_at == NOW
    assert not rig.sync.is_running


async def test_signing_out_in_the_middle_of_a_run_leaves_nothing_behind() -> None:
    for step in ("options", "between", "all", "changed_since", "associations"):
        rig = await Rig().start()
        rig.directory.put(meeting("1", NOW, ADA, updated_at=NOW), meeting("2", OLD, ADA))
        rig.directory.hold(step)
        async with asyncio.TaskGroup() as group:
            task = group.create_task(rig.meetings.start_sync())
            await settle(200)
            assert not task.done()
            await rig.accounts.sign_out(FIRST.id)
            rig.cache.wipe(FIRST.id)
            rig.directory.release(step)
            await settle(200)
        assert (rig.kept, rig.notes, FIRST.id in rig.cache.kept_records) == ({}, {}, False)


async def test_a_run_that_waited_for_its_turn_while_the_account_was_switched_does_nothing() -> None:
    rig = await synced(meeting("1", NOW))
    rig.directory.calls.clear()
    rig.directory.hold("between")
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.start_sync())
        await settle()
        group.create_task(rig.meetings.start_sync(full=True))
        await settle()
        await rig.accounts.activate(SECOND.id)
    assert walks(rig) == ["between"]
    assert rig.sync == SyncState()


async def test_the_rows_that_arrive_are_told_at_most_four_times_a_second() -> None:
    rig = await Rig().start()
    rig.directory.page_size = 1
    rig.directory.put(*(meeting(str(number), OLD) for number in range(30)))
    revisions: list[int] = []
    rig.meetings.state.subscribe(lambda state: revisions.append(state.revision))
    await rig.meetings.start_sync()
    # The manual clock stands still: one at the first page, one at the end.
    assert sorted(set(revisions)) == [1, 2]


async def test_what_arrived_before_the_asking_task_was_cancelled_is_told() -> None:
    rig = await Rig().start()
    rig.directory.page_size = 1
    rig.directory.put(meeting("1", OLD), meeting("2", OLD))
    rig.directory.hold("changed_since")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.start_sync())
        await settle(200)
        before = rig.state.revision
        task.cancel()
    assert set(rig.kept) == {"1", "2"}
    assert rig.state.revision == before + 1
    assert not rig.sync.is_running


async def test_without_an_owner_the_weeks_of_everybody_are_read() -> None:
    rig = await Rig().start()
    rig.crm.records.fail_always("owners", NotAllowed(("crm.objects.owners.read",)))
    rig.directory.put(meeting("1", NOW, owner=OTHER))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {"1"}
    assert rig.sync.synced_at == NOW
    assert isinstance(rig.state.problem, NotAllowed)
    await rig.meetings.start_sync()
    assert walks(rig) == ["between", "all", "changed_since", "changed_since"]


async def test_names_that_cannot_be_read_do_not_make_the_meetings_old() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", NOW, ADA))
    rig.finder.fail("records", Offline())
    await rig.meetings.start_sync()
    assert rig.sync.synced_at == NOW
    assert isinstance(rig.sync.problem, Offline)
    # The next run learns what the walk left nameless.
    rig.directory.kept.clear()
    rig.cache.kept[FIRST.id] = {MeetingId("2"): meeting("2", OLD, ADA)}
    await rig.meetings.start_sync()
    assert rig.sync.problem is None
    assert ADA in rig.cache.kept_records[FIRST.id]


async def test_records_of_a_meeting_that_changed_are_read_with_it() -> None:
    rig = await synced(meeting("1", OLD, ADA))
    rig.directory.put(meeting("1", OLD, ADA, NORTHWIND, updated_at=NOW))
    await rig.meetings.start_sync()
    assert rig.kept[MeetingId("1")].refs == (ADA, NORTHWIND)
    assert rig.cache.kept_records[FIRST.id][NORTHWIND] == RECORDS[1]
