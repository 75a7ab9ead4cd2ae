"""The Book screen: pick a link, see its free times, book one for the guest on the phone."""

from PySide6.QtCore import QCoreApplication

from app.ui.screen import ScreenSpec
from app.ui.screens.book.screen import BookScreen

SPEC = ScreenSpec(
    id="book",
    title=lambda: QCoreApplication.translate("book", "Book"),
    icon="calendar-plus",
    build=BookScreen,
)
