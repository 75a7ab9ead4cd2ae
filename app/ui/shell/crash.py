"""The crash dialog: something went wrong, the work is kept, and the details can be copied."""

import traceback

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app import __version__
from app.ui.kit.asking import Dialog
from app.ui.kit.labels import Paragraph
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.text_fields import PlainTextEdit

translate = QCoreApplication.translate


def crash_details(error: BaseException) -> str:
    """Version, kind and stack of a fault, without any value of a variable."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"Slotdesk {__version__}", type(error).__name__, *lines])


class CrashDialog(Dialog):
    """One at a time; the window stays usable behind it."""

    def __init__(self, error: BaseException, *, log_folder: str, parent: QWidget) -> None:
        super().__init__(translate("crash", "Something went wrong"), width=520, parent=parent)
        self.setObjectName("crashDialog")
        self._details = crash_details(error)
        text = translate(
            "crash",
            "Slotdesk ran into a fault of its own. What you typed is kept, and you can go on. "
            "If it happens again, send these details together with the log in {folder}.",
        )
        self.column.addWidget(Paragraph(text.format(folder=log_folder)))
        shown = PlainTextEdit(rows=8)
        shown.setPlainText(self._details)
        shown.setReadOnly(True)
        shown.setAccessibleName(translate("crash", "Details"))
        self.column.addWidget(shown)
        copy = Button(translate("crash", "Copy details"), icon="copy")
        copy.clicked.connect(self._on_copy)
        close = Button(translate("crash", "Go on"), kind="primary")
        close.clicked.connect(self.accept)
        self.add_button(copy)
        self.add_button(close)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
