"""The Book screen: pick a link, see its free times, book one for the guest on the phone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.screen import Screen, ScreenSpec

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.kit.tasks import TaskScope


def _build(context: "UiContext", tasks: "TaskScope") -> Screen:
    from app.ui.screens.book.screen import BookScreen

    return BookScreen(context, tasks)


SPEC = ScreenSpec(
    id="book",
    title=lambda: QCoreApplication.translate("book", "Book"),
    icon="calendar-plus",
    build=_build,
)
