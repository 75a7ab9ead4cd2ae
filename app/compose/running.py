"""The running app, as the process and the tour hold it."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.domain.problems import Problem
from app.ui.context import Services
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.theme import Theme
from app.ui.kit.wording import words_for

if TYPE_CHECKING:
    from app.ui.screens.book.screen import BookScreen
    from app.ui.shell.window import MainWindow

logger = logging.getLogger("app")


class ErrorRoad:
    """Where every exception of a task or a subscriber ends: in the log, and in front of the rep."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self.window: MainWindow | None = None

    def report(self, error: Exception) -> None:
        """A problem becomes a toast; anything else is a fault of ours, and shown as one."""
        if isinstance(error, Problem):
            logger.info("A problem reached the window: %s", type(error).__name__)
            self._notices.say(words_for(error).sentence, tone=Tone.WARN)
            return
        logger.error("A task failed", exc_info=error)
        if self.window is not None:
            self.window.show_crash(error)


class RunningApp:
    """The window with everything behind it, until it is closed."""

    def __init__(
        self, window: "MainWindow", *, theme: Theme, services: Services, notices: Notices, crash_file: Path
    ) -> None:
        self.window = window
        self.theme = theme
        self.services = services
        self.notices = notices
        self.crash_file = crash_file
        self._is_closing = asyncio.Event()
        window.close_requested.connect(self.request_close)

    @property
    def book(self) -> "BookScreen":
        """The Book screen; KeyError before anybody is signed in."""
        return cast("BookScreen", self.window.screens["book"])

    def request_close(self) -> None:
        """Ask the app to end in good order."""
        self._is_closing.set()

    def report_crash(self, error: BaseException) -> None:
        """Show a fault that no task owns."""
        self.window.show_crash(error)

    async def closed(self) -> None:
        """Return when somebody wants the app to end."""
        await self._is_closing.wait()
