"""The Agenda screen: the meetings of some days, what is on now and next, and the one that is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.screen import Screen, ScreenSpec

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.kit.tasks import TaskScope


def _build(context: "UiContext", tasks: "TaskScope") -> Screen:
    from app.ui.screens.agenda.screen import AgendaScreen

    return AgendaScreen(context, tasks)


SPEC = ScreenSpec(
    id="agenda",
    title=lambda: QCoreApplication.translate("agenda", "Agenda"),
    icon="calendar-days",
    build=_build,
)
