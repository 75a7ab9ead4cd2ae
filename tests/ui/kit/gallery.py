"""Pictures of the kit's widgets, light and dark, 100, 150, 200 %: `python -m tests.ui.kit.gallery DIR`.

A person looks at them; no test compares pixels.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.ui.kit.gallery_boards import BOARDS, fit
from tests.ui.kit.gallery_popups import POPUPS
from tests.ui.kit.gallery_scenes import SCENES

SCALES = ("1", "1.5", "2")
Board = Callable[[], QWidget]


def draw_boards(out: Path, scale: str, names: list[str]) -> None:
    """Render the boards called `names` (all when empty) into `out`, in both schemes."""
    app = QApplication([])
    register_resources()
    theme = Theme()
    theme.apply(app)
    for name, board in (BOARDS | SCENES | POPUPS).items():
        if names and name not in names:
            continue
        for scheme in ("light", "dark"):
            theme.set_scheme("dark" if scheme == "dark" else "light")
            widget = board()
            widget.show()
            fit(widget)
            QTest.qWaitForWindowExposed(widget)
            widget.grab().save(str(out / f"{name}-{scheme}-{scale}.png"))
            for window in app.topLevelWidgets():
                window.close()
                window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> int:
    """The parent starts one child per scale, because Qt reads the scale when the application starts."""
    arguments = sys.argv[1:]
    if not arguments:
        print("usage: python -m tests.ui.kit.gallery DIR [BOARD...]")
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    scale = os.environ.get("GALLERY_SCALE")
    if scale is not None:
        draw_boards(out, scale, arguments[1:])
        return 0
    for factor in SCALES:
        environment = os.environ | {
            "GALLERY_SCALE": factor,
            "QT_SCALE_FACTOR": factor,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        command = [sys.executable, "-m", "tests.ui.kit.gallery", *arguments]
        subprocess.run(command, env=environment, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
