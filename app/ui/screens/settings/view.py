"""The settings as widgets: the list of pages at the left, the chosen page at the right."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit.labels import heading
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.combo import Combo
from app.ui.screens.settings.page import Page
from app.ui.screens.settings.page_list import PageEntry, PageList

translate = QCoreApplication.translate
LIST_WIDTH = 230
BESIDE = 620
"""Logical pixels from which on the list stands beside the page; below, a drop-down takes its place."""


class SettingsView(Pane):
    """Builds a page the first time it is shown; `page_shown(id)` when the rep changes to another."""

    page_shown = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], makers: Mapping[str, Callable[[], Page]]) -> None:
        super().__init__("win")
        self._makers = makers
        self._pages: dict[str, Page] = {}
        self._list = PageList(entries)
        self._combo = Combo(
            [(entry.id, entry.title) for entry in entries],
            name=translate("settings", "Pages of the settings"),
        )
        self._combo.setObjectName("settings.pages")
        self._stack = QStackedWidget()
        self._build()
        self._list.page_chosen.connect(self.show_page)
        self._combo.choice_changed.connect(self.show_page)
        self.show_page(entries[0].id)

    def page(self, page_id: str) -> Page:
        """The page, built if need be; KeyError for an unknown id."""
        if page_id not in self._pages:
            self._pages[page_id] = self._makers[page_id]()
            self._pages[page_id].show_title(self._top.isHidden())
            self._stack.addWidget(self._pages[page_id])
        return self._pages[page_id]

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(self.page(page_id))
        self._list.choose(page_id)
        self._combo.set_choice(page_id)
        self.page_shown.emit(page_id)

    def take_focus(self) -> None:
        """Put the keyboard on the list of pages."""
        target = self._combo if self._side.isHidden() else self._list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane at a time where there is no room for two."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE
        self._side.setVisible(is_wide)
        self._top.setVisible(not is_wide)
        for page in self._pages.values():
            page.show_title(is_wide)

    def _build(self) -> None:
        self._side = Pane("win", lines=("right",))
        self._side.setFixedWidth(LIST_WIDTH)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(MEASURES.l - 1, 20, MEASURES.l, MEASURES.l)
        side.setSpacing(MEASURES.m)
        title = heading(translate("settings", "Settings"))
        title.setContentsMargins(2, 0, 0, 0)
        side.addWidget(title)
        side.addWidget(self._list, 1)
        self._top = QWidget()
        self._top.hide()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(MEASURES.xl, MEASURES.l, MEASURES.xl, 0)
        top.addWidget(self._combo)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
