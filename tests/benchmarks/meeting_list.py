"""The list of meetings when it is long (goal P7), and an outcome's key until its word is painted (P10)."""

import asyncio
import statistics
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.meetings import MeetingId, MeetingIndex
from app.domain.projection import start_ms
from app.ui.kit.command import CommandRegistry
from app.ui.kit.theme import Theme
from app.ui.screens.log.listing.days import DayList, by_day
from app.ui.screens.log.listing.list_view import MeetingList
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.screen import LogScreen
from app.ui.shell.shortcuts import Shortcuts
from tests.benchmarks.figures import Figure, timed_ms
from tests.benchmarks.painted import paint_now
from tests.fakes.clock import settle
from tests.ui.screens.log.fakes import row
from tests.ui.screens.log.stage import Stage, at, world

ZONE = "Europe/Berlin"
STEP_PX = 165
ROUNDS, STEPS, KEYS = 7, 40, 60


def _index(count: int) -> MeetingIndex:
    """Meetings of eight a day, the newest first."""
    newest = start_ms(world()[0].meeting)
    hour, day = 3_600_000, 86_400_000
    starts = tuple(newest - place // 8 * day - place % 8 * hour for place in range(count))
    return MeetingIndex(tuple(MeetingId(f"m{place}") for place in range(count)), starts)


async def _list(screen: LogScreen, count: int) -> tuple[float, float]:
    """Milliseconds until the days are found and the rows in sight painted, and of a scroll step."""
    view = screen.widget.findChild(MeetingList, "log.list")
    assert view is not None
    index = _index(count)
    face = screen.listing.face(MeetingId("1"))
    view.model()._face_of = lambda _: face  # type: ignore[attr-defined]
    view.show_days(DayList(), from_top=True)
    paint_now()
    begin = time.perf_counter()
    view.show_days(by_day(index, ZONE), from_top=True)
    paint_now()
    ready = (time.perf_counter() - begin) * 1000
    bar = view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + STEP_PX)
        paint_now()

    return ready, statistics.median(timed_ms(step) for _ in range(STEPS))


async def _opened(stage: Stage) -> LogScreen:
    await stage.load()
    screen = stage.screen()
    screen.widget.resize(1368, 868)
    screen.start()
    screen.widget.show()
    await settle(100)
    return screen


async def _long_lists() -> list[Figure]:
    stage = Stage(theme=Theme())
    screen = await _opened(stage)
    screen.listing.show_segment(Segment.ALL)
    await settle(100)
    found: dict[int, tuple[float, ...]] = {}
    for count in (10_000, 100_000):
        times = [await _list(screen, count) for _ in range(ROUNDS)]
        found[count] = tuple(statistics.median(column) for column in zip(*times, strict=True))
    screen.widget.close()
    await stage.close()
    small, large, ten = found[10_000], found[100_000], "10,000 meetings"
    return [
        Figure("P7", "10,000 meetings by day, ready", small[0], "ms", at_most=60),
        Figure("P7", "10,000 meetings, scroll step", small[1], "ms", at_most=5),
        Figure("P7", "100,000 meetings by day, ready", large[0], "ms", small[0], ten, at_most=120),
        Figure("P7", "100,000 meetings, scroll step", large[1], "ms", small[1], ten, at_most=10),
    ]


async def _outcome_keys() -> list[Figure]:
    """Each press is over when the decided row has its word and the next meeting is open, painted."""
    calls = tuple(row(f"q{n}", f"Call {n}", at(-1 - n // 8, 9 + n % 8)) for n in range(KEYS))
    stage = Stage(theme=Theme(), rows=calls)
    screen = await _opened(stage)
    registry = CommandRegistry(screen.widget)
    shortcuts = Shortcuts(screen.widget, registry)
    registry.add(*screen.commands)
    shortcuts.set_enabled(True)
    times = []
    for _ in range(KEYS - 1):
        decided = screen.selection.meeting_id
        assert decided is not None
        begin = time.perf_counter()
        QTest.keyClick(screen.widget.window(), Qt.Key.Key_1)
        while (face := screen.listing.face(decided)) is None or face.outcome != "Completed":  # noqa: ASYNC110
            await asyncio.sleep(0)
        paint_now()
        times.append((time.perf_counter() - begin) * 1000)
    screen.widget.close()
    await stage.close()
    slowest = sorted(times)[int(0.95 * len(times))]
    return [Figure("P10", "outcome key to painted word, p95", slowest, "ms", at_most=50)]


async def measure_meeting_list(_folder: Path) -> list[Figure]:
    """P7 and P10 in the real screen over fakes."""
    return [*await _long_lists(), *await _outcome_keys()]
