"""Week, duration and zone switches of a cached link, decoded, derived, laid out and painted (goal P8)."""

import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from app.domain.links import Slug
from app.domain.slots import AvailabilityPage, YearMonth
from app.storage.codec import Codec
from app.ui.kit.calendar import WeekGrid
from tests.benchmarks.figures import Figure, medians
from tests.benchmarks.painted import paint_now
from tests.benchmarks.stage import ACCOUNT, Stage, book_stage, working_page
from tests.fakes.samples import sample_link

ROUNDS = 15
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
MONTHS = (YearMonth(2026, 11), YearMonth(2026, 12), YearMonth(2027, 1))


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


async def _open(stage: Stage) -> None:
    link = sample_link("team/working", members=[str(number) for number in range(8)])
    for zone in (BERLIN, NEW_YORK):
        for month in MONTHS:
            await stage.cache.save_page(ACCOUNT.id, working_page(link.slug, zone, month))
    stage.show_links((link,), {})
    stage.book.selection.choose_link(link)
    await _until(lambda: bool(stage.book.calendar.inputs.slots) and not stage.book.calendar.inputs.is_loading)
    paint_now()


def _decoding() -> float:
    codec = Codec(AvailabilityPage)
    body = codec.encode(working_page(Slug("team/working"), BERLIN, MONTHS[1]))
    return medians(lambda: codec.decode(body))[0]


async def _zones(stage: Stage) -> tuple[float, float]:
    """Until the week is painted in the other zone, and until its own months were read and painted too."""
    calendar, availability = stage.book.calendar, stage.context.services.availability
    painted, settled = [], []
    for number in range(ROUNDS + 1):
        zone = (NEW_YORK, BERLIN)[number % 2]
        begin = time.perf_counter()
        calendar.choose_guest_zone(zone)
        paint_now()
        painted.append((time.perf_counter() - begin) * 1000)
        await _until(lambda: not stage.tasks.is_running("zone"))
        await availability.ensure(calendar.inputs.days[0], calendar.inputs.days[-1])
        paint_now()
        settled.append((time.perf_counter() - begin) * 1000)
    return statistics.median(painted[1:]), statistics.median(settled[1:])


async def measure_switches(folder: Path) -> list[Figure]:
    """P8, on a week of 200 slots, three durations and eight busy hosts."""
    async with book_stage(folder) as stage:
        await _open(stage)
        calendar = stage.book.calendar
        grid = stage.book.widget.findChild(WeekGrid, "calendar.week")
        assert grid is not None
        steps = iter([1, -1] * 50)
        durations = iter([900_000, 1_800_000] * 50)

        def switch_week() -> None:
            calendar.step(next(steps))
            paint_now()

        def switch_duration() -> None:
            calendar.choose_duration(next(durations))
            paint_now()

        def repaint() -> None:
            grid.viewport().repaint()

        week, duration, painting = medians(switch_week, switch_duration, repaint, rounds=ROUNDS)
        shown = len(calendar.props.week.slots) if calendar.props.week else 0
        zone, settled = await _zones(stage)
        decoding = _decoding()
    name = "repaint of the week alone"
    return [
        Figure("P8", f"week switch, {shown} slots", week, "ms", painting, name, at_most=8),
        Figure(
            "P8", "week switch with decoding another month", week + decoding, "ms", painting, name, at_most=8
        ),
        Figure("P8", "duration switch", duration, "ms", painting, name, at_most=8),
        Figure("P8", "zone switch", zone, "ms", painting, name, at_most=8),
        Figure("P8", "zone switch, with its own months from the file", settled, "ms", painting, name),
    ]
