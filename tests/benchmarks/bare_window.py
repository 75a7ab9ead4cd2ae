"""Child: the reference of every start-up figure, a window of PySide6 with nothing in it."""

import time

from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.painted import PaintWatch
from tests.benchmarks.report import answer, peak_mb


def main() -> None:
    """Show it, say when it was painted, and end."""
    application = QApplication(["bare"])
    window = QWidget()
    window.resize(1440, 900)

    def painted() -> None:
        answer(painted=time.monotonic(), peak_mb=peak_mb())
        application.quit()

    watch = PaintWatch(window, painted)
    window.show()
    application.exec()
    watch.deleteLater()


if __name__ == "__main__":
    main()
