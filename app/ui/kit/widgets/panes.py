"""Side-by-side panes with a hairline between them that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget


class Panes(QSplitter):
    """A horizontal splitter. `widths_changed` fires when the user drags; keep `widths`, restore `set_widths`.

    `add(pane, minimum=..., width=..., stretch=...)` from left to right, in logical pixels; no pane collapses.
    """

    widths_changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._wishes: list[int] = []
        self.splitterMoved.connect(self._on_moved)

    def add(self, pane: QWidget, *, minimum: int, width: int, stretch: int = 0) -> None:
        pane.setMinimumWidth(minimum)
        self.addWidget(pane)
        self.setStretchFactor(self.count() - 1, stretch)
        self._wishes.append(width)
        self.setSizes(self._wishes)

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(self.sizes())

    def set_widths(self, widths: Sequence[int]) -> None:
        """Restore kept widths; ignored when their number is not that of the panes."""
        if len(widths) == self.count() and all(width >= 0 for width in widths):
            self.setSizes(list(widths))

    @Slot()
    def _on_moved(self) -> None:
        self.widths_changed.emit()
