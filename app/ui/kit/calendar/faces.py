"""The face of a slot, painted once per look and size and then stamped wherever it is needed."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.ui.kit.calendar.glyphs import GLYPH, check_mark, draw_glyph, warning_triangle
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import PlacedSlot
from app.ui.kit.calendar.model import SlotState
from app.ui.kit.theme import MEASURES

TINT_STEPS = 4
_LABEL_LEFT = 8
_LABEL_CENTRE = 10
_MOST_STAMPS = 1024
_STALE_DASHES = (3, 2)


class Face(NamedTuple):
    """Everything a stamp depends on; sizes in logical pixels."""

    width: int
    height: int
    label: str
    state: SlotState
    hovered: bool
    stale: bool
    offline_risk: bool
    tint: int


def face_of(placed: PlacedSlot, *, hovered: bool, stale: bool) -> Face:
    """The face of a placed slot; the part after midnight carries no label."""
    slot = placed.slot
    return Face(
        placed.box.width,
        placed.box.height,
        "" if placed.continues else slot.label,
        slot.state,
        hovered,
        stale,
        slot.offline_risk and not placed.continues,
        round(slot.tint * TINT_STEPS),
    )


class Stamps:
    """Painted faces, kept until the ink changes."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._kept: dict[Face, QPixmap] = {}

    def stamp(self, face: Face) -> QPixmap:
        """The picture of a face, at the device pixel ratio of the ink."""
        found = self._kept.get(face)
        if found is None:
            if len(self._kept) >= _MOST_STAMPS:
                self._kept.clear()
            found = self._kept[face] = _paint(face, self._ink)
        return found


class _Look(NamedTuple):
    fill: QColor
    edge: QColor
    text: QColor


def _paint(face: Face, ink: Ink) -> QPixmap:
    ratio = ink.ratio
    picture = QPixmap(max(round(face.width * ratio), 1), max(round(face.height * ratio), 1))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_face(painter, face, ink, QRectF(0, 0, picture.width() / ratio, picture.height() / ratio))
    painter.end()
    return picture


def draw_face(painter: QPainter, face: Face, ink: Ink, area: QRectF) -> None:
    """Paint a face into `area`."""
    look = _look(face, ink)
    half = ink.hair / 2
    pen = QPen(look.edge, ink.hair)
    if face.stale and face.state is SlotState.FREE:
        pen.setDashPattern(_STALE_DASHES)
    painter.setPen(pen)
    painter.setBrush(look.fill)
    painter.drawRoundedRect(
        area.adjusted(half, half, -half, -half), MEASURES.radius_small - half, MEASURES.radius_small - half
    )
    room = area.width() - _LABEL_LEFT
    if face.label and area.height() >= ink.label.capital + 2:
        painter.setPen(look.text)
        label = ink.label.fit(face.label, area.width() - 2)
        width = ink.label.width(label)
        left = max(min(_LABEL_LEFT, (area.width() - width) / 2), 1)
        centre = area.top() + min(area.height() / 2, _LABEL_CENTRE)
        ink.label.write(painter, label, area.left() + left, centre)
        room -= width + 4
    _draw_glyphs(painter, face, ink, look, area, room)


def _look(face: Face, ink: Ink) -> _Look:
    match face.state:
        case SlotState.SELECTED | SlotState.SHARED:
            fill = ink.colour("accent_hover" if face.hovered else "accent")
            return _Look(fill, fill, ink.colour("on_accent"))
        case SlotState.FREE if face.stale:
            fill = ink.colour("hover" if face.hovered else "sunken")
            return _Look(fill, ink.colour("edge"), ink.colour("muted"))
        case SlotState.FREE:
            if face.hovered:
                return _Look(ink.colour("accent_soft_hover"), ink.colour("accent"), ink.colour("accent_text"))
            fill = ink.blend("accent_soft", "surface", face.tint / TINT_STEPS)
            return _Look(fill, ink.colour("accent_edge"), ink.colour("accent_text"))


def _draw_glyphs(painter: QPainter, face: Face, ink: Ink, look: _Look, area: QRectF, room: float) -> None:
    """A check mark for shared times and a warning triangle at the right, or a dot where there is no room."""
    glyphs = [check_mark] if face.state is SlotState.SHARED else []
    if face.offline_risk:
        glyphs.append(warning_triangle)
    x = area.right() - 6 - GLYPH
    y = area.top() + min(area.height() / 2, _LABEL_CENTRE) - GLYPH / 2
    fits = area.height() >= GLYPH and room >= len(glyphs) * (GLYPH + 4) + 2
    for glyph in glyphs:
        filled = face.state is not SlotState.FREE
        colour = look.text if filled or glyph is check_mark else ink.colour("warn")
        if fits:
            draw_glyph(painter, glyph(x, y), colour)
            x -= GLYPH + 4
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(area.right() - 3, area.top() + 3), 2.5, 2.5)
