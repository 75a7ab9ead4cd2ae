"""Starting, the whole main job, and growth: figures of fresh processes (goals P1, P2, P3, P5, P10)."""

import statistics
from collections import defaultdict
from typing import Any

from tests.benchmarks.children import Machine
from tests.benchmarks.figures import Figure, percentile, print_rows

START_ROUNDS, JOB_ROUNDS = 9, 3
BARE = "bare window"


def _ms(found: dict[str, Any], what: str) -> float:
    return float(found[what] - found["started"]) * 1000


def measure_starts(machine: Machine) -> list[Figure]:
    """P1 on a new folder and on a used one, P2 on the used one, all beside the bare window."""
    used = machine.new_folder()
    with machine.sandbox() as sandbox:
        machine.answer("filled_folder", used, sandbox)
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(START_ROUNDS + 1):
        bare = machine.answer("bare_window")
        new = machine.answer("app_start", "painted", "--data-dir", machine.new_folder())
        known = machine.answer("app_start", "usable", "--data-dir", used)
        if number:
            times["bare"].append(_ms(bare, "painted"))
            times["new"].append(_ms(new, "painted"))
            times["known"].append(_ms(known, "painted"))
            times["usable"].append(_ms(known, "usable"))
    middle = {name: statistics.median(values) for name, values in times.items()}
    bare_ms = middle["bare"]
    return [
        Figure("P1", "first frame, first start", middle["new"], "ms", bare_ms, BARE, at_most_times=1.5),
        Figure("P1", "first frame, signed in", middle["known"], "ms", bare_ms, BARE, at_most_times=1.5),
        Figure(
            "P2",
            "cached links and week on screen, usable",
            middle["usable"],
            "ms",
            bare_ms,
            BARE,
            at_most_times=2.5,
        ),
    ]


def measure_memory(machine: Machine) -> list[Figure]:
    """P3: the tour without pictures."""
    ours, bare = [], []
    for _ in range(JOB_ROUNDS):
        bare.append(machine.answer("bare_window")["peak_mb"])
        ours.append(_job(machine, "plain")["peak_mb"])
    return [
        Figure(
            "P3",
            "peak memory after the whole main job",
            statistics.median(ours),
            "MB",
            statistics.median(bare),
            BARE,
            at_most_times=2.5,
        )
    ]


def _job(machine: Machine, how: str) -> dict[str, Any]:
    found = machine.answer("app_job", how)
    if found["status"] != 0:
        raise RuntimeError("the tour failed")
    return found


def _gaps(machine: Machine) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    jobs, idles = [], []
    for _ in range(JOB_ROUNDS):
        jobs.append(_job(machine, "probed"))
        idles.append(machine.answer("idle_loop", "3000"))
    return jobs, idles


def measure_job(machine: Machine) -> list[Figure]:
    """P5 and P10 from the same plays of the job; prints where the longest gaps were."""
    jobs, idles = _gaps(machine)

    def middle(rounds: list[dict[str, Any]], what: str, share: float) -> float:
        return statistics.median(percentile([float(gap) for gap, _ in one[what]], share) for one in rounds)

    for one in jobs:
        longest = sorted(one["gaps"], reverse=True)[:6]
        print("longest gaps:", ", ".join(f"{gap:.0f} ms ({step})" for gap, step in longest))
        slowest = sorted(one["keys"], reverse=True)[:6]
        print("slowest keys:", ", ".join(f"{ms:.0f} ms ({key})" for ms, key in slowest))
    idle = "idle loop"
    keys = [float(ms) for one in jobs for ms, _ in one["keys"]]
    return [
        Figure(
            "P5",
            "event-loop gap in the main job, p99",
            middle(jobs, "gaps", 0.99),
            "ms",
            middle(idles, "gaps", 0.99),
            idle,
            at_most=16,
        ),
        Figure(
            "P5",
            "event-loop gap in the main job, longest",
            middle(jobs, "gaps", 1.0),
            "ms",
            middle(idles, "gaps", 1.0),
            idle,
            at_most=50,
        ),
        Figure("P5", "the longest, processor time only", middle(jobs, "cpu", 1.0), "ms"),
        Figure(
            "P10",
            f"key press to painted result, p95 of {len(keys)}",
            percentile(keys, 0.95),
            "ms",
            percentile(keys, 0.5),
            "median of the same",
            at_most=50,
        ),
    ]


def print_growth(machine: Machine) -> None:
    """How the app grows with the number of links, against a sandbox of that size."""
    rows = []
    for count in (50, 500, 5_000):
        with machine.sandbox("--links", str(count)) as sandbox:
            found = machine.answer("app_links", machine.new_folder(), sandbox, str(count))
        rows.append(
            (
                f"{count}",
                f"{found['filled']:.0f}",
                f"{found['key']:.1f}",
                f"{found['worst']:.1f}",
                f"{found['peak_mb']:.0f}",
            )
        )
    print("\nGrowth with links (fetched from a sandbox in another process)")
    print_rows(
        ("links", "list filled, ms", "key press to painted, ms", "slowest, ms", "peak memory, MB"), rows
    )
