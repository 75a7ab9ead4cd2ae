"""Work that is carried to its end although its caller is cancelled meanwhile."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Await `work`, which has to be short; a cancellation meanwhile is passed on when it has ended."""
    was_cut_short = False
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        while not task.done():
            try:
                await asyncio.wait({task})
            except asyncio.CancelledError:
                was_cut_short = True
    if was_cut_short:
        raise asyncio.CancelledError
