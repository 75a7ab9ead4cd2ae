"""Child: signs in to a running sandbox and leaves a data folder with cached links and weeks behind.

Arguments: the folder, the sandbox's HubSpot origin.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.compose.running import RunningApp
from app.tour.hands import Hands
from tests.benchmarks.report import answer
from tests.benchmarks.running import run_app


async def fill(running: RunningApp, hands: Hands) -> None:
    """Sign in, and wait until links and free times have come and were kept."""
    services = running.services
    await hands.click("openSandbox")
    await hands.until(lambda: services.links.state.value.fetched_at is not None, "the links")

    def has_times() -> bool:
        state = services.availability.state.value
        return bool(state.availability.members) and not state.loading_months and not state.is_opening

    await hands.until(has_times, "free times")
    for _ in range(10):
        await hands.rest()


def main() -> None:
    """Fill the folder."""
    run_app(QApplication(["slotdesk"]), fill, folder=Path(sys.argv[1]), sandbox=sys.argv[2])
    answer(filled=True)


if __name__ == "__main__":
    main()
