"""The outbox in the left pane: what needs the rep, what waits, what was sent."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit.labels import Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.rows import ResultList
from app.ui.screens.log.outbox.viewmodel import OutboxViewModel

translate = QCoreApplication.translate


class ChangeList(ResultList):
    """Arrows open the next row, Enter leads to what can be done with it (`entered`)."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, padding=14, roomy=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.step(1 if event.key() == Qt.Key.Key_Down else -1)
                self.activate()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                event.ignore()


class OutboxListView(QWidget):
    """Binds the rows of `OutboxViewModel`; `entered` asks for the pane of the open row."""

    entered = Signal()

    def __init__(self, viewmodel: OutboxViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._note = Paragraph(role="small", tone="warn")
        self._list = ChangeList(translate("outbox", "Outbox"))
        self._list.setObjectName("outbox.list")
        self._list.activated_id.connect(viewmodel.open)
        self._list.clicked.connect(self._on_entered)
        self._list.entered.connect(self.entered)
        self._empty = EmptyState(
            "circle-check",
            translate("outbox", "Outbox empty"),
            translate("outbox", "Everything you logged is in HubSpot."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEASURES.xs, 0, 0)
        column.setSpacing(0)
        self._note.setContentsMargins(MEASURES.l, MEASURES.xs, MEASURES.l, MEASURES.xs)
        column.addWidget(self._note)
        column.addWidget(self._stack, 1)
        viewmodel.props_changed.connect(self._show)
        self._show()

    def focus_list(self) -> None:
        """Put the keyboard on the rows."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        props = self._viewmodel.props
        self._list.set_rows(props.rows)
        if props.open is not None:
            self._list.set_current(props.open.id)
        self._stack.setCurrentWidget(self._list if props.rows else self._empty)
        self._note.setText(self._note_words())
        self._note.setVisible(bool(self._note.text()))

    def _note_words(self) -> str:
        props = self._viewmodel.props
        parts = [props.note] if props.note else []
        if props.elsewhere == 1:
            parts.append(translate("outbox", "1 change of another account waits until you switch to it."))
        elif props.elsewhere:
            pattern = translate("outbox", "{n} changes of other accounts wait until you switch to them.")
            parts.append(pattern.format(n=props.elsewhere))
        return " ".join(parts)

    def _on_entered(self) -> None:
        self.entered.emit()
