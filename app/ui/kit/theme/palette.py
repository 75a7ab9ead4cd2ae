"""Tokens turned into the QPalette that Qt hands to every widget.

Qt's own drawing of the roles used for text tones (`Midlight`, `LinkVisited`) is replaced by the style sheet.
"""

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
    _ROLE.LinkVisited: "warn",
    _ROLE.Light: "surface",
    _ROLE.Midlight: "ok",
    _ROLE.Mid: "line",
    _ROLE.Dark: "edge",
    _ROLE.Shadow: "line",
}
TEXT_ROLES: dict[str, QPalette.ColorRole] = {
    "text": _ROLE.WindowText,
    "muted": _ROLE.PlaceholderText,
    "accent": _ROLE.Accent,
    "accent_text": _ROLE.Link,
    "on_accent": _ROLE.HighlightedText,
    "ok": _ROLE.Midlight,
    "warn": _ROLE.LinkVisited,
    "bad": _ROLE.BrightText,
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
