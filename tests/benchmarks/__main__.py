"""`python -m tests.benchmarks [P1 P2 ...] [growth]`: measures everything, or what is named, and prints it."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_API"] = "pyside6"

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.benchmarks import availability, links
from tests.benchmarks.children import Machine, machine
from tests.benchmarks.figures import Figure, print_table
from tests.benchmarks.lists import measure_lists
from tests.benchmarks.meeting_list import measure_meeting_list
from tests.benchmarks.meeting_store import measure_store
from tests.benchmarks.meetings_load import measure_load, print_meetings_growth
from tests.benchmarks.painting import measure_painting
from tests.benchmarks.starting import measure_job, measure_memory, measure_starts, print_growth
from tests.benchmarks.switching import measure_switches

Measure = Callable[[Machine, QApplication], list[Figure]]


def _in_loop(application: QApplication, what: Callable[[Path], object], machine: Machine) -> list[Figure]:
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        return runner.run(what(Path(machine.new_folder())))  # type: ignore[arg-type]


GROUPS: tuple[tuple[frozenset[str], Measure], ...] = (
    (frozenset({"P1", "P2"}), lambda machine, _: measure_starts(machine)),
    (frozenset({"P3"}), lambda machine, _: measure_memory(machine)),
    (frozenset({"P4", "P5"}), lambda machine, _: measure_load(machine)),
    (frozenset({"P5", "P10"}), lambda machine, _: measure_job(machine)),
    (frozenset({"P6"}), lambda _, __: measure_painting()),
    (frozenset({"P7", "P9"}), lambda machine, app: _in_loop(app, measure_lists, machine)),
    (frozenset({"P7", "P10"}), lambda machine, app: _in_loop(app, measure_meeting_list, machine)),
    (frozenset({"P8"}), lambda machine, app: _in_loop(app, measure_switches, machine)),
    (frozenset({"store"}), lambda machine, app: _in_loop(app, measure_store, machine)),
)


def main(wanted: list[str]) -> None:
    """Measure the groups that hold a wanted goal; all of them where nothing is wanted."""
    began = time.monotonic()
    application = QApplication(["benchmarks"])
    application.setQuitOnLastWindowClosed(False)
    register_resources()
    Theme().apply(application)
    figures: list[Figure] = []
    with machine() as here:
        for goals, measure in GROUPS:
            if not wanted or goals & set(wanted):
                figures += measure(here, application)
        shown = [figure for figure in figures if not wanted or figure.goal_id in wanted]
        if shown:
            print()
            print_table(shown)
        if not wanted or "growth" in wanted:
            print_growth(here)
            print_meetings_growth(here)
    if not wanted or "parts" in wanted:
        print("\nParts: the domain alone, without widgets")
        links.print_growth()
        links.print_key_presses()
        availability.main()
    print(f"\n{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main(sys.argv[1:])
