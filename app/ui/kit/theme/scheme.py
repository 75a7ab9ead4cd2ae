"""Which tokens a widget paints with: read from its palette, so no widget needs a reference to the theme."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from app.ui.kit.theme.tokens import LIGHT, SCHEMES, Tokens

_BY_LINK = {QColor(tokens.accent_text).rgb(): tokens for tokens in SCHEMES}


def tokens_in(palette: QPalette) -> Tokens:
    """The scheme whose palette this is; LIGHT for a palette the theme did not make."""
    return _BY_LINK.get(palette.color(QPalette.ColorRole.Link).rgb(), LIGHT)


def tokens_of(widget: QWidget) -> Tokens:
    """The scheme `widget` is shown in; call it while painting, and repaint on `PaletteChange`."""
    return tokens_in(widget.palette())
