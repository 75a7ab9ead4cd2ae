"""Prints the figure of every bar that a test reached, in one table at the end of the run."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure and the bar it was held against, both as they are printed."""

    name: str
    measured: str
    bar: str


Report = Callable[[str, object, object], None]
Count = Callable[[int, int], int]
_figures = pytest.StashKey[list[Figure]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that `packaging/dev.py bars` sets."""
    parser.addoption("--full-bars", action="store_true", help="run the bars at their full counts")


def pytest_configure(config: pytest.Config) -> None:
    """Start with no figure."""
    config.stash[_figures] = []
    config.pluginmanager.register(Gatherer(config), "figures-gatherer")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Report:
    """Note `(name, measured, bar)`, for example `figure("token calls of 100 coroutines", calls, 1)`."""
    figures = request.config.stash[_figures]

    def note(name: str, measured: object, bar: object) -> None:
        figures.append(Figure(name=name, measured=str(measured), bar=str(bar)))

    return note


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    """Choose between `(in_the_check, full)`: the second with `--full-bars`."""
    full_bars = bool(request.config.getoption("--full-bars"))
    return lambda in_the_check, full: full if full_bars else in_the_check


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a process of pytest-xdist: hand the figures to the one that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = [(one.name, one.measured, one.bar) for one in session.config.stash[_figures]]


class Gatherer:
    """Takes the figures of pytest-xdist's processes; without it nobody calls."""

    def __init__(self, config: pytest.Config) -> None:
        self._figures = config.stash[_figures]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """A process has ended."""
        output = getattr(node, "workeroutput", {})
        self._figures += [Figure(*one) for one in output.get("figures", ())]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table of figures."""
    figures = config.stash[_figures]
    if not figures:
        return
    terminalreporter.section("figures against their bars")
    width = max(len(item.name) for item in figures)
    for item in sorted(figures, key=lambda item: item.name):
        terminalreporter.write_line(f"{item.name:<{width}}  measured {item.measured}  bar {item.bar}")
