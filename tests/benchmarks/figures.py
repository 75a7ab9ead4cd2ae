"""A measured figure beside its reference and goal, and the table that shows all of them."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEADS = ("id", "what", "measured", "reference in the same run", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    `reference` is in the same `unit` as `measured`; the goal bounds their ratio (`at_most_times`), the figure
    itself (`at_most`), or both. A figure without a bound is only told.
    """

    goal_id: str
    what: str
    measured: float
    unit: str
    reference: float | None = None
    reference_name: str = ""
    at_most: float | None = None
    at_most_times: float | None = None

    @property
    def ratio(self) -> float | None:
        """The measured figure as a multiple of its reference."""
        return self.measured / self.reference if self.reference else None

    @property
    def verdict(self) -> str:
        """`met`, `NOT MET`, or nothing where there is no goal."""
        bounds = []
        if self.at_most is not None:
            bounds.append(self.measured <= self.at_most)
        if self.at_most_times is not None:
            bounds.append(self.ratio is not None and self.ratio <= self.at_most_times)
        if not bounds:
            return ""
        return "met" if all(bounds) else "NOT MET"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line in words."""
        goals = []
        if self.at_most_times is not None:
            goals.append(f"<= {self.at_most_times:g}x")
        if self.at_most is not None:
            goals.append(f"<= {self.at_most:g} {self.unit}")
        reference = "" if self.reference is None else f"{_amount(self.reference)} {self.unit}"
        return (
            self.goal_id,
            self.what,
            f"{_amount(self.measured)} {self.unit}",
            f"{reference} {self.reference_name}".strip(),
            "" if self.ratio is None else f"{self.ratio:.2f}x",
            " and ".join(goals),
            self.verdict,
        )


def _amount(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def print_table(figures: Sequence[Figure]) -> None:
    """All figures under one head."""
    print_rows(HEADS, [figure.cells for figure in figures])


def print_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as what is in them."""
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    rule = ["-" * width for width in widths]
    for row in (heads, rule, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def timed_ms(action: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def medians(*actions: Callable[[], object], rounds: int = 21) -> list[float]:
    """The median of interleaved rounds of every action, in milliseconds, after one round to warm up."""
    for action in actions:
        action()
    found = [[timed_ms(action) for action in actions] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*found, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
