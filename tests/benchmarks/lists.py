"""The list of links when it is long (goal P7), and what a key press in its search costs (goal P9)."""

import asyncio
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView

from app.ui.screens.book.links.delegate import LINK
from app.ui.screens.book.links.model import LinksModel
from app.ui.screens.book.links.rows import NO_MARKS, HeaderRow, LinkRow, Row
from tests.benchmarks.figures import Figure, timed_ms
from tests.benchmarks.links import made_links
from tests.benchmarks.painted import paint_now
from tests.benchmarks.stage import Stage, book_stage

SIZE = (256, 760)
STEP_PX = 156
ROUNDS, STEPS = 7, 40
WORDS = ("intro call", "demo", "zur", "qtrw", "technical scoping re", "person17 intro")


def made_rows(count: int) -> tuple[Row, ...]:
    """A header and `count` links."""
    links, marks, _ = made_links(count)
    rows = (LinkRow(link, marks.get(link.slug, NO_MARKS)) for link in links)
    return (HeaderRow("All"), *rows)


async def _rested() -> None:
    """Let Qt take up what was asked of it."""
    for _ in range(3):
        await asyncio.sleep(0.01)


def _scroll(view: QListView) -> float:
    bar = view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + STEP_PX)
        paint_now()

    return statistics.median(timed_ms(step) for _ in range(STEPS))


async def _ready(view: QListView, fill: Callable[[], None], height: int) -> float:
    """Milliseconds until the rows are painted and the scroll bar knows all `height` pixels of them."""
    await _rested()
    begin = time.perf_counter()
    fill()
    paint_now()
    while view.verticalScrollBar().maximum() + view.viewport().height() < height:  # noqa: ASYNC110
        await asyncio.sleep(0)
    paint_now()
    return (time.perf_counter() - begin) * 1000


async def _plain(count: int) -> tuple[float, float]:
    """Ready and scroll step of Qt's own list of strings, each with its own height."""
    texts = [f"Link number {number}" for number in range(count)]
    view = QListView()
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.resize(*SIZE)
    view.show()
    height = 10 * count
    ready = await _ready(view, lambda: view.setModel(QStringListModel(texts, view)), height)
    step = _scroll(view)
    view.hide()
    view.deleteLater()
    return ready, step


def _fill(model: LinksModel, rows: tuple[Row, ...]) -> None:
    model.set_rows(rows, {})


async def _ours(stage: Stage, rows: tuple[Row, ...]) -> tuple[float, float]:
    """Ready and scroll step of the links list, from no rows at all."""
    view = stage.book.widget.findChild(QListView, "links.list")
    assert view is not None
    model = view.model()
    assert isinstance(model, LinksModel)
    model.set_rows((), {})
    view.setVisible(True)
    ready = await _ready(view, partial(_fill, model, rows), LINK.height() * (len(rows) - 1))
    return ready, _scroll(view)


async def _long_lists(stage: Stage) -> list[Figure]:
    found: dict[int, tuple[float, ...]] = {}
    for count in (10_000, 100_000):
        rows = made_rows(count)
        times = [(*await _ours(stage, rows), *await _plain(count)) for _ in range(ROUNDS)]
        found[count] = tuple(statistics.median(column) for column in zip(*times, strict=True))
    small, large = found[10_000], found[100_000]
    plain, ten = "QListView of strings", "10,000 rows"
    return [
        Figure("P7", "list of 10,000 rows ready", small[0], "ms", small[2], plain, at_most=60),
        Figure("P7", "list of 10,000 rows, scroll step", small[1], "ms", small[3], plain, at_most=5),
        Figure("P7", "list of 100,000 rows ready", large[0], "ms", small[0], ten, at_most=120),
        Figure("P7", "list of 100,000 rows, scroll step", large[1], "ms", small[1], ten, at_most=10),
    ]


def _keystrokes(stage: Stage) -> list[Figure]:
    links, marks, _ = made_links(5_000)
    stage.show_links(links, marks)
    field = stage.book.widget.findChild(QLineEdit, "links.search")
    assert field is not None
    ours, plain = [], []
    for word in WORDS:
        field.clear()
        stage.book.links.search("")
        paint_now()
        typed = ""
        for letter in word:
            typed += letter
            begin = time.perf_counter()
            QTest.keyClicks(field, letter)
            paint_now()
            ours.append((time.perf_counter() - begin) * 1000)
            plain.append(timed_ms(lambda: [link for link in links if typed in link.name.lower()]))  # noqa: B023
    reference, name = statistics.median(plain), "plain containment, nothing painted"
    slowest = sorted(ours)[int(0.95 * len(ours))]
    return [
        Figure(
            "P9",
            "search key press over 5,000 links",
            statistics.median(ours),
            "ms",
            reference,
            name,
            at_most=8,
        ),
        Figure("P9", "the same, p95", slowest, "ms", max(plain), name, at_most=8),
    ]


async def measure_lists(folder: Path) -> list[Figure]:
    """P7 and P9 in the real pane."""
    async with book_stage(folder) as stage:
        return [*await _long_lists(stage), *_keystrokes(stage)]
