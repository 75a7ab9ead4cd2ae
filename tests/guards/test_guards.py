"""The guards themselves: each one fires on the fault it is for, and stays silent otherwise."""

import asyncio
import gc
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.logs import unexpected
from tests.guards.network import OutsideNetworkError, is_loopback

ROOT = Path(__file__).resolve().parents[2]

FAULTY = """
import asyncio, logging, socket
import pytest

def test_log_warning():
    logging.getLogger("app.x").warning("something odd")

@pytest.mark.expected_log("something odd")
def test_log_expected():
    logging.getLogger("app.x").warning("something odd")

def test_log_looked_at(caplog):
    logging.getLogger("app.x").error("something odd")

def test_network_swallowed():
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    except RuntimeError:
        pass

async def test_task_left():
    test_task_left.task = asyncio.get_running_loop().create_task(asyncio.sleep(60))

async def _coroutine():
    pass

def test_never_awaited():
    _coroutine()

@pytest.mark.qt_loop
async def test_on_qt():
    assert type(asyncio.get_running_loop()).__module__.startswith("qasync")

def test_qt_warning():
    from PySide6.QtCore import qWarning
    qWarning("odd")
"""


@pytest.mark.parametrize("host", [None, "", "localhost", b"localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_loopback_is_recognised(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "localhost.example.com", b"example.com", "::"])
def test_everything_else_is_outside(host: object) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("example.com", 80)])
def test_leaving_this_computer_is_refused(address: tuple[str, int], outside_attempts: list[str]) -> None:
    with pytest.raises(OutsideNetworkError), socket.create_connection(address, timeout=1):
        pass
    assert len(outside_attempts) == 1
    outside_attempts.clear()


@pytest.mark.parametrize("host", ["", "0.0.0.0"])
def test_listening_beyond_loopback_is_refused(host: str, outside_attempts: list[str]) -> None:
    with socket.socket() as listener, pytest.raises(OutsideNetworkError):
        listener.bind((host, 0))
    outside_attempts.clear()


def test_loopback_works() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname(), timeout=5):
            pass


def test_homes_are_empty_and_redirected(own_home: Path) -> None:
    assert list(own_home.iterdir()) == []
    assert Path.home() == own_home
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(own_home)


def test_unexpected_lines_are_named_with_their_exception() -> None:
    error = OSError("disk full")
    record = logging.LogRecord("app.a", logging.ERROR, "", 1, "no %s", ("room",), (OSError, error, None))
    assert unexpected([record], []) == ["ERROR app.a: no room [OSError('disk full')]"]
    assert unexpected([record], [r"no \w+ \[OSError"]) == []


@pytest.mark.qt_loop
@pytest.mark.parametrize("_round", [1, 2])
async def test_marked_tests_run_on_qasync_one_after_another(_round: int) -> None:
    await asyncio.sleep(0)
    assert type(asyncio.get_running_loop()).__module__.startswith("qasync")


async def test_other_tests_run_on_plain_asyncio() -> None:
    assert not type(asyncio.get_running_loop()).__module__.startswith("qasync")


def test_every_guard_fires_in_a_faulty_suite(tmp_path: Path) -> None:
    (tmp_path / "test_faulty.py").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    failed = {
        line.split("::")[1].split(" ")[0]
        for line in done.stdout.splitlines()
        if line.startswith(("FAILED", "ERROR"))
    }
    assert failed == {
        "test_log_warning",
        "test_network_swallowed",
        "test_task_left",
        "test_never_awaited",
        "test_qt_warning",
    }, done.stdout


def test_garbage_is_collected_on_this_thread_only() -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
