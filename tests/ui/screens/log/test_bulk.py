"""The change of many meetings: the preview, what is sent, and its undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.meetings import MeetingField, MeetingId
from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.rows import ResultList
from app.ui.screens.log.bulk.preview import derive_preview
from app.ui.screens.log.bulk.viewmodel import MOST
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.screen import LogScreen
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import MEI, FakeMeetings, row
from tests.ui.screens.log.stage import Stage, at

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

BRITISH = TimeWords(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
CHOSEN = [MeetingId(one) for one in ("2", "4", "5")]


async def choose(screen: LogScreen, ids: list[MeetingId]) -> None:
    screen.listing.show_segment(Segment.ALL)
    await quiet()
    screen.selection.choose(ids[0], ids)
    await quiet()


def rows_of(hands: Hands) -> list[tuple[str, str, bool]]:
    return [(one.title, one.detail, one.enabled) for one in hands.find(ResultList, "bulk.list").rows]


async def pick(hands: Hands, name: str, value: str) -> None:
    box = hands.find(ComboField, f"bulk.{name}")
    box.combo.setCurrentIndex(box.combo.findData(value))
    box.combo.activated.emit(box.combo.currentIndex())
    await quiet()


async def test_a_key_shows_what_would_change_before_anything_does(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await choose(screen, CHOSEN)
    screen.queue.decide("COMPLETED")
    await quiet()
    assert rows_of(hands) == [
        ("Renewal: Fabrikam", "Scheduled → Completed", True),
        ("Quarterly review", "stays as it is", False),
        ("Intro call", "No show → Completed", True),
    ]
    assert hands.find(QAbstractButton, "bulk.apply").text() == "Change 2 meetings"
    assert stage.meetings.groups == {}


async def test_apply_changes_the_ones_that_differ_and_undo_takes_it_back(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await choose(screen, CHOSEN)
    await hands.click(hands.find(QAbstractButton, "log.changeMany"))
    assert not hands.find(QAbstractButton, "bulk.apply").isEnabled()
    await pick(hands, "outcome", "CANCELED")
    await hands.click(hands.find(QAbstractButton, "bulk.apply"))
    (group,) = stage.meetings.groups.values()
    assert list(group) == CHOSEN
    assert [toast.text for toast in stage.context.notices.toasts] == ["3 meetings changed"]
    assert not hands.has("bulk.apply")
    screen.undoing.undo()
    await quiet()
    outcomes = [stage.meetings.kept[one].meeting.details.outcome for one in CHOSEN]
    assert outcomes == ["SCHEDULED", "COMPLETED", "NO_SHOW"]
    assert list(screen.selection.selected) == CHOSEN


async def test_several_fields_at_once(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await choose(screen, CHOSEN)
    screen.change_many()
    await quiet()
    await pick(hands, "activity_type", "demo")
    await pick(hands, "owner", MEI.id)
    await pick(hands, "outcome", "NO_SHOW")
    assert rows_of(hands)[2] == ("Intro call", "No type → Product demo", True)
    await pick(hands, "outcome", "=")
    assert rows_of(hands)[0][1] == "No type → Product demo"


async def test_what_cannot_be_kept_stays_in_the_sheet(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await choose(screen, CHOSEN)
    screen.queue.decide("CANCELED")
    await quiet()
    stage.meetings.refusal = StorageFailed(StorageTrouble.FULL, "/data")
    await hands.click(hands.find(QAbstractButton, "bulk.apply"))
    assert "full" in screen.bulk.props.problem
    assert hands.has("bulk.apply")
    stage.meetings.refusal = None
    await hands.click(hands.find(QAbstractButton, "bulk.apply"))
    assert not hands.has("bulk.apply")


async def test_rows_that_cannot_be_read_are_said(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await choose(screen, CHOSEN)
    stage.meetings.refusal = StorageFailed(StorageTrouble.UNREADABLE, "/data")
    screen.queue.decide("CANCELED")
    await quiet()
    assert "cannot be read" in screen.bulk.props.problem
    stage.meetings.refusal = None


async def test_too_many_at_a_time_are_refused_kindly(screen: LogScreen, hands: Hands) -> None:
    screen.bulk.begin([MeetingId(str(number)) for number in range(MOST + 1)], "CANCELED")
    assert screen.bulk.props.problem == "Select at most 2,000 meetings at a time."


async def test_escape_leaves_everything_as_it_is(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await choose(screen, CHOSEN)
    screen.queue.decide("CANCELED")
    await quiet()
    await hands.press(Qt.Key.Key_Escape)
    assert not hands.has("bulk.apply")
    assert stage.meetings.groups == {}
    assert hands.find(QWidget, "log.changeMany").isVisible()


def test_one_meeting_is_one() -> None:
    one = row("1", "<b>Intro</b>", at(0, 9))
    assert one.meeting.details.outcome == "SCHEDULED"
    state = FakeMeetings(lambda _: None).state.value
    edits = {MeetingField.OUTCOME: "NO_SHOW", MeetingField.OWNER: "42"}
    preview = derive_preview((one, replace(one)), edits, state, BRITISH, "Europe/Berlin")
    assert preview.rows[0].detail == "Scheduled → No show · Mei Nelson → Tom Reed (inactive)"
    assert preview.rows[0].title == "<b>Intro</b>"
    assert preview.rows[0].trailing == "Mon 23 Nov, 09:00, Berlin time"
    assert preview.changing == ("1", "1")
