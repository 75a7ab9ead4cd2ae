"""Where the plain resource files are: found from a checkout and from a packaged program."""

import sys
from pathlib import Path

from PySide6.QtCore import QDir

FOLDERS = ("icons", "fonts", "styles")


def resource_root() -> Path:
    """The `resources` folder, beside `app/` in a checkout and inside the bundle of a packaged program."""
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        return Path(bundle) / "resources"
    return Path(__file__).resolve().parents[3] / "resources"


def register_resources(root: Path | None = None) -> None:
    """Make `icons:`, `fonts:` and `styles:` addresses work; call once, before the theme is applied."""
    folder = resource_root() if root is None else root
    for name in FOLDERS:
        QDir.setSearchPaths(name, [str(folder / name)])
