"""Commands: what the palette, the shortcut sheet, menus and keys can run, in one registry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    `shortcut` is portable text ('Ctrl+K', 'P'); `section` is its heading in the shortcut sheet.
    """

    id: str
    title: str
    run: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    is_enabled: Callable[[], bool] = always

    @property
    def is_bare_key(self) -> bool:
        """True for a key without Ctrl, Alt or Meta, which must not fire while a text field has focus."""
        keys = self.shortcut.split("+")
        return bool(self.shortcut) and not {"Ctrl", "Alt", "Meta"} & set(keys) and len(keys[-1]) == 1

    @property
    def keys(self) -> str:
        """The shortcut as this platform writes it ('Ctrl+K', '⌘K'); '' when there is none."""
        return QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def words_match(query: str, command: Command) -> bool:
    """Every word of `query` begins some word of the title or keywords."""
    words = " ".join((command.title, *command.keywords)).casefold().split()
    return all(any(word.startswith(part) for word in words) for part in query.casefold().split())


class CommandRegistry(QObject):
    """All commands by id, in the order they were added."""

    commands_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: dict[str, Command] = {}

    @property
    def commands(self) -> tuple[Command, ...]:
        return tuple(self._commands.values())

    def add(self, *commands: Command) -> None:
        """Register; ValueError when an id or a shortcut is already taken."""
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"command {command.id} is registered twice")
            if command.shortcut and self.by_shortcut(command.shortcut) is not None:
                raise ValueError(f"shortcut {command.shortcut} is taken")
            self._commands[command.id] = command
        self.commands_changed.emit()

    def remove(self, ids: Iterable[str]) -> None:
        for command_id in ids:
            self._commands.pop(command_id, None)
        self.commands_changed.emit()

    def by_shortcut(self, shortcut: str) -> Command | None:
        return next((command for command in self.commands if command.shortcut == shortcut), None)

    def find(self, query: str) -> tuple[Command, ...]:
        """Enabled commands that match `query`; those whose title begins with it first."""
        found = [command for command in self.commands if command.is_enabled() and words_match(query, command)]
        start = query.casefold().strip()
        return tuple(sorted(found, key=lambda command: not command.title.casefold().startswith(start)))

    def run(self, command_id: str) -> bool:
        """Run the command if it is there and enabled; True when it ran."""
        command = self._commands.get(command_id)
        if command is None or not command.is_enabled():
            return False
        command.run()
        return True
