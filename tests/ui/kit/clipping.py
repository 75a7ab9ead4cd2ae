"""Looks for clipped text in every board of the gallery at the scale Qt was started with: run by a test."""

import sys

from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from app.ui.kit.labels import ElidedLabel
from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.ui.kit.gallery_boards import BOARDS, fit
from tests.ui.kit.gallery_popups import POPUPS
from tests.ui.kit.gallery_scenes import SCENES

ELIDED_ON_PURPOSE = "An elided line"


def trouble_with(widget: QWidget) -> str:
    """What is clipped in `widget`; '' when nothing is."""
    needed = widget.minimumSizeHint()
    if isinstance(widget, QAbstractButton) and (
        widget.width() < needed.width() or widget.height() < needed.height()
    ):
        return f"{type(widget).__name__} “{widget.text()}” has {widget.size()}, needs {needed}"
    if isinstance(widget, ElidedLabel) and widget.is_elided():
        return "" if widget.text().startswith(ELIDED_ON_PURPOSE) else f"elided: “{widget.text()}”"
    if (
        isinstance(widget, QLabel | QLineEdit)
        and widget.height() + 0.5 < QFontMetricsF(widget.font()).height()
    ):
        return f"too low for its font: {type(widget).__name__} “{widget.text()}”"
    if isinstance(widget, QLabel) and widget.hasHeightForWidth():
        lines = widget.heightForWidth(widget.width())
        return f"lines cut off: “{widget.text()}”" if widget.height() < lines else ""
    return ""


def main() -> int:
    app = QApplication([])
    register_resources()
    theme = Theme()
    theme.apply(app)
    troubles: list[str] = []
    looked = 0
    for name, board in (BOARDS | SCENES | POPUPS).items():
        window = board()
        window.show()
        fit(window)
        QTest.qWaitForWindowExposed(window)
        QTest.qWait(1)
        for widget in window.findChildren(QWidget):
            if widget.isVisible():
                looked += 1
                found = trouble_with(widget)
                troubles += [f"{name}: {found}"] if found else []
        for open_window in app.topLevelWidgets():
            open_window.close()
            open_window.deleteLater()
    print(f"widgets looked at: {looked}, clipped: {len(troubles)}")
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
