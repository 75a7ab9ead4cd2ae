"""The states of the Agenda: first load, offline, a lost sign-in, what fails, another account."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.domain.problems import Offline, StorageFailed, StorageTrouble
from app.services.meetings.state import SyncState
from app.ui.screens.agenda.card.view import CardView
from tests.ui.screens.agenda.bench import IMANI, Bench, berlin

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def note(bench: Bench) -> str:
    return bench.hands.find(QLabel, "agenda.note").text()


def act(bench: Bench) -> QAbstractButton:
    return bench.hands.find(QAbstractButton, "agenda.act")


async def test_the_first_reading_shows_shapes_and_then_rows(empty: Bench) -> None:
    empty.furnish()
    await empty.clock.advance(6 * 3600)
    await empty.desk.load()
    sync = empty.desk.services.meetings.sync
    sync.set(SyncState(is_running=True))
    await empty.show()
    assert empty.screen.listing.props.is_first_load
    assert not empty.rows.isVisible()
    sync.set(SyncState())
    empty.desk.tasks.start(empty.desk.services.agenda.run())
    await empty.desk.services.meetings.start_sync()
    await empty.rest(1)
    assert empty.rows.isVisible()
    assert empty.selected == "Product demo"


async def test_offline_keeps_the_rows_and_says_how_old_they_are(bench: Bench) -> None:
    bench.crm.records.fail("owners", Offline())
    with pytest.raises(Offline):
        await bench.desk.services.directory.owners()
    await bench.rest()
    assert note(bench) == "Offline. Meetings are from 16:15 Berlin time."
    assert len(bench.faces) == 6
    assert act(bench).isVisible()


async def test_guests_zones_are_asked_for_once_and_again_after_being_offline(empty: Bench) -> None:
    empty.furnish()
    empty.crm.records.fail("contact", Offline())
    await empty.open()
    asked = [call for call in empty.crm.records.calls if call[0] == "contact"]
    assert len(asked) == 1
    assert "New York" not in empty.faces[2].line
    await empty.desk.services.connectivity.probe()
    await empty.rest()
    assert "10:30 in New York" in empty.faces[2].line
    asked = [call for call in empty.crm.records.calls if call[0] == "contact"]
    await empty.hands.press(Qt.Key.Key_1)
    await empty.rest()
    assert [call for call in empty.crm.records.calls if call[0] == "contact"] == asked


async def test_a_lost_sign_in_keeps_the_rows_and_asks_the_window(bench: Bench) -> None:
    wanted: list[object] = []
    bench.screen.reconnect_wanted.connect(wanted.append)
    bench.desk.services.accounts.report_lost(bench.account.id)
    await bench.rest()
    assert len(bench.faces) == 6
    assert act(bench).text() == "Reconnect HubSpot"
    await bench.hands.click(act(bench))
    assert wanted == [bench.account.workspace]


async def test_what_this_computer_cannot_read_is_said_and_tried_again(bench: Bench) -> None:
    bench.desk.fakes.meetings.fail("index", StorageFailed(StorageTrouble.LOCKED, "cache.db"))
    await bench.hands.press(Qt.Key.Key_E)
    await bench.rest()
    nothing = bench.screen.listing.props.nothing
    text = note(bench) if nothing is None else nothing.text
    assert "cache.db is locked" in text
    await bench.hands.press(Qt.Key.Key_F5)
    await bench.rest(1)
    assert "Review of theirs" in bench.titles
    assert bench.screen.listing.props.note is None


async def test_a_next_meeting_that_cannot_be_looked_for_is_said(bench: Bench) -> None:
    bench.desk.fakes.meetings.fail("index", None, StorageFailed(StorageTrouble.LOCKED, "cache.db"))
    bench.screen.listing.search("nobody at all")
    await bench.rest(1)
    nothing = bench.screen.listing.props.nothing
    assert nothing is not None
    assert "cache.db is locked" in nothing.text
    await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.remedy"))
    await bench.rest(1)
    nothing = bench.screen.listing.props.nothing
    assert nothing is not None
    assert nothing.text == "Nor on any other day."


async def test_reading_can_be_stopped(bench: Bench) -> None:
    sync = bench.desk.services.meetings.sync
    sync.set(SyncState(is_running=True, done=1, total=9))
    await bench.rest()
    assert note(bench) == "Loading 1 of 9"
    await bench.hands.click(act(bench))
    sync.set(SyncState())
    await bench.rest()
    assert not act(bench).isVisible()


async def test_f5_reads_what_others_changed(bench: Bench) -> None:
    bench.meet("Brand new", berlin(0, 20), IMANI)
    await bench.hands.press(Qt.Key.Key_F5)
    await bench.rest(2)
    assert "Brand new" in bench.titles


async def test_another_account_starts_anew(bench: Bench) -> None:
    bench.screen.listing.search("ada")
    await bench.rest(1)
    bench.screen.start()
    await bench.rest()
    assert bench.screen.listing.props.question.person == ""
    assert bench.selected == "Product demo"


async def test_an_answer_of_an_older_question_is_not_shown(bench: Bench) -> None:
    listing = bench.screen.listing
    listing.search("ada")
    listing.search("ravi")
    await bench.rest(1)
    assert bench.titles == ["Renewal: Fabrikam", "Technical scoping"]


async def test_hostile_texts_are_only_texts(bench: Bench) -> None:
    bench.meet(
        "<h1>Now</h1>\u202e",
        berlin(0, 16, 20),
        IMANI,
        location="javascript:alert(1)",
        notes="<img src=http://127.0.0.1/x>",
    )
    await bench.desk.services.meetings.start_sync(full=True)
    await bench.rest(1)
    assert bench.selected == "<h1>Now</h1>"
    card = bench.hands.find(CardView, "agenda.card")
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in card.findChildren(QLabel))
    await bench.hands.press(Qt.Key.Key_J)
    assert bench.desk.opened == []


async def test_the_screen_tells_the_window_its_age_and_no_finders(bench: Bench) -> None:
    assert bench.screen.fetched_at == bench.desk.services.meetings.sync.value.synced_at
    assert bench.screen.finders == ()
    assert bench.screen.banner_host is not None
