"""A field that holds several short values as chips: guests' e-mail addresses, tags."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.chip import Chip
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.frame import InputFrame
from app.ui.kit.widgets.text_fields import LineEdit

_ADDRESS = re.compile(r"[^\s,;<>()\"']+@[^\s,;<>()\"']*|@[^\s,;<>()\"']+")
_SEPARATORS = re.compile(r"[,;\t\r\n\u2028\u2029]+")


def split_addresses(text: str) -> tuple[str, ...]:
    """The e-mail addresses in a pasted list ('Ada <ada@x.example>; sam@y.example'), in order, each once.

    Half an address ('sam@') counts, so that it is seen and mended and not left out.
    """
    found: dict[str, str] = {}
    for address in _ADDRESS.findall(clean(text, lines=True)):
        found.setdefault(address.casefold(), address.rstrip("."))
    return tuple(found.values())


def split_words(text: str) -> tuple[str, ...]:
    """Values separated by comma, semicolon, tab or line end, each once."""
    parts = (clean(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


class _ChipsEdit(LineEdit):
    finished = Signal()
    erased = Signal()
    left = Signal()
    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            # A line edit flattens line ends while pasting, and they separate the values of a list.
            self.pasted.emit(self.text() + " " + QGuiApplication.clipboard().text())
            return
        if event.text() in (",", ";") or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text():
                self.finished.emit()
                return
        elif event.key() == self._backwards() and not self.cursorPosition():
            self.left.emit()
            return
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erased.emit()
            return
        super().keyPressEvent(event)

    def _backwards(self) -> Qt.Key:
        forwards = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        return Qt.Key.Key_Left if forwards else Qt.Key.Key_Right

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if intact(self) and self.text() and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def sizeHint(self) -> QSize:
        return QSize(90, 22)


class ChipsBox(InputFrame):
    """The framed chips with the edit behind the last one."""

    values_changed = Signal()
    limit_reached = Signal()

    def __init__(self, split: Callable[[str], tuple[str, ...]], *, placeholder: str = "") -> None:
        self.edit = _ChipsEdit(bare=True)
        super().__init__(self.edit)
        self._split = split
        self._limit: int | None = None
        self._placeholder = clean(placeholder)
        self._chips: list[Chip] = []
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.setFixedHeight(22)
        self.edit.setPlaceholderText(self._placeholder)
        self._flow = FlowLayout(self, gap=5, margins=QMargins(9, 5, 9, 5))
        self._flow.addWidget(self.edit)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.edit.finished.connect(self._on_finished)
        self.edit.erased.connect(self._on_erased)
        self.edit.left.connect(self._on_left)
        self.edit.pasted.connect(self.take)
        self.edit.textEdited.connect(self._on_edited)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(chip.value for chip in self._chips)

    @property
    def limit(self) -> int | None:
        return self._limit

    def set_limit(self, limit: int | None) -> None:
        """The most values it takes from now on, None for any number; chips already there stay."""
        self._limit = limit

    def set_values(self, values: Sequence[str]) -> None:
        if tuple(values) == self.values:
            return
        for chip in list(self._chips):
            self._drop(chip)
        for value in values:
            self._append(value)
        self._settle()

    @Slot(str)
    def take(self, text: str) -> None:
        """Turn `text` into chips; what is no value or beyond the limit is not lost: it stays as text."""
        found = self._split(text)
        known = {value.casefold() for value in self.values}
        fresh = [value for value in found if value.casefold() not in known]
        room = len(fresh) if self._limit is None else max(0, self._limit - len(self._chips))
        for value in fresh[:room]:
            self._append(value)
        left = ", ".join(fresh[room:]) if found else clean(text)
        self.edit.setText(left)
        self._settle()
        if fresh[:room]:
            self.values_changed.emit()
        if fresh[room:]:
            self.limit_reached.emit()

    @Slot()
    def _on_finished(self) -> None:
        if intact(self, self._edit):
            self.take(self.edit.text())

    @Slot()
    def _on_edited(self) -> None:
        text = self.edit.text()
        if text[-1:].isspace() and len(self._split(text)) > 1:
            self.take(text)

    @Slot()
    def _on_erased(self) -> None:
        if self._chips:
            self._drop(self._chips[-1])
            self._settle()
            self.values_changed.emit()

    @Slot()
    def _on_left(self) -> None:
        if self._chips:
            self._chips[-1].button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object, int)
    def _on_stepped(self, chip: Chip, by: int) -> None:
        place = self._chips.index(chip) + by
        target = self.edit if place >= len(self._chips) else self._chips[max(place, 0)].button
        target.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_removed(self, value: str) -> None:
        for chip in [chip for chip in self._chips if chip.value == value]:
            self._drop(chip)
        self._settle()
        self.edit.setFocus()
        self.values_changed.emit()

    def _append(self, value: str) -> None:
        chip = Chip(value)
        chip.removed.connect(self._on_removed)
        chip.stepped.connect(self._on_stepped)
        self._flow.insert_widget(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()

    def _drop(self, chip: Chip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _settle(self) -> None:
        self.edit.setPlaceholderText("" if self._chips else self._placeholder)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(MEASURES.control, self._flow.heightForWidth(width))

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))


class ChipsField(Field):
    """A labelled chips box: guests as chips, by typing, by pasting a list; removed by Backspace or the x.

    `values` are the chips in order; `limit_reached` fires when more were given than `set_limit` allows (the
    rest stays as text). `split` turns typed or pasted text into values.
    """

    limit_reached = Signal()

    def __init__(
        self,
        label: str,
        *,
        split: Callable[[str], tuple[str, ...]] = split_addresses,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = ChipsBox(split, placeholder=placeholder)
        super().__init__(label, self.box, required=required, hint=hint, parent=parent)
        self.box.values_changed.connect(self.value_changed)
        self.box.limit_reached.connect(self.limit_reached)

    def values(self) -> tuple[str, ...]:
        return self.box.values

    def set_values(self, values: Sequence[str]) -> None:
        self.box.set_values(values)

    def set_limit(self, limit: int | None) -> None:
        self.box.set_limit(limit)

    @property
    def pending_text(self) -> str:
        """What was typed and is not (or cannot become) a chip."""
        return self.box.edit.text()

    def focus(self) -> None:
        self.box.edit.setFocus()

    def _name_control(self) -> None:
        super()._name_control()
        self.box.edit.setAccessibleName(self.box.accessibleName())
