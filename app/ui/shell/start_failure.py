"""What is said when Slotdesk cannot start: in a small window where there is a display, in words anyhow."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout

from app.ui.kit.asking import Dialog, answer_of
from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph
from app.ui.kit.resources import register_resources
from app.ui.kit.theme import MEASURES, Theme, line_height
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.wording import Words, words_for

__all__ = ["StartFailureDialog", "fault_words", "no_display_words", "show_failure", "words_for"]

translate = QCoreApplication.translate


def no_display_words() -> Words:
    """There is nothing to show a window on."""
    return Words(
        translate("start", "There is no display to show a window on"),
        translate(
            "start",
            "Start Slotdesk on a desktop, play the main job without one (slotdesk --tour DIR), "
            "or run it unseen (QT_QPA_PLATFORM=offscreen).",
        ),
    )


def fault_words() -> Words:
    """A fault of Slotdesk itself came in the way."""
    return Words(
        translate("start", "Slotdesk had to stop"),
        translate(
            "start",
            "It ran into a fault of its own. What was saved is kept. "
            "Start it with --debug in a terminal to see the details.",
        ),
    )


class StartFailureDialog(Dialog):
    """Stands alone, without the main window; done when it is closed."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.title, width=460)
        self.setWindowTitle("Slotdesk")
        self.setWindowIcon(QIcon("icons:slotdesk.svg"))
        self.setObjectName("startFailure")
        self.setAccessibleName(words.sentence)
        row = QHBoxLayout()
        row.setSpacing(MEASURES.m)
        sign = IconView("triangle-alert", tone="warn")
        sign.setFixedHeight(line_height("base"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(words.text), 1)
        self.column.addLayout(row)
        self.close_button = Button(translate("start", "Close"), kind="primary")
        self.close_button.setObjectName("startFailure.close")
        self.close_button.clicked.connect(self.accept)
        self.add_button(self.close_button)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)


async def show_failure(
    application: QApplication, words: Words, becomes: Callable[[Callable[[], object]], None]
) -> None:
    """Show why Slotdesk did not start, until somebody has read it; `becomes` is told how to end it sooner."""
    register_resources()
    theme = Theme()
    theme.apply(application)
    dialog = StartFailureDialog(words)
    becomes(dialog.reject)
    await answer_of(dialog)
