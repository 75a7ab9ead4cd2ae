"""The tour, which is the program's self-check too, succeeds at any hour of the week and of the year."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from app.tour.steps import MAIN_JOB
from app.tour.tour import Tour
from tests.journeys.clock import JourneyClock
from tests.journeys.conftest import MEETINGS
from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 20, 19, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 22, 59, tzinfo=UTC),
        datetime(2026, 11, 30, 21, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
        datetime(2027, 2, 27, 12, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
    ],
    ids=["friday-evening", "sunday-night", "month-end", "new-year", "february-saturday", "clock-change"],
)
async def test_the_main_job_can_be_played(
    tmp_path: Path, redirect_ports: tuple[int, ...], now: datetime
) -> None:
    urls = tuple(f"http://localhost:{port}/oauth/callback" for port in redirect_ports)
    with contextlib.ExitStack() as stack:
        options = SandboxOptions(meetings=MEETINGS, now=now, redirect_urls=urls)
        server = stack.enter_context(SandboxServer(options))
        house = House(tmp_path / "slotdesk", server, redirect_ports, stack)
        house.clock = JourneyClock(now)
        async with house.open() as rep:
            tour = Tour(rep.running)
            for step in MAIN_JOB:
                await step.act(tour)
