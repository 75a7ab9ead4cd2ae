"""Keys to commands: one QShortcut for each command of the registry."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.kit.command import CommandRegistry


class Shortcuts(QObject):
    """Follows the registry. Qt itself keeps single letters from firing while a text field takes them."""

    def __init__(self, window: QWidget, registry: CommandRegistry) -> None:
        super().__init__(window)
        self._window = window
        self._registry = registry
        self._shortcuts: list[QShortcut] = []
        self._enabled = True
        registry.commands_changed.connect(self._rebuild)
        self._rebuild()

    def set_enabled(self, enabled: bool) -> None:
        """Switch all of them, while a sheet is open."""
        self._enabled = enabled
        for shortcut in self._shortcuts:
            shortcut.setEnabled(enabled)

    def _rebuild(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        for command in self._registry.commands:
            if command.shortcut:
                shortcut = QShortcut(QKeySequence(command.shortcut), self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.setEnabled(self._enabled)
                shortcut.activated.connect(lambda command_id=command.id: self._registry.run(command_id))
                self._shortcuts.append(shortcut)
