"""The Settings screen: accounts, credentials, times, appearance, keys, data and diagnostics."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.screen import Screen, ScreenSpec

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.kit.tasks import TaskScope


def _build(context: "UiContext", tasks: "TaskScope") -> Screen:
    from app.ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(context, tasks)


SPEC = ScreenSpec(
    id="settings",
    title=lambda: QCoreApplication.translate("settings", "Settings"),
    icon="settings",
    build=_build,
    is_footer=True,
)
