"""Which keys move through a week grid."""

from PySide6.QtCore import QKeyCombination, Qt

from app.ui.kit.calendar.steps import Step

_PLAIN = {
    Qt.Key.Key_Up: Step.EARLIER,
    Qt.Key.Key_Down: Step.LATER,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Home: Step.DAY_START,
    Qt.Key.Key_End: Step.DAY_END,
}
_WITH_CONTROL = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Home: Step.WEEK_START,
    Qt.Key.Key_End: Step.WEEK_END,
}
_PAGES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAD = Qt.KeyboardModifier.KeypadModifier


def step_of(keys: QKeyCombination) -> Step | None:
    """The move a key press asks for."""
    modifiers = keys.keyboardModifiers() & ~_PAD
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return _PLAIN.get(keys.key())
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return _WITH_CONTROL.get(keys.key())
    return None


def page_of(keys: QKeyCombination) -> int:
    """-1 or 1 for Ctrl+Up and Ctrl+Down, a page of days back or on; else 0."""
    control = keys.keyboardModifiers() & ~_PAD == Qt.KeyboardModifier.ControlModifier
    return _PAGES.get(keys.key(), 0) if control else 0


def is_activation(keys: QKeyCombination) -> bool:
    """Enter or Return alone."""
    plain = keys.keyboardModifiers() & ~_PAD == Qt.KeyboardModifier.NoModifier
    return plain and keys.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_toggle(keys: QKeyCombination) -> bool:
    """Space alone."""
    return keys.keyboardModifiers() == Qt.KeyboardModifier.NoModifier and keys.key() == Qt.Key.Key_Space
