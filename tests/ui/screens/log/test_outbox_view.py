"""The outbox with real keys and clicks: what waits, what needs the rep, what was sent."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel

from app.domain.changes import (
    AttachFile,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    LogMeeting,
    PendingChange,
    Refusal,
)
from app.domain.meetings import MeetingDetails, MeetingId
from app.domain.problems import Offline, StorageFailed, StorageTrouble
from app.ui.kit.widgets.checks import RadioButton
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.outbox.list_view import ChangeList
from app.ui.screens.log.screen import LogScreen
from tests.fakes.clock import NOW
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet, until
from tests.ui.screens.log.fakes import change, edit
from tests.ui.screens.log.stage import Stage

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

_INSIDE = QPoint(8, 8)
LOG = change(1, LogMeeting(MeetingId("local:a"), MeetingDetails(title="Intro call", notes="secret")))
DEAD = change(
    2,
    edit("2", MeetingDetails(title="Old"), MeetingDetails(title="New")),
    ChangeState.DEAD,
    refusal=Refusal("Rejected", "Property values were not valid."),
)
CONFLICT = change(
    3,
    edit(
        "1",
        MeetingDetails(outcome="SCHEDULED", location="Room 1"),
        MeetingDetails(outcome="COMPLETED", location="Room 2"),
    ),
    ChangeState.CONFLICT,
    theirs={"outcome": "NO_SHOW", "location": "Room 1"},
)
ASKING = change(4, LogMeeting(MeetingId("local:b"), MeetingDetails(title="Demo")), ChangeState.ASKING)
UPLOAD = change(5, AttachFile(MeetingId("1"), "s", "call-notes.pdf", 84_000), ChangeState.SENDING)
DONE = change(
    6,
    edit("4", MeetingDetails(outcome="SCHEDULED"), MeetingDetails(outcome="COMPLETED")),
    ChangeState.DONE,
    done_at=NOW - timedelta(minutes=5),
)


async def put(stage: Stage, screen: LogScreen, *rows: PendingChange, **values: object) -> None:
    stage.outbox.put(*rows, **values)
    screen.show_outbox()
    await quiet()


async def press(hands: Hands, name: str) -> None:
    await hands.click(hands.find(QAbstractButton, f"outbox.{name}"))


def actions(hands: Hands) -> set[str]:
    names = ("retry", "discard", "edit", "resolve", "there", "again", "cancel", "undo")
    return {name for name in names if hands.has(f"outbox.{name}")}


async def test_the_segment_is_there_only_while_something_waits(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    assert [name for name, _ in screen.listing.props.segments] == ["to_log", "all"]
    stage.outbox.put(LOG, DEAD)
    await quiet()
    assert screen.listing.props.segments[-1] == ("outbox", "Outbox · 2")


async def test_what_needs_the_rep_comes_first(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    stage.outbox.done = (DONE,)
    await put(stage, screen, LOG, DEAD, CONFLICT)
    rows = hands.find(ChangeList, "outbox.list").rows
    assert [(row.section, row.title) for row in rows] == [
        ("Needs you", "Change “Renewal: Fabrikam”: Title"),
        ("Needs you", "Change “Intro call with Ada Okafor”: Outcome, Location"),
        ("On the way", "Log “Intro call”"),
        ("Sent", "Set “Quarterly review” to Completed"),
    ]
    assert screen.outbox.props.open is not None
    assert screen.outbox.props.open.id == "c2"
    assert "Property values" in hands.find(QLabel, "outbox.reason").text()


async def test_arrows_open_the_next_row_and_enter_leads_to_its_buttons(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await put(stage, screen, DEAD, CONFLICT)
    assert hands.focus_name() == "outbox.list"
    await hands.press(Qt.Key.Key_Down)
    assert screen.outbox.props.open is not None
    assert screen.outbox.props.open.id == "c3"
    assert actions(hands) == {"resolve", "discard"}
    await hands.press(Qt.Key.Key_Return)
    assert hands.focus_name() == "outbox.discard"


async def test_a_failed_change_is_tried_again(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, DEAD)
    assert actions(hands) == {"retry", "discard", "edit"}
    await press(hands, "retry")
    assert stage.outbox.calls == ["retry c2"]


async def test_its_meeting_is_opened_to_mend_it(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, DEAD)
    await press(hands, "edit")
    assert screen.selection.meeting_id == "2"
    assert screen.listing.props.segment is Segment.ALL
    assert hands.has("log.editor")


async def answer(hands: Hands, name: str) -> None:
    await until(lambda: hands.window.findChildren(QDialog))
    (dialog,) = hands.window.findChildren(QDialog)
    button = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == name)
    await hands.click(button)


async def test_a_log_that_would_be_lost_is_asked_about(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, LOG)
    await press(hands, "discard")
    await answer(hands, "Keep")
    assert stage.outbox.calls == []
    await press(hands, "discard")
    await answer(hands, "Discard")
    assert stage.outbox.calls == ["discard c1"]
    assert not hands.has("outbox.discard")


async def test_what_loses_nothing_is_discarded_at_once(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, change(7, DeleteMeeting(MeetingId("1"))))
    stage.outbox.gone_too = (ChangeId("c7"), ChangeId("c8"), ChangeId("c9"))
    assert actions(hands) == {"discard"}
    await press(hands, "discard")
    assert stage.outbox.calls == ["discard c7"]
    said = [toast.text for toast in stage.context.notices.toasts]
    assert said == ["2 later changes of this meeting were discarded with it."]


async def test_a_conflict_is_decided_field_by_field(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, CONFLICT)
    radios = {radio.text(): radio for radio in hands.window.findChildren(RadioButton) if radio.isVisible()}
    assert {"HubSpot: No show", "Yours: Completed"} <= set(radios)
    assert not any("Room" in words for words in radios)
    await hands.click(radios["HubSpot: No show"], radios["HubSpot: No show"].rect().topLeft() + _INSIDE)
    await press(hands, "resolve")
    assert stage.outbox.calls == ["resolve c3 {'outcome': 'theirs'}"]


async def test_what_the_rep_wrote_stays_unless_they_say_otherwise(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await put(stage, screen, CONFLICT)
    await press(hands, "resolve")
    assert stage.outbox.calls == ["resolve c3 {'outcome': 'mine'}"]


@pytest.mark.parametrize(("button", "call"), [("there", "there c4"), ("again", "send again c4")])
async def test_the_rep_says_whether_it_arrived(
    screen: LogScreen, hands: Hands, stage: Stage, button: str, call: str
) -> None:
    await put(stage, screen, ASKING)
    assert actions(hands) == {"there", "again"}
    await press(hands, button)
    assert stage.outbox.calls == [call]


async def test_an_upload_shows_how_far_it_is_and_can_be_stopped(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await put(stage, screen, UPLOAD, progress={UPLOAD.id: (21_000, 84_000)})
    assert screen.outbox.props.open is not None
    assert screen.outbox.props.open.share == 0.25
    assert "25 %" in hands.find(QLabel, "outbox.status").text()
    await press(hands, "cancel")
    assert stage.outbox.calls == ["cancel c5"]


async def test_what_was_sent_is_undone_from_the_history(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    stage.outbox.done = (DONE,)
    await put(stage, screen)
    assert actions(hands) == {"undo", "edit"}
    stage.meetings.groups["g6"] = {}
    await press(hands, "undo")
    assert stage.outbox.calls == ["undo g6"]
    await press(hands, "undo")
    assert [toast.text for toast in stage.context.notices.toasts] == ["There is nothing left to take back."]


async def test_a_problem_is_said_and_the_row_stays(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await put(stage, screen, DEAD)
    stage.outbox.refusal = StorageFailed(StorageTrouble.FULL, "/data")
    await press(hands, "retry")
    assert "full" in stage.context.notices.toasts[0].text
    assert hands.has("outbox.retry")


async def test_why_nothing_is_sent_is_said_over_the_rows(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await put(stage, screen, LOG, paused=Offline(), elsewhere=2)
    assert screen.outbox.props.note.startswith("No connection to HubSpot")
    assert screen.outbox.props.elsewhere == 2


async def test_a_row_of_a_state_that_ends_by_itself_offers_nothing_that_could_hurt(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    for state in (ChangeState.UNKNOWN, ChangeState.VERIFYING, ChangeState.SENDING):
        await put(stage, screen, change(1, LOG.change, state))
        assert actions(hands) == set()


async def test_an_empty_outbox_says_so_and_is_left_by_its_segment(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await put(stage, screen)
    assert screen.listing.props.segments[-1] == ("outbox", "Outbox")
    screen.listing.show_segment(Segment.TO_LOG)
    await quiet()
    assert len(screen.listing.props.segments) == 2
    assert hands.has("log.editor")


async def test_the_list_says_why_the_open_meeting_was_not_sent_and_leads_there(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    stage.outbox.put(CONFLICT, DEAD)
    screen.selection.choose(MeetingId("2"))
    await quiet()
    assert "Property values were not valid" in hands.find(QLabel, "log.note").text()
    await hands.click(hands.find(QAbstractButton, "log.act"))
    assert screen.outbox.props.open is not None
    assert screen.outbox.props.open.id == "c2"
    assert actions(hands) == {"retry", "discard", "edit"}
    screen.listing.show_segment(Segment.TO_LOG)
    screen.selection.choose(MeetingId("3"))
    await quiet()
    assert not hands.has("log.note")
