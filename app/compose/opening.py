"""The first part of the start: folders, settings, theme, and the frame of the window, painted.

What is imported here stands between the rep and the first frame, so it is little.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.compose.first_frame import first_frame
from app.compose.options import Options
from app.storage.paths import AppPaths, locate, prepare
from app.storage.settings import TomlPreferenceStore
from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from app.ui.shell.frame import WindowFrame

if TYPE_CHECKING:
    from app.domain.preferences import Preferences
    from app.domain.problems import Problem


class ReadPreferences:
    """Fulfils `PreferenceStore`: what was read for the first frame is not read again."""

    def __init__(self, store: TomlPreferenceStore, read: "tuple[Preferences, Problem | None]") -> None:
        self._store = store
        self._read = read

    async def load(self) -> "tuple[Preferences, Problem | None]":
        """What the file held when the program started."""
        return self._read

    async def save(self, preferences: "Preferences") -> None:
        """Write the file. Raises StorageFailed."""
        await self._store.save(preferences)


@dataclass(frozen=True, slots=True)
class Opened:
    """What the rest of the program is built on."""

    paths: AppPaths
    preferences: ReadPreferences
    theme: Theme
    frame: WindowFrame


@asynccontextmanager
async def opened_window(
    application: QApplication, executor: Executor, options: Options
) -> AsyncIterator[Opened]:
    """Show the frame where and how it was left, and wait until it is painted. Raises StorageFailed."""
    paths = locate(options.data_dir)
    await asyncio.get_running_loop().run_in_executor(executor, prepare, paths)
    store = TomlPreferenceStore(paths.settings_file, executor)
    read = await store.load()
    theme = Theme(application)
    theme.set_scheme(read[0].scheme.value)
    frame = WindowFrame(theme.tokens, read[0].window.geometry)
    if options.fixed_size is not None:
        frame.resize(options.fixed_size)
    try:
        frame.show()
        await first_frame(frame)
        register_resources()
        theme.apply(application)
        theme.set_reduced_motion(read[0].reduced_motion)
        yield Opened(paths, ReadPreferences(store, read), theme, frame)
    finally:
        frame.close_for_good()
        frame.deleteLater()
