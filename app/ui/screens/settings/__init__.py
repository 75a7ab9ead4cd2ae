"""The Settings screen: accounts, credentials, times, appearance, keys, data and diagnostics."""

from PySide6.QtCore import QCoreApplication

from app.ui.screen import ScreenSpec
from app.ui.screens.settings.screen import SettingsScreen

SPEC = ScreenSpec(
    id="settings",
    title=lambda: QCoreApplication.translate("settings", "Settings"),
    icon="settings",
    build=SettingsScreen,
    is_footer=True,
)
