"""The Log screen: meetings to log and all others, their editor, and what waits in the outbox."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.screen import Screen, ScreenSpec

if TYPE_CHECKING:
    from app.services.meetings.state import MeetingsState
    from app.ui.context import UiContext
    from app.ui.kit.tasks import TaskScope


def _build(context: "UiContext", tasks: "TaskScope") -> Screen:
    from app.ui.screens.log.screen import LogScreen

    return LogScreen(context, tasks)


def _watch_badge(context: "UiContext", show: Callable[[int, str], None]) -> None:
    """The number of meetings to log, beside the icon."""

    def tell(state: "MeetingsState") -> None:
        show(state.to_log, QCoreApplication.translate("log", "{n} to log").format(n=state.to_log))

    meetings = context.services.meetings
    meetings.state.subscribe(tell)
    tell(meetings.state.value)


SPEC = ScreenSpec(
    id="log",
    title=lambda: QCoreApplication.translate("log", "Log"),
    icon="notebook-pen",
    build=_build,
    watch_badge=_watch_badge,
)
