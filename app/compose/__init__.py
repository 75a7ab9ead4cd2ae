"""The composition root: options in, running app out; the only place that plugs adapters in.

It works in two parts, because loading the program takes longer than painting a window: `opening` shows the
frame with what it takes to paint one, `furnishing` builds everything else into it.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.compose.garbage import automatic_collection_off
from app.compose.opening import opened_window
from app.compose.options import Options, PracticeAddress

if TYPE_CHECKING:
    from app.compose.running import RunningApp

__all__ = ["Options", "PracticeAddress", "compose"]


@asynccontextmanager
async def compose(
    application: QApplication, executor: Executor, options: Options
) -> AsyncIterator["RunningApp"]:
    """Show the window, build the app into it, run it until the block is left. Raises StorageFailed."""
    with automatic_collection_off():
        async with opened_window(application, executor, options) as opened:
            loop = asyncio.get_running_loop()
            furnishing = await loop.run_in_executor(
                executor, importlib.import_module, "app.compose.furnishing"
            )
            async with furnishing.furnished(opened, executor, options) as running:
                yield running
