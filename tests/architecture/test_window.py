"""Rules of the window: plain-text labels, view-models without widgets, screens in the catalogue."""

import re
from collections.abc import Iterator

from tests.architecture.source import ROOT, Source, findings, imports, sources

LABELS = "app/ui/kit/labels.py"
SCREENS = "app.ui.screens."
# The shell shows it while nobody is signed in: it has no place in the rail.
BEFORE_THE_SCREENS = {"signin"}
VIEW_MODEL = re.compile(r"(?:^|/)(?:\w+_)?view_?models?(?:_\w+)?\.py$|/view_?models?/")
WIDGET_MODULES = ("PySide6.QtWidgets", "PySide6.QtGui", "PySide6.QtSvg", "PySide6.QtSvgWidgets")


def raw_labels(source: Source) -> Iterator[str]:
    """QLabel by any name outside the one module that makes it plain text."""
    if source.path != LABELS:
        for found in imports(source):
            if found.name == "QLabel":
                yield source.at(found.node, "imports QLabel")


def widgets_in_view_models(source: Source) -> Iterator[str]:
    """View-models that import anything of Qt but QtCore, or a widget module of their own screen."""
    if not VIEW_MODEL.search(source.path):
        return
    screen = ".".join(source.module.split(".")[:4])
    for found in imports(source):
        if found.top == "PySide6" and not found.full.startswith("PySide6.QtCore"):
            yield source.at(found.node, f"imports {found.full}")
        elif found.module.startswith(screen) and found.module in _widget_modules():
            yield source.at(found.node, f"imports {found.module}, which holds widgets")


def _widget_modules() -> set[str]:
    return {
        source.module
        for source in sources("app")
        if any(found.full.startswith(WIDGET_MODULES) for found in imports(source))
    }


def test_labels_are_plain_text() -> None:
    found = findings(sources("app"), raw_labels)
    assert not found, f"use a label of {LABELS}: a raw QLabel guesses HTML in CRM text:\n{found}"


def test_view_models_know_no_widget() -> None:
    found = findings(sources("app"), widgets_in_view_models)
    assert not found, f"keep view-models to PySide6.QtCore; the view reads their props:\n{found}"


def test_every_screen_is_in_the_catalogue() -> None:
    modules = {source.module for source in sources("app")}
    screens = {name.split(".")[3] for name in modules if name.startswith(SCREENS)}
    catalogue = [source for source in sources("app") if source.module == "app.ui.catalog"]
    listed = {
        found.full.split(".")[3] for s in catalogue for found in imports(s) if found.full.startswith(SCREENS)
    }
    missing = sorted(screens - listed - BEFORE_THE_SCREENS)
    assert not missing, f"add one line to app/ui/catalog.py for: {missing}"


def test_the_catalogue_is_one_file() -> None:
    assert not (ROOT / "app" / "ui" / "catalog").exists(), "keep the list of screens in app/ui/catalog.py"
