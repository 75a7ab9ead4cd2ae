"""The screens of the window, one line each, in the order of the rail."""

from app.ui.screen import ScreenSpec
from app.ui.screens import agenda, book, log, settings

SCREENS: tuple[ScreenSpec, ...] = (
    book.SPEC,
    agenda.SPEC,
    log.SPEC,
    settings.SPEC,
)
