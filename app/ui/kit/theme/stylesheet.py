"""The generated style sheet for the standard Qt widgets; the kit's own widgets paint themselves."""

from PySide6.QtCore import QFile, QIODevice

from app.ui.kit.theme.tokens import COLOUR_NAMES, Tokens


def stylesheet_for(tokens: Tokens) -> str:
    """`styles:kit.qss` with every `@token` replaced by its colour; '' when the file cannot be read."""
    file = QFile("styles:kit.qss")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return ""
    text = bytes(file.readAll().data()).decode()
    for name in sorted(COLOUR_NAMES, key=len, reverse=True):
        text = text.replace(f"@{name}", tokens.colour(name))
    return text
