"""Fresh processes: the bare window, the app's start, the main job; each answers with one line of JSON."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Machine:
    """The environment of every child: offscreen, and with its own byte code, written once.

    An installed program has its byte code; a checkout whose files are being edited has not, and compiling
    is no part of a start.
    """

    folder: Path

    def environment(self) -> dict[str, str]:
        """What the child sees."""
        found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        found["QT_QPA_PLATFORM"] = "offscreen"
        found["PYTHONPYCACHEPREFIX"] = str(self.folder / "bytecode")
        found["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), found.get("PYTHONPATH"))))
        found["TZ"] = "Europe/Berlin"
        return found

    def answer(self, module: str, *arguments: str) -> dict[str, Any]:
        """Run a module of this package to its end; `started` in its answer is when it was asked to start."""
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
        lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
        if not lines:
            raise RuntimeError(f"{module} gave no answer: {done.stderr.decode()[-2000:]}")
        found: dict[str, Any] = json.loads(lines[-1])
        return {**found, "started": started}

    def new_folder(self) -> str:
        """An empty data folder."""
        return tempfile.mkdtemp(dir=self.folder)

    @contextmanager
    def sandbox(self, *arguments: str) -> Iterator[str]:
        """A sandbox in a process of its own; its HubSpot origin."""
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "app.sandbox", "--parent-pipe"),
                *("--hubspot-port", "0", "--pipedrive-port", "0", *arguments),
            ],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["hubspot"])
        finally:
            process.stdin.close()
            process.terminate()
            process.wait(10)
            process.stdout.close()


@contextmanager
def machine() -> Iterator[Machine]:
    """A machine whose traces disappear at the end."""
    with tempfile.TemporaryDirectory(prefix="slotdesk-bench-", ignore_cleanup_errors=True) as folder:
        yield Machine(Path(folder))
