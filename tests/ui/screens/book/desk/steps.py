"""What the desk's tests have in common: a guest and a slot picked, typing, booking."""

from tests.fakes.samples import at
from tests.ui.screens.book.bench import Bench
from tests.ui.screens.book.stage import ADA, Stage, quiet


async def ready(stage: Stage) -> Bench:
    """Ada is chosen and Tuesday 10:00 in Berlin is picked."""
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    return bench


async def type_ahead(bench: Bench, text: str) -> None:
    """Type letter by letter and pause."""
    for end in range(1, len(text) + 1):
        bench.desk.prospect.search(text[:end])
    await quiet()
    await bench.stage.clock.advance(0.25)


async def book(bench: Bench) -> None:
    """Press the button and wait for the end."""
    bench.desk.submit()
    await quiet(120)
