"""The calendar with real keys and clicks: slots, looks, durations, zones, the empty card."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLineEdit, QWidget

from app.domain.problems import Offline, SignInNeeded
from app.ui.kit.calendar import DayColumns, MonthGrid, SlotList, WeekGrid
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.book.calendar.bar import BarProps
from app.ui.screens.book.calendar.inputs import CalendarLook, slot_key
from app.ui.screens.book.calendar.toolbar import CalendarToolbar
from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import HALF_HOUR, QUARTER, at, slot
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import INTRO, NEW_YORK, Stage, quiet

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
TUESDAY = slot(at(24, 9))


def week(hands: Hands) -> WeekGrid:
    return hands.find(WeekGrid, "calendar.week")


async def click_slot(hands: Hands, key: str) -> None:
    rect = week(hands).slot_rect(key)
    assert rect is not None
    await hands.click(week(hands).viewport(), rect.center())


async def test_a_click_picks_the_time_and_leads_to_the_guest(screen: BookScreen, hands: Hands) -> None:
    await click_slot(hands, slot_key(TUESDAY))
    assert screen.selection.slot == TUESDAY
    assert hands.focus_name() == "desk.prospect"


async def test_arrows_and_enter_pick_a_time(screen: BookScreen, hands: Hands) -> None:
    screen.activate()
    await quiet()
    first = week(hands).focused_key
    assert first is not None
    await hands.press(Qt.Key.Key_Down)
    second = week(hands).focused_key
    assert second != first
    await hands.press(Qt.Key.Key_Return)
    assert screen.selection.slot is not None
    assert slot_key(screen.selection.slot) == second


async def test_the_keyboard_walks_into_the_next_week(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(30, 9), at(1, 9, month=12))
    screen.calendar.refresh()
    await quiet()
    assert week(hands).focus_slot(slot_key(slot(at(27, 10))))
    await hands.press(Qt.Key.Key_Right)
    assert screen.calendar.inputs.days[0] == date(2026, 11, 30)
    assert week(hands).focused_key == slot_key(slot(at(30, 9)))


async def test_pointing_and_focusing_say_the_times(screen: BookScreen, hands: Hands) -> None:
    said: list[str] = []
    screen.status_changed.connect(said.append)
    week(hands).focus_slot(slot_key(TUESDAY))
    assert said[-1] == "Tue 24 Nov, 10:00 – 10:30 in Berlin"
    rect = week(hands).slot_rect(slot_key(slot(at(24, 10))))
    assert rect is not None
    QTest.mouseMove(week(hands).viewport(), rect.center())
    await quiet()
    assert said[-1] == "Tue 24 Nov, 11:00 – 11:30 in Berlin"


@pytest.mark.parametrize(
    ("look", "name", "kind"),
    [
        (CalendarLook.COLUMNS, "calendar.columns", DayColumns),
        (CalendarLook.MONTH, "calendar.month", MonthGrid),
        (CalendarLook.LIST, "calendar.list", SlotList),
        (CalendarLook.WEEK, "calendar.week", WeekGrid),
    ],
)
async def test_the_looks_are_switched_by_a_click(
    screen: BookScreen, hands: Hands, look: CalendarLook, name: str, kind: type[QWidget]
) -> None:
    if look is CalendarLook.WEEK:
        screen.calendar.show_look(CalendarLook.MONTH)
        await quiet()
    views = hands.find(Segmented, "calendar.views")
    await hands.click(views.segment(look))
    assert screen.calendar.inputs.look is look
    assert hands.find(kind, name).isVisible()
    assert views.choice == look


async def test_durations_are_switched_by_a_click_without_asking(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    calls = len(stage.scheduler.calls)
    durations = hands.find(Segmented, "calendar.durations")
    await hands.click(durations.segment(str(QUARTER)))
    assert screen.selection.duration_ms == QUARTER
    assert len(stage.scheduler.calls) == calls


async def test_back_and_forth_and_today(screen: BookScreen, hands: Hands) -> None:
    previous = hands.find(QAbstractButton, "calendar.previous")
    assert not previous.isEnabled()
    await hands.click(hands.find(QAbstractButton, "calendar.next"))
    assert screen.calendar.inputs.days[0] == date(2026, 11, 30)
    assert previous.isEnabled()
    await hands.click(previous)
    await hands.click(hands.find(QAbstractButton, "calendar.next"))
    await hands.click(hands.find(QAbstractButton, "calendar.today"))
    assert screen.calendar.inputs.days[0] == date(2026, 11, 23)


async def test_next_free_walks_from_slot_to_slot_and_then_on(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.offer(HALF_HOUR, at(8, 9, month=12))
    await stage.clock.advance(301)
    button = hands.find(QAbstractButton, "calendar.nextFree")
    await hands.click(button)
    first = week(hands).focused_key
    await hands.click(button)
    assert week(hands).focused_key not in (None, first)
    week(hands).focus_slot(slot_key(slot(at(27, 15, 30))))
    await hands.click(button)
    assert date(2026, 12, 8) in screen.calendar.inputs.days
    assert week(hands).focused_key == slot_key(slot(at(8, 9, month=12)))


async def test_previous_free_comes_back(screen: BookScreen, hands: Hands) -> None:
    view = screen._view.calendar
    screen.calendar.step(1)
    await quiet()
    view.previous_free()
    await quiet()
    assert screen.calendar.inputs.days[0] == date(2026, 11, 23)
    last = week(hands).focused_key
    view.previous_free()
    assert week(hands).focused_key not in (None, last)


async def test_a_zone_is_found_by_its_city_with_the_keyboard(screen: BookScreen, hands: Hands) -> None:
    button = hands.find(QAbstractButton, "calendar.zone")
    await hands.click(button)
    picker = hands.find(QFrame, "zonePicker")
    field = picker.findChild(QLineEdit, "zonePicker.search")
    assert field is not None
    QTest.keyClicks(field, "new york")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await quiet()
    assert screen.selection.guest_zone == NEW_YORK
    assert hands.window.findChildren(QFrame, "zonePicker") == []
    assert button.accessibleName() == "Guest's time zone: New York −6 h"


async def test_escape_in_the_zone_picker_changes_nothing(screen: BookScreen, hands: Hands) -> None:
    await hands.click(hands.find(QAbstractButton, "calendar.zone"))
    picker = hands.find(QFrame, "zonePicker")
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert screen.selection.guest_zone == "Europe/Berlin"
    assert hands.window.findChildren(QFrame, "zonePicker") == []


async def test_another_zone_keeps_the_picked_slot_in_view(screen: BookScreen, hands: Hands) -> None:
    await click_slot(hands, slot_key(slot(at(24, 15))))
    screen.selection.choose_guest_zone("Asia/Tokyo")
    await quiet()
    placed = week(hands)._canvas.by_key[slot_key(slot(at(24, 15)))]
    shown = week(hands)._canvas.view_rect(placed.box)
    assert week(hands).body().contains(QRect(shown.topLeft(), shown.size()))


async def test_another_zone_opens_where_its_day_begins(screen: BookScreen, hands: Hands) -> None:
    screen.selection.choose_guest_zone(NEW_YORK)
    await quiet()
    keys = [slot.key for slot in week(hands).props.slots]
    tops = [week(hands)._canvas.view_rect(week(hands)._canvas.by_key[key].box).top() for key in keys]
    assert min(tops) >= week(hands).body().top()


async def test_a_click_on_a_day_of_the_month_lists_it_and_takes_the_keyboard(
    screen: BookScreen, hands: Hands
) -> None:
    screen.calendar.show_look(CalendarLook.MONTH)
    await quiet()
    month = hands.find(MonthGrid, "calendar.month")
    rect = month.day_rect(date(2026, 11, 25))
    assert rect is not None
    await hands.click(month, rect.center())
    assert screen.calendar.inputs.day == date(2026, 11, 25)
    assert hands.focus_name() == "dayPanel.list"
    await hands.press(Qt.Key.Key_Return)
    assert screen.selection.slot is not None
    assert screen.selection.slot.start.date() == date(2026, 11, 25)
    assert hands.has("desk.book")
    assert not hands.has("dayPanel")


async def test_letting_the_slot_go_brings_the_day_list_back(screen: BookScreen, hands: Hands) -> None:
    screen.calendar.show_look(CalendarLook.MONTH)
    await quiet()
    assert hands.has("dayPanel")
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    assert not hands.has("dayPanel")
    await hands.click(hands.find(QAbstractButton, "desk.cancel"))
    assert hands.has("dayPanel")
    assert hands.focus_name() == "calendar.month"
    screen.calendar.show_look(CalendarLook.WEEK)
    await quiet()
    assert not hands.has("dayPanel")


async def test_past_the_end_of_a_day_list_comes_the_next_free_day(screen: BookScreen, hands: Hands) -> None:
    screen.calendar.show_look(CalendarLook.MONTH)
    screen.calendar.choose_day(date(2026, 11, 24))
    await quiet()
    listed = hands.find(SlotList, "dayPanel.list")
    listed.setFocus()
    await hands.press(Qt.Key.Key_End)
    await hands.press(Qt.Key.Key_Down)
    assert screen.calendar.inputs.day == date(2026, 11, 25)


async def test_the_empty_card_has_a_button_that_works(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(8, 9, month=12))
    await stage.clock.advance(301)
    screen.calendar.step(1)
    await quiet()
    button = next(one for one in week(hands).findChildren(QAbstractButton) if one.text() == "Go to Tue 8 Dec")
    await hands.click(button)
    assert date(2026, 12, 8) in screen.calendar.inputs.days


async def test_nothing_moves_when_the_same_times_come_again(screen: BookScreen, hands: Hands) -> None:
    week(hands).focus_slot(slot_key(TUESDAY))
    week(hands).verticalScrollBar().setValue(300)
    await quiet()
    before = hands.window.grab().toImage()
    screen.calendar.refresh()
    await quiet()
    assert week(hands).focused_key == slot_key(TUESDAY)
    assert hands.window.grab().toImage() == before


async def test_the_arrows_stay_under_the_pointer_while_months_go_by(screen: BookScreen, hands: Hands) -> None:
    screen.calendar.show_look(CalendarLook.MONTH)
    button = hands.find(QAbstractButton, "calendar.next")
    places = []
    for _ in range(24):
        await hands.click(button)
        places.append(button.mapTo(hands.window, QPoint(0, 0)).x())
    assert places == sorted(places)
    assert places[-1] - places[11] <= 2, "only another digit of the year may need another pixel"


@pytest.mark.parametrize(("width", "is_split"), [(772, False), (640, True), (440, True)])
def test_the_toolbar_takes_a_second_line_only_when_it_must(
    applied_theme: object, width: int, is_split: bool
) -> None:
    bar = CalendarToolbar()
    bar.resize(width, 52)
    durations = ((QUARTER, "15 min"), (HALF_HOUR, "30 min"))
    bar.show_bar(
        BarProps("23 – 27 Nov", "New York", "NYC", "−6 h", durations, HALF_HOUR, CalendarLook.WEEK, True)
    )
    bar.resize(width + 1, 52)
    assert bar.sizeHint().height() == (51 + 44 if is_split else 51)
    assert bar.zone_button.text() == "New York −6 h"
    bar.deleteLater()


@pytest.mark.parametrize("width", range(1240, 1420, 20))
async def test_the_zone_is_called_the_same_while_weeks_and_months_go_by(
    screen: BookScreen, hands: Hands, width: int
) -> None:
    screen.calendar.choose_guest_zone("America/New_York")
    await hands.resize(width)
    for look in (CalendarLook.WEEK, CalendarLook.MONTH, CalendarLook.LIST):
        screen.calendar.show_look(look)
        names = set()
        for _ in range(12):
            screen.calendar.step(1)
            names.add(hands.find(QAbstractButton, "calendar.zone").text())
        assert len({name.rstrip("0123456789 h−+:") for name in names}) == 1, look
    await quiet()


async def test_a_link_that_cannot_be_fetched_says_so_and_tries_again(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, Offline())
    stage.cache.kept_pages.clear()
    stage.cache.kept_info.clear()
    screen.links.open_slug("demo")
    await quiet()
    empty = week(hands).props.empty
    assert empty is not None
    assert empty.title == "No connection to HubSpot"
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, None)
    button = next(one for one in week(hands).findChildren(QAbstractButton) if one.text() == "Try again")
    await hands.click(button)
    assert week(hands).props.slots
    assert screen.selection.link is not None
    assert screen.selection.link.slug != INTRO


async def test_a_lost_sign_in_offers_to_reconnect(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    wanted: list[object] = []
    screen.reconnect_wanted.connect(wanted.append)
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, SignInNeeded("hs-1"))
    screen.links.open_slug("demo")
    await quiet()
    button = next(one for one in week(hands).findChildren(QAbstractButton) if one.text() == "Reconnect")
    await hands.click(button)
    assert wanted == [stage.account.workspace]
