"""Copying a text to the clipboard with one press, and saying so for two seconds."""

from PySide6.QtCore import QCoreApplication, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.labels import ElidedLabel
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, Kind

translate = QCoreApplication.translate
COPIED_FOR_MS = 2_000


class CopyButton(Button):
    """Copies what `set_text` was given last. `what` completes the accessible name: 'Copy <what>'."""

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        what: str = "",
        kind: Kind = "secondary",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._done = translate("copying", "Copied")
        super().__init__(label, kind=kind, icon="copy", compact=compact, parent=parent)
        self._resting = label
        self._what = clean(what)
        self._copied = text
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COPIED_FOR_MS)
        self._timer.timeout.connect(self._rest)
        self.clicked.connect(self._on_clicked)
        self._rest()

    def set_text(self, text: str) -> None:
        """What the next press copies."""
        self._copied = text

    def sizeHint(self) -> QSize:
        """Wide enough for both labels, so that nothing moves when it says that it copied."""
        size = super().sizeHint()
        more = self.fontMetrics().horizontalAdvance(self._done) - self.fontMetrics().horizontalAdvance(
            self.label
        )
        return QSize(size.width() + max(more, 0), size.height())

    def _rest(self) -> None:
        self.set_label(self._resting, icon="copy")
        if self._what:
            self.setAccessibleName(translate("copying", "Copy {what}").format(what=self._what))

    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
        self.set_label(self._done, icon="check")
        self._timer.start()


class CopyLine(QWidget):
    """A text that can be selected, with a quiet Copy button behind it."""

    def __init__(self, text: str, *, tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel(text, tone=tone)
        self.text.set_selectable()
        self.button = CopyButton(translate("copying", "Copy"), text, what=text, kind="quiet", compact=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEASURES.s)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
