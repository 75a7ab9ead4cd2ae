"""Loading the code of screens off the window's thread, before they are built."""

import asyncio
import importlib

SIGN_IN = ("app.ui.screens.signin",)
REST = (
    "app.ui.screens.log.screen",
    "app.ui.screens.agenda.screen",
    "app.ui.screens.settings.screen",
    *SIGN_IN,
)
"""What is loaded when nothing else has to be done."""


async def load(modules: tuple[str, ...]) -> None:
    """Import the modules one after the other; what is there already takes no time."""
    loop = asyncio.get_running_loop()
    for module in modules:
        await loop.run_in_executor(None, importlib.import_module, module)
