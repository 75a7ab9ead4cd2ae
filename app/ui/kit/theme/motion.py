"""Whether things on screen may move: the system's (or the user's) wish for reduced motion."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


def motion_allowed() -> bool:
    """False when animations are to be left out; every moving widget then shows a still picture."""
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
