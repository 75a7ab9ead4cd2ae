"""Copying HubSpot's meetings to this computer: the first run, later ones, and what stops them."""

from dataclasses import replace
from datetime import timedelta

from app.domain.meetings import (
    Association,
    AssociationLabel,
    MeetingId,
    MeetingQuery,
)
from app.domain.problems import NotAllowed, Offline, ServiceBroken, StorageFailed, StorageTrouble
from app.services.meetings.state import SyncState
from tests.fakes.clock import NOW
from tests.services.meetings.rig import ADA, BIG_DEAL, FIRST, NORTHWIND, OTHER, Rig, meeting
from tests.services.meetings.walks import OLD, asked_since, synced, walks

FULL = StorageFailed(StorageTrouble.FULL, "cache.db")


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


async def test_a_change_from_the_future_does_not_hide_the_real_ones() -> None:
    rig = await synced(
        meeting("1", OLD, updated_at=NOW + timedelta(days=400)), meeting("2", OLD, updated_at=NOW)
    )
    rig.directory.put(meeting("2", OLD, title="Renamed", updated_at=NOW + timedelta(minutes=1)))
    await rig.meetings.start_sync()
    assert rig.kept[MeetingId("2")].details.title == "Renamed"
