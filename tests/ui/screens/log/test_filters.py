"""The filter sheet with real keys and clicks."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.domain.meetings import CrmRecord, MeetingId, RecordRef
from app.domain.problems import Offline
from app.domain.records import OwnerId
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.typeahead import TypeAheadField
from app.ui.screens.log.listing.filter_sheet import FilterSheet
from app.ui.screens.log.listing.narrowing import Filters, Segment
from app.ui.screens.log.screen import LogScreen
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import BOAT
from tests.ui.screens.log.stage import Stage

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


async def open_sheet(screen: LogScreen, hands: Hands) -> FilterSheet:
    screen.listing.show_segment(Segment.ALL)
    await quiet()
    await hands.click(hands.find(QAbstractButton, "log.filter"))
    (sheet,) = hands.window.findChildren(FilterSheet)
    return sheet


async def pick(hands: Hands, name: str, value: str) -> None:
    combo = hands.find(ComboField, f"filters.{name}").combo
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())
    await quiet()


async def apply(hands: Hands) -> None:
    await hands.click(hands.find(QAbstractButton, "filters.apply"))


async def test_outcome_type_owner_and_days(screen: LogScreen, hands: Hands) -> None:
    await open_sheet(screen, hands)
    await hands.press(Qt.Key.Key_Tab)
    await hands.press(Qt.Key.Key_Space)
    await pick(hands, "type", "discovery")
    await pick(hands, "owner", "42")
    hands.find(DateField, "filters.first").set_value(date(2026, 11, 20))
    hands.find(DateField, "filters.last").set_value(date(2026, 11, 2))
    await apply(hands)
    assert screen.listing.props.narrowing.filters == Filters(
        frozenset({"COMPLETED"}), "discovery", OwnerId("42"), None, date(2026, 11, 2), date(2026, 11, 20)
    )
    words = [words for _, words in screen.listing.props.chips]
    assert words == ["Completed", "Discovery call", "Tom Reed", "2 – 20 Nov"]
    assert screen.listing.props.nothing is not None


async def test_inactive_owners_are_named_so(screen: LogScreen, hands: Hands) -> None:
    await open_sheet(screen, hands)
    combo = hands.find(ComboField, "filters.owner").combo
    assert [combo.itemText(place) for place in range(combo.count())] == [
        "Anybody",
        "Mei Nelson",
        "Tom Reed (inactive)",
    ]


async def test_a_record_is_found_by_typing(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    sheet = await open_sheet(screen, hands)
    field = sheet.findChild(TypeAheadField, "filters.record")
    assert field is not None
    field.focus()
    await hands.write("cont")
    await stage.clock.advance(0.3)
    await hands.press(Qt.Key.Key_Return)
    assert field.has_chosen
    await apply(hands)
    assert [words for _, words in screen.listing.props.chips] == ["Contoso"]
    assert list(screen.listing.props.days.ids) == ["3"]


async def test_a_record_of_the_accounts_own_type_is_found(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    boat = CrmRecord(RecordRef(BOAT, "7"), "Aurora")
    stage.meetings.kept[MeetingId("3")] = replace(stage.meetings.kept[MeetingId("3")], records=(boat,))
    sheet = await open_sheet(screen, hands)
    field = sheet.findChild(TypeAheadField, "filters.record")
    assert field is not None
    field.focus()
    await hands.write("auro")
    await stage.clock.advance(0.3)
    assert [(row.title, row.section) for row in field.box.rows] == [("Aurora", "Boat")]


async def test_a_record_search_that_fails_says_so(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    sheet = await open_sheet(screen, hands)
    field = sheet.findChild(TypeAheadField, "filters.record")
    assert field is not None
    stage.meetings.refusal = Offline()
    field.focus()
    await hands.write("cont")
    await stage.clock.advance(0.3)
    stage.meetings.refusal = None
    assert field.box.popup is not None
    assert field.box.popup.message.text().startswith("No connection")


async def test_clear_empties_the_fields(screen: LogScreen, hands: Hands) -> None:
    screen.listing.filter(Filters(frozenset({"NO_SHOW"}), "demo", OwnerId("41"), None, date(2026, 1, 1)))
    sheet = await open_sheet(screen, hands)
    assert sheet.filters() == Filters(frozenset({"NO_SHOW"}), "demo", OwnerId("41"), None, date(2026, 1, 1))
    await hands.click(hands.find(QAbstractButton, "filters.clear"))
    assert sheet.filters().is_open
    await apply(hands)
    assert len(screen.listing.props.days) == 9


async def test_escape_changes_nothing(screen: LogScreen, hands: Hands) -> None:
    await open_sheet(screen, hands)
    await pick(hands, "type", "demo")
    await hands.press(Qt.Key.Key_Escape)
    assert screen.listing.props.narrowing.filters.is_open
    assert hands.focus_name() == "log.filter"


async def test_no_sheet_survives_its_closing(screen: LogScreen, hands: Hands) -> None:
    for _ in range(5):
        await open_sheet(screen, hands)
        await hands.press(Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert hands.window.findChildren(FilterSheet) == []
