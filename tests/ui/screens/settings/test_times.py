"""The page on time and language: zones, favourites, clock and week."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.preferences import ClockStyle, Preferences
from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.notices import Tone
from app.ui.kit.widgets.combo import Combo
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.settings.keeping import PreferenceKeeper
from app.ui.screens.settings.times.view import TimesPage
from app.ui.screens.settings.times.viewmodel import TimesInputs, TimesViewModel, derive_times
from tests.fakes.clock import NOW, settle
from tests.ui.screens.desktop import BRITISH, Desktop, make_desktop
from tests.ui.screens.windows import Show, click, find, press_key, type_into

# A pop-up asks the platform for more than the offscreen one can do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
INPUTS = TimesInputs(Preferences(), "Europe/Berlin", BRITISH, NOW)


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop(preferences=Preferences(favourite_zones=("Asia/Kolkata",)))
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def viewmodel_of(desktop: Desktop) -> TimesViewModel:
    context = desktop.context
    keeper = PreferenceKeeper(context.services.preferences, context.notices, desktop.tasks)
    return TimesViewModel(keeper, context.manners, now=context.clock.now)


def page_of(desktop: Desktop, show: Show) -> TimesPage:
    context = desktop.context
    page = TimesPage(
        viewmodel_of(desktop), zones=context.zones, manners=context.manners, now=context.clock.now
    )
    show(page)
    return page


def kept(desktop: Desktop) -> Preferences:
    return desktop.fakes.preferences.kept


def test_defaults_follow_the_computer() -> None:
    props = derive_times(INPUTS)
    assert (props.zone, props.follows_system_zone) == ("Europe/Berlin", True)
    assert props.zone_detail == "This computer's zone, now 10:15"
    assert props.weekdays[0] == (0, "System (Monday)")
    assert props.weekdays[7] == (7, "Sunday")
    assert [days for days, _ in props.week_lengths] == [5, 7, 3, 1]
    assert props.clock_detail == "It is 10:15"
    assert props.favourites == ()


def test_a_chosen_zone_is_printed_with_its_time() -> None:
    chosen = replace(INPUTS, preferences=Preferences(zone="America/New_York", clock=ClockStyle.HOURS_12))
    props = derive_times(chosen)
    assert not props.follows_system_zone
    assert props.zone_detail == "America/New_York (EST), now 4:15 AM"


def test_a_zone_without_letters_is_printed_once() -> None:
    props = derive_times(replace(INPUTS, preferences=Preferences(favourite_zones=("Asia/Dubai",))))
    assert props.favourites[0].title == "Dubai"
    assert props.favourites[0].detail == "Asia/Dubai, now 13:15"


def test_the_week_begins_where_the_locale_says() -> None:
    american = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    assert derive_times(replace(INPUTS, locale=american)).weekdays[0] == (0, "System (Sunday)")


async def test_choices_are_kept_at_once_and_reach_everybody(desktop: Desktop) -> None:
    viewmodel = viewmodel_of(desktop)
    manners = desktop.context.manners
    heard: list[str] = []
    manners.changed.connect(lambda: heard.append("manners"))
    viewmodel.choose_clock("12")
    viewmodel.choose_first_weekday(7)
    viewmodel.choose_week_length(3)
    viewmodel.choose_zone("America/New_York")
    await settle()
    assert (kept(desktop).clock, kept(desktop).first_weekday) == (ClockStyle.HOURS_12, 7)
    assert (kept(desktop).week_days, kept(desktop).zone) == (3, "America/New_York")
    assert len(heard) == 4
    assert manners.zone == "America/New_York"
    assert not manners.words.uses_24_hours


async def test_the_same_choice_again_is_silent(desktop: Desktop) -> None:
    viewmodel = viewmodel_of(desktop)
    heard: list[str] = []
    viewmodel.props_changed.connect(lambda: heard.append("props"))
    viewmodel.choose_week_length(5)
    viewmodel.add_favourite("Asia/Kolkata")
    viewmodel.tick()
    await settle()
    assert heard == []
    assert desktop.fakes.preferences.count("save") == 0
    await desktop.fakes.clock.advance(60)
    viewmodel.tick()
    assert heard == ["props"]


async def test_a_failed_save_is_told_and_the_choice_counts(desktop: Desktop) -> None:
    desktop.fakes.preferences.fail("save", StorageFailed(StorageTrouble.READ_ONLY, "settings.toml"))
    viewmodel = viewmodel_of(desktop)
    viewmodel.choose_week_length(7)
    await settle()
    (toast,) = desktop.context.notices.toasts
    assert "settings.toml cannot be written" in toast.text
    assert toast.tone is Tone.BAD
    assert viewmodel.props.week_days == 7
    viewmodel.choose_week_length(3)
    await settle()
    assert kept(desktop).week_days == 3
    assert len(desktop.context.notices.toasts) == 1


async def test_the_own_zone_is_found_by_typing(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    assert find(page, QAbstractButton, "settings.zone").accessibleName() == "Your time zone: Europe/Berlin"
    assert not find(page, QAbstractButton, "settings.zone.system").isVisible()
    await click(page, "settings.zone")
    await type_into(page, "zonePicker.search", "new y")
    await press_key(Qt.Key.Key_Return)
    assert kept(desktop).zone == "America/New_York"
    assert find(page, QAbstractButton, "settings.zone").accessibleName() == "Your time zone: America/New_York"
    await click(page, "settings.zone.system")
    assert kept(desktop).zone == ""
    assert find(page, QAbstractButton, "settings.zone").hasFocus()


async def test_favourites_are_added_and_removed(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    await click(page, "settings.favouriteZones.add")
    await type_into(page, "zonePicker.search", "york")
    await press_key(Qt.Key.Key_Return)
    assert kept(desktop).favourite_zones == ("Asia/Kolkata", "America/New_York")
    remove = find(page, QAbstractButton, "settings.favouriteZones.remove.Asia/Kolkata")
    assert remove.accessibleName() == "Remove Kolkata"
    await click(page, "settings.favouriteZones.remove.Asia/Kolkata")
    assert kept(desktop).favourite_zones == ("America/New_York",)
    await click(page, "settings.favouriteZones.remove.America/New_York")
    assert kept(desktop).favourite_zones == ()


async def test_nothing_found_is_said(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    await click(page, "settings.zone")
    none = find(page, QWidget, "zonePicker.none")
    assert not none.isVisible()
    await type_into(page, "zonePicker.search", "atlantis")
    assert none.isVisible()
    await press_key(Qt.Key.Key_Return)
    assert kept(desktop).zone == ""


async def test_clock_and_week_by_mouse_and_keys(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    clock = find(page, Segmented, "settings.clock")
    QTest.mouseClick(clock.segment("24"), Qt.MouseButton.LeftButton)
    await settle()
    assert kept(desktop).clock is ClockStyle.HOURS_24
    await press_key(Qt.Key.Key_Right)
    assert kept(desktop).clock is ClockStyle.HOURS_12
    weekday = find(page, Combo, "settings.firstWeekday")
    weekday.setFocus()
    await press_key(Qt.Key.Key_Down)
    assert kept(desktop).first_weekday == 1
    length = find(page, Segmented, "settings.weekDays")
    QTest.mouseClick(length.segment("7"), Qt.MouseButton.LeftButton)
    await settle()
    assert kept(desktop).week_days == 7
