"""The appearance page: what is chosen is seen at once, and kept."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.preferences import Preferences, Scheme
from app.ui.kit.theme import Theme
from app.ui.kit.theme.motion import motion_allowed
from app.ui.kit.widgets.checks import CheckBox
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.settings.appearance.view import AppearancePage
from app.ui.screens.settings.appearance.viewmodel import AppearanceViewModel
from app.ui.screens.settings.keeping import PreferenceKeeper
from tests.fakes.clock import settle
from tests.ui.screens.desktop import Desktop, make_desktop
from tests.ui.screens.windows import Show, find


@pytest.fixture
async def desktop(theme: Theme) -> AsyncIterator[Desktop]:
    made = make_desktop(theme=theme, preferences=Preferences(scheme=Scheme.LIGHT))
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def viewmodel_of(desktop: Desktop) -> AppearanceViewModel:
    context = desktop.context
    keeper = PreferenceKeeper(context.services.preferences, context.notices, desktop.tasks)
    return AppearanceViewModel(keeper, context.theme)


@pytest.mark.parametrize("scheme", ["system", "light", "dark"])
async def test_colours_change_at_once_and_are_kept(desktop: Desktop, theme: Theme, scheme: str) -> None:
    viewmodel = viewmodel_of(desktop)
    viewmodel.choose_scheme(scheme)
    assert theme.scheme == scheme
    await settle()
    assert desktop.fakes.preferences.kept.scheme == Scheme(scheme)
    assert viewmodel.props.scheme == Scheme(scheme)


async def test_a_click_turns_the_window_dark(desktop: Desktop, theme: Theme, show: Show) -> None:
    page = AppearancePage(viewmodel_of(desktop))
    show(page)
    scheme = find(page, Segmented, "settings.theme")
    assert scheme.choice == "light"
    QTest.mouseClick(scheme.segment("dark"), Qt.MouseButton.LeftButton)
    assert theme.tokens.dark
    assert QApplication.palette().window().color().name().upper() == theme.tokens.win
    await settle()
    assert desktop.fakes.preferences.kept.scheme is Scheme.DARK


async def test_motion_is_stopped_by_a_click(desktop: Desktop, show: Show) -> None:
    page = AppearancePage(viewmodel_of(desktop))
    show(page)
    box = find(page, CheckBox, "settings.reducedMotion")
    assert not box.isChecked()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert not motion_allowed()
    await settle()
    assert desktop.fakes.preferences.kept.reduced_motion
    await desktop.services.preferences.change(reduced_motion=False)
    assert not box.isChecked()
