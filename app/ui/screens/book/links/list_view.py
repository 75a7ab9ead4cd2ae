"""The list widget of the links: keyboard, and a place that stays when the rows change."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListView

from app.domain.links import Slug
from app.ui.screens.book.links.model import LinksModel
from app.ui.screens.book.links.rows import LinkRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where the list stands: the first link in view, its distance from the top, and the keyboard's link."""

    first: Slug | None
    top: int
    current: Slug | None


class LinkList(QListView):
    """`opened(index, by key)` on a click or Enter; `left` when Up is pressed on the first link.

    The selected row is the open link; the current one is where the keyboard is, and moving it opens nothing.
    Rows are laid out in batches only while the list stands at its top: a batch that does not reach the rows
    in view would throw them out of it.
    """

    opened = Signal(QModelIndex, bool)
    left = Signal()

    def __init__(self, model: LinksModel) -> None:
        super().__init__()
        self._links = model
        self.setModel(model)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def current(self) -> Slug | None:
        """The link the keyboard is on."""
        link = self._links.link_at(self.currentIndex())
        return link.slug if link is not None else None

    def select(self, slug: Slug | None) -> None:
        """Mark the open link, and put the keyboard on it."""
        self._mark(slug)
        index = self._links.place_of(slug)
        if index.isValid():
            self.setCurrentIndex(index)

    def place(self) -> Place:
        """Where the list stands now."""
        current = self.current
        row = max(self.indexAt(QPoint(1, 1)).row(), 0)
        for number in range(row, min(row + 3, len(self._links.rows))):
            index = self._links.index(number)
            link = self._links.link_at(index)
            if link is not None and self.verticalScrollBar().value() > 0:
                return Place(link.slug, self.visualRect(index).top(), current)
        return Place(None, 0, current)

    def return_to(self, place: Place, selected: Slug | None) -> None:
        """Stand there again after the rows were replaced, without a jump."""
        self._mark(selected)
        index = self._links.place_of(place.current)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        first = self._links.place_of(place.first)
        if not first.isValid():
            return
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.doItemsLayout()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(first).top() - place.top)

    def selectionCommand(
        self, _index: QModelIndex | QPersistentModelIndex, _event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Neither keys nor clicks select: only the open link is selected."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
            return
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex(), True)
        elif key == Qt.Key.Key_Up and self._is_first():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _is_first(self) -> bool:
        above = self._links.rows[: max(self.currentIndex().row(), 0)]
        return not any(isinstance(row, LinkRow) for row in above)

    def _mark(self, slug: Slug | None) -> None:
        index, flags = self._links.place_of(slug), QItemSelectionModel.SelectionFlag
        if index.isValid():
            self.selectionModel().select(index, flags.ClearAndSelect)
        else:
            self.selectionModel().clearSelection()

    def _on_scrolled(self, value: int) -> None:
        modes = QListView.LayoutMode
        self.setLayoutMode(modes.SinglePass if value > 0 else modes.Batched)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index, False)
