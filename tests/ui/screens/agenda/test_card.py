"""The card beside the list with real keys and clicks, and the drawer it lies in when there is no room."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.domain.meetings import Association, MeetingId, Outcome
from app.domain.problems import Offline, StorageFailed, StorageTrouble
from app.ui.screens.agenda.card.view import CardView
from tests.ui.screens.agenda.bench import ADA, IMANI, PROSEWARE, RAVI, ROLLOUT, TAILSPIN, Bench, berlin
from tests.ui.screens.book.hands import PLAIN

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def card(bench: Bench) -> CardView:
    return bench.hands.find(CardView, "agenda.card")


def text(bench: Bench, name: str) -> str:
    return bench.hands.find(QLabel, name).text()


def button(bench: Bench, name: str) -> QAbstractButton:
    return bench.hands.find(QAbstractButton, name)


def open_id(bench: Bench) -> MeetingId:
    row = bench.screen.card.row
    assert row is not None
    return row.meeting.id


async def again(bench: Bench) -> None:
    """Read HubSpot once more."""
    await bench.desk.services.meetings.start_sync(full=True)
    await bench.rest(1)


async def test_it_says_when_here_and_there_with_whom_and_what_was_last_time(bench: Bench) -> None:
    await bench.rest(1)
    assert text(bench, "agenda.when") == "Mon 23 Nov, 16:30 – 17:15"
    assert text(bench, "agenda.zones") == "Berlin time · 10:30 – 11:15 in New York"
    assert [row.name for row in card(bench).records.rows] == ["Imani Yusuf", "Tailspin"]
    assert text(bench, "agenda.last").startswith("Thu 12 Nov, Intro call: Wants a pilot with two teams")
    assert text(bench, "agenda.around") == "Free from 12:00. Next: Partner call at 18:30."


async def test_it_follows_the_list(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Down)
    await bench.rest(1)
    assert text(bench, "agenda.when") == "Mon 23 Nov, 18:30 – 19:00"
    assert text(bench, "agenda.around") == "Free from 17:15."
    assert text(bench, "agenda.last") == "This is the first meeting."


async def test_join_log_and_open_in_hubspot(bench: Bench) -> None:
    asked: list[object] = []
    bench.desk.context.routes.meeting_requested.connect(asked.append)
    await bench.hands.click(button(bench, "agenda.join"))
    await bench.hands.click(button(bench, "agenda.log"))
    await bench.hands.click(button(bench, "agenda.open"))
    await bench.hands.press(Qt.Key.Key_O)
    page = (
        f"https://{bench.account.ui_domain}/contacts/{bench.account.portal_id}/record/0-47/{open_id(bench)}"
    )
    assert bench.desk.opened == ["https://meet.example/room", page, page]
    assert asked == [open_id(bench)]


async def test_a_meeting_hubspot_does_not_know_yet_has_no_page_and_stays_open_as_itself(bench: Bench) -> None:
    bench.world.fail("log", Offline())
    details = replace(bench.stored(open_id(bench)).details, title="Planned", start=berlin(0, 17, 30))
    local = await bench.desk.services.meetings.log(replace(details, end=berlin(0, 18)), ())
    await bench.rest(1)
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Planned"))
    await bench.rest(1)
    assert open_id(bench) == local
    assert bench.screen.card.props.pending == "Will be sent"
    assert not button(bench, "agenda.open").isVisible()
    await bench.desk.services.connectivity.probe()
    await bench.rest(30)
    assert bench.selected == "Planned"
    assert open_id(bench) != local
    assert button(bench, "agenda.open").isVisible()


async def test_pin_is_kept_and_shown(bench: Bench) -> None:
    await bench.rest(1)
    view = card(bench).records.row_view(TAILSPIN.ref)
    assert view is not None
    await bench.hands.click(view.pin)
    await bench.rest(10)
    assert bench.world.pins[TAILSPIN.ref] == open_id(bench)
    shown = {row.ref: row.is_pinned for row in card(bench).records.rows}
    assert shown == {IMANI.ref: False, TAILSPIN.ref: True}


async def test_what_hubspot_knows_of_pins_and_zones_comes_once_the_rep_stays(bench: Bench) -> None:
    past = bench.faces[0].key
    bench.world.pins[ADA.ref] = past.meeting_id
    bench.world.known_records[ADA.ref] = replace(ADA, pinned=past.meeting_id)
    await bench.hands.press(Qt.Key.Key_Home)
    await bench.rest(5)
    assert text(bench, "agenda.zones") == "Berlin time · 03:00 – 03:30 in New York"
    assert card(bench).records.rows[0].is_pinned


async def test_records_that_come_later_bring_the_last_time(bench: Bench) -> None:
    later = bench.meet("Catch up", berlin(0, 20))
    await again(bench)
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Catch up"))
    await bench.rest(1)
    assert not bench.hands.find(QLabel, "agenda.last").isVisible()
    kept = bench.world.kept[later]
    kept.meeting = replace(kept.meeting, associations=(Association(IMANI.ref),))
    await bench.desk.services.meetings.refresh(later)
    await bench.rest(1)
    assert [row.name for row in card(bench).records.rows] == ["Imani Yusuf"]
    assert text(bench, "agenda.last").startswith("Mon 23 Nov, Product demo")


async def test_taking_off_can_be_taken_back(bench: Bench) -> None:
    view = card(bench).records.row_view(TAILSPIN.ref)
    assert view is not None
    await bench.hands.click(view.remove)
    await bench.rest(1)
    assert [row.name for row in card(bench).records.rows] == ["Imani Yusuf"]
    assert bench.toasts == ["Taken off Tailspin"]
    bench.desk.context.notices.act(bench.desk.context.notices.toasts[0].id)
    await bench.rest(15)
    assert TAILSPIN.ref in bench.stored(open_id(bench)).refs
    assert "Tailspin" in [row.name for row in card(bench).records.rows]


async def test_a_change_that_cannot_be_kept_is_told(bench: Bench) -> None:
    bench.desk.fakes.outbox.fail("write", StorageFailed(StorageTrouble.FULL, "outbox.db"))
    view = card(bench).records.row_view(TAILSPIN.ref)
    assert view is not None
    await bench.hands.click(view.remove)
    await bench.rest(1)
    assert "outbox.db is full" in bench.toasts[0]
    assert len(card(bench).records.rows) == 2


async def test_a_record_is_put_on_by_the_search(bench: Bench) -> None:
    bench.world.known_records[ROLLOUT.ref] = ROLLOUT
    bench.screen.card.put_on(ROLLOUT)
    await bench.rest(10)
    assert ROLLOUT.ref in bench.stored(open_id(bench)).refs
    before = len(bench.world.calls)
    bench.screen.card.put_on(ROLLOUT)
    await bench.rest(10)
    assert [call[0] for call in bench.world.calls[before:]].count("link") == 0
    await bench.hands.click(card(bench).records.add)
    assert card(bench).search.isVisible()
    await bench.hands.press(Qt.Key.Key_Escape)
    assert not card(bench).search.isVisible()


async def test_what_overlaps_and_what_touches_is_said(bench: Bench) -> None:
    bench.meet("Right before", berlin(0, 16), PROSEWARE)
    bench.meet("Right after", berlin(0, 17, 15), PROSEWARE)
    await again(bench)
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Product demo"))
    await bench.rest(1)
    assert text(bench, "agenda.around") == "Right after Right before. Right after follows at once, at 17:15."
    bench.meet("Beside", berlin(0, 16, 45), PROSEWARE)
    await again(bench)
    assert text(bench, "agenda.around").startswith("Overlaps Beside.")


async def test_canceled_and_past_ones_say_so(bench: Bench) -> None:
    bench.meet("Done", berlin(0, 8), RAVI, outcome=Outcome.COMPLETED, body="What was said\nto everybody")
    bench.meet("Then", berlin(0, 12, 30), RAVI)
    await again(bench)
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Then"))
    await bench.rest(1)
    assert text(bench, "agenda.last") == "Mon 23 Nov, Renewal: Fabrikam"
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Renewal: Fabrikam"))
    await bench.rest(1)
    assert text(bench, "agenda.last") == "Mon 23 Nov, Done: What was said to everybody"
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Done"))
    await bench.rest(1)
    assert bench.screen.card.props.badge == "Completed"


async def test_meetings_over_midnight_and_without_an_end(bench: Bench) -> None:
    bench.meet("Night", berlin(2, 23), ADA, minutes=180, location="Room 4")
    bench.meet("Open", berlin(3, 9), minutes=None)
    await again(bench)
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Night"))
    await bench.rest(1)
    assert text(bench, "agenda.when") == "Wed 25 Nov, 23:00 – Thu 26 Nov, 02:00"
    assert text(bench, "agenda.zones") == "Berlin time · 17:00 – 20:00 in New York"
    assert bench.screen.card.props.place == "Room 4"
    assert not button(bench, "agenda.join").isVisible()
    bench.screen.listing.select(next(face.key for face in bench.faces if face.title == "Open"))
    await bench.rest(1)
    assert text(bench, "agenda.when") == "Thu 26 Nov, 09:00"


async def test_an_end_at_the_end_of_the_calendar_is_survived(bench: Bench) -> None:
    made = bench.meet("For ever", berlin(0, 21), IMANI)
    endless = replace(bench.stored(made).details, end=datetime.max.replace(tzinfo=UTC))
    bench.world.change(made, endless)
    await again(bench)
    first = next(face for face in bench.faces if face.title == "For ever")
    assert (first.start, first.end) == ("21:00", "")
    bench.screen.listing.select(first.key)
    await bench.rest(1)
    assert text(bench, "agenda.when") == "Mon 23 Nov, 21:00"
    assert text(bench, "agenda.zones") == "Berlin time · 15:00 in New York"


async def test_a_missing_pin_permission_is_the_pins_hint(empty: Bench) -> None:
    scopes = empty.account.scopes - {"crm.objects.companies.write"}
    account = replace(empty.account, scopes=scopes)
    empty.desk.fakes.accounts.kept[account.id] = account
    empty.furnish()
    await empty.open()
    view = card(empty).records.row_view(TAILSPIN.ref)
    assert view is not None
    assert not view.pin.isEnabled()
    assert "crm.objects.companies.write" in view.pin.accessibleName()


async def test_enter_goes_into_the_card(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Return)
    assert bench.hands.focus_name() == "agenda.join"


async def test_in_a_narrow_window_the_card_is_a_drawer(bench: Bench) -> None:
    await bench.hands.resize(628, 800)
    assert not button(bench, "agenda.log").isVisible()
    await bench.hands.press(Qt.Key.Key_Return)
    assert bench.hands.focus_name() == "agenda.join"
    await bench.hands.press(Qt.Key.Key_Escape)
    assert bench.hands.focus is bench.rows
    index = bench.rows.model().index(4, 0)
    place = bench.rows.visualRect(index).topLeft() + QPoint(150, 20)
    QTest.mouseClick(bench.rows.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    await bench.rest()
    assert text(bench, "agenda.when") == "Mon 23 Nov, 18:30 – 19:00"
    assert button(bench, "agenda.close").isVisible()
    await bench.hands.click(button(bench, "agenda.close"))
    assert bench.hands.focus is bench.rows
    await bench.hands.press(Qt.Key.Key_Return)
    await bench.hands.press(Qt.Key.Key_L)
    assert bench.hands.focus is bench.rows
    await bench.hands.resize(1320, 800)
    assert button(bench, "agenda.log").isVisible()
    assert not button(bench, "agenda.close").isVisible()


@pytest.mark.parametrize("width", [408, 628, 928, 1368])
async def test_nothing_is_clipped(bench: Bench, width: int) -> None:
    await bench.hands.resize(900, 700)
    await bench.hands.resize(width, 700)
    assert bench.screen.widget.width() == width
    for part in bench.screen.widget.findChildren(QAbstractButton):
        if part.isVisible() and part.objectName().startswith("agenda."):
            assert part.width() >= part.minimumSizeHint().width(), part.objectName()
    views = bench.hands.find(QWidget, "agenda.views")
    assert views.width() >= views.sizeHint().width()
