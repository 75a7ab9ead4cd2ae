"""The panel beside the form: records, suggestions and files."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.meetings import AssociationLabel, RecordRef
from app.ui.kit.icons import IconView
from app.ui.kit.labels import ElidedLabel, caption, muted
from app.ui.kit.records.card import RecordsCard
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.records.search_view import RecordSearchView
from app.ui.kit.text import without_mnemonic
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.screens.log.editor.record_rows import FileChip, SideProps

translate = QCoreApplication.translate
CHIP_WIDTH = 320


class RecordsPanel(QWidget):
    """The records, the search that adds one, and what is suggested; `suggested` carries a CrmRecord."""

    suggested = Signal(object)

    def __init__(self, search: RecordSearchViewModel) -> None:
        super().__init__()
        self.card = RecordsCard()
        self.search = RecordSearchView(search)
        self.search.hide()
        self._caption = caption(translate("log", "Suggested"))
        self._offers = QWidget()
        self._flow = FlowLayout(self._offers, gap=6)
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.s)
        column.addWidget(caption(translate("log", "On these records")))
        column.addWidget(self.card)
        column.addWidget(self.search)
        column.addWidget(self._caption)
        column.addWidget(self._offers)
        self.card.add_wanted.connect(self.search.open)
        self.search.closed.connect(self._on_search_closed)

    def show_side(self, props: SideProps) -> None:
        """Put records and suggestions on screen."""
        self.card.set_rows(props.records)
        self._caption.setVisible(bool(props.suggestions))
        self._offers.setVisible(bool(props.suggestions))
        if props.suggestions == self._shown:
            return
        self._shown = props.suggestions
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for record, label in props.suggestions:
            button = Button(label, icon="plus", compact=True)
            button.clicked.connect(lambda _checked=False, record=record: self.suggested.emit(record))
            self._flow.addWidget(button)

    def _on_search_closed(self) -> None:
        self.card.add.setFocus(Qt.FocusReason.OtherFocusReason)


class FilesPanel(QWidget):
    """Files as chips with their progress; files may be dropped on it. Keys as in `FileChip`."""

    added = Signal(object)
    removed = Signal(str)
    opened = Signal(str)
    pick_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips: dict[str, FileChipView] = {}
        self._shown: tuple[FileChip, ...] = ()
        self.add = Button(translate("log", "Add file"), icon="plus", compact=True)
        self.add.setObjectName("log.add-file")
        self._missing = muted(translate("log", "Attachments need the permission “files”."))
        chips = QWidget()
        self._flow = FlowLayout(chips, gap=MEASURES.s)
        self._flow.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(caption(translate("log", "Attachments")))
        column.addWidget(chips)
        column.addWidget(self._missing)
        self.setAcceptDrops(True)
        self.add.clicked.connect(self.pick_wanted)

    def show_files(self, props: SideProps) -> None:
        """Put the files on screen; the chips of files that stay are kept."""
        self.add.setVisible(props.can_attach)
        self._missing.setVisible(not props.can_attach)
        self.setAcceptDrops(props.can_attach)
        if props.files == self._shown:
            return
        self._shown = props.files
        wanted = {chip.key for chip in props.files}
        for key in [key for key in self._chips if key not in wanted]:
            view = self._chips.pop(key)
            self._flow.removeWidget(view)
            view.hide()
            view.deleteLater()
        for chip in props.files:
            if chip.key not in self._chips:
                self._chips[chip.key] = self._make(chip)
            self._chips[chip.key].show_chip(chip)

    def chip(self, name: str) -> "FileChipView | None":
        """The chip of a file name."""
        return next((view for view in self._chips.values() if view.chip.name == name), None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.added.emit(paths)

    def _make(self, chip: FileChip) -> "FileChipView":
        view = FileChipView(chip)
        view.removed.connect(self.removed)
        view.opened.connect(self.opened)
        self._flow.removeWidget(self.add)
        self._flow.addWidget(view)
        self._flow.addWidget(self.add)
        return view


class FileChipView(Card):
    """One file: clip, name that opens it, size, remove; a bar under it while it is on its way."""

    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, chip: FileChip) -> None:
        super().__init__(tone="sunken", padding=0, spacing=0)
        self.chip = chip
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(CHIP_WIDTH)
        self.name = LinkButton("", tone="text", gives_way=True)
        self._plain = ElidedLabel()
        self._detail = muted()
        self.remove = IconButton("x", "", size=24)
        self._bar = ThinProgress(translate("log", "Upload"))
        row = QHBoxLayout()
        row.setContentsMargins(MEASURES.s, 2, 4, 2)
        row.setSpacing(6)
        row.addWidget(IconView("paperclip", tone="muted"))
        row.addWidget(self.name)
        row.addWidget(self._plain, 1)
        row.addWidget(self._detail)
        row.addWidget(self.remove)
        self.column.addLayout(row)
        self.column.addWidget(self._bar)
        self.name.clicked.connect(self._on_open)
        self.remove.clicked.connect(self._on_remove)

    def show_chip(self, chip: FileChip) -> None:
        """Put the file on screen."""
        self.chip = chip
        self.name.set_label(chip.name)
        self.name.setVisible(chip.can_open)
        self._plain.setText(chip.name)
        self._plain.setVisible(not chip.can_open)
        self._detail.setText(chip.detail)
        self._bar.setVisible(chip.progress is not None)
        self._bar.set_value(chip.progress)
        is_sending = chip.progress is not None
        pattern = translate("log", "Stop sending {name}") if is_sending else translate("log", "Remove {name}")
        self.remove.set_icon("x", pattern.format(name=chip.name))

    def _on_open(self) -> None:
        self.opened.emit(self.chip.key)

    def _on_remove(self) -> None:
        self.removed.emit(self.chip.key)


class LabelsMenu(QMenu):
    """The labels of one record, each to be ticked; `chosen(ref, labels)` after every change."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ref: RecordRef | None = None
        self._actions: list[tuple[QAction, AssociationLabel]] = []

    def open_for(
        self, ref: RecordRef, labels: tuple[AssociationLabel, ...], ticked: tuple[str, ...], at: QPoint
    ) -> None:
        """Show the named labels of the record's type below a point of the screen."""
        self.clear()
        self._ref = ref
        self._actions = []
        for label in labels:
            if label.name:
                action = self.addAction(without_mnemonic(label.name))
                action.setCheckable(True)
                action.setChecked(label.name in ticked)
                action.triggered.connect(self._on_triggered)
                self._actions.append((action, label))
        self.popup(at)

    def _on_triggered(self) -> None:
        chosen = tuple(label for action, label in self._actions if action.isChecked())
        self.chosen.emit(self._ref, chosen)
