"""Takes every board of the gallery apart in three ways with the focus on each control: run by a test."""

import gc
import sys

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.ui.kit.gallery_boards import BOARDS
from tests.ui.kit.gallery_popups import POPUPS
from tests.ui.kit.gallery_scenes import SCENES

WAYS = ("deleted", "dropped", "deleted later")


def take_apart(app: QApplication, name: str, place: int, way: str) -> None:
    """Build a board, focus its control number `place`, and end its window."""
    window = (BOARDS | SCENES | POPUPS)[name]().window()
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    controls = [each for each in window.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    if controls:
        controls[place % len(controls)].setFocus(Qt.FocusReason.TabFocusReason)
    del controls
    match way:
        case "deleted":
            delete(window)
        case "dropped":
            del window
            gc.collect()
        case _:
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> int:
    app = QApplication([])
    register_resources()
    theme = Theme()
    theme.apply(app)
    count = 0
    for name in BOARDS | SCENES | POPUPS:
        if name in ("combo-list", "calendar"):
            continue  # their windows belong to a board that the gallery keeps open
        for number, way in enumerate(WAYS):
            for place in range(number, 12, 3):
                take_apart(app, name, place, way)
                count += 1
    print(f"windows taken apart: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
