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
    "title",
    "welcome",
]

_SCALE: dict[Role, tuple[float, QFont.Weight]] = {
    "base": (13, QFont.Weight.Normal),
    "medium": (13, QFont.Weight.Medium),
    "control": (12.5, QFont.Weight.Medium),
    "chip": (12.5, QFont.Weight.Normal),
    "small_medium": (11.5, QFont.Weight.Medium),
    "tag": (11, QFont.Weight.Medium),
    "strong": (13, QFont.Weight.DemiBold),
    "small": (11.5, QFont.Weight.Normal),
    "small_strong": (11.5, QFont.Weight.DemiBold),
    "caption": (10.5, QFont.Weight.Normal),
    "caption_strong": (10.5, QFont.Weight.DemiBold),
    "search": (15, QFont.Weight.Normal),
    "title": (15, QFont.Weight.DemiBold),
    "welcome": (24, QFont.Weight.DemiBold),
}
FACES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
FAMILY = "Inter"
LINE_HEIGHT = 1.45


def load_faces() -> bool:
    """Register the bundled faces from the `fonts:` search path; False when one of them could not be read."""
    paths = [QFileInfo(f"fonts:{face}").canonicalFilePath() for face in FACES]
    return all(QFontDatabase.addApplicationFont(path) >= 0 for path in paths)


def uses_bundled_faces(platform: str = sys.platform) -> bool:
    """Windows and macOS have a good interface font of their own; elsewhere ours is the only sure one."""
    return platform not in {"win32", "darwin"}


def font(role: Role = "base") -> QFont:
    """The application font in the size and weight of `role`.

    QFont takes whole pixels only, so the size is given in points that come out at the exact pixel size.
    """
    pixels, weight = _SCALE[role]
    result = QFont(QGuiApplication.font())
    screen = QGuiApplication.primaryScreen()
    dots_per_inch = screen.logicalDotsPerInch() if screen is not None else 96.0
    result.setPointSizeF(pixels * 72 / dots_per_inch)
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
