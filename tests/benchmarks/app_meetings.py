"""Child: the whole app signs in to a sandbox with many meetings, stores all of them and shows them.

Arguments: the data folder, the sandbox's HubSpot origin, how many meetings it has. The app's own pacing is
off: against HubSpot it would decide how long this takes.
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.compose.running import RunningApp
from app.services.meetings.state import SyncState
from app.tour.hands import Hands
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.log.listing.list_view import MeetingList
from tests.benchmarks.gaps import GapProbe
from tests.benchmarks.painted import paint_now
from tests.benchmarks.report import answer, peak_mb
from tests.benchmarks.running import Job, run_app
from tests.benchmarks.unhurried import lift_limits


class SyncWatch:
    """When the first run began, and when every meeting was kept, in wall and processor seconds."""

    def __init__(self) -> None:
        self.began: tuple[float, float] | None = None
        self.kept: tuple[float, float] | None = None

    def note(self, state: SyncState) -> None:
        """One more state."""
        now = (time.perf_counter(), time.process_time())
        if state.is_running and self.began is None:
            self.began = now
        if state.synced_at is not None and self.kept is None:
            self.kept = now


def job_of(count: int) -> Job:
    """The job against a sandbox of `count` meetings."""

    async def store_and_show(running: RunningApp, hands: Hands) -> None:
        sync, watch, probe = running.services.meetings.sync, SyncWatch(), GapProbe()
        sync.subscribe(watch.note)
        await hands.click("openSandbox")
        await hands.click("rail.log")
        await hands.until(lambda: hands.is_there("log.segments"), "the Log screen")
        hands.find(Segmented, "log.segments").segment("all").click()
        probe.step = "sync"
        probe.start()

        def shown() -> int:
            return hands.find(MeetingList, "log.list").model().rowCount() if hands.is_there("log.list") else 0

        await hands.until(lambda: watch.kept is not None, "the meetings to be kept")
        await hands.until(lambda: shown() >= count, "every row")
        paint_now()
        ended = (time.perf_counter(), time.process_time())
        assert watch.began is not None
        assert watch.kept is not None
        gaps = sorted(gap for gap, _ in probe.gaps)
        answer(
            count=shown(),
            wall=(ended[0] - watch.began[0]) * 1000,
            cpu=(ended[1] - watch.began[1]) * 1000,
            kept=(watch.kept[0] - watch.began[0]) * 1000,
            gaps=gaps,
            peak_mb=peak_mb(),
        )

    return store_and_show


def main() -> None:
    """Run the job."""
    lift_limits()
    vars(sys.modules["app.tour.hands"])["PATIENCE_S"] = 300.0
    application = QApplication(["slotdesk"])
    run_app(application, job_of(int(sys.argv[3])), folder=Path(sys.argv[1]), sandbox=sys.argv[2])


if __name__ == "__main__":
    main()
