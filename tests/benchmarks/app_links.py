"""Child: signs in to a sandbox with many links; how long the list takes to fill, a key press, the memory.

Arguments: the data folder, the sandbox's HubSpot origin, how many links it has.
"""

import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from app.compose.running import RunningApp
from app.tour.hands import Hands
from tests.benchmarks.painted import paint_now
from tests.benchmarks.report import answer, peak_mb
from tests.benchmarks.running import Job, run_app

TYPED = "intro call demo"


def job_of(count: int) -> Job:
    """The job against a sandbox of `count` links."""

    async def fill_and_search(running: RunningApp, hands: Hands) -> None:
        state = running.services.links.state
        signed_in: list[float] = []
        running.services.accounts.state.subscribe(
            lambda accounts: signed_in.append(time.perf_counter()) if accounts.active else None
        )
        await hands.click("openSandbox")

        def is_full() -> bool:
            return len(state.value.links) >= count and not state.value.is_loading

        await hands.until(is_full, "all links")
        rows = hands.find(QListView, "links.list").model()
        await hands.until(lambda: rows.rowCount() > count, "all rows")
        paint_now()
        filled = (time.perf_counter() - signed_in[0]) * 1000
        for _ in range(10):
            await hands.rest()
        field = hands.find(QLineEdit, "links.search")
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        times = []
        for letter in TYPED:
            begin = time.perf_counter()
            QTest.keyClicks(field, letter)
            paint_now()
            times.append((time.perf_counter() - begin) * 1000)
        answer(filled=filled, key=statistics.median(times), worst=max(times), peak_mb=peak_mb())

    return fill_and_search


def main() -> None:
    """Run the job."""
    application = QApplication(["slotdesk"])
    run_app(application, job_of(int(sys.argv[3])), folder=Path(sys.argv[1]), sandbox=sys.argv[2])


if __name__ == "__main__":
    main()
