"""The composed app with real widgets, a job done in it, and its end."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ["QT_API"] = "pyside6"

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.compose import Options, PracticeAddress, compose
from app.compose.running import RunningApp
from app.tour import LOCALE, SIZE, ZONE
from app.tour.hands import Hands

Job = Callable[[RunningApp, Hands], Awaitable[None]]


def run_app(application: QApplication, job: Job, *, folder: Path, sandbox: str) -> None:
    """Do `job` in the app on the data folder `folder`, with the sandbox at that origin, and close it."""
    application.setQuitOnLastWindowClosed(False)
    executor = ThreadPoolExecutor(max_workers=4)
    options = Options(
        data_dir=folder,
        practice_at=PracticeAddress(sandbox),
        fixed_size=SIZE,
        keeps_secrets=False,
        zone=ZONE,
        locale=LOCALE,
    )

    async def run() -> None:
        async with compose(application, executor, options) as running:
            await job(running, Hands(running.window))

    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.get_loop().set_default_executor(executor)
        runner.run(run())
    executor.shutdown(wait=False, cancel_futures=True)
