"""Child: the reference of the event-loop gaps, the same probe on a loop with nothing to do."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.gaps import GapProbe
from tests.benchmarks.report import answer


def main() -> None:
    """Idle for as many milliseconds as the argument says."""
    application = QApplication(["idle"])
    probe = GapProbe()
    probe.start()
    QTimer.singleShot(int(sys.argv[1]), application.quit)
    application.exec()
    answer(gaps=probe.gaps)


if __name__ == "__main__":
    main()
