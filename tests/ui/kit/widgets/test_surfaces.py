"""Panes, cards, marks, skeletons and progress: measures of the design, and stillness where it is wished."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QMargins, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.paint import mirrored, text_width
from app.ui.kit.theme import DARK, LIGHT, Theme
from app.ui.kit.widgets.avatar import Avatar, IconTile, initials_of
from app.ui.kit.widgets.badges import Badge, BadgeTone, CountBadge, KeyCap, StatusDot, Tag, badge_colours
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Bar, Card, CardTone, Hairline, Pane, card_colours
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.panes import Panes
from app.ui.kit.widgets.progress import Spinner, ThinProgress
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.skeleton import Skeleton, SkeletonRows

Shown = Callable[..., QWidget]


def colour_at(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def looks_other(widget: QWidget, first: QImage) -> bool:
    return widget.grab().toImage() != first


def test_bars_have_the_heights_of_the_design(qtbot: QtBot) -> None:
    bars = (Bar(), Bar(secondary=True))
    for bar in bars:
        qtbot.addWidget(bar)
    assert [bar.height() for bar in bars] == [52, 44]


def test_a_pane_is_filled_to_its_hairlines(shown: Shown, theme: Theme) -> None:
    pane = Pane("sunken", lines=("left", "bottom"))
    pane.setFixedSize(40, 30)
    shown(pane)
    for scheme, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.set_scheme(scheme)  # type: ignore[arg-type]
        found = [colour_at(pane, *place) for place in ((20, 15), (0, 15), (20, 29), (39, 0))]
        wanted = [tokens.sunken, tokens.line, tokens.line, tokens.sunken]
        assert found == [colour.lower() for colour in wanted]


@pytest.mark.parametrize("tone", ["surface", "sunken", "accent", "ok", "warn", "bad"])
def test_a_card_wears_its_tone(shown: Shown, tone: CardTone) -> None:
    card = Card(tone=tone)
    card.setFixedHeight(40)
    shown(card)
    fill, edge = card_colours(tone, LIGHT)
    assert colour_at(card, 60, 20) == fill.lower()
    assert colour_at(card, 60, 0) == edge.lower()
    card.set_tone("surface")
    assert colour_at(card, 60, 20) == LIGHT.surface.lower()


def test_hairlines_are_one_pixel(qtbot: QtBot) -> None:
    lying, standing = Hairline(), Hairline(vertical=True)
    for line in (lying, standing):
        qtbot.addWidget(line)
    assert (lying.height(), standing.width()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Okafor", "AO"),
        ("Ada Maria Okafor", "AO"),
        ("Renewal", "RE"),
        ("ada@northwind.example", "AN"),
        ("  ", ""),
        ("(Ada) Okafor", "OK"),
        ("Ülkü Öz", "ÜÖ"),
        ("\u202eAda Okafor", "AO"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize("tone", ["accent", "ok", "warn", "bad", "neutral"])
def test_badges_wear_their_tone(shown: Shown, tone: BadgeTone) -> None:
    badge = Badge("Connected")
    shown(badge)
    badge.set_tone(tone)
    assert colour_at(badge, 4, badge.height() // 2) == badge_colours(tone, LIGHT)[0].lower()
    assert badge.accessibleName() == "Connected"


def test_marks_are_as_wide_as_their_text(qtbot: QtBot) -> None:
    for made in (Badge("x"), Tag("x"), KeyCap("x")):
        qtbot.addWidget(made)
        before = made.sizeHint().width()
        made.set_text("a much longer text")
        assert made.sizeHint().width() > before
        assert made.sizeHint().width() > text_width(made, made.text)


@pytest.mark.parametrize(("count", "text", "seen"), [(0, "0", False), (3, "3", True), (120, "99+", True)])
def test_a_count_is_hidden_at_zero_and_short_above_99(
    qtbot: QtBot, count: int, text: str, seen: bool
) -> None:
    badge = CountBadge()
    qtbot.addWidget(badge)
    badge.set_count(count)
    assert (badge.text, not badge.isHidden()) == (text, seen)


def test_a_dot_and_tiles_paint_their_token(shown: Shown) -> None:
    dot, tile, avatar = StatusDot(size=20), IconTile("globe", strong=True), Avatar(size=28, shape="tile")
    shown(dot, tile, avatar)
    dot.set_tone("ok")
    avatar.set_initials("AO")
    assert colour_at(dot, 10, 10) == LIGHT.ok.lower()
    assert colour_at(tile, 17, 3) == LIGHT.accent.lower()
    assert colour_at(avatar, 14, 2) == LIGHT.accent_soft.lower()
    assert avatar.has_initials


def test_panes_remember_their_widths(shown: Shown, qtbot: QtBot) -> None:
    panes = Panes()
    panes.setMinimumSize(900, 100)
    panes.add(QWidget(), minimum=200, width=256)
    panes.add(QWidget(), minimum=300, width=400, stretch=1)
    shown(panes, width=940)
    panes.grab()
    kept = panes.widths
    assert kept[0] == 256
    panes.set_widths([300, 600])
    assert panes.widths[0] == 300
    for wrong in ([1], [-5, 100], []):
        panes.set_widths(wrong)
    assert panes.widths[0] == 300
    with qtbot.waitSignal(panes.widths_changed):
        panes.moveSplitter(280, 1)
    panes.set_widths([0, 900])
    assert panes.widths[0] == 200


def test_a_pane_that_gave_way_has_its_width_again(shown: Shown) -> None:
    panes, side = Panes(), QWidget()
    panes.add(QWidget(), minimum=300, width=500, stretch=1)
    panes.add(side, minimum=100, width=250)
    window = shown(panes, width=940)
    for width, left in ((450, 150), (940, 250)):
        window.resize(width, 400)
        panes.resize(width, 100)
        panes.grab()
        assert abs(panes.widths[1] - left) <= 1
    side.setParent(None)
    panes.resize(800, 100)
    panes.addWidget(side)
    side.show()
    panes.resize(940, 100)
    panes.grab()
    assert panes.widths[1] == 250


def test_a_scroll_area_keeps_what_has_focus_in_view(shown: Shown) -> None:
    area = ScrollArea()
    buttons = [Button(f"Button {number}") for number in range(30)]
    for button in buttons:
        area.column.addWidget(button)
    area.setFixedHeight(200)
    window = shown(area)
    buttons[0].setFocus()
    for _ in range(20):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    for number in (20, 2, 29):
        buttons[number].setFocus()
        top = buttons[number].mapTo(area.viewport(), buttons[number].rect().topLeft()).y()
        assert 0 <= top <= 200 - 32


def test_the_next_steps_stand_under_each_other_when_there_is_no_room(shown: Shown, qtbot: QtBot) -> None:
    first, second = Button("Go to the next free week"), Button("Book without a link")
    state = EmptyState("calendar-days", "No free times", "Look later.", actions=[first, second])
    window = shown(state, width=500)
    window.grab()
    assert first.y() == second.y()
    window.resize(260, 400)
    qtbot.waitUntil(lambda: first.geometry().bottom() < second.y())
    assert first.width() >= first.sizeHint().width()
    state.set_content("search", "Nothing found")
    state.set_actions([])
    assert not [button for button in state.findChildren(Button) if not button.isHidden()]


def test_flow_breaks_lines_and_gives_the_rest_to_the_last(shown: Shown) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap=6, margins=QMargins(0, 0, 0, 0))
    tags = [Tag("a tag of some length") for _ in range(6)]
    for tag in tags[:5]:
        flow.addWidget(tag)
    flow.insert_widget(0, tags[5])
    assert flow.count() == 6
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
    wide, narrow = flow.heightForWidth(2000), flow.heightForWidth(150)
    assert wide == 22
    assert narrow == 6 * 22 + 5 * 6
    shown(holder, width=200)
    holder.grab()
    assert tags[5].y() <= tags[0].y() <= tags[4].y()


def test_things_move_only_while_seen_and_wished(shown: Shown, theme: Theme, qtbot: QtBot) -> None:
    moving = (Skeleton(width=100, height=20), SkeletonRows("Loading", rows=2), Spinner("Loading"))
    window = shown(*moving)
    for widget in moving:
        qtbot.waitUntil(partial(looks_other, widget, widget.grab().toImage()))
    window.hide()
    theme.set_reduced_motion(True)
    still = Skeleton(width=100, height=20)
    shown(still)
    assert still.grab().toImage() == still.grab().toImage()
    assert not still._turning.is_moving


def test_progress_shows_how_far(shown: Shown, theme: Theme) -> None:
    theme.set_reduced_motion(True)
    bar = ThinProgress("Refreshing")
    bar.setFixedWidth(100)
    shown(bar)
    assert bar.accessibleName() == "Refreshing"
    assert colour_at(bar, 20, 1) == LIGHT.win.lower()
    bar.set_value(0.5)
    assert colour_at(bar, 20, 0) == LIGHT.accent.lower()
    assert colour_at(bar, 80, 0) == LIGHT.line.lower()
    bar.set_value(7)
    assert colour_at(bar, 90, 0) == LIGHT.accent.lower()
    bar.set_busy(True)
    assert bar.is_busy
    assert colour_at(bar, 50, 0) == LIGHT.accent.lower()
    bar.set_value(None)
    assert colour_at(bar, 20, 1) == LIGHT.win.lower()


def test_mirroring_flips_inside_the_widget(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 20)
    rect = QRectF(10, 0, 20, 20)
    assert mirrored(widget, rect) == rect
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert mirrored(widget, rect) == QRectF(70, 0, 20, 20)
