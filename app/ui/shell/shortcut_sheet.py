"""The sheet that lists every key, by section (`?`)."""

from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.command import Command, CommandRegistry
from app.ui.kit.labels import Label, caption, heading
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import KeyCap
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.sheet import Sheet

translate = QCoreApplication.translate
COLUMNS = 2


def grid_keys() -> tuple[tuple[str, str], ...]:
    """Keys that belong to the calendar itself and are no commands."""
    return (
        (translate("shortcuts", "Slot by slot"), "← ↑ → ↓"),
        (translate("shortcuts", "Day by day, week by week"), "Ctrl ↑ ↓ ← →"),
        (translate("shortcuts", "Pick the slot"), "↵"),
    )


class ShortcutSheet(Sheet):
    """Filled anew each time it opens, so that it always tells the truth."""

    def __init__(self, host: QWidget, registry: CommandRegistry) -> None:
        super().__init__(host, translate("shortcuts", "Keyboard shortcuts"), width=640)
        self.setObjectName("shortcutSheet")
        self._registry = registry
        head = QHBoxLayout()
        head.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.m, MEASURES.xs)
        head.addWidget(heading(translate("shortcuts", "Keyboard shortcuts")), 1)
        close = IconButton("x", translate("shortcuts", "Close"), keys="Esc")
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        self.column.addLayout(head)
        self._scroll = ScrollArea(padding=MEASURES.l, spacing=MEASURES.l)
        self.column.addWidget(self._scroll)

    def show_keys(self) -> None:
        """Open with the present commands."""
        column = self._scroll.column
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        keyed = [command for command in self._registry.commands if command.shortcut]
        keyed.sort(key=lambda command: command.section)
        for section, commands in groupby(keyed, key=lambda command: command.section):
            column.addWidget(_section(section, [_line(command) for command in commands]))
        column.addWidget(_section(translate("shortcuts", "In the calendar"), list(grid_keys())))
        column.addStretch(1)
        self.open()

    def place(self) -> None:
        """As high as the keys need, and at most as high as the window allows."""
        host = self.parentWidget() or self
        needed = self._scroll.content.sizeHint().height()
        self._scroll.setFixedHeight(min(needed, host.height() * 4 // 5 - MEASURES.bar))
        super().place()


def _line(command: Command) -> tuple[str, str]:
    return command.title, command.keys


def _section(title: str, lines: list[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(MEASURES.s)
    column.addWidget(caption(title))
    grid = QGridLayout()
    grid.setHorizontalSpacing(MEASURES.xl)
    grid.setVerticalSpacing(6)
    for place, (words, keys) in enumerate(lines):
        row = QHBoxLayout()
        row.addWidget(Label(words), 1)
        row.addWidget(KeyCap(keys))
        grid.addLayout(row, place // COLUMNS, place % COLUMNS)
    for place in range(COLUMNS):
        grid.setColumnStretch(place, 1)
    column.addLayout(grid)
    return holder
