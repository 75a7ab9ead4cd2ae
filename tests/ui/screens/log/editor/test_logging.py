"""Logging a meeting that HubSpot does not know: from the first letter to the records it stands on."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.domain.log_drafts import NEW_KEY
from app.domain.meetings import CrmRecord, MeetingDetails, Outcome
from app.ui.kit.routes import NewMeeting
from tests.fakes.clock import NOW
from tests.ui.screens.log.editor.bench import ADA, INTRO, NORTHWIND, Bench

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

ADA_RECORD = CrmRecord(ADA, "Ada Okafor")


async def _begin(bench: Bench, new: NewMeeting | None = None) -> None:
    bench.selection.open_new(new or NewMeeting())
    await bench.rest()
    bench.pane.focus_editor()
    await bench.hands.write("Intro call")


async def test_a_new_meeting_begins_with_the_half_hour_just_over(bench: Bench) -> None:
    await _begin(bench)
    form = bench.pane.form
    assert form.start.box.edit.text() == "Mon 23 Nov 2026, 09:30"
    assert form.end.box.edit.text() == "Mon 23 Nov 2026, 10:00"
    assert form.outcomes.button(Outcome.COMPLETED).isChecked()
    assert bench.pane.save.label == "Log meeting"


async def test_it_is_logged_on_its_records_with_its_pin(bench: Bench) -> None:
    await _begin(bench, NewMeeting(records=(ADA_RECORD,)))
    bench.pane.deeds.put_on(CrmRecord(NORTHWIND, "Northwind"))
    bench.pane.deeds.pin(NORTHWIND, True)
    await bench.hands.click(bench.pane.save)
    await bench.rest(5)
    (kept,) = bench.world.kept.values()
    assert kept.meeting.details.title == "Intro call"
    assert set(kept.meeting.refs) == {ADA, NORTHWIND}
    assert bench.world.pins == {NORTHWIND: kept.meeting.id}
    assert "Meeting logged" in bench.toasts


async def test_undo_of_a_sent_log_moves_it_to_the_bin(bench: Bench) -> None:
    await _begin(bench)
    await bench.hands.click(bench.pane.save)
    await bench.rest(2)
    notices = bench.desk.context.notices
    notices.act(notices.toasts[-1].id)
    await bench.rest(20)
    assert bench.world.kept == {}
    assert len(bench.world.bin) == 1


async def test_undo_of_a_log_opens_its_form_again_with_everything_in_it(bench: Bench) -> None:
    await _begin(bench, NewMeeting(records=(ADA_RECORD,)))
    bench.pane.form.notes.focus()
    await bench.hands.write("Budget is approved.")
    await bench.hands.click(bench.pane.save)
    await bench.rest()
    notices = bench.desk.context.notices
    notices.act(notices.toasts[-1].id)
    await bench.rest(20)
    assert bench.toasts[-1] == "Taken back. Meeting logged"
    assert bench.pane.viewmodel.inputs.is_new
    assert bench.pane.form.title.value() == "Intro call"
    assert bench.pane.form.notes.value() == "Budget is approved."
    assert [row.ref for row in bench.pane.records.card.rows] == [ADA]


async def test_a_double_click_logs_once(bench: Bench) -> None:
    await _begin(bench)
    bench.pane.save.click()
    bench.pane.save.click()
    await bench.rest(5)
    assert len(bench.world.kept) == 1


async def test_a_new_draft_survives_a_crash(bench: Bench) -> None:
    await _begin(bench, NewMeeting(records=(ADA_RECORD,)))
    await bench.rest(1)
    bench.selection.choose(None)
    await bench.rest()
    bench.selection.open_new(NewMeeting(records=(ADA_RECORD,)))
    await bench.rest()
    assert bench.pane.form.title.value() == "Intro call"
    assert [row.name for row in bench.pane.records.card.rows] == ["Ada Okafor"]


async def test_discard_forgets_the_draft(bench: Bench) -> None:
    await _begin(bench)
    await bench.rest(1)
    assert NEW_KEY in bench.kept_drafts
    await bench.hands.click(bench.pane.discard)
    assert bench.kept_drafts == {}
    assert bench.selection.new is None


async def test_a_meeting_that_is_there_already_is_shown_side_by_side(bench: Bench) -> None:
    there = await bench.meet(INTRO, ADA)
    new = NewMeeting(MeetingDetails(start=INTRO.start, end=INTRO.end), (ADA_RECORD,))
    await _begin(bench, new)
    await bench.hands.click(bench.pane.save)
    await bench.rest(1)
    assert bench.pane.duplicates.isVisible()
    assert bench.world.count("log") == 0
    use = bench.hands.find(type(bench.pane.save), f"log.use.{there.id}")
    await bench.hands.click(use)
    await bench.rest(1)
    assert bench.selection.meeting_id == there.id
    assert len(bench.world.kept) == 1


async def test_another_meeting_at_the_same_time_can_be_logged_anyway(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    await _begin(bench, NewMeeting(MeetingDetails(start=INTRO.start, end=INTRO.end), (ADA_RECORD,)))
    await bench.hands.click(bench.pane.save)
    await bench.rest(1)
    await bench.hands.click(bench.pane.duplicates.insist)
    await bench.rest(5)
    assert len(bench.world.kept) == 2


async def test_without_a_start_nothing_is_sent(bench: Bench) -> None:
    await _begin(bench)
    edit = bench.pane.form.start.box.edit
    edit.setFocus()
    edit.selectAll()
    await bench.hands.press(Qt.Key.Key_Delete)
    await bench.hands.click(bench.pane.save)
    assert bench.pane.form.start.error == "Say when it started"
    assert bench.world.count("log") == 0


async def test_a_future_meeting_can_be_logged(bench: Bench) -> None:
    start = NOW + timedelta(days=2)
    await _begin(bench, NewMeeting(MeetingDetails(start=start, end=start + timedelta(hours=1))))
    await bench.hands.click(bench.pane.save)
    await bench.rest(5)
    (kept,) = bench.world.kept.values()
    assert kept.meeting.details.start == start


async def test_files_are_sent_after_the_meeting(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "call-notes.pdf"
    path.write_bytes(b"x" * 100)
    await _begin(bench)
    bench.pane.deeds.attach([path])
    await bench.rest()
    chip = bench.pane.files.chip("call-notes.pdf")
    assert chip is not None
    await bench.hands.click(bench.pane.save)
    await bench.rest(5)
    (kept,) = bench.world.kept.values()
    assert len(kept.meeting.attachments) == 1


async def test_a_file_can_be_left_out_again(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    await _begin(bench)
    bench.pane.deeds.attach([path])
    await bench.rest()
    chip = bench.pane.files.chip("a.pdf")
    assert chip is not None
    await bench.hands.click(chip.remove)
    assert bench.pane.files.chip("a.pdf") is None
