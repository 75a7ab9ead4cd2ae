"""The page that lists every command with its key."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.command import Command
from app.ui.kit.labels import Label, caption
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import KeyCap
from app.ui.screens.settings.page import Page, Row, Rows

translate = QCoreApplication.translate
SEARCH = "shell.palette"


class ShortcutsPage(Page):
    """Filled by `set_commands`; those without a key come last, with the way to reach them."""

    def __init__(self) -> None:
        super().__init__(translate("settings", "Shortcuts"))
        self._groups: list[QWidget] = []

    def set_commands(self, commands: Sequence[Command]) -> None:
        """List these instead of those before, section by section in the order the sections appear."""
        for old in self._groups:
            old.hide()
            old.deleteLater()
        self._groups = []
        keyed = [command for command in commands if command.shortcut]
        order = list(dict.fromkeys(command.section for command in keyed))
        keyed.sort(key=lambda command: order.index(command.section))
        for section, group in groupby(keyed, key=lambda command: command.section):
            self._add_section(section, [_keyed_row(command) for command in group])
        bare = [command for command in commands if not command.shortcut]
        if bare:
            search = next((command.keys for command in keyed if command.id == SEARCH), "")
            pattern = translate("settings", "Found by name with {keys}")
            title = pattern.format(keys=search) if search else translate("settings", "Without a key")
            self._add_section(title, [_bare_row(command) for command in bare])

    def _add_section(self, title: str, rows: Sequence[QWidget]) -> None:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.s)
        column.addWidget(caption(title))
        column.addWidget(Rows(*rows))
        self._groups.append(group)
        self.add(group)


def _keyed_row(command: Command) -> Row:
    row = Row(command.title, KeyCap(command.keys))
    row.setAccessibleName(f"{command.title}: {command.keys}")
    return row


def _bare_row(command: Command) -> Row:
    return Row(command.title, Label(command.section, tone="muted"))
