"""Planning a meeting with real keys and clicks: typed, kept, sent once, taken back while it waits."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.changes import ChangeState
from app.domain.meetings import Association, CrmRecord, MeetingDetails, MeetingField, Outcome
from app.domain.problems import StorageFailed, StorageTrouble, Unknown
from app.ui.kit.routes import NewMeeting
from tests.fakes.clock import NOW
from tests.fakes.samples import ZONE, sample_account
from tests.ui.screens.log.editor.bench import ADA, NORTHWIND, ROLLOUT
from tests.ui.screens.log.planning.bench import LENA, LEON, PlanBench

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
GUEST = CrmRecord(ADA, "Ada Okafor")
START = NOW.replace(hour=13, minute=0)
LATER = NewMeeting(MeetingDetails(start=START, end=START + timedelta(minutes=45)), (GUEST,))


def kept(bench: PlanBench) -> list[str]:
    """The keys of the drafts on disk."""
    return list(bench.desk.fakes.drafts.kept.get(sample_account().id, {}))


async def test_everything_typed_is_sent_once_to_the_calendar(bench: PlanBench) -> None:
    await bench.begin(LATER)
    sheet = bench.sheet
    await bench.write(sheet.title, "Kick-off")
    sheet.colleagues.focus()
    await bench.hands.write("len")
    assert [row.title for row in bench.viewmodel.props.found] == ["Lena Fischer"]
    await bench.hands.press(Qt.Key.Key_Return)
    sheet.place_type.set_value("PHONE")
    bench.viewmodel.choose_location_type("PHONE")
    await bench.write(sheet.location, "+49 30 1")
    await bench.write(sheet.body, "Agenda")
    await bench.write(sheet.notes, "Budget first")
    bench.viewmodel.choose_reminder("60")
    await bench.hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await bench.rest()
    assert not sheet.is_open
    (sent,) = bench.sent
    details = sent.details
    assert (details.title, details.start, details.end) == ("Kick-off", START, START + timedelta(minutes=45))
    assert (details.outcome, details.owner_id) == (Outcome.SCHEDULED, "7")
    assert (details.location, details.body, details.notes) == ("+49 30 1", "Agenda", "Budget first")
    assert sent.organizer_user_id == sample_account().user_id
    assert (sent.zone, sent.location_type, sent.reminders) == (ZONE, "PHONE", (60,))
    assert sent.attendee_owner_ids == (LENA.id,)
    assert sent.associations == (Association(ADA),)
    assert bench.toasts == ["Planned. HubSpot sends the invitations."]
    assert kept(bench) == []


async def test_mistakes_are_said_at_their_field_and_nothing_is_sent(bench: PlanBench) -> None:
    await bench.begin()
    await bench.hands.click(bench.button("plan.send"))
    assert bench.sheet.title.error == "Give it a title: everybody invited sees it"
    assert bench.hands.focus_name() == "plan.title"
    await bench.hands.write("Planning")
    assert bench.sheet.title.error == ""
    bench.viewmodel.choose_location_type("ADDRESS")
    await bench.write(bench.sheet.end, "Mon 23 Nov 2026, 08:00")
    await bench.hands.click(bench.button("plan.send"))
    assert bench.sheet.end.error == "The end has to be after the start"
    assert bench.sheet.location.error == "Say where, or choose no location"
    await bench.write(bench.sheet.start, "whenever")
    await bench.hands.click(bench.button("plan.send"))
    assert bench.sheet.start.error == "Write it like Mon 23 Nov 2026, 09:00"
    await bench.write(bench.sheet.start, "Mon 23 Nov 2026, 07:00")
    await bench.hands.click(bench.button("plan.send"))
    assert bench.sheet.start.error == "That is over: log it instead, or choose a later time"
    await bench.rest()
    assert bench.sent == []
    assert bench.sheet.is_open


async def test_a_double_click_and_a_key_plan_it_once(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    send = bench.button("plan.send")
    send.click()
    send.click()
    bench.viewmodel.send()
    await bench.rest()
    bench.viewmodel.send()
    await bench.rest()
    assert len(bench.sent) == 1


async def test_escape_keeps_what_was_typed_for_the_next_time(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    bench.viewmodel.add_colleague(LENA.id)
    await bench.hands.press(Qt.Key.Key_Escape)
    await bench.rest(1)
    assert not bench.sheet.is_open
    await bench.begin(LATER)
    await bench.rest()
    assert bench.sheet.title.value() == "Kick-off"
    assert bench.viewmodel.props.attendees == ((LENA.id, "Lena Fischer"),)
    assert bench.sheet.draft.text().startswith("Draft saved")
    await bench.hands.click(bench.button("plan.discard"))
    await bench.rest(1)
    assert not bench.sheet.is_open
    assert kept(bench) == []
    assert bench.sent == []


async def test_a_press_beside_the_sheet_closes_it(bench: PlanBench) -> None:
    await bench.begin()
    QTest.mouseClick(bench.sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    await bench.rest()
    assert not bench.sheet.is_open
    assert not bench.viewmodel.inputs.is_open


async def test_offline_it_waits_and_can_be_taken_back(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.offline()
    assert bench.button("plan.send").accessibleName() == "Send when online"
    await bench.write(bench.sheet.title, "Kick-off")
    await bench.hands.click(bench.button("plan.send"))
    await bench.rest()
    rows = bench.desk.services.outbox.state.value.rows
    assert [row.state for row in rows] == [ChangeState.QUEUED]
    notices = bench.desk.context.notices
    assert bench.toasts == ["Planned. It is sent when you are online."]
    notices.act(notices.toasts[0].id)
    await bench.rest()
    assert bench.desk.services.outbox.state.value.rows == ()
    await bench.online()
    assert bench.sent == []
    assert bench.toasts[-1] == "Taken back. It is kept as a draft."
    await bench.begin(LATER)
    await bench.rest()
    assert bench.sheet.title.value() == "Kick-off"


async def test_once_it_was_sent_it_cannot_be_taken_back(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.offline()
    await bench.write(bench.sheet.title, "Kick-off")
    await bench.hands.click(bench.button("plan.send"))
    notices = bench.desk.context.notices
    toast = notices.toasts[0]
    assert toast.action is not None
    await bench.online()
    await bench.rest(60)
    assert len(bench.sent) == 1
    toast.action.run()
    await bench.rest(60)
    assert bench.toasts[-1] == "It has been sent already. Open it in Log to cancel it."
    assert len(bench.world.kept) == 1


async def test_a_lost_answer_is_not_sent_again_blindly(bench: PlanBench) -> None:
    bench.world.lose("schedule", Unknown())
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    await bench.hands.click(bench.button("plan.send"))
    for _ in range(6):
        await bench.rest(60)
    assert len(bench.sent) == 1
    assert len(bench.world.kept) == 1


async def test_a_meeting_of_the_guest_at_that_time_is_shown_first(bench: PlanBench) -> None:
    there = bench.world.add(
        MeetingDetails("Already there", START, START + timedelta(minutes=30)), [Association(ADA)]
    )
    await bench.desk.services.meetings.start_sync(full=True)
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    await bench.hands.click(bench.button("plan.send"))
    await bench.rest()
    assert bench.sheet.duplicates.isVisible()
    assert bench.sent == []
    await bench.hands.click(bench.button("log.insist"))
    await bench.rest()
    assert len(bench.sent) == 1
    asked: list[object] = []
    bench.desk.context.routes.meeting_requested.connect(asked.append)
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Again")
    await bench.hands.click(bench.button("plan.send"))
    await bench.rest()
    await bench.hands.click(bench.button(f"log.use.{there.id}"))
    await bench.rest()
    assert asked == [there.id]
    assert not bench.sheet.is_open
    assert len(bench.sent) == 1


async def test_a_full_disk_keeps_the_form(bench: PlanBench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_arguments: object, **_names: object) -> None:
        raise StorageFailed(StorageTrouble.FULL, "outbox.db")

    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    with monkeypatch.context() as patch:
        patch.setattr(bench.desk.services.outbox, "add", full)
        await bench.hands.click(bench.button("plan.send"))
        await bench.rest()
    assert bench.sheet.is_open
    assert bench.viewmodel.props.problem
    await bench.hands.click(bench.button("plan.send"))
    await bench.rest()
    assert len(bench.sent) == 1


async def test_records_are_searched_suggested_and_taken_off(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.rest()
    suggested = [record.ref for record, _label in bench.viewmodel.props.side.suggestions]
    assert suggested == [NORTHWIND, ROLLOUT]
    bench.viewmodel.put_on(CrmRecord(ROLLOUT, "Northwind rollout"))
    bench.viewmodel.put_on(CrmRecord(ROLLOUT, "Northwind rollout"))
    await bench.rest()
    view = bench.sheet.records.card.row_view(ADA)
    assert view is not None
    await bench.hands.click(view.remove)
    assert [row.ref for row in bench.viewmodel.props.side.records] == [ROLLOUT]


async def test_colleagues_are_found_without_me_and_those_who_left_and_hostile_names_are_text(
    bench: PlanBench,
) -> None:
    await bench.begin()
    bench.viewmodel.ask_colleague("le")
    assert [row.id for row in bench.viewmodel.props.found] == [LEON.id, LENA.id]
    assert bench.viewmodel.props.found[0].title == "<b>León</b> & Co"
    bench.viewmodel.ask_colleague("nobody")
    assert bench.viewmodel.props.found_none
    bench.viewmodel.add_colleague(LEON.id)
    bench.viewmodel.add_colleague(LEON.id)
    await bench.rest()
    chip = bench.sheet._chips[LEON.id]
    chip.button.click()
    await bench.rest()
    assert bench.viewmodel.props.attendees == ()


async def test_a_moved_start_takes_the_end_along_and_no_location_sends_none(bench: PlanBench) -> None:
    await bench.begin(LATER)
    bench.viewmodel.type_text(MeetingField.TITLE, "x" * 300)
    bench.viewmodel.choose_location_type("CUSTOM")
    bench.viewmodel.type_text(MeetingField.LOCATION, "https://meet.example/x")
    bench.viewmodel.choose_location_type("")
    bench.viewmodel.type_text(MeetingField.START, (START + timedelta(hours=1)).isoformat())
    bench.viewmodel.send()
    await bench.rest()
    (sent,) = bench.sent
    assert sent.details.end == START + timedelta(hours=1, minutes=45)
    assert (sent.location_type, sent.details.location, sent.reminders) == ("", "", ())


async def test_signing_out_closes_the_sheet_and_sends_nothing(bench: PlanBench) -> None:
    await bench.begin(LATER)
    await bench.write(bench.sheet.title, "Kick-off")
    await bench.desk.services.accounts.sign_out(sample_account().id)
    await bench.rest(1)
    assert not bench.sheet.is_open
    bench.viewmodel.send()
    await bench.rest()
    assert bench.sent == []
    assert kept(bench) == []


@pytest.mark.parametrize("size", [(1000, 860), (640, 360), (340, 600)])
async def test_nothing_is_cut_off(bench: PlanBench, size: tuple[int, int]) -> None:
    await bench.hands.resize(*size)
    await bench.begin(LATER)
    send = bench.button("plan.send")
    corner = send.mapTo(bench.window, QPoint(send.width(), send.height()))
    assert corner.x() <= size[0]
    assert corner.y() <= size[1]
    assert bench.sheet.area.content.width() <= bench.sheet.area.viewport().width()
