"""Questions that need an answer before work goes on: dialogs that are awaited, never executed."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.labels import Paragraph
from app.ui.kit.paint import box, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.buttons import Button


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question; `confirm` says what happens ('Discard draft'), `danger` paints it red."""

    title: str
    text: str
    confirm: str
    cancel: str
    danger: bool = False


class Dialog(QDialog):
    """A dialog on the surface colour: title, `column` for the content, and a row of buttons at the end."""

    def __init__(self, title: str, *, width: int = 400, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(clean(title))
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MEASURES.xl, MEASURES.xl, MEASURES.xl, MEASURES.l)
        outer.setSpacing(MEASURES.m)
        outer.addWidget(Paragraph(title, role="title"))
        self.column = QVBoxLayout()
        self.column.setSpacing(MEASURES.m)
        outer.addLayout(self.column, 1)
        outer.addSpacing(MEASURES.s)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(MEASURES.s)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self.setFixedWidth(width)

    def sizeHint(self) -> QSize:
        """As high as the texts need at this width; a layout's own hint thinks of another width."""
        layout, width = self.layout(), self.minimumWidth()
        return super().sizeHint() if layout is None else QSize(width, layout.totalHeightForWidth(width))

    def add_button(self, button: Button) -> None:
        self._buttons.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box(painter_on(self), QRectF(self.rect()), radius=0, fill=tokens_of(self).surface)


class QuestionDialog(Dialog):
    """The dialog of a `Question`. Focus starts on Cancel when the answer destroys something."""

    def __init__(self, question: Question, *, parent: QWidget | None = None) -> None:
        super().__init__(question.title, parent=parent)
        self.column.addWidget(Paragraph(question.text, tone="muted"))
        self.cancel = Button(question.cancel)
        self.confirm = Button(question.confirm, kind="danger" if question.danger else "primary")
        self.cancel.setObjectName("ask.cancel")
        self.confirm.setObjectName("ask.confirm")
        self.add_button(self.cancel)
        self.add_button(self.confirm)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self.accept)
        (self.cancel if question.danger else self.confirm).setFocus(Qt.FocusReason.OtherFocusReason)


async def answer_of(dialog: QDialog) -> int:
    """Open `dialog` and return its result code when it is done; deletes it. Cancelling the task closes it."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(code: int) -> None:
        if not answer.done():
            answer.set_result(code)

    dialog.finished.connect(settle)
    dialog.open()
    try:
        return await answer
    finally:
        dialog.hide()
        dialog.deleteLater()


async def ask(parent: QWidget, question: Question) -> bool:
    """True when the user confirms; Escape and closing the dialog mean no."""
    return await answer_of(QuestionDialog(question, parent=parent)) == QDialog.DialogCode.Accepted


async def ask_where_to_save(parent: QWidget, *, title: str, name: str, kind: str) -> Path | None:
    """Where to save a file, None when the user backed out. `kind` is a filter: 'Calendar (*.ics)'."""
    dialog = QFileDialog(parent, title, name, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    accepted = await answer_of(dialog) == QDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles() if accepted else []
    return Path(chosen[0]) if chosen else None
