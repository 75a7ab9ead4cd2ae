"""Counts what is alive: widgets, other Qt objects in a window, and Qt objects that only Python holds."""

import gc
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@dataclass(frozen=True, slots=True)
class Census:
    """How many there are; equal censuses mean that nothing survived in between."""

    widgets: int
    objects: int
    held: int


def take_census(window: QWidget) -> Census:
    """Count, after everything that was given up is gone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    alive = [each for each in gc.get_objects() if isinstance(each, QObject) and isValid(each)]
    held = [each for each in alive if each.parent() is None]
    return Census(len(QApplication.allWidgets()), len(window.findChildren(QObject)), len(held))
