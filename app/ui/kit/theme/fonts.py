"""The type scale: a QFont for each role, in the bundled Inter on Linux and in the system font elsewhere."""

import sys
from typing import Literal

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

Role = Literal[
    "base",
    "medium",
    "control",
    "strong",
    "small",
    "chip",
    "small_medium",
    "small_strong",
    "tag",
    "caption",
    "caption_strong",
    "search",
    "lead",
    "title",
    "welcome",
]

_SCALE: dict[Role, tuple[float, QFont.Weight]] = {
    "base": (13, QFont.Weight.Normal),
    "medium": (13, QFont.Weight.Medium),
    "control": (12, QFont.Weight.Medium),
    "chip": (12, QFont.Weight.Normal),
    "small_medium": (11.5, QFont.Weight.Medium),
    "tag": (11, QFont.Weight.Medium),
    "strong": (13, QFont.Weight.DemiBold),
    "small": (11.5, QFont.Weight.Normal),
    "small_strong": (11.5, QFont.Weight.DemiBold),
    "caption": (10.5, QFont.Weight.Normal),
    "caption_strong": (10.5, QFont.Weight.DemiBold),
    "search": (15, QFont.Weight.Normal),
    "lead": (14, QFont.Weight.DemiBold),
    "title": (15, QFont.Weight.DemiBold),
    "welcome": (24, QFont.Weight.DemiBold),
}
FACES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
FAMILY = "Inter"
LINE_HEIGHT = 1.45
_LETTER = 0.48
"""The width of an average letter, as a share of the size."""


def load_faces() -> bool:
    """Register the bundled faces from the `fonts:` search path; False when one of them could not be read."""
    paths = [QFileInfo(f"fonts:{face}").canonicalFilePath() for face in FACES]
    return all(QFontDatabase.addApplicationFont(path) >= 0 for path in paths)


def uses_bundled_faces(platform: str = sys.platform) -> bool:
    """Windows and macOS have a good interface font of their own; elsewhere ours is the only sure one."""
    return platform not in {"win32", "darwin"}


def font(role: Role = "base") -> QFont:
    """The application font in the size and weight of `role`.

    Qt draws whole pixel sizes only; half sizes are the next one with the letters set closer, so that lines
    are as long as they should be.
    """
    pixels, weight = _SCALE[role]
    drawn = int(pixels + 0.5)
    result = QFont(QGuiApplication.font())
    result.setPixelSize(drawn)
    result.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, (pixels - drawn) * _LETTER)
    result.setWeight(weight)
    return result


def tabular(role: Role = "base") -> QFont:
    """Like `font`, with digits of one width, for times under each other."""
    result = font(role)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def line_height(role: Role = "base") -> int:
    """Logical pixels from one line of text to the next."""
    return max(round(_SCALE[role][0] * LINE_HEIGHT), round(QFontMetricsF(font(role)).height()))
