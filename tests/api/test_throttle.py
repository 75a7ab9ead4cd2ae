"""When a call may start."""

import asyncio

import pytest

from app.api.errors import RateLimited
from app.api.pacing import FlightGate, Rate
from app.api.throttle import HUBSPOT_RATES, CallKind, Throttle
from app.api.urgency import Urgency
from tests.api.virtual_time import run_virtual, virtual_clock

USER, BACKGROUND = Urgency.USER, Urgency.BACKGROUND
GENERAL, SEARCH = CallKind.GENERAL, CallKind.SEARCH


def new_throttle(flights: FlightGate | None = None) -> Throttle:
    return Throttle(flights or FlightGate(), clock=virtual_clock())


async def start(
    throttle: Throttle, kind: CallKind = GENERAL, urgency: Urgency = USER, *, patience: float = 100.0
) -> float:
    """Make one call; the time it started."""
    async with throttle.admit(kind, urgency, patience=patience):
        return asyncio.get_running_loop().time()


def test_hubspots_limits_are_kept_with_a_margin() -> None:
    assert HUBSPOT_RATES[GENERAL] == Rate(limit=100, seconds=10.0, reserved=20)
    assert HUBSPOT_RATES[SEARCH] == Rate(limit=4, seconds=1.0, reserved=1)


def test_the_counters_are_apart() -> None:
    async def work() -> list[float]:
        throttle = new_throttle()
        searches = [await start(throttle, SEARCH) for _ in range(5)]
        return [*searches, await start(throttle)]

    assert run_virtual(work()) == [0, 0, 0, 0, 1, 1]


def test_a_pause_is_sat_out() -> None:
    async def work() -> list[float]:
        throttle = new_throttle()
        throttle.pause(5.0)
        throttle.pause(2.0)
        assert throttle.paused_for(GENERAL) == 5.0
        return [await start(throttle), await start(throttle, SEARCH), throttle.paused_for(GENERAL)]

    assert run_virtual(work()) == [5, 5, 0]


def test_a_pause_may_hold_one_counter_or_one_urgency_only() -> None:
    async def work() -> list[float]:
        throttle = new_throttle()
        throttle.pause(5.0, kinds=(SEARCH,))
        throttle.pause(3.0, kinds=(GENERAL,), urgencies=(BACKGROUND,))
        return [
            await start(throttle),
            await start(throttle, GENERAL, BACKGROUND),
            await start(throttle, SEARCH),
        ]

    assert run_virtual(work()) == [0, 3, 5]


def test_a_pause_longer_than_the_patience_is_said_so() -> None:
    async def work() -> RateLimited:
        throttle = new_throttle()
        throttle.pause(20.0)
        with pytest.raises(RateLimited) as refusal:
            await start(throttle, patience=12.0)
        assert await start(throttle, patience=20.0) == 20.0
        return refusal.value

    error = run_virtual(work())
    assert (error.retry_after, error.is_stated) == (20.0, False)


def test_a_pause_that_begins_while_waiting_holds_too() -> None:
    async def work() -> float:
        flights = FlightGate(size=1, reserved=0)
        throttle = new_throttle(flights)
        await flights.enter(USER)

        async def pause_then_free() -> None:
            await asyncio.sleep(1.0)
            throttle.pause(9.0)
            flights.leave()

        async with asyncio.TaskGroup() as group:
            group.create_task(pause_then_free())
            return await start(throttle)

    assert run_virtual(work()) == 10.0


def test_a_longer_pause_can_follow_a_shorter_one() -> None:
    async def work() -> float:
        throttle = new_throttle()
        throttle.pause(5.0)

        async def lengthen() -> None:
            await asyncio.sleep(4.0)
            throttle.pause(5.0)

        async with asyncio.TaskGroup() as group:
            group.create_task(lengthen())
            return await start(throttle)

    assert run_virtual(work()) == 9.0


def test_the_user_passes_a_crowd_in_the_background() -> None:
    async def work() -> tuple[float, float]:
        throttle = Throttle(FlightGate(size=4, reserved=1), clock=virtual_clock())
        started: list[float] = []

        async def page() -> None:
            async with throttle.admit(GENERAL, BACKGROUND, patience=100.0):
                started.append(asyncio.get_running_loop().time())
                await asyncio.sleep(2.0)

        async with asyncio.TaskGroup() as group:
            for _ in range(30):
                group.create_task(page())
            await asyncio.sleep(0.5)
            mine = await start(throttle)
        return mine, max(started)

    mine, last = run_virtual(work())
    assert mine == 0.5
    assert last == 18.0


def test_a_cancelled_wait_leaves_nothing_taken() -> None:
    async def work() -> float:
        flights = FlightGate(size=1, reserved=0)
        throttle = Throttle(flights, rates={GENERAL: Rate(limit=1, seconds=50.0)}, clock=virtual_clock())
        await flights.enter(USER)
        waiter = asyncio.ensure_future(start(throttle))
        await asyncio.sleep(1.0)
        waiter.cancel()
        await asyncio.wait({waiter})
        flights.leave()
        return await start(throttle)

    assert run_virtual(work()) == 1.0


@pytest.mark.parametrize(
    ("remaining", "interval", "user", "background"),
    [
        ("0", "10000", 10.0, 10.0),
        ("5", "10000", 0.0, 5.0),
        ("9", "10000", 0.0, 1.0),
        ("10", "10000", 0.0, 0.0),
        ("0", "9999999", 60.0, 60.0),
        ("-1", "10000", 0.0, 0.0),
        ("x", "10000", 0.0, 0.0),
        ("0", None, 0.0, 0.0),
        (None, "10000", 0.0, 0.0),
        ("0" * 12, "10000", 0.0, 0.0),
    ],
)
def test_a_counter_that_runs_low_slows_us_down(
    remaining: str | None, interval: str | None, user: float, background: float
) -> None:
    async def work() -> list[float]:
        throttle = new_throttle()
        named = {
            "x-hubspot-ratelimit-remaining": remaining,
            "x-hubspot-ratelimit-interval-milliseconds": interval,
        }
        throttle.note_headers({name: text for name, text in named.items() if text is not None})
        paused = [throttle.paused_for(GENERAL, urgency) for urgency in (USER, BACKGROUND)]
        return [*paused, throttle.paused_for(SEARCH)]

    assert run_virtual(work()) == pytest.approx([user, background, 0.0])


async def test_a_throttle_has_a_clock_of_its_own() -> None:
    async with Throttle(FlightGate()).admit(GENERAL, USER, patience=1.0):
        pass
