"""Child: the program's own start, until its window is painted, or until cached links and week are usable.

Arguments: `painted` or `usable`, then those of the program.
"""

import os
import sys
import time
from typing import Any

from app.main import main as run  # first, so that everything is imported in the program's own order

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.benchmarks.painted import PaintWatch
from tests.benchmarks.report import answer, peak_mb

LOOK_AGAIN_MS = 4


class StartWatch(QObject):
    """Finds the main window by its first Paint event, and in it the links and the week."""

    def __init__(self, *, until_usable: bool) -> None:
        super().__init__()
        self._until_usable = until_usable
        self._found: dict[str, float] = {}
        self._watches: list[PaintWatch] = []
        self._window: QWidget | None = None
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched.objectName() == "mainWindow":
            assert isinstance(watched, QWidget)
            application = QCoreApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
            self._window = watched
            self._watches.append(PaintWatch(watched, self._on_painted))
        return False

    def _on_painted(self) -> None:
        self._found["painted"] = time.monotonic()
        if self._until_usable:
            self._timer.start()
        else:
            self._end()

    def _look(self) -> None:
        assert self._window is not None
        week: Any = self._window.findChild(QAbstractScrollArea, "calendar.week")
        links: Any = self._window.findChild(QAbstractScrollArea, "links.list")
        if week is None or links is None or not (week.isVisible() and links.isVisible()):
            return
        if week.props.slots and not week.props.loading and links.model().rowCount() > 1:
            self._timer.stop()
            for name, area in (("week", week), ("links", links)):
                self._watches.append(PaintWatch(area.viewport(), lambda name=name: self._on_seen(name)))  # type: ignore[misc]
                area.viewport().update()

    def _on_seen(self, name: str) -> None:
        self._found[name] = time.monotonic()
        if "week" in self._found and "links" in self._found:
            self._found["usable"] = max(self._found["week"], self._found["links"])
            self._end()

    def _end(self) -> None:
        answer(**self._found, peak_mb=peak_mb())
        os._exit(0)


def main() -> None:
    """Start the program as `python -m app` does, with a watch on its application object."""
    application = QApplication(["slotdesk"])
    watch = StartWatch(until_usable=sys.argv[1] == "usable")
    application.installEventFilter(watch)
    run(sys.argv[2:])


if __name__ == "__main__":
    main()
