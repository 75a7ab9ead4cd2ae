"""The command palette (Ctrl+K): people, links and commands behind one field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.command import CommandRegistry
from app.ui.kit.icons import IconView
from app.ui.kit.labels import muted
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.theme import MEASURES, font
from app.ui.kit.widgets.badges import KeyCap
from app.ui.kit.widgets.card import Hairline
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.sheet import Sheet
from app.ui.kit.widgets.text_fields import LineEdit
from app.ui.screen import Finder

translate = QCoreApplication.translate
COMMANDS_AT_MOST = 8
OWN = "shell.palette"
"""The command that opens the palette has nothing to do inside it."""
SEPARATOR = "\x1f"
LEAST_HEIGHT, MOST_HEIGHT = 60, 440


class _PaletteField(LineEdit):
    """A bare line that hands arrow keys and Enter to the list below it."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__(name=placeholder, bare=True)
        self.setPlaceholderText(placeholder)
        self.setFont(font("search"))
        self.setObjectName("palette.input")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Palette(Sheet):
    """Searches all finders and the registry at once; an older search never shows over a newer one.

    What was found for other letters stays only where it answers the present ones, and Enter waits for the
    searches to end: it never takes what the rep has not seen. A row that does not say what was typed (the CRM
    and the links find by more than is shown) comes after those of its section that do, and a section of
    only such rows after all others.
    """

    def __init__(
        self,
        host: QWidget,
        registry: CommandRegistry,
        tasks: TaskScope,
        finders: Callable[[], Sequence[Finder]],
    ) -> None:
        super().__init__(host, translate("palette", "Command palette"), width=620)
        self.setObjectName("palette")
        self._registry = registry
        self._tasks = tasks
        self._finders = finders
        self._rows: dict[int, tuple[ListRow, ...]] = {}
        self._searching: dict[int, str] = {}
        self._words: tuple[str, ...] = ()
        self._has_moved = False
        self._is_entered = False
        self._field = _PaletteField(translate("palette", "Search people, links and commands"))
        self._list = ResultList(translate("palette", "Results"), padding=MEASURES.l, roomy=True)
        self._list.setObjectName("palette.list")
        head = QHBoxLayout()
        head.setContentsMargins(MEASURES.l, 14, MEASURES.l, 14)
        head.setSpacing(10)
        head.addWidget(IconView("search", size=18))
        head.addWidget(self._field, 1)
        head.addWidget(KeyCap("Esc"))
        self.column.addLayout(head)
        self.column.addWidget(Hairline())
        self.column.addWidget(self._list, 1)
        self._nothing = muted()
        self._nothing.setObjectName("palette.nothing")
        self._nothing.setContentsMargins(MEASURES.l, 0, MEASURES.l, 0)
        self._nothing.setFixedHeight(LEAST_HEIGHT)
        self.column.addWidget(self._nothing)
        self._field.textEdited.connect(self._search)
        self._field.stepped.connect(self._on_stepped)
        self._field.entered.connect(self._on_entered)
        self._list.activated_id.connect(self._on_chosen)

    def show_palette(self) -> None:
        """Open empty, with the keyboard in the field."""
        self._field.clear()
        self._search("")
        self.open(self._field)

    def _search(self, text: str) -> None:
        finders = tuple(self._finders())
        self._has_moved = self._is_entered = False
        self._words = tuple(text.casefold().split())
        self._searching = dict.fromkeys(range(len(finders)), text) if text.strip() else {}
        self._rows = {
            place: tuple(row for row in rows if self._words and _says(row, self._words))
            for place, rows in self._rows.items()
        }
        self._rows[len(finders)] = self._command_rows(text)
        self._show()
        for place, finder in enumerate(finders):
            key = f"palette-{place}"
            if text.strip():
                self._tasks.start(self._find(place, finder, text), key=key, policy=Policy.LATEST)
            else:
                self._tasks.cancel(key)

    def _on_entered(self) -> None:
        if self._searching and not self._has_moved:
            self._is_entered = True
        else:
            self._list.activate()

    def _on_stepped(self, by: int) -> None:
        self._has_moved = True
        self._list.step(by)

    async def _find(self, place: int, finder: Finder, text: str) -> None:
        rows = await finder.find(text)
        if self._searching.get(place) != text:
            return
        self._rows[place] = rows
        del self._searching[place]
        self._show()
        if self._is_entered and not self._searching and self.is_open:
            self._list.activate()

    def _command_rows(self, text: str) -> tuple[ListRow, ...]:
        section = translate("palette", "Commands")
        return tuple(
            ListRow(
                id=command.id,
                title=command.title,
                icon=command.icon or "arrow-right",
                keys=command.keys,
                section=section,
            )
            for command in [one for one in self._registry.find(text) if one.id != OWN][:COMMANDS_AT_MOST]
        )

    def _show(self) -> None:
        current = self._list.current_id
        rows = [
            ListRow(
                id=f"{place}{SEPARATOR}{row.id}",
                title=row.title,
                detail=row.detail,
                initials=row.initials,
                icon=row.icon,
                trailing=row.trailing,
                keys=row.keys,
                section=row.section,
            )
            for place, found in self._best_first()
            for row in found
        ]
        self._list.set_rows(rows)
        searching, nothing = translate("palette", "Searching…"), translate("palette", "Nothing matches")
        self._nothing.setText(searching if self._searching else nothing)
        self._nothing.setVisible(not rows)
        self._list.setVisible(bool(rows))
        ids = [row.id for row in rows]
        if ids:
            self._list.set_current(current if self._has_moved and current in ids else ids[0])
        self._list.setFixedHeight(min(max(self._list.content_height(), LEAST_HEIGHT), MOST_HEIGHT))
        if self.is_open:
            self.place()

    def _best_first(self) -> list[tuple[int, list[ListRow]]]:
        sections = [
            (place, sorted(self._rows[place], key=lambda row: not _says(row, self._words)))
            for place in sorted(self._rows)
        ]
        return sorted(sections, key=lambda section: not any(_says(row, self._words) for row in section[1]))

    def _on_chosen(self, row_id: str) -> None:
        place, _, inner = row_id.partition(SEPARATOR)
        finders = tuple(self._finders())
        self.dismiss()
        if int(place) < len(finders):
            finders[int(place)].pick(inner)
        else:
            self._registry.run(inner)


def _says(row: ListRow, words: Sequence[str]) -> bool:
    said = f"{row.title} {row.detail}".casefold()
    return all(word in said for word in words)
