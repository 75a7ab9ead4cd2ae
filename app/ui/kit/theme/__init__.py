"""Colours, measures and type of the application, light and dark."""

from app.ui.kit.theme.fonts import Role, font, line_height, tabular
from app.ui.kit.theme.scheme import tokens_in, tokens_of
from app.ui.kit.theme.theme import Scheme, Theme, choose_tokens
from app.ui.kit.theme.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, MEASURES, Measures, Tokens

__all__ = [
    "DARK",
    "DARK_CONTRAST",
    "LIGHT",
    "LIGHT_CONTRAST",
    "MEASURES",
    "Measures",
    "Role",
    "Scheme",
    "Theme",
    "Tokens",
    "choose_tokens",
    "font",
    "line_height",
    "tabular",
    "tokens_in",
    "tokens_of",
]
