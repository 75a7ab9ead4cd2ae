"""The window's ways to the Log screen: the number in the rail, the outbox in the status line, the routes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.domain.changes import ChangeState, DeleteMeeting, PendingChange
from app.domain.meetings import MeetingDetails, MeetingId
from app.services.connectivity import Online
from app.services.outbox.snapshot import OutboxState
from app.ui.kit.routes import NewMeeting
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.screen import LogScreen
from app.ui.shell.navigation import RailItem
from app.ui.shell.status_button import StatusButton
from app.ui.shell.status_line import StatusProps, derive_status
from app.ui.shell.window import MainWindow
from tests.fakes.clock import NOW
from tests.fakes.samples import ZONE, sample_account
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage, quiet
from tests.ui.screens.log.fakes import change

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def rows(*states: ChangeState) -> tuple[PendingChange, ...]:
    return tuple(change(number, DeleteMeeting(MeetingId("1")), state) for number, state in enumerate(states))


def line(stage: Stage, outbox: OutboxState) -> StatusProps:
    return derive_status(
        account=sample_account(),
        is_lost=False,
        connection=Online(),
        fetched_at=None,
        waiting_drafts=0,
        outbox=outbox,
        now=NOW,
        words=stage.context.manners.words,
        zone=ZONE,
    )


@pytest.mark.parametrize(
    ("states", "words", "tone"),
    [
        ((), "Outbox empty", "muted"),
        ((ChangeState.QUEUED, ChangeState.SENDING), "Outbox: 2 waiting", "muted"),
        ((ChangeState.QUEUED, ChangeState.DEAD), "1 not sent", "bad"),
        ((ChangeState.ASKING, ChangeState.CONFLICT), "2 not sent", "bad"),
    ],
)
async def test_the_status_line_says_what_waits(
    stage: Stage, states: tuple[ChangeState, ...], words: str, tone: str
) -> None:
    props = line(stage, OutboxState(rows(*states), is_loaded=True))
    assert (props.outbox, props.outbox_tone) == (words, tone)


async def test_an_outbox_nobody_has_read_is_not_called_empty(stage: Stage) -> None:
    assert line(stage, OutboxState()).outbox == ""


def log_screen(window: MainWindow) -> LogScreen:
    screen = window.screens["log"]
    assert isinstance(screen, LogScreen)
    return screen


async def test_a_click_on_the_outbox_shows_it(window: MainWindow, hands: Hands, stage: Stage) -> None:
    stage.context.services.outbox.state.set(OutboxState(rows(ChangeState.DEAD), is_loaded=True))
    await quiet()
    await hands.click(hands.find(StatusButton, "status.outbox"))
    assert log_screen(window).listing.props.segment is Segment.OUTBOX
    assert hands.focus_name() == "outbox.list"


async def test_the_rail_counts_what_is_to_log(window: MainWindow, hands: Hands, stage: Stage) -> None:
    item = hands.find(RailItem, "rail.log")
    bare = item.grab().toImage()
    meetings = stage.context.services.meetings
    meetings.state.set(replace(meetings.state.value, to_log=3))
    assert item.accessibleName() == "Log, 3 to log"
    assert item.grab().toImage() != bare
    meetings.state.set(replace(meetings.state.value, to_log=0))
    assert item.accessibleName() == "Log"
    assert item.grab().toImage() == bare


async def test_a_meeting_that_another_screen_asks_for_is_opened_even_the_first_time(
    window: MainWindow, stage: Stage
) -> None:
    assert "log" not in window.screens
    stage.context.routes.meeting_requested.emit(MeetingId("local:77"))
    await quiet()
    assert log_screen(window).selection.meeting_id == "local:77"
    stage.context.routes.meeting_requested.emit(MeetingId("local:78"))
    await quiet()
    assert log_screen(window).selection.meeting_id == "local:78"


async def test_a_meeting_to_be_logged_arrives_filled_in(window: MainWindow, stage: Stage) -> None:
    new = NewMeeting(MeetingDetails(title="From the agenda"))
    stage.context.routes.new_meeting_requested.emit(new)
    await quiet()
    assert log_screen(window).selection.new == new


async def test_a_meeting_to_be_planned_arrives_filled_in(window: MainWindow, stage: Stage) -> None:
    stage.context.routes.plan_requested.emit(NewMeeting(MeetingDetails(title="From the agenda")))
    await quiet()
    plan = log_screen(window).plan
    assert plan.inputs.is_open
    assert plan.inputs.draft.details.title == "From the agenda"


async def test_the_log_screen_plans_with_one_key_and_the_sheet_keeps_the_others(
    window: MainWindow, hands: Hands
) -> None:
    window.show_screen("log")
    await quiet()
    await hands.press(Qt.Key.Key_M)
    log = log_screen(window)
    assert log.plan.inputs.is_open
    hands.find(QAbstractButton, "plan.discard").setFocus()
    await hands.press(Qt.Key.Key_L)
    assert log.selection.new is None
    await hands.press(Qt.Key.Key_Escape)
    assert not log.plan.inputs.is_open


async def test_the_age_of_the_data_is_the_shown_screens_own(
    window: MainWindow, hands: Hands, stage: Stage
) -> None:
    window.show_screen("log")
    await quiet()
    meetings = stage.context.services.meetings
    meetings.sync.set(replace(meetings.sync.value, synced_at=NOW))
    assert hands.find(QLabel, "status.age").text() == "Synced just now"
    meetings.sync.set(replace(meetings.sync.value, synced_at=None))
    assert hands.find(QLabel, "status.age").text() == ""
    window.show_screen("book")
    assert QApplication.focusWidget() is not None
    assert hands.find(QLabel, "status.age").text().startswith("Synced")
