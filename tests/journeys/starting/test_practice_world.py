"""The practice world as the child process that it is: it may die, and comes back when it is needed."""

import os
import signal
from pathlib import Path

import pytest

from app.compose.options import REDIRECT_PORTS
from app.compose.practice import sandbox_command
from tests.journeys.clock import START
from tests.journeys.house import House
from tests.journeys.rep import Rep
from tests.process.program import is_gone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.qt_loop,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into /proc"),
]


@pytest.fixture
def own_world(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose practice world is started by the app itself, as it is for a rep."""
    monkeypatch.setattr("tests.journeys.house.PracticeAddress", lambda _origin: None)
    words = [*sandbox_command(), "--now", START.isoformat().replace("+00:00", "Z")]
    monkeypatch.setattr("app.compose.practice.sandbox_command", lambda: words)
    house.ports = REDIRECT_PORTS
    return house


A_WHILE_S = 600.0
"""After which times that are kept are asked for again."""


def practice_processes() -> list[int]:
    """The sandboxes that this process has started and that still run."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for child in map(int, (task / "children").read_text(encoding="ascii").split()):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if b"app.sandbox" in words and not is_gone(child):
                found.append(child)
    return found


async def kill_it(rep: Rep) -> int:
    """Kill the practice world, and wait for its death; the id that it had."""
    (process,) = practice_processes()
    os.kill(process, signal.SIGKILL)
    await rep.hands.until(lambda: is_gone(process), "its death")
    return process


async def test_it_is_started_again_by_the_next_call(own_world: House) -> None:
    async with own_world.open() as rep:
        await rep.sign_in()
        first = await kill_it(rep)
        await rep.open_link("Roadmap talk")
        await rep.sees_times()
        (second,) = practice_processes()
        assert second != first
        await rep.pick_slot()
        await rep.choose_guest("ada okaf", "Ada Okafor")
        await rep.book()
        await rep.sees_booked()
    assert practice_processes() == []


async def test_it_can_be_killed_again_and_again(own_world: House) -> None:
    async with own_world.open() as rep:
        await rep.sign_in()
        for name in ("Roadmap talk", "Intro call", "Roadmap talk"):
            await kill_it(rep)
            own_world.clock.push(A_WHILE_S)
            await rep.open_link(name)
            await rep.sees_times()
            assert len(practice_processes()) == 1
            await rep.no_banner()
    assert practice_processes() == []


@pytest.mark.expected_log("the practice world could not be started")
async def test_one_that_cannot_be_started_is_offline_until_it_can(
    own_world: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own_world.open() as rep:
        await rep.sign_in()
        with monkeypatch.context() as broken:
            broken.setattr("app.compose.practice.sandbox_command", lambda: ["/nonexistent/slotdesk"])
            await kill_it(rep)
            await rep.hands.click("links.refresh")
            await rep.sees_banner("Offline since")
        await rep.act_on_banner("Try now")
        await rep.no_banner()
        await rep.sees_links()
