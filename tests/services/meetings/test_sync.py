"""Copying HubSpot's meetings to this computer: the first run, later ones, and what stops them."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    Association,
    AssociationLabel,
    Meeting,
    MeetingId,
    MeetingQuery,
    RecordRef,
)
from app.domain.problems import NotAllowed, Offline, ServiceBroken, StorageFailed, StorageTrouble
from app.services.meetings.state import SyncState
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import ADA, BIG_DEAL, FIRST, NORTHWIND, OTHER, RECORDS, SECOND, Rig, meeting

OLD = NOW - timedelta(days=400)
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")


async def synced(*there: Meeting) -> Rig:
    """A rig whose first run is over."""
    rig = await Rig().start()
    rig.directory.put(*there)
    await rig.meetings.start_sync()
    return rig


def walks(rig: Rig) -> list[str]:
    """The walks in their order, one mention for each page."""
    return [str(call[0]) for call in rig.directory.calls if call[0] in ("between", "all", "changed_since")]


def asked_since(rig: Rig) -> list[datetime]:
    """The instants of which changes were asked for."""
    instants = [call[1] for call in rig.directory.calls if call[0] == "since"]
    return [instant for instant in instants if isinstance(instant, datetime)]


async def test_the_first_run_reads_my_weeks_then_everything_then_what_changed() -> None:
    rig = await Rig().start()
    rig.directory.put(
        meeting("1", NOW, ADA),
        meeting("2", OLD, NORTHWIND),
        meeting("3", NOW, owner=OTHER),
        meeting("4", None),
    )
    seen: list[SyncState] = []
    rig.meetings.sync.subscribe(seen.append)
    await rig.meetings.start_sync()
    assert walks(rig) == ["between", "all", "changed_since"]
    assert rig.kept == rig.directory.kept
    assert rig.sync == SyncState(synced_at=NOW)
    assert (4, 4) in {(one.done, one.total) for one in seen if one.is_running}
    assert not any(one.problem for one in seen)
    assert rig.directory.open_iterators == 0


async def test_the_first_run_learns_the_names_so_that_people_are_found() -> None:
    rig = await synced(meeting("1", OLD, ADA, NORTHWIND))
    assert set(rig.cache.kept_records[FIRST.id]) == {ADA, NORTHWIND}
    assert (await rig.meetings.index(MeetingQuery(text="okafor"))).ids == ("1",)


async def test_a_walk_leaves_the_labels_that_it_does_not_tell() -> None:
    labelled = Association(ADA, (AssociationLabel("USER_DEFINED", 7, "Buyer"),))
    rig = await synced(meeting("1", OLD, ADA, NORTHWIND), meeting("2", OLD))
    rig.directory.put(replace(meeting("1", OLD), associations=(labelled, Association(BIG_DEAL))))
    await rig.meetings.refresh(MeetingId("1"))
    await rig.meetings.start_sync(full=True)
    assert rig.kept[MeetingId("1")].associations == (labelled, Association(BIG_DEAL))


async def test_names_are_read_a_hundred_records_of_one_type_a_call() -> None:
    rig = await Rig().start()
    people = [RecordRef(CONTACT, str(one)) for one in range(150)]
    firms = [RecordRef(COMPANY, str(one)) for one in range(50)]
    rig.directory.put(*(meeting(str(one), OLD, people[one], firms[one % 50]) for one in range(150)))
    await rig.meetings.start_sync()
    asked = [call[1] for call in rig.finder.calls if call[0] == "records"]
    assert [{ref.type for ref in refs} for refs in asked] == [{CONTACT}, {CONTACT, COMPANY}]  # type: ignore[attr-defined]


async def test_a_later_run_reads_my_weeks_and_what_changed_five_minutes_before_the_last_change() -> None:
    newest = NOW - timedelta(hours=3)
    rig = await synced(meeting("1", OLD, updated_at=newest))
    await rig.meetings.start_sync()
    rig.directory.calls.clear()
    rig.directory.put(replace(meeting("1", OLD, ADA, title="Renamed"), updated_at=NOW))
    await rig.clock.advance(60)
    await rig.meetings.start_sync()
    assert walks(rig) == ["between", "changed_since"]
    assert asked_since(rig) == [newest - timedelta(minutes=5)]
    assert rig.kept == rig.directory.kept
    await rig.meetings.start_sync()
    assert asked_since(rig)[1:] == [NOW - timedelta(minutes=5)]


async def test_after_a_walk_changes_are_asked_for_from_before_its_start() -> None:
    # A row that was changed while later pages were read has to be seen again; our clock may be off by a day.
    rig = await Rig().start()
    rig.directory.page_size = 1
    rig.directory.put(
        meeting("1", OLD, updated_at=NOW - timedelta(days=300)), meeting("2", OLD, updated_at=NOW)
    )
    await rig.meetings.start_sync()
    assert asked_since(rig) == [NOW - timedelta(hours=25, minutes=5)]


async def test_hubspots_own_instants_bound_the_first_question_for_changes() -> None:
    rig = await Rig().start()
    rig.directory.page_size = 1
    newer = NOW - timedelta(hours=2)
    rig.directory.put(meeting("1", OLD, updated_at=newer), meeting("2", OLD, updated_at=NOW))
    await rig.meetings.start_sync()
    assert asked_since(rig) == [newer - timedelta(minutes=5)]


async def test_a_run_may_be_asked_for_only_when_the_copy_is_old_or_the_last_one_failed() -> None:
    rig = await synced(meeting("1", OLD))
    minute = timedelta(minutes=1)
    rig.directory.calls.clear()
    await rig.meetings.start_sync(older_than=minute)
    assert walks(rig) == []
    await rig.clock.advance(60)
    rig.directory.fail("between", Offline())
    await rig.meetings.start_sync(older_than=minute)
    await rig.meetings.start_sync(older_than=2 * minute)
    await rig.meetings.start_sync(older_than=minute)
    assert walks(rig) == ["between", "between", "changed_since"]
    await rig.meetings.start_sync(full=True, older_than=minute)
    assert "all" in walks(rig)


async def test_everything_is_read_again_after_a_day_or_when_asked_for() -> None:
    rig = await synced(meeting("1", OLD))
    rig.directory.calls.clear()
    await rig.meetings.start_sync(full=True)
    assert walks(rig) == ["between", "all", "changed_since"]
    await rig.clock.advance(24 * 3600)
    rig.directory.calls.clear()
    await rig.meetings.start_sync()
    assert walks(rig) == ["between", "all", "changed_since"]


async def test_a_clock_that_was_set_back_reads_everything_again() -> None:
    rig = await synced(meeting("1", OLD))
    rig.notes["walked at"] = (NOW + timedelta(days=3)).isoformat()
    rig.directory.calls.clear()
    await rig.meetings.start_sync()
    assert "all" in walks(rig)


async def test_notes_that_cannot_be_read_count_as_none() -> None:
    rig = await synced(meeting("1", OLD))
    rig.notes.update({"watermark": "yesterday", "synced at": "2026-11-23T09:00:00"})
    rig.directory.calls.clear()
    again = rig.made()
    await again.load()
    assert again.sync.value.synced_at is None
    await rig.meetings.start_sync()
    assert "all" in walks(rig)


async def test_the_age_is_known_after_a_restart() -> None:
    rig = await synced(meeting("1", OLD))
    again = rig.made()
    await again.load()
    assert again.sync.value == SyncState(synced_at=NOW)


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


async def test_a_problem_stops_the_run_and_keeps_everything() -> None:
    rig = await synced(meeting("1", NOW), meeting("2", OLD))
    offline = Offline()
    rig.directory.put(meeting("3", NOW))
    rig.directory.fail("between", offline)
    await rig.clock.advance(60)
    await rig.meetings.start_sync()
    assert rig.sync == SyncState(synced_at=NOW, problem=offline)
    assert set(rig.kept) == {"1", "2"}
    await rig.meetings.start_sync()
    assert rig.sync.problem is None
    assert set(rig.kept) == {"1", "2", "3"}


async def test_offline_at_the_first_question_nothing_more_is_asked() -> None:
    rig = await Rig().start(meeting("1", NOW))
    rig.directory.fail("options", Offline())
    await rig.meetings.start_sync()
    assert isinstance(rig.sync.problem, Offline)
    assert [call[0] for call in rig.directory.calls] == ["options"]
    assert set(rig.kept) == {"1"}


async def test_pages_that_came_before_a_problem_stay() -> None:
    rig = await Rig().start()
    rig.directory.page_size = 1
    rig.directory.put(meeting("1", OLD, ADA), meeting("2", OLD))
    rig.directory.fail("all", None, ServiceBroken("c-1"))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {"1"}
    assert rig.sync.synced_at is None
    assert "walked at" not in rig.notes
    assert rig.directory.open_iterators == 0


async def test_a_count_that_is_not_allowed_leaves_the_total_open() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", OLD))
    rig.directory.fail("count", NotAllowed(("crm.objects.contacts.read",)))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {"1"}
    assert rig.sync.problem is None


async def test_a_full_disk_is_told() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", OLD))
    rig.cache.fail("save", FULL)
    await rig.meetings.start_sync()
    assert rig.sync.problem is FULL


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


async def test_a_change_from_the_future_does_not_hide_the_real_ones() -> None:
    rig = await synced(
        meeting("1", OLD, updated_at=NOW + timedelta(days=400)), meeting("2", OLD, updated_at=NOW)
    )
    rig.directory.put(meeting("2", OLD, title="Renamed", updated_at=NOW + timedelta(minutes=1)))
    await rig.meetings.start_sync()
    assert rig.kept[MeetingId("2")].details.title == "Renamed"


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


async def test_without_an_owner_the_weeks_of_everybody_are_read() -> None:
    rig = await Rig().start()
    rig.crm.records.fail_always("owners", NotAllowed(("crm.objects.owners.read",)))
    rig.directory.put(meeting("1", NOW, owner=OTHER))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {"1"}
    assert rig.sync.synced_at == NOW
    assert isinstance(rig.state.problem, NotAllowed)


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
