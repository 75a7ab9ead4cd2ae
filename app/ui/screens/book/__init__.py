"""The Book screen: pick a link, see its free times, book one for the guest on the phone."""

import asyncio
import importlib
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from app.ui.screen import Screen, ScreenSpec

if TYPE_CHECKING:
    from app.ui.context import UiContext
    from app.ui.kit.tasks import TaskScope


def _build(context: "UiContext", tasks: "TaskScope") -> Screen:
    from app.ui.screens.book.screen import BookScreen

    return BookScreen(context, tasks)


async def _build_in_turns(context: "UiContext", tasks: "TaskScope") -> Screen:
    loading = asyncio.get_running_loop().run_in_executor(
        None, importlib.import_module, "app.ui.screens.book.screen"
    )
    return cast("Screen", await (await loading).BookScreen.in_turns(context, tasks))


SPEC = ScreenSpec(
    id="book",
    title=lambda: QCoreApplication.translate("book", "Book"),
    icon="calendar-plus",
    build=_build,
    build_in_turns=_build_in_turns,
)
