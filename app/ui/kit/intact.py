"""Whether Qt objects are whole: event filters are called even while a window is being taken apart."""

from PySide6.QtCore import QObject
from shiboken6 import isValid


def intact(*objects: QObject | None) -> bool:
    """True when each of `objects` exists, for Python and for Qt.

    Ask first in every event filter: Qt calls it during destruction, when Python may have cleared attributes
    (give those a class-level default of None) and wrappers may be dead. An exception there ends the process.
    """
    return all(each is not None and isValid(each) for each in objects)
