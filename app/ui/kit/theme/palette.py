"""Tokens turned into the QPalette that Qt hands to every widget."""

from PySide6.QtGui import QColor, QPalette

from app.ui.kit.theme.tokens import Tokens

_ROLE = QPalette.ColorRole
_ROLES = {
    _ROLE.Window: "win",
    _ROLE.WindowText: "text",
    _ROLE.Base: "surface",
    _ROLE.AlternateBase: "sunken",
    _ROLE.Text: "text",
    _ROLE.Button: "surface",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "bad",
    _ROLE.PlaceholderText: "muted",
    _ROLE.ToolTipBase: "text",
    _ROLE.ToolTipText: "surface",
    _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "on_accent",
    _ROLE.Accent: "accent",
    _ROLE.Link: "accent_text",
    _ROLE.LinkVisited: "muted",
    _ROLE.Light: "surface",
    _ROLE.Midlight: "line2",
    _ROLE.Mid: "line",
    _ROLE.Dark: "edge",
    _ROLE.Shadow: "line",
}
_DISABLED = (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.PlaceholderText)


def palette_for(tokens: Tokens) -> QPalette:
    """A complete palette: every role of every group comes from `tokens`."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(tokens.colour(token)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette
