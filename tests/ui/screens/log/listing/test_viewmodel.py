"""The list's state: what is asked, when it is asked again, and which signals stay silent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.domain.changes import ChangeState, DeleteMeeting
from app.domain.meetings import MeetingId
from app.domain.problems import StorageFailed, StorageTrouble
from app.services.meetings.state import SyncState
from app.services.outbox.snapshot import OutboxState
from app.ui.kit.routes import NewMeeting
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.listing.viewmodel import MeetingsViewModel
from app.ui.screens.log.selection import LogSelection
from tests.fakes.clock import NOW, settle
from tests.ui.screens.log.fakes import change, row
from tests.ui.screens.log.stage import Stage, at

pytestmark = pytest.mark.qt_loop


@pytest.fixture
async def listing(stage: Stage) -> AsyncIterator[MeetingsViewModel]:
    made = MeetingsViewModel(
        stage.meetings,
        stage.outbox,
        selection=LogSelection(),
        manners=stage.context.manners,
        clock=stage.clock,
        tasks=stage.tasks,
    )
    made.start()
    await settle()
    yield made
    await settle()


async def test_the_first_meeting_is_open_once_there_is_one(listing: MeetingsViewModel, stage: Stage) -> None:
    assert listing.selection.meeting_id == "1"
    listing.selection.choose(None)
    stage.meetings.count()
    await settle()
    assert listing.selection.meeting_id is None


async def test_the_same_answer_stays_silent(listing: MeetingsViewModel, stage: Stage) -> None:
    heard: list[str] = []
    listing.props_changed.connect(lambda: heard.append("props"))
    listing.rows_changed.connect(lambda ids: heard.append(f"rows {sorted(ids)}"))
    listing.want(listing.props.days.ids)
    await settle()
    assert heard == ["rows ['1', '2', '3']"]
    days = listing.props.days
    stage.meetings.count()
    await settle()
    assert heard == ["rows ['1', '2', '3']"]
    assert listing.props.days is days


async def test_a_row_that_changed_is_the_only_one_painted_again(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    listing.want(listing.props.days.ids)
    await settle()
    heard: list[list[str]] = []
    listing.rows_changed.connect(lambda ids: heard.append(sorted(ids)))
    stage.meetings.put(row("2", "Renamed", at(0, 9, 30)))
    await settle()
    assert heard == [["2"]]
    face = listing.face(MeetingId("2"))
    assert face is not None
    assert face.title == "Renamed"


async def test_while_a_sync_runs_the_list_is_not_read_at_every_page(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    stage.meetings.sync.set(replace(stage.meetings.sync.value, is_running=True))
    before = len(stage.meetings.asked)
    for number in range(50):
        stage.meetings.put(row(f"p{number}", "Page", at(-20, 9)))
        await asyncio.sleep(0)
    await settle()
    assert len(stage.meetings.asked) - before <= 3
    await stage.clock.advance(1)
    assert len(listing.props.days) == 53


async def test_everything_is_logged_only_once_the_first_sync_has_been_looked_at(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    stage.meetings.kept.clear()
    stage.meetings.sync.set(SyncState(is_running=True))
    listing.start()
    await settle()
    shown: list[str] = []
    listing.props_changed.connect(
        lambda: shown.append(listing.props.nothing.title if listing.props.nothing else "")
    )
    stage.meetings.kept[MeetingId("1")] = row("1", "Intro call", at(0, 9))
    stage.meetings.sync.set(SyncState(is_running=True, synced_at=NOW))
    stage.meetings.sync.set(SyncState(synced_at=NOW))
    await settle()
    await stage.clock.advance(1)
    assert listing.props.days.ids == ("1",)
    assert set(shown) == {""}


async def test_rows_do_not_wait_for_what_comes_over_the_network(
    listing: MeetingsViewModel, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = asyncio.Event()

    async def unanswered(_ids: object) -> None:
        await silence.wait()

    monkeypatch.setattr(stage.meetings, "details_needed", unanswered)
    listing.want([MeetingId("1")])
    await settle()
    listing.want([MeetingId("1"), MeetingId("2")])
    await settle()
    assert listing.face(MeetingId("2")) is not None
    silence.set()


async def test_what_cannot_be_read_is_said(listing: MeetingsViewModel, stage: Stage) -> None:
    stage.meetings.refusal = StorageFailed(StorageTrouble.UNREADABLE, "/data")
    listing.want([MeetingId("1")])
    await settle()
    assert "cannot be read" in listing.props.note
    listing.show_segment(Segment.ALL)
    await settle()
    assert "cannot be read" in listing.props.note
    stage.meetings.refusal = None
    listing.look_again()
    await settle()
    assert listing.props.note == ""
    assert len(listing.props.days) == 9


async def test_the_outbox_segment_asks_for_no_meetings(listing: MeetingsViewModel, stage: Stage) -> None:
    before = len(stage.meetings.asked)
    listing.show_segment(Segment.OUTBOX)
    stage.meetings.count()
    await settle()
    assert len(stage.meetings.asked) == before


async def test_another_owner_asks_anew(listing: MeetingsViewModel, stage: Stage) -> None:
    stage.meetings.state.set(replace(stage.meetings.state.value, my_owner_id=None))
    await settle()
    assert stage.meetings.asked[-1].owner_ids == frozenset()


async def test_another_account_begins_without_search_and_filters(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    listing.search("zzz")
    await settle()
    await stage.clock.advance(1)
    assert listing.props.nothing is not None
    listing.start()
    await settle()
    assert not listing.props.narrowing.is_narrowed
    assert len(listing.props.days) == 3


async def test_a_kept_meeting_follows_its_number(listing: MeetingsViewModel, stage: Stage) -> None:
    stage.meetings.put(row("local:a", "Logged offline", at(0, 8)))
    await settle()
    listing.want(listing.props.days.ids)
    await settle()
    listing.keep(MeetingId("local:a"))
    del stage.meetings.kept[MeetingId("local:a")]
    stage.outbox.identities[MeetingId("local:a")] = MeetingId("88")
    stage.outbox.put(is_sending=True)
    stage.meetings.put(row("88", "Logged offline", at(0, 8), "COMPLETED"))
    await settle()
    assert "88" in listing.props.days.ids
    assert "local:a" not in listing.props.days.ids


async def test_refresh_reads_hubspot_and_lets_go_of_what_was_kept(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    listing.want(listing.props.days.ids)
    await settle()
    listing.keep(MeetingId("1"))
    await stage.meetings.set_outcome((MeetingId("1"),), "COMPLETED")
    await settle()
    assert "1" in listing.props.days.ids
    listing.refresh()
    await settle()
    assert "1" not in listing.props.days.ids
    assert "sync" in stage.meetings.calls


async def test_a_refused_change_is_told_beside_its_own_meeting_only(
    listing: MeetingsViewModel, stage: Stage
) -> None:
    refused = change(1, DeleteMeeting(MeetingId("1")), ChangeState.DEAD)
    stage.outbox.state.set(OutboxState(rows=(refused,), is_loaded=True))
    listing.selection.choose(MeetingId("1"))
    assert listing.props.stuck is not None
    assert listing.props.stuck[0] == refused.id
    listing.selection.choose(MeetingId("2"))
    assert listing.props.stuck is None
    listing.selection.open_new(NewMeeting())
    assert listing.props.stuck is None
