"""The program ends quickly, quietly and alone, whenever it is asked to and however it dies."""

import signal
import sys
from pathlib import Path

import pytest

from tests.guards.figures import Report
from tests.process.program import LONGEST_END_S, Running, is_gone, started, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

ASKING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def ends_well(running: Running, number: signal.Signals, figure: Report, when: str, code: int = 0) -> None:
    """Send the signal; the exit code, no traceback, no child left, within the bar."""
    children = running.children
    assert running.signal(number) == code, running.said
    assert "Traceback" not in running.said
    until(lambda: all(map(is_gone, children)), f"the end of {children}")
    figure(f"end after {number.name} {when}, s", f"{running.took_s:.2f}", f"<= {LONGEST_END_S:g}")
    assert running.took_s <= LONGEST_END_S


@pytest.mark.parametrize("number", ASKING)
def test_while_the_program_is_being_loaded(number: signal.Signals, tmp_path: Path, figure: Report) -> None:
    with started("--data-dir", str(tmp_path)) as running:
        running.until_loads("libQt6Core")
        ends_well(running, number, figure, "while loading")


@pytest.mark.parametrize("number", ASKING)
def test_while_files_are_being_opened(number: signal.Signals, tmp_path: Path, figure: Report) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox") as running:
        running.until_file(tmp_path / "logs" / "slotdesk.log")
        ends_well(running, number, figure, "while opening files")
    assert not list(tmp_path.rglob("*.damaged*"))


@pytest.mark.parametrize("number", ASKING)
def test_while_the_practice_world_is_being_started(
    number: signal.Signals, tmp_path: Path, figure: Report
) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox") as running:
        until(lambda: bool(running.children), "the child")
        ends_well(running, number, figure, "while the sandbox starts")


@pytest.mark.parametrize("number", ASKING)
def test_while_signing_in(number: signal.Signals, tmp_path: Path, figure: Report) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox", "--debug") as running:
        running.until_said("the practice world listens")
        ends_well(running, number, figure, "while signing in")


def test_while_booking(tmp_path: Path, figure: Report) -> None:
    """The tour is cut short, so its check has failed; but in good order."""
    pictures = tmp_path / "pictures"
    with started("--tour", str(pictures)) as running:
        until(lambda: any(pictures.glob("*guest.png")) or running.process.poll() is not None, "the guest")
        ends_well(running, signal.SIGTERM, figure, "while booking", code=1)
    assert not (pictures / "report.json").exists()


def test_a_second_signal_changes_nothing(tmp_path: Path) -> None:
    with started("--data-dir", str(tmp_path), "--debug") as running:
        running.until_said("is open")
        running.process.send_signal(signal.SIGTERM)
        assert running.signal(signal.SIGINT) == 0, running.said
    assert "Traceback" not in running.said


def test_the_practice_world_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox", "--debug") as running:
        running.until_said("the practice world listens")
        (child,) = running.children
        running.process.kill()
        until(lambda: is_gone(child), "the sandbox's end")


def test_the_practice_world_ends_when_the_program_is_killed_while_it_starts(tmp_path: Path) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox") as running:
        until(lambda: bool(running.children), "the child")
        (child,) = running.children
        running.process.kill()
        until(lambda: is_gone(child), "the sandbox's end")


DEAF = """
import socket, sys, threading
look_up = socket.getaddrinfo
def hang(*words, **more):
    print("a lookup hangs", flush=True)
    threading.Event().wait()
socket.getaddrinfo = hang
sys.argv[0] = "slotdesk"
from app.__main__ import start
start()
"""


def test_a_name_lookup_that_hangs_does_not_hold_up_quitting(tmp_path: Path, figure: Report) -> None:
    with started("--data-dir", str(tmp_path), "--sandbox", code=DEAF) as running:
        running.until_said("a lookup hangs")
        ends_well(running, signal.SIGTERM, figure, "while a name lookup hangs")
