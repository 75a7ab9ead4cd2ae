"""The page on what is kept on this computer, and where."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.labels import Label, Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.copying import CopyLine
from app.ui.screens.settings.page import Page, Rows

translate = QCoreApplication.translate


def place_words(name: str) -> tuple[str, str]:
    """Title and content of a place that the composition root names; an unknown name stands for itself."""
    known = {
        "settings": (
            translate("settings", "Settings"),
            translate("settings", "What you chose here, as a text file."),
        ),
        "data": (
            translate("settings", "Data"),
            translate(
                "settings",
                "Accounts, favourites, tags and drafts, with daily copies.",
            ),
        ),
        "cache": (
            translate("settings", "Cache"),
            translate("settings", "Links and free times as last seen. Nothing is lost without it."),
        ),
        "logs": (
            translate("settings", "Logs"),
            translate("settings", "What happened, without secrets and without what was typed."),
        ),
        "administrator": (
            translate("settings", "Administrator's file"),
            translate("settings", "App credentials for everybody on this computer, if there are any."),
        ),
    }
    return known.get(name, (name, ""))


class DataPage(Page):
    """Static: `paths` are (name, path) pairs."""

    def __init__(self, paths: Sequence[tuple[str, str]]) -> None:
        super().__init__(translate("settings", "Data on this computer"))
        places = Rows()
        for name, path in paths:
            places.add(PlaceRow(*place_words(name), path=path))
        self.add(places)
        secrets = translate("settings", "Sign-ins and the app's secret are never kept in a file.")
        self.add(Paragraph(secrets, tone="muted"))


class PlaceRow(QWidget):
    """What is there, and the path to copy."""

    def __init__(self, title: str, detail: str, *, path: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.s, MEASURES.m)
        column.setSpacing(1)
        column.addWidget(Label(title, role="medium"))
        if detail:
            column.addWidget(Paragraph(detail, role="small", tone="muted"))
        column.addWidget(CopyLine(path, tone="muted"))
        self.setAccessibleName(title)
