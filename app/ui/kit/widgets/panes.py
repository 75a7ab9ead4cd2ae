"""Side-by-side panes with a hairline between them that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Panes(QSplitter):
    """A horizontal splitter. `widths_changed` fires when the user drags; keep `widths`, restore `set_widths`.

    `add(pane, minimum=..., width=..., stretch=...)` from left to right, in logical pixels; no pane collapses.
    A pane without stretch that had to give way, or was taken out, has its width again once there is room.
    """

    widths_changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._wishes: dict[QWidget, int] = {}
        self._stretching: set[QWidget] = set()
        self.splitterMoved.connect(self._on_moved)

    def add(self, pane: QWidget, *, minimum: int, width: int, stretch: int = 0) -> None:
        pane.setMinimumWidth(minimum)
        self.addWidget(pane)
        self.setStretchFactor(self.count() - 1, stretch)
        self._wishes[pane] = width
        if stretch:
            self._stretching.add(pane)
        self.setSizes(list(self._wishes.values()))

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(self.sizes())

    def set_widths(self, widths: Sequence[int]) -> None:
        """Restore kept widths; ignored when their number is not that of the panes."""
        if len(widths) == self.count() and all(width >= 0 for width in widths):
            self.setSizes(list(widths))
            self._note_wishes(widths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        panes = self._panes()
        if len(self._stretching.intersection(panes)) != 1:
            return
        fixed = sum(self._wishes[pane] for pane in panes if pane not in self._stretching and pane.isVisible())
        rest = max(self.width() - fixed - self.handleWidth() * (len(panes) - 1), 0)
        self.setSizes([rest if pane in self._stretching else self._wishes[pane] for pane in panes])

    def _panes(self) -> list[QWidget]:
        return [pane for place in range(self.count()) if (pane := self.widget(place)) in self._wishes]

    def _note_wishes(self, widths: Sequence[int]) -> None:
        for pane, width in zip(self._panes(), widths, strict=False):
            if width:
                self._wishes[pane] = width

    @Slot()
    def _on_moved(self) -> None:
        self._note_wishes(self.sizes())
        self.widths_changed.emit()
