"""Resources are found beside the package and inside a packaged program; icons are sharp and of one kind."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QSize
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from app.ui.kit.icons import IconView, icon, pixmap, svg_source
from app.ui.kit.resources import register_resources, resource_root
from app.ui.kit.theme import LIGHT

APPLICATION_MARK = "slotdesk"
ICONS = sorted(
    path.stem for path in (resource_root() / "icons").glob("*.svg") if path.stem != APPLICATION_MARK
)


def test_a_checkout_has_the_folders_beside_the_package() -> None:
    assert (resource_root() / "icons" / "x.svg").is_file()
    assert resource_root().parent == Path(__file__).parents[3]


def test_a_packaged_program_has_them_in_its_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_root() == tmp_path / "resources"


def test_search_paths_can_point_elsewhere_and_back(tmp_path: Path) -> None:
    register_resources(tmp_path)
    try:
        assert not QFile.exists("icons:x.svg")
    finally:
        register_resources()
    assert QFile.exists("icons:x.svg")


def test_licences_travel_with_fonts_and_icons() -> None:
    assert "SIL OPEN FONT LICENSE" in (resource_root() / "fonts" / "OFL.txt").read_text()
    assert "ISC License" in (resource_root() / "icons" / "LICENSE").read_text()


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_takes_its_colour_and_the_stroke_of_the_design(name: str) -> None:
    text = svg_source(name, "#112233").decode()
    assert "currentColor" not in text
    assert "#112233" in text
    assert re.findall(r'stroke-width="([^"]+)"', text) == ["1.75"]


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_in_that_colour_only(name: str) -> None:
    image = pixmap(name, "#ff0000", 24, 2.0).toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert len(inked) > 40
    assert {colour.rgb() for colour in inked} == {QColor("#ff0000").rgb()}


def test_pixmaps_are_sharp_at_every_ratio() -> None:
    for ratio in (1.0, 1.5, 2.0):
        drawn = pixmap("x", "#000000", 16, ratio)
        assert drawn.size() == QSize(round(16 * ratio), round(16 * ratio))
        assert drawn.devicePixelRatio() == ratio


def test_a_disabled_icon_is_the_disabled_colour(qtbot: QtBot) -> None:
    made = icon("check", LIGHT)
    image = made.pixmap(QSize(15, 15), 3.0, QIcon.Mode.Disabled).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(45)
        for y in range(45)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {LIGHT.disabled.lower()}


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        svg_source("no-such-icon", "#000000")


@pytest.mark.expected_log("there is no icon called no-such-icon")
def test_a_missing_icon_does_not_end_a_paint_event(qtbot: QtBot) -> None:
    view = IconView("no-such-icon")
    qtbot.addWidget(view)
    assert not view.grab().isNull()


def test_an_icon_view_paints_in_the_tone_it_was_given(qtbot: QtBot) -> None:
    view = IconView("check", tone="bad", size=24)
    qtbot.addWidget(view)
    first = view.grab().toImage()
    view.set_icon("x", tone="ok")
    second = view.grab().toImage()
    names = [
        {image.pixelColor(x, y).name() for x in range(24) for y in range(24)} for image in (first, second)
    ]
    assert LIGHT.bad.lower() in names[0]
    assert LIGHT.ok.lower() in names[1]
