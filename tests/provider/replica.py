"""A provider service as a process of its own, as it runs in earnest."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.provider.asking import ADMIN_TOKEN, CLIENT_ID, CLIENT_SECRET

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


class Replica:
    """A running service; `url` is where it answers, `logs` its lines so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.logs: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "the service did not start: " + "".join(self.logs)
        self.url = str(json.loads(line)["provider"])

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.logs.append(line)

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self._ended()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(number)
        return self._ended()

    def _ended(self) -> int:
        code = self.process.wait(PATIENCE_S)
        self._reader.join()
        return code


@contextlib.contextmanager
def replica(database_url: str, *words: str, port: int = 0) -> Iterator[Replica]:
    """A service that is gone after the block, whatever happens in it."""
    command = [sys.executable, "-m", "app.provider", "serve", "--port", str(port), *words]
    environment = {
        **os.environ,
        "SLOTDESK_PROVIDER_CLIENT_ID": CLIENT_ID,
        "SLOTDESK_PROVIDER_CLIENT_SECRET": CLIENT_SECRET,
        "SLOTDESK_PROVIDER_ADMIN_TOKEN": ADMIN_TOKEN,
        "SLOTDESK_PROVIDER_DATABASE_URL": database_url,
    }
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Replica(process)
    finally:
        process.kill()
        process.communicate()
