"""`python -m tests.process.window_worker FOLDER ORIGIN [TITLE]`: the whole app, logging or only sending."""

import asyncio
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.compose import Options, PracticeAddress, compose
from tests.journeys.keys import OpenKeyStore
from tests.journeys.logging.log_rep import LogRep
from tests.journeys.rep import Rep

SPEED = 30.0
"""Looks at 2, 10, 60 and 121 s after a lost answer come after 0.07, 0.3, 2 and 4 s."""


class FileKeyStore(OpenKeyStore):
    """A key store in a file, for secrets that a killed process leaves to the next one."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        if file.exists():
            for service, name, secret in json.loads(file.read_text(encoding="utf-8")):
                self.items[service, name] = secret

    def set_password(self, service: str, username: str, password: str) -> None:
        """Add or replace, on disk."""
        super().set_password(service, username, password)
        kept = [[*key, secret] for key, secret in self.items.items()]
        self._file.write_text(json.dumps(kept), encoding="utf-8")


class HastyClock:
    """The computer's clock, whose waits are `SPEED` times as short; instants are ahead accordingly."""

    def __init__(self, folder: Path) -> None:
        file = folder / "epoch"
        if not file.exists():
            file.write_text(str(time.time()), encoding="utf-8")
        self._epoch = float(file.read_text(encoding="utf-8"))

    def now(self) -> datetime:
        """The present UTC instant."""
        return datetime.fromtimestamp(self._epoch + (time.time() - self._epoch) * SPEED, UTC)

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` of this clock."""
        await asyncio.sleep(max(seconds / SPEED, 0.001))


async def live(application: QApplication, folder: Path, origin: str, title: str) -> None:
    """Log a meeting of that title, without a title only send what is left; say so."""
    with ThreadPoolExecutor(4) as executor:
        asyncio.get_running_loop().set_default_executor(executor)
        options = Options(
            data_dir=folder,
            practice=True,
            practice_at=PracticeAddress(origin),
            key_store=lambda: FileKeyStore(folder / "keys.json"),
            fixed_size=QSize(1440, 900),
            zone="Europe/Berlin",
            clock=HastyClock(folder),
        )
        async with compose(application, executor, options) as running:
            rep = Rep(running)
            log = LogRep(rep)
            await rep.sees_links()
            state = log.services.outbox.state
            if title:
                await log.opens()
                await log.begins()
                await log.writes("title", title)
                await log.saves()
                await rep.sees_toast("Meeting logged")
            else:
                await rep.hands.until(lambda: state.value.is_loaded, "the outbox to be read")
            await log.has_sent()
            sys.stdout.write("sent\n")
            sys.stdout.flush()


def main(folder: str, origin: str, title: str = "") -> None:
    """One life of the window."""
    application = QApplication(["slotdesk"])
    application.setQuitOnLastWindowClosed(False)
    Path(folder).mkdir(exist_ok=True)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.run(live(application, Path(folder), origin, title))


if __name__ == "__main__":
    main(*sys.argv[1:])
