"""Every look of the widgets can be painted, at whole and broken scales; what differs must look different."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.kit.calendar import SlotState, WeekGrid
from app.ui.kit.calendar.faces import Face, Stamps, draw_face
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.lettering import Lettering
from app.ui.kit.calendar.row_face import paint_row
from app.ui.kit.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens, font
from tests.ui.kit.calendar.conftest import Show
from tests.ui.kit.calendar.samples import MONDAY, at, days, key, slot, week

PLAIN = Face(
    width=120,
    height=34,
    label="12:30",
    state=SlotState.FREE,
    hovered=False,
    stale=False,
    offline_risk=False,
    tint=4,
)
LOOKS = (
    PLAIN,
    PLAIN._replace(hovered=True),
    PLAIN._replace(stale=True),
    PLAIN._replace(stale=True, hovered=True),
    PLAIN._replace(tint=1),
    PLAIN._replace(offline_risk=True),
    PLAIN._replace(state=SlotState.SELECTED),
    PLAIN._replace(state=SlotState.SELECTED, hovered=True),
    PLAIN._replace(state=SlotState.SHARED),
    PLAIN._replace(state=SlotState.SHARED, offline_risk=True),
    PLAIN._replace(label=""),
)


def drawn(face: Face, ink: Ink) -> QImage:
    image = QImage(face.width * 2, face.height * 2, QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        painter.scale(2, 2)
        draw_face(painter, face, ink, QRectF(0, 0, face.width, face.height))
    return image


@pytest.mark.parametrize(
    "tokens", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda tokens: tokens.name
)
def test_all_looks_of_a_slot_differ(tokens: Tokens) -> None:
    ink = Ink(tokens, 2)
    pictures = [drawn(face, ink) for face in LOOKS]
    for number, one in enumerate(pictures):
        assert all(one != other for other in pictures[number + 1 :])


def test_a_risk_is_marked_even_where_there_is_no_room() -> None:
    ink = Ink(LIGHT, 2)
    narrow = PLAIN._replace(width=38, height=16)
    assert drawn(narrow, ink) != drawn(narrow._replace(offline_risk=True), ink)
    assert drawn(narrow._replace(height=8), ink) != drawn(narrow._replace(height=8, offline_risk=True), ink)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_stamps_have_the_pixels_of_the_screen_and_are_kept(ratio: float) -> None:
    stamps = Stamps(Ink(LIGHT, ratio))
    picture = stamps.stamp(PLAIN)
    assert picture.width() == round(120 * ratio)
    assert stamps.stamp(PLAIN) is picture
    for width in range(1, 1100):
        stamps.stamp(PLAIN._replace(width=width, height=1, label=""))
    assert stamps.stamp(PLAIN) is not picture


def test_texts_are_elided_to_their_room_and_forgotten_when_there_are_many() -> None:
    lettering = Lettering(font("caption"))
    assert lettering.fit("Technical scoping", 40).endswith("…")
    assert lettering.fit("Intro", 400) == "Intro"
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        for number in range(600):
            lettering.write(painter, str(number), QPointF().x(), 5)
            lettering.fit(str(number), 4)
    assert lettering.width("Intro") > 0


def test_a_week_with_everything_is_painted(show: Show[WeekGrid]) -> None:
    first = MONDAY.replace(month=3, day=7, year=2026)
    headers = tuple(replace(day, clock_change="Clocks go forward") for day in days(first, 3))
    grid = show(
        WeekGrid(week(first, days=headers, slots=(slot(first, 1),), now=at(first, 2), twelve_hour=True))
    )
    grid.verticalScrollBar().setValue(0)
    with_now = grid.grab().toImage()
    grid.set_props(replace(grid.props, now=None))
    assert grid.grab().toImage() != with_now
    assert grid._canvas.layout.frame.ruler_width > 46


def test_a_focus_ring_is_painted_for_the_keyboard_only(show: Show[WeekGrid]) -> None:
    grid = show(WeekGrid(week()))
    bare = grid.grab().toImage()
    grid.focus_slot(key(1, "09:30"))
    ringed = grid.grab().toImage()
    grid.clearFocus()
    assert ringed != bare
    assert grid.grab().toImage() == bare


def test_a_stale_week_looks_different_and_many_changes_repaint_it(show: Show[WeekGrid]) -> None:
    many = tuple(slot(MONDAY + timedelta(days=day), hour) for day in range(5) for hour in range(5, 20))
    grid = show(WeekGrid(week(slots=many)))
    fresh = grid.grab().toImage()
    grid.set_props(replace(grid.props, stale=True))
    assert grid.grab().toImage() != fresh
    grid.set_props(week(slots=tuple(replace(each, state=SlotState.SHARED) for each in many)))
    QApplication.processEvents()
    assert grid.grab().toImage() != fresh


def test_scrolling_over_a_skeleton_repaints_it(show: Show[WeekGrid]) -> None:
    grid = show(WeekGrid(week(slots=(), loading=True)))
    before = grid.grab().toImage()
    grid.verticalScrollBar().setValue(0)
    assert grid.grab().toImage() != before


def test_a_day_that_is_over_is_dimmed_and_the_others_are_not(show: Show[WeekGrid]) -> None:
    past = tuple(replace(day, is_past=number < 2) for number, day in enumerate(days()))
    grid = show(WeekGrid(replace(week(slots=()), days=past, busy=())))
    picture = grid.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    fills = [
        picture.pixelColor(round((column.x + 20) * ratio), round(119 * ratio)).name().upper()
        for column in grid._canvas.layout.columns
    ]
    assert fills == [LIGHT.win] * 2 + [LIGHT.surface] * 3


ROWS = tuple(
    (state, hovered, stale)
    for state in SlotState
    for hovered in (False, True)
    for stale in (False, True)
    if state is SlotState.FREE or not stale
)


def row(state: SlotState, ink: Ink, *, hovered: bool, stale: bool) -> QImage:
    image = QImage(240, 72, QImage.Format.Format_ARGB32)
    image.fill(0)
    shown = replace(slot(MONDAY, 9), state=state)
    with QPainter(image) as painter:
        painter.scale(2, 2)
        area = QRectF(2, 2, 116, 32)
        paint_row(painter, area, shown, ink, hovered=hovered, pressed=False, stale=stale)
    return image


@pytest.mark.parametrize(
    "tokens", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda tokens: tokens.name
)
def test_a_row_has_the_colours_that_its_slot_has_in_the_grid(tokens: Tokens) -> None:
    ink = Ink(tokens, 2)
    pictures = [row(state, ink, hovered=hovered, stale=stale) for state, hovered, stale in ROWS]
    for number, one in enumerate(pictures):
        assert all(one != other for other in pictures[number + 1 :])
    free = row(SlotState.FREE, ink, hovered=False, stale=False)
    chosen = row(SlotState.SELECTED, ink, hovered=False, stale=False)
    fills = [picture.pixelColor(120, 12).name().upper() for picture in (free, chosen)]
    assert fills == [tokens.accent_soft.upper(), tokens.accent.upper()]
