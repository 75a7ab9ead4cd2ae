"""Which signals fire for a change of what is open, and which stay silent."""

from app.domain.meetings import MeetingDetails, MeetingId
from app.ui.kit.routes import NewMeeting
from app.ui.screens.log.selection import LogSelection

ONE, TWO, LOCAL = MeetingId("1"), MeetingId("2"), MeetingId("local:a")


def heard(selection: LogSelection) -> list[str]:
    sounds: list[str] = []
    selection.changed.connect(lambda: sounds.append("changed"))
    selection.renamed.connect(lambda before, after: sounds.append(f"{before} is {after}"))
    selection.next_requested.connect(lambda: sounds.append("next"))
    selection.left.connect(lambda: sounds.append("left"))
    return sounds


def test_the_same_choice_stays_silent() -> None:
    selection = LogSelection()
    sounds = heard(selection)
    selection.choose(ONE)
    selection.choose(ONE)
    selection.choose(ONE, (ONE,))
    assert sounds == ["changed"]
    assert (selection.meeting_id, selection.selected) == (ONE, (ONE,))


def test_others_beside_the_open_one_are_announced() -> None:
    selection = LogSelection()
    selection.choose(ONE)
    sounds = heard(selection)
    selection.choose(ONE, (ONE, TWO))
    assert sounds == ["changed"]
    assert selection.selected == (ONE, TWO)


def test_a_new_meeting_lets_go_of_the_open_one_and_is_let_go_by_the_next() -> None:
    selection = LogSelection()
    selection.choose(ONE)
    prefill = NewMeeting(MeetingDetails(title="Intro"))
    selection.open_new(prefill)
    assert (selection.meeting_id, selection.selected, selection.new) == (None, (), prefill)
    sounds = heard(selection)
    selection.choose(None)
    assert sounds == ["changed"]
    assert selection.new is None


def test_the_number_of_a_local_meeting_is_no_change_of_meeting() -> None:
    selection = LogSelection()
    selection.choose(LOCAL, (LOCAL, ONE))
    sounds = heard(selection)
    selection.rename(LOCAL, TWO)
    assert sounds == ["local:a is 2"]
    assert (selection.meeting_id, selection.selected) == (TWO, (TWO, ONE))


def test_a_meeting_beside_the_open_one_is_renamed_in_silence() -> None:
    selection = LogSelection()
    selection.choose(ONE, (ONE, LOCAL))
    sounds = heard(selection)
    selection.rename(LOCAL, TWO)
    selection.rename(LOCAL, TWO)
    assert sounds == []
    assert selection.selected == (ONE, TWO)


def test_the_editor_and_the_list_ask_each_other() -> None:
    selection = LogSelection()
    sounds = heard(selection)
    selection.go_on()
    selection.leave()
    assert sounds == ["next", "left"]
