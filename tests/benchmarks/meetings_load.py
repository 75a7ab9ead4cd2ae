"""Ten thousand meetings into the store and on screen, beside HubSpot's SDK (P4, P5), and growth.

The sandbox enforces no limits and the app's own pacing is off: at HubSpot's 110 calls in 10 s that would be
all there is to measure.
"""

import statistics
from typing import Any

from app.api.hubspot.meetings import MEETING_PROPERTIES
from tests.benchmarks.children import Machine
from tests.benchmarks.figures import Figure, percentile, print_rows

COUNT, ROUNDS = 10_000, 3
SIZES = (1_000, 10_000, 100_000)
TOKEN, KINDS = "every-scope", "contacts,companies,deals,tickets"
SDK = "official SDK"


def _middle(rounds: list[dict[str, Any]], what: str) -> float:
    return statistics.median(float(one[what]) for one in rounds)


def measure_load(machine: Machine) -> list[Figure]:
    """Interleaved rounds of the SDK, the gateway alone and the whole app, against one sandbox."""
    sdk, plain, ours = [], [], []
    with machine.sandbox("--meetings", str(COUNT), "--token", TOKEN) as origin:
        for _ in range(ROUNDS):
            sdk.append(machine.answer("sdk_meetings", origin, TOKEN, ",".join(MEETING_PROPERTIES), KINDS))
            plain.append(machine.answer("plain_meetings", origin, TOKEN))
            ours.append(machine.answer("app_meetings", machine.new_folder(), origin, str(COUNT)))
    gaps = [[float(gap) for gap in one["gaps"]] for one in ours]
    p99, longest = (statistics.median(percentile(some, share) for some in gaps) for share in (0.99, 1.0))
    sync = "sync of 10,000 meetings"
    figures = [
        Figure("P5", f"event-loop gap in the {sync}, p99", p99, "ms", at_most=16),
        Figure("P5", f"event-loop gap in the {sync}, longest", longest, "ms", at_most=50),
    ]
    if not all(one["count"] for one in sdk):
        print(f"P4 has no reference: the {SDK} is not installed (packaging/requirements/bench.txt)")
        return figures
    wall, cpu = _middle(sdk, "wall"), _middle(sdk, "cpu")
    shown, fetched = "10,000 meetings stored and on screen", "10,000 meetings fetched and decoded"
    return [
        Figure("P4", f"{shown}, wall", _middle(ours, "wall"), "ms", wall, SDK, at_most_times=0.33),
        Figure("P4", f"{shown}, processor", _middle(ours, "cpu"), "ms", cpu, SDK, at_most_times=0.5),
        Figure("P4", f"{fetched}, wall", _middle(plain, "wall"), "ms", wall, SDK, at_most_times=0.25),
        Figure("P4", f"{fetched}, processor", _middle(plain, "cpu"), "ms", cpu, SDK, at_most_times=0.33),
        *figures,
    ]


def print_meetings_growth(machine: Machine) -> None:
    """How the app grows with the number of meetings, against a sandbox of that size."""
    rows = []
    for count in SIZES:
        with machine.sandbox("--meetings", str(count)) as origin:
            found = machine.answer("app_meetings", machine.new_folder(), origin, str(count))
        gaps = [float(gap) for gap in found["gaps"]]
        rows.append(
            (
                f"{count}",
                f"{found['wall']:.0f}",
                f"{found['cpu']:.0f}",
                f"{percentile(gaps, 0.99):.0f}",
                f"{gaps[-1]:.0f}",
                f"{found['peak_mb']:.0f}",
            )
        )
    print("\nGrowth with meetings (fetched from a sandbox in another process, kept and shown)")
    heads = (
        "meetings",
        "on screen, ms",
        "processor, ms",
        "gap p99, ms",
        "gap longest, ms",
        "peak memory, MB",
    )
    print_rows(heads, rows)
