"""Runs `python -m app` as a child, waits for what it does, and looks for what it leaves behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40.0
LONGEST_END_S = 2.0
"""How long the program may take to end once it is asked to (reliability: quit within 2 s)."""

Changes = Mapping[str, str | None]
NONE: Changes = {}

_RIGHTS = "-dac_override,-dac_read_search"


def as_ordinary_user() -> list[str]:
    """What to put before a command so that permissions count for it, root or not."""
    return ["setpriv", "--bounding-set", _RIGHTS] if os.geteuid() == 0 else []


def environment(changes: Changes) -> dict[str, str]:
    """The environment of this test with changes; None takes a variable away."""
    found = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    for name, value in changes.items():
        found.pop(name, None)
        if value is not None:
            found[name] = value
    return found


def run(*words: str, before: Sequence[str] = (), changes: Changes = NONE) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [*before, sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env=environment(changes),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE_S,
        check=False,
    )


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; AssertionError when it stays false."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.01)


class Running:
    """A child that runs; `said` is what it printed so far, both streams together."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.took_s = 0.0
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)

    @property
    def said(self) -> str:
        """What it printed so far."""
        return "".join(self._lines)

    @property
    def children(self) -> list[int]:
        """The ids of its child processes."""
        folder = Path(f"/proc/{self.process.pid}/task")
        with contextlib.suppress(OSError):
            return [
                int(child)
                for task in folder.iterdir()
                for child in (task / "children").read_text(encoding="ascii").split()
            ]
        return []

    def until_said(self, words: str) -> None:
        """Wait until it has printed `words`."""
        until(lambda: words in self.said or self.process.poll() is not None, words)
        assert words in self.said, self.said

    def until_file(self, file: Path) -> None:
        """Wait until it has made a file."""
        until(lambda: file.exists() or self.process.poll() is not None, str(file))
        assert file.exists(), self.said

    def until_text(self, file: Path, words: str) -> None:
        """Wait until a file says something."""
        until(lambda: words in file.read_text(encoding="utf-8", errors="replace"), f"{words} in {file}")

    def until_loads(self, library: str) -> None:
        """Wait until it has loaded a library."""
        maps = Path(f"/proc/{self.process.pid}/maps")
        until(lambda: library in maps.read_text(encoding="utf-8", errors="replace"), library)

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; its exit code."""
        started = time.monotonic()
        self.process.send_signal(number)
        return self.ended(started)

    def ended(self, started: float) -> int:
        """Wait for the end, no longer than the bar allows; its exit code."""
        code = self.process.wait(timeout=LONGEST_END_S * 5)
        self.took_s = time.monotonic() - started
        self._reader.join(timeout=PATIENCE_S)
        return code


@contextlib.contextmanager
def started(*words: str, code: str = "", changes: Changes = NONE) -> Iterator[Running]:
    """The program while the block lasts; `code` is run in its place, with `words` as its arguments."""
    command = [sys.executable, "-c", code, *words] if code else [sys.executable, "-m", "app", *words]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        running = Running(process)
        try:
            yield running
        finally:
            process.kill()


def is_gone(pid: int) -> bool:
    """Whether a process has ended (a zombie has)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
