"""A labelled control: label, required star, the control, and the inline error or hint under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.labels import ElidedLabel, Label, Paragraph
from app.ui.kit.text import clean


def mark_invalid(control: QWidget, invalid: bool) -> None:
    """Give `control` the red edge of the style sheet, or take it away."""
    if bool(control.property("invalid")) == invalid:
        return
    control.setProperty("invalid", invalid)
    control.style().unpolish(control)
    control.style().polish(control)
    control.update()


class Field(QWidget):
    """Label over control over message. `value_changed` fires for the user's edits; setters are silent."""

    value_changed = Signal()

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._label = ElidedLabel(role="small_medium", tone="muted")
        self._star = Label("*", role="small_strong", tone="bad")
        self._message = Paragraph(role="small", tone="muted")
        self._required = required
        self._hint = clean(hint, lines=True)
        self._error = ""
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self.set_label(label)
        self._show_message()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._label)
        head.addWidget(self._star)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.control)
        column.addWidget(self._message)
        column.addStretch(1)
        self._label.setBuddy(self.control)

    @property
    def label(self) -> str:
        return self._label.text()

    @property
    def error(self) -> str:
        return self._error

    @property
    def is_required(self) -> bool:
        return self._required

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._name_control()

    def set_required(self, required: bool) -> None:
        self._required = required
        self._name_control()

    def set_hint(self, hint: str) -> None:
        self._hint = clean(hint, lines=True)
        self._show_message()

    def set_error(self, error: str) -> None:
        """Say what is wrong under the control; '' takes it back and shows the hint again."""
        self._error = clean(error, lines=True)
        self._show_message()

    def marked_controls(self) -> tuple[QWidget, ...]:
        """The widgets that turn red with the error."""
        return (self.control,)

    def focus(self) -> None:
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_control(self) -> None:
        self._star.setVisible(self._required and bool(self.label))
        name = self.tr("{label}, required").format(label=self.label) if self._required else self.label
        self.control.setAccessibleName(name)

    def _show_message(self) -> None:
        text = self._error or self._hint
        self._message.set_tone("bad" if self._error else "muted")
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.control.setAccessibleDescription(text)
        for widget in self.marked_controls():
            mark_invalid(widget, bool(self._error))
