"""The bars of "Requests": thousands of seeded fault schedules, in virtual time."""

from collections import Counter

import pytest

from tests.api.fault_service import play_schedule
from tests.guards.figures import Count, Report


def test_a_pause_that_began_while_a_token_was_renewed() -> None:
    assert play_schedule(380).is_clean


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_fault_schedules(seed: int, count: Count, figure: Report) -> None:
    schedules = count(400, 10_000)
    calls = arrivals = unhandled = resent = barred = untrue = 0
    seen: Counter[str] = Counter()
    for number in range(schedules):
        books = play_schedule(seed + number)
        calls += books.calls
        arrivals += books.arrivals
        unhandled += len(books.unhandled)
        resent += len(books.resent)
        barred += len(books.barred)
        untrue += len(books.untrue)
        seen.update(books.seen)
        assert books.is_clean, f"seed {seed + number}: {books}"
    figure("fault schedules: unhandled exceptions", f"{unhandled} in {schedules} ({calls} calls)", 0)
    figure("fault schedules: non-idempotent re-sends", f"{resent} in {arrivals} requests", 0)
    figure("fault schedules: calls before Retry-After ended", f"{barred} in {arrivals} requests", 0)
    figure("fault schedules: outcomes told wrongly", f"{untrue} in {calls} calls", 0)
    assert len(seen) >= 12, seen
