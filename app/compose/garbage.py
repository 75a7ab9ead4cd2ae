"""Collecting cyclic garbage on the window's thread only.

Python collects on whichever thread allocates last, workers included. A Qt object in such a cycle would be
destroyed there while its timers still run on the window's thread, which ends the process.
"""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_EVERY_S = 1.0


@contextmanager
def automatic_collection_off() -> Iterator[None]:
    """Leave the garbage to `collect_now_and_then` until the block is left."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


async def collect_now_and_then() -> None:
    """Do what Python's own collector would do, by its own thresholds, on this thread; never returns.

    What is there already (modules, the window) is left out from now on: it is large and stays.
    """
    gc.freeze()
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [age for age, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit]
        if due:
            gc.collect(due[-1])
