"""The search under the card of records: a kind and a type-ahead."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.combo import Combo
from app.ui.kit.widgets.typeahead import TypeAheadField

translate = QCoreApplication.translate


class RecordSearchView(QWidget):
    """Binds `RecordSearchViewModel`; `closed` fires on Escape and on its cross."""

    closed = Signal()

    def __init__(self, viewmodel: RecordSearchViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self.kind = Combo((), name=translate("records", "Kind of record"))
        self.kind.setObjectName("records.kind")
        self.field = TypeAheadField("", placeholder=translate("records", "Name, address or number"))
        self.field.setObjectName("records.search")
        self.field.box.edit.setAccessibleName(translate("records", "Search records"))
        self._close = IconButton("x", translate("records", "Close the search"), size=24)
        head = QHBoxLayout()
        head.setSpacing(MEASURES.s)
        head.addWidget(self.kind, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEASURES.s, 0, 0)
        column.setSpacing(MEASURES.s)
        column.addLayout(head)
        column.addWidget(self.field)
        self.kind.choice_changed.connect(viewmodel.choose_kind)
        self.field.query_changed.connect(viewmodel.search)
        self.field.picked.connect(viewmodel.pick)
        self._close.clicked.connect(self._on_close)
        viewmodel.picked.connect(self._on_picked)
        viewmodel.props_changed.connect(self._show)
        self._show()

    def open(self) -> None:
        """Show the search with the keyboard in it."""
        self._viewmodel.load()
        self.field.set_query("")
        self.show()
        self.field.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
            return
        super().keyPressEvent(event)

    def _on_picked(self) -> None:
        """The next record is typed into an empty field."""
        self.field.set_query("")

    def _on_close(self) -> None:
        self._viewmodel.clear()
        self.hide()
        self.closed.emit()

    def _show(self) -> None:
        props = self._viewmodel.props
        self.kind.set_choices(props.kinds)
        self.kind.set_choice(props.kind)
        self.field.set_loading(props.is_searching)
        self.field.set_rows(props.rows, message=props.message)
