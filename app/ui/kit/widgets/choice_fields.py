"""Fields made of check boxes and radio buttons: yes or no, one of several, any of several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.labels import Paragraph
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.checks import MARK_ROOM, CheckBox, RadioButton
from app.ui.kit.widgets.field import Field, mark_invalid


class _Stack(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2, 0, 2)
        self.column.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class RadioField(Field):
    """One of several choices, all of them visible; `value` is the chosen id, '' while nothing is chosen."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._stack = _Stack()
        self.buttons = tuple(RadioButton(key, text) for key, text in choices)
        self._group = QButtonGroup(self._stack)
        for button in self.buttons:
            self._group.addButton(button)
            self._stack.column.addWidget(button)
            button.clicked.connect(self._on_clicked)
        super().__init__(label, self._stack, required=required, hint=hint, parent=parent)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def value(self) -> str:
        checked = self._group.checkedButton()
        return checked.choice if isinstance(checked, RadioButton) else ""

    def set_value(self, value: str) -> None:
        """Choose by id; an id that is not there leaves nothing chosen."""
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.choice == value)
        self._group.setExclusive(True)
        nothing = self._group.checkedButton() is None
        for button in self.buttons:
            stop = nothing or button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def marked_controls(self) -> tuple[QWidget, ...]:
        return self.buttons

    def focus(self) -> None:
        checked = self._group.checkedButton()
        target = checked if checked is not None else next(iter(self.buttons), None)
        if target is not None:
            target.setFocus()

    @Slot()
    def _on_clicked(self) -> None:
        self.value_changed.emit()


class MultiCheckField(Field):
    """Any of several choices; `values` are the ticked ids in the order they are listed."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._stack = _Stack()
        self.boxes = {key: CheckBox(text) for key, text in choices}
        for box in self.boxes.values():
            self._stack.column.addWidget(box)
            box.checked_changed.connect(self._on_checked)
        super().__init__(label, self._stack, required=required, hint=hint, parent=parent)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def values(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in values)

    def marked_controls(self) -> tuple[QWidget, ...]:
        return tuple(self.boxes.values())

    def focus(self) -> None:
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus()

    @Slot()
    def _on_checked(self) -> None:
        self.value_changed.emit()


class CheckField(QWidget):
    """One check box with room for an error under it: a yes-or-no question, a consent."""

    value_changed = Signal()

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = CheckBox(label)
        self._message = Paragraph(role="small", tone="muted")
        self._required = required
        self._hint = clean(hint, lines=True)
        self._error = ""
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.xs)
        column.addWidget(self.box)
        note = QHBoxLayout()
        note.setContentsMargins(MARK_ROOM, 0, 0, 0)
        note.addWidget(self._message)
        column.addLayout(note)
        column.addStretch(1)
        self.box.checked_changed.connect(self._on_checked)
        self.box.set_required(required)
        self.set_error("")

    @property
    def label(self) -> str:
        return self.box.label

    @property
    def error(self) -> str:
        return self._error

    @property
    def is_required(self) -> bool:
        return self._required

    def value(self) -> bool:
        return self.box.isChecked()

    def set_value(self, value: bool) -> None:
        self.box.setChecked(value)

    def set_error(self, error: str) -> None:
        self._error = clean(error, lines=True)
        text = self._error or self._hint
        self._message.set_tone("bad" if self._error else "muted")
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.box.setAccessibleDescription(text)
        mark_invalid(self.box, bool(self._error))

    def focus(self) -> None:
        self.box.setFocus()

    @Slot()
    def _on_checked(self) -> None:
        self.value_changed.emit()
