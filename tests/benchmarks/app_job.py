"""Child: the whole main job with real events, watched: peak memory, event-loop gaps, key press to paint.

Arguments: `plain` (only the tour, for the memory) or `probed`.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

import app.tour as tours
import app.tour.hands as tour_hands
from app.tour.steps import MAIN_JOB
from app.tour.tour import Step, Tour
from tests.benchmarks.gaps import GapProbe
from tests.benchmarks.painted import PaintWatch
from tests.benchmarks.report import answer, peak_mb


class KeyWatch(QObject):
    """Notes the time from a key press to the end of the first repaint after it."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.found: list[tuple[float, str]] = []
        self._application = application
        self._pressed = 0.0
        self._what = ""

    def press(self, what: str, act: Callable[[], None]) -> None:
        """Press the key; the time runs from just before."""
        self._application.removeEventFilter(self)
        self._application.installEventFilter(self)
        self._what, self._pressed = what, time.perf_counter()
        act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._application.removeEventFilter(self)
            what, pressed = self._what, self._pressed
            self._watch = PaintWatch(
                watched, lambda: self.found.append(((time.perf_counter() - pressed) * 1000, what))
            )
            # This very event is the one to be watched: the watch was too late for it.
            self._watch.eventFilter(watched, event)
        return False


class TimedHands:
    """`QTest` for the tour's hands, with a watch on keys."""

    def __init__(self, watch: KeyWatch) -> None:
        self._watch = watch

    def keyClicks(self, target: QWidget, text: str) -> None:
        """Type."""
        self._watch.press(text, lambda: QTest.keyClicks(target, text))

    def keyClick(self, target: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """Press one key."""
        self._watch.press(key.name, lambda: QTest.keyClick(target, key, modifier))

    mouseClick = staticmethod(QTest.mouseClick)


async def walk_by_keys(tour: Tour) -> None:
    """What a rep does with the keyboard besides the tour: days, durations, looks, slots, searches."""
    hands, key = tour.hands, Qt.Key
    tour.running.window.show_screen("book")
    await hands.rest()
    walk = [key.Key_T, key.Key_N, key.Key_D, key.Key_D, key.Key_D, key.Key_N]
    walk += [key.Key_Right, key.Key_Down, key.Key_Down, key.Key_Left, key.Key_Up, key.Key_Down]
    walk += [key.Key_2, key.Key_3, key.Key_4, key.Key_1, key.Key_2, key.Key_3, key.Key_4, key.Key_1]
    for one in (*walk, key.Key_N, key.Key_Return, key.Key_Slash):
        await hands.press(one)
        await hands.rest()
    for letter in "demo":
        await hands.type(letter)
    await hands.press(key.Key_Escape)
    await hands.press(key.Key_K, Qt.KeyboardModifier.ControlModifier)
    await hands.rest()
    for letter in "intro":
        await hands.type(letter)
        await hands.rest()
    await hands.press(key.Key_Escape)
    await hands.rest()


def watched(step: Step, probe: GapProbe) -> Step:
    """The same step; its name is noted with the gaps."""

    async def act(tour: Tour) -> None:
        probe.step = step.name
        await step.act(tour)

    return Step(step.name, act, picture=False)


def begun(step: Step, probe: GapProbe) -> Step:
    """The first step: the probe starts once the window is there."""

    async def act(tour: Tour) -> None:
        probe.start()
        await watched(step, probe).act(tour)

    return Step(step.name, act, picture=False)


def play(application: QApplication) -> int:
    """The tour as the program plays it."""
    application.setQuitOnLastWindowClosed(False)
    executor = ThreadPoolExecutor(max_workers=4)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.get_loop().set_default_executor(executor)
        result: Awaitable[int] = tours.play(application, executor, pictures=None)
        return runner.run(result)  # type: ignore[arg-type]


def main() -> None:
    """Play the job."""
    application = QApplication(["slotdesk"])
    if sys.argv[1] == "plain":
        status = play(application)
        answer(status=status, peak_mb=peak_mb())
        return
    probe, keys = GapProbe(), KeyWatch(application)
    vars(tour_hands)["QTest"] = TimedHands(keys)
    first, *rest = MAIN_JOB
    steps = (begun(first, probe), *(watched(step, probe) for step in rest))
    vars(tours)["MAIN_JOB"] = (*steps, watched(Step("keys", walk_by_keys), probe))
    status = play(application)
    answer(status=status, gaps=probe.gaps, cpu=probe.cpu, keys=keys.found, peak_mb=peak_mb())


if __name__ == "__main__":
    main()
