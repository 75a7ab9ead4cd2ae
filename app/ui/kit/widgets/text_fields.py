"""Fields in which the user types: one line, many lines, phone numbers and numbers."""

from PySide6.QtCore import QRegularExpression, QSize, Qt, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, line_height
from app.ui.kit.theme.focus import FocusRing
from app.ui.kit.widgets.field import Field


class LineEdit(QLineEdit):
    """A one-line edit of the kit's height. `bare` ones have no frame: they sit inside a drawn one."""

    def __init__(self, *, name: str = "", bare: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font("base"))
        self.setAccessibleName(clean(name))
        self.setProperty("bare", bare)
        if not bare:
            self.setFixedHeight(MEASURES.control)
            self.ring = FocusRing(self, radius=MEASURES.radius, text=True)

    def show_text(self, text: str) -> None:
        """Set the text unless it is there already, so that the cursor of somebody typing does not jump."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)


class PlainTextEdit(QPlainTextEdit):
    """A plain text edit in which Tab goes on to the next control."""

    def __init__(self, *, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.ring = FocusRing(self, radius=MEASURES.radius, text=True)
        self.setFont(font("base"))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, self._rows * line_height("base") + 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class TextField(Field):
    """One line of text. `edit` is the line edit itself."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        max_length: int = 4000,
        parent: QWidget | None = None,
    ) -> None:
        self.edit = LineEdit()
        super().__init__(label, self.edit, required=required, hint=hint, parent=parent)
        self.edit.setPlaceholderText(clean(placeholder))
        self.edit.setMaxLength(max_length)
        self.edit.textEdited.connect(self._on_text_edited)

    def value(self) -> str:
        return self.edit.text()

    def set_value(self, value: str) -> None:
        self.edit.show_text(value)

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)

    @Slot()
    def _on_text_edited(self) -> None:
        self.value_changed.emit()


class PhoneField(TextField):
    """A telephone number: digits and the signs people write between them."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, hint=hint, max_length=40, parent=parent)
        signs = QRegularExpression(r"[+0-9() ./\-x#*,;ext]*")
        self.edit.setValidator(QRegularExpressionValidator(signs, self.edit))
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)


class NumberField(TextField):
    """A decimal number; `value` is '' or has a point as its decimal sign ('12.5'), whatever the locale."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, hint=hint, max_length=40, parent=parent)
        self.edit.setValidator(
            QRegularExpressionValidator(QRegularExpression(r"-?[0-9]*([.,][0-9]*)?"), self.edit)
        )
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> str:
        text = self.edit.text().replace(",", ".")
        return "" if text.strip("-.") == "" else text

    def set_value(self, value: str) -> None:
        if self.value() != value:
            self.edit.show_text(value.replace(".", self.locale().decimalPoint()))


class TextArea(Field):
    """Several lines of plain text, `rows` lines high."""

    def __init__(
        self,
        label: str,
        *,
        rows: int = 3,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = PlainTextEdit(rows=rows)
        super().__init__(label, self.edit, required=required, hint=hint, parent=parent)
        self.edit.setPlaceholderText(clean(placeholder))
        self.edit.textChanged.connect(self._on_text_changed)
        self._silent = False

    def value(self) -> str:
        return self.edit.toPlainText()

    def set_value(self, value: str) -> None:
        if self.value() != value:
            self._silent = True
            self.edit.setPlainText(value)
            self._silent = False

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._silent:
            self.value_changed.emit()
