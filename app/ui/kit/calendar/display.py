"""The slots of a week as a list of stamps ready to be drawn, so that a repaint only copies pixels."""

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from app.ui.kit.calendar.faces import Stamps, face_of
from app.ui.kit.calendar.layout import PlacedSlot, WeekLayout


class _Entry(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int
    placed: PlacedSlot


class SlotDisplay:
    """Draws the slots of one layout; the faces are made when they first come into view."""

    def __init__(self, layout: WeekLayout, stamps: Stamps, *, stale: bool) -> None:
        self._stamps = stamps
        self._stale = stale
        self._entries: list[_Entry] = []
        self._drawn: list[QPixmap | None] = []
        self.take(layout)

    def take(self, layout: WeekLayout) -> None:
        """Use another layout; faces of slots that are the same objects as before are kept."""
        before = self._entries
        kept = dict(zip((id(entry.placed) for entry in before), self._drawn, strict=True))
        self._entries = [
            _Entry(box.x, box.y, box.x + box.width, box.y + box.height, placed)
            for placed in layout.placed
            for box in (placed.box,)
        ]
        self._drawn = [kept.get(id(entry.placed)) for entry in self._entries]

    def paint(self, painter: QPainter, exposed: QRect, hovered: str | None) -> None:
        """Draw the slots that touch the exposed rectangle."""
        right, bottom = exposed.x() + exposed.width(), exposed.y() + exposed.height()
        left, top = exposed.x(), exposed.y()
        draw = painter.drawPixmap
        for index, (low, high, far, deep, placed) in enumerate(self._entries):
            if low < right and far > left and high < bottom and deep > top:
                if placed.slot.key == hovered:
                    face = face_of(placed, hovered=True, stale=self._stale)
                    draw(low, high, self._stamps.stamp(face))
                    continue
                picture = self._drawn[index]
                if picture is None:
                    face = face_of(placed, hovered=False, stale=self._stale)
                    picture = self._drawn[index] = self._stamps.stamp(face)
                draw(low, high, picture)
