"""Editing a logged meeting with keys and clicks: what is sent, what is kept, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from app.domain.log_drafts import draft_key
from app.domain.meetings import CONTACT, MeetingField, MeetingId, Outcome, RecordRef, RecordType
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Offline
from app.domain.records import OwnerId
from app.ui.kit.widgets.checks import RadioButton
from tests.ui.screens.book.hands import CTRL
from tests.ui.screens.log.editor.bench import ADA, INTRO, NORTHWIND, ROLLOUT, Bench

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


async def test_a_meeting_is_shown_with_everything_it_has(bench: Bench) -> None:
    await bench.meet(INTRO, ADA, ROLLOUT)
    form = bench.pane.form
    assert form.title.value() == "Intro call"
    assert (form.start.label, form.end.label) == ("Starts, Berlin time", "Ends, Berlin time")
    assert form.start.box.edit.text() == "Mon 23 Nov 2026, 08:15"
    assert form.end.value() == INTRO.end
    assert (form.body.value(), form.notes.value()) == ("Goals", "Budget")
    assert [row.name for row in bench.pane.records.card.rows] == ["Ada Okafor", "Northwind rollout"]
    assert bench.pane.save.label == "Save and next"


async def test_edited_fields_alone_are_sent_and_the_next_meeting_is_asked_for(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.notes.edit.setFocus()
    await bench.hands.press(Qt.Key.Key_End, CTRL)
    await bench.hands.write(" is hers")
    await bench.hands.click(bench.pane.form.outcomes.button(Outcome.COMPLETED))
    await bench.hands.click(bench.pane.save)
    await bench.rest(10)
    assert bench.sent_fields == [{MeetingField.OUTCOME, MeetingField.NOTES}]
    assert bench.stored(meeting.id).details.notes == "Budget is hers"
    assert bench.nexts == [None]


async def test_clearing_a_field_clears_it_in_hubspot(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.location.edit.setFocus()
    await bench.hands.press(Qt.Key.Key_A, CTRL)
    await bench.hands.press(Qt.Key.Key_Delete)
    await bench.hands.click(bench.pane.save)
    await bench.rest(10)
    assert bench.stored(meeting.id).details.location == ""


async def test_saving_without_a_change_sends_nothing_and_goes_on(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    await bench.hands.click(bench.pane.save)
    assert bench.nexts == [None]
    assert bench.world.count("edit") == 0


async def test_a_moved_start_takes_the_end_along(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    edit = bench.pane.form.start.box.edit
    edit.setFocus()
    await bench.hands.press(Qt.Key.Key_A, CTRL)
    await bench.hands.write("10:00")
    await bench.hands.press(Qt.Key.Key_Return)
    assert bench.pane.form.end.box.edit.text() == "Mon 23 Nov 2026, 10:30"


async def test_an_end_before_the_start_is_refused_at_its_field(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    edit = bench.pane.form.end.box.edit
    edit.setFocus()
    await bench.hands.press(Qt.Key.Key_A, CTRL)
    await bench.hands.write("07:00")
    await bench.hands.click(bench.pane.save)
    assert bench.pane.form.end.error == "The end has to be after the start"
    assert bench.world.count("edit") == 0
    assert bench.hands.focus is edit


async def test_an_unreadable_time_stays_as_typed_and_is_not_sent(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    edit = bench.pane.form.start.box.edit
    edit.setFocus()
    await bench.hands.press(Qt.Key.Key_A, CTRL)
    await bench.hands.write("soon")
    await bench.hands.click(bench.pane.save)
    assert edit.text() == "soon"
    assert bench.pane.form.start.error.startswith("Write it like")
    assert bench.nexts == []


async def test_what_is_typed_is_kept_and_back_after_another_meeting(bench: Bench) -> None:
    other = bench.world.add(replace(INTRO, title="Renewal"))
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.notes.edit.setFocus()
    await bench.hands.press(Qt.Key.Key_End, CTRL)
    await bench.hands.write("!")
    bench.choose(other.id)
    await bench.rest(1)
    assert bench.pane.form.notes.value() == "Budget"
    bench.choose(meeting.id)
    await bench.rest()
    assert bench.pane.form.notes.value() == "Budget!"
    assert bench.pane.draft_text.text().startswith("Draft saved")


async def test_discard_shows_hubspots_version_again(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.title.focus()
    await bench.hands.write("New ")
    await bench.rest(1)
    assert draft_key(meeting.id) in bench.kept_drafts
    await bench.hands.click(bench.pane.discard)
    assert bench.pane.form.title.value() == "Intro call"
    assert bench.kept_drafts == {}


async def test_what_somebody_else_changes_is_shown_and_typed_fields_stay(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.title.focus()
    await bench.hands.press(Qt.Key.Key_End)
    await bench.hands.write("!")
    bench.clock.jump(bench.clock.now() + timedelta(minutes=1))
    bench.world.change(meeting.id, replace(INTRO, location="Room 4", title="Theirs"))
    await bench.desk.services.meetings.start_sync()
    await bench.rest()
    assert bench.pane.form.location.value() == "Room 4"
    assert bench.pane.form.title.value() == "Intro call!"


async def test_offline_the_same_button_keeps_the_change_for_later(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.world.fail_always("edit", Offline())
    bench.world.fail_always("edit_many", Offline())
    bench.pane.form.title.focus()
    await bench.hands.press(Qt.Key.Key_End)
    await bench.hands.write("!")
    await bench.hands.click(bench.pane.save)
    await bench.rest(1)
    assert bench.stored(meeting.id).details.title == "Intro call"
    assert [row.change.meeting_id for row in bench.desk.services.outbox.state.value.rows] == [meeting.id]


async def test_a_value_the_account_no_longer_offers_is_shown_and_kept(bench: Bench) -> None:
    odd = replace(INTRO, activity_type="Old", outcome="PARTLY", owner_id=OwnerId("99"))
    meeting = await bench.meet(odd, ADA)
    assert bench.pane.form.type.value() == "Old"
    assert bench.pane.form.owner.value() == "99"
    assert bench.pane.form.outcomes.button("PARTLY").isChecked()
    bench.pane.form.title.focus()
    await bench.hands.write("x")
    await bench.hands.click(bench.pane.save)
    await bench.rest(10)
    assert bench.stored(meeting.id).details == replace(odd, title="xIntro call")


async def test_delete_goes_to_the_bin_after_its_grace_and_undo_takes_it_back(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    await bench.hands.click(bench.pane.delete)
    assert "Moved to HubSpot's recycle bin" in bench.toasts
    bench.desk.context.notices.act(bench.desk.context.notices.toasts[-1].id)
    await bench.rest(20)
    assert meeting.id in bench.world.kept
    await bench.rest()
    bench.choose(meeting.id)
    await bench.rest()
    await bench.hands.click(bench.pane.delete)
    await bench.rest(20)
    assert meeting.id in bench.world.bin


async def test_records_go_on_and_off_and_are_pinned(bench: Bench) -> None:
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.deeds.put_on(bench.world.known_records[NORTHWIND])
    await bench.rest(1)
    assert set(bench.stored(meeting.id).refs) == {ADA, NORTHWIND}
    bench.pane.deeds.pin(NORTHWIND, True)
    await bench.rest(1)
    assert bench.world.pins == {NORTHWIND: meeting.id}
    assert [row.is_pinned for row in bench.pane.records.card.rows] == [False, True]
    bench.pane.deeds.take_off(ADA)
    await bench.rest(1)
    assert bench.stored(meeting.id).refs == (NORTHWIND,)


async def test_the_search_is_empty_for_the_next_record_once_one_was_picked(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    search = bench.pane.records.search
    search.open()
    await bench.hands.write("north")
    assert search.field.query == "north"
    bench.pane.search.picked.emit(bench.world.known_records[NORTHWIND])
    await bench.rest(1)
    assert search.field.query == ""
    assert search.isVisible()


async def test_hostile_text_is_plain_and_loses_nothing(bench: Bench) -> None:
    hostile = "<img src='file:///etc/passwd'>" + "\u202e" + "x" * 10_000
    meeting = await bench.meet(replace(INTRO, title=hostile, notes=hostile), ADA)
    await bench.hands.click(bench.pane.form.outcomes.button(Outcome.NO_SHOW))
    await bench.hands.click(bench.pane.save)
    await bench.rest(10)
    stored = bench.stored(meeting.id).details
    assert (stored.notes, stored.title, stored.outcome) == (hostile, hostile, Outcome.NO_SHOW)


async def test_a_rep_on_the_way_through_the_list_asks_hubspot_for_nothing(bench: Bench) -> None:
    others = [bench.world.add(replace(INTRO, title=f"Call {number}")) for number in range(5)]
    await bench.meet(INTRO, ADA)
    before = len(bench.world.calls)
    for other in others:
        bench.choose(other.id)
        await bench.rest()
        assert bench.pane.form.title.value() == other.details.title
    assert len(bench.world.calls) == before
    await bench.rest(1)
    assert len(bench.world.calls) > before


async def put_in_conflict(bench: Bench) -> MeetingId:
    """The rep and somebody else write other notes and another outcome at the same time."""
    meeting = await bench.meet(INTRO, ADA)
    bench.pane.form.notes.edit.setFocus()
    await bench.hands.write("Mine. ")
    await bench.hands.click(bench.pane.form.outcomes.button(Outcome.COMPLETED))
    bench.clock.jump(bench.clock.now() + timedelta(minutes=1))
    bench.world.change(meeting.id, replace(INTRO, notes="Theirs", outcome=Outcome.NO_SHOW))
    await bench.hands.click(bench.pane.save)
    await bench.rest(10)
    return meeting.id


async def test_of_two_versions_the_rep_chooses_field_by_field(bench: Bench) -> None:
    meeting_id = await put_in_conflict(bench)
    radios = {radio.text(): radio for radio in bench.pane.conflict.findChildren(RadioButton)}
    assert set(radios) == {"Yours: Mine. Budget", "HubSpot: Theirs", "Yours: Completed", "HubSpot: No show"}
    await bench.hands.click(radios["HubSpot: No show"], QPoint(8, 8))
    await bench.hands.click(bench.pane.conflict.decide)
    await bench.rest(10)
    stored = bench.stored(meeting_id).details
    assert (stored.notes, stored.outcome) == ("Mine. Budget", Outcome.NO_SHOW)
    assert not bench.pane.conflict.isVisible()


async def test_what_the_rep_wrote_stays_unless_they_say_otherwise(bench: Bench) -> None:
    meeting_id = await put_in_conflict(bench)
    await bench.hands.click(bench.pane.conflict.decide)
    await bench.rest(10)
    stored = bench.stored(meeting_id).details
    assert (stored.notes, stored.outcome) == ("Mine. Budget", Outcome.COMPLETED)


async def test_a_record_of_the_accounts_own_type_is_called_as_the_account_calls_it(bench: Bench) -> None:
    bench.world.known_kinds = (RecordKind(CONTACT), RecordKind(RecordType("2-77"), "Boat", "Boats"))
    bench.clock.jump(bench.clock.now() + timedelta(hours=2))
    await bench.meet(INTRO, ADA, RecordRef(RecordType("2-77"), "5"))
    assert [row.kind for row in bench.pane.records.card.rows] == ["Contact", "Boat"]


async def test_what_another_account_calls_its_labels_and_records_is_forgotten(bench: Bench) -> None:
    await bench.meet(INTRO, ADA)
    inputs = bench.pane.viewmodel.inputs
    assert (set(inputs.labels), len(inputs.kinds)) == ({CONTACT}, 4)
    bench.selection.choose(None)
    inputs = bench.pane.viewmodel.inputs
    assert (inputs.labels, inputs.kinds) == ({}, ())


async def test_suggestions_for_a_meeting_that_is_left_are_not_shown_on_the_next(bench: Bench) -> None:
    first = await bench.meet(INTRO, ADA)
    other = await bench.meet(replace(INTRO, title="Another", start=INTRO.end, end=None))
    bench.choose(first.id)
    await bench.rest(1)
    assert bench.pane.viewmodel.inputs.suggestions
    bench.world.hold("related")
    bench.pane.viewmodel.look_ups.suggest()
    await bench.rest()
    bench.choose(other.id)
    await bench.rest(1)
    bench.world.release("related")
    await bench.rest()
    assert bench.pane.viewmodel.inputs.suggestions == ()
