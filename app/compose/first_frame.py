"""Waiting for a window's first painted frame, behind which everything slow is loaded."""

import asyncio

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

PATIENCE_S = 5.0


class _PaintWatch(QObject):
    def __init__(self, painted: asyncio.Event) -> None:
        super().__init__()
        self._painted = painted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted.set()
        return False


async def first_frame(window: QWidget) -> None:
    """Return after the window has painted; a window that nobody shows does not hold up the start."""
    painted = asyncio.Event()
    watch = _PaintWatch(painted)
    window.installEventFilter(watch)
    try:
        async with asyncio.timeout(PATIENCE_S):
            await painted.wait()
    except TimeoutError:
        return
    finally:
        window.removeEventFilter(watch)
