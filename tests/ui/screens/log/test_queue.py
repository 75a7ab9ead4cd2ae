"""The outcome queue: one key, the next meeting, and the way back."""

import pytest
from PySide6.QtCore import Qt

from app.domain.meetings import Meeting, MeetingId
from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.command import CommandRegistry
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.screen import LogScreen
from app.ui.shell.shortcuts import Shortcuts
from tests.ui.screens.book.hands import CTRL, Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import row
from tests.ui.screens.log.stage import Stage, at

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.fixture
def keys(screen: LogScreen) -> Shortcuts:
    """The screen's commands on real keys, as the window puts them there."""
    registry = CommandRegistry(screen.widget)
    shortcuts = Shortcuts(screen.widget, registry)
    registry.add(*screen.commands)
    return shortcuts


def meeting(stage: Stage, meeting_id: str) -> Meeting:
    return stage.meetings.kept[MeetingId(meeting_id)].meeting


def toasts(stage: Stage) -> list[str]:
    return [toast.text for toast in stage.context.notices.toasts]


async def test_each_key_decides_and_opens_the_next(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    assert meeting(stage, "1").details.outcome == "COMPLETED"
    assert screen.selection.meeting_id == "2"
    await hands.press(Qt.Key.Key_2)
    await hands.press(Qt.Key.Key_3)
    assert meeting(stage, "2").details.outcome == "NO_SHOW"
    assert meeting(stage, "3").details.outcome == "RESCHEDULED"
    assert stage.meetings.state.value.to_log == 0


async def test_what_was_decided_stays_in_sight_until_the_list_is_left(
    screen: LogScreen, hands: Hands, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_4)
    assert list(screen.listing.props.days.ids) == ["1", "2", "3"]
    face = screen.listing.face(MeetingId("1"))
    assert face is not None
    assert face.outcome == "Canceled"
    screen.listing.show_segment(Segment.ALL)
    screen.listing.show_segment(Segment.TO_LOG)
    await quiet()
    assert list(screen.listing.props.days.ids) == ["2", "3"]


async def test_undo_takes_back_one_press_after_the_other(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    await hands.press(Qt.Key.Key_2)
    assert toasts(stage) == ["No show: Renewal: Fabrikam"]
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert meeting(stage, "2").details.outcome == "SCHEDULED"
    assert meeting(stage, "1").details.outcome == "COMPLETED"
    assert screen.selection.meeting_id == "2"
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert meeting(stage, "1").details.outcome == "SCHEDULED"
    assert screen.selection.meeting_id == "1"
    assert stage.outbox.calls == ["undo g2", "undo g1"]
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert len(stage.outbox.calls) == 2


async def test_the_toast_takes_the_last_press_back(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    (toast,) = stage.context.notices.toasts
    assert toast.action is not None
    assert toast.action.label == "Undo"
    stage.context.notices.act(toast.id)
    await quiet()
    assert meeting(stage, "1").details.outcome == "SCHEDULED"


async def test_too_late_an_undo_says_so(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    stage.meetings.groups.clear()
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert toasts(stage) == ["There is nothing left to take back."]


async def test_an_undo_that_fails_can_be_tried_again(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    stage.outbox.refusal = StorageFailed(StorageTrouble.FULL, "/data")
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert "full" in toasts(stage)[-1]
    stage.outbox.refusal = None
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert meeting(stage, "1").details.outcome == "SCHEDULED"


async def test_a_decision_that_cannot_be_kept_is_said_and_nothing_is_taken_back(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    stage.meetings.refusal = StorageFailed(StorageTrouble.FULL, "/data")
    await hands.press(Qt.Key.Key_1)
    assert "full" in toasts(stage)[0]
    stage.meetings.refusal = None
    assert meeting(stage, "1").details.outcome == "SCHEDULED"
    assert not screen.undoing.can_undo()


async def test_keys_are_letters_while_somebody_types(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_Slash)
    assert hands.focus_name() == "log.search"
    await hands.write("1")
    assert meeting(stage, "1").details.outcome == "SCHEDULED"


async def test_in_all_meetings_a_key_decides_and_stays(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    screen.listing.show_segment(Segment.ALL)
    await quiet()
    screen.selection.choose(MeetingId("5"))
    await hands.press(Qt.Key.Key_1)
    assert meeting(stage, "5").details.outcome == "COMPLETED"
    assert screen.selection.meeting_id == "5"


async def test_the_last_one_stays_open(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    for _ in range(3):
        await hands.press(Qt.Key.Key_1)
    assert screen.selection.meeting_id == "3"
    assert screen.listing.after(MeetingId("3")) is None


async def test_the_editor_asks_for_the_next(screen: LogScreen, hands: Hands) -> None:
    screen.selection.go_on()
    assert screen.selection.meeting_id == "2"


async def test_another_account_takes_nothing_back(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    screen.start()
    await quiet()
    assert not screen.undoing.can_undo()
    assert screen.selection.meeting_id == "2"


async def test_a_queue_of_thirty_with_one_taken_back(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    stage.meetings.kept.clear()
    calls = (row(f"q{n}", f"Call {n}", at(-1 - n // 6, 9 + n % 6)) for n in range(30))
    stage.meetings.put(*calls)
    screen.start()
    await quiet()
    order = screen.listing.props.days.ids
    for place in range(30):
        await hands.press(Qt.Key.Key_1)
        if place == 12:
            await hands.press(Qt.Key.Key_Z, CTRL)
            assert screen.selection.meeting_id == order[12]
            await hands.press(Qt.Key.Key_2)
    outcomes = [meeting(stage, one).details.outcome for one in order]
    assert outcomes == ["COMPLETED"] * 12 + ["NO_SHOW"] + ["COMPLETED"] * 17


async def test_undo_takes_back_the_deletion_that_came_after_an_outcome(
    screen: LogScreen, hands: Hands, stage: Stage, keys: Shortcuts
) -> None:
    await hands.press(Qt.Key.Key_1)
    screen._editor.delete.click()
    await quiet()
    assert toasts(stage)[-1] == "Moved to HubSpot's recycle bin"
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert toasts(stage)[-1] == "Taken back. Moved to HubSpot's recycle bin"
    assert meeting(stage, "1").details.outcome == "COMPLETED"
    assert screen.selection.meeting_id == "2"
    await hands.press(Qt.Key.Key_Z, CTRL)
    assert meeting(stage, "1").details.outcome == "SCHEDULED"
