"""What tests do at the shown desk: find its parts by name, pick guest and slot, read what is on screen."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import at, slot
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import ADA, quiet

TUESDAY = slot(at(24, 9))
"""10:00 in Berlin."""


def button(hands: Hands, name: str) -> QAbstractButton:
    """The button of that object name."""
    return hands.find(QAbstractButton, name)


def line(hands: Hands, name: str) -> QLineEdit:
    """The one line of text in the field of that object name."""
    found = hands.find(QWidget, name).findChildren(QLineEdit)
    assert len(found) == 1
    return found[0]


async def pick_guest(screen: BookScreen) -> None:
    """Ada is chosen."""
    screen.desk.prospect.choose(ADA)
    await quiet()


async def ready(screen: BookScreen) -> None:
    """Ada is chosen and Tuesday is picked."""
    await pick_guest(screen)
    screen.selection.choose_slot(TUESDAY)
    await quiet()


def texts(hands: Hands) -> list[str]:
    """Every label that can be seen."""
    return [label.text() for label in hands.window.findChildren(QLabel) if label.isVisible()]
