"""The Agenda's panes: list and card side by side, or the card in a drawer."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.drawer import Drawer
from app.ui.kit.widgets.panes import Panes
from app.ui.screens.agenda.card.view import CardView
from app.ui.screens.agenda.listing.view import AgendaListView

translate = QCoreApplication.translate
DRAWER_BELOW = 1000
LIST_MINIMUM = 300


class AgendaPanes(QWidget):
    """Lays out list and card; `put_away_done` fires when the drawer has closed."""

    put_away_done = Signal()

    def __init__(self, meetings: AgendaListView, card: CardView) -> None:
        super().__init__()
        self.setObjectName("agenda")
        self.meetings, self.card = meetings, card
        self._has_drawer = False
        self.banner_host = QVBoxLayout()
        self.banner_host.setSpacing(0)
        self._panes = Panes()
        left = Pane("surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(meetings)
        self._right = Pane("surface")
        inner = QVBoxLayout(self._right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(card)
        self._panes.add(left, minimum=LIST_MINIMUM, width=1028, stretch=1)
        self._panes.add(self._right, minimum=MEASURES.desk_min, width=MEASURES.desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self.banner_host)
        outer.addWidget(self._panes, 1)
        self._drawer = Drawer(self, translate("agenda", "Meeting"), QWidget(), width=MEASURES.desk)
        self._drawer.release_content()
        self._drawer.closed.connect(self.put_away_done)
        card.close_card.clicked.connect(self._drawer.dismiss)

    @property
    def has_drawer(self) -> bool:
        """Whether the card lies in a drawer."""
        return self._has_drawer

    def show_card(self) -> None:
        """Bring the card forward, in the drawer where there is one."""
        if self._has_drawer:
            self._drawer.open(self.card.log)

    def put_away(self) -> None:
        """Close the drawer; nothing where the card has a pane of its own."""
        self._drawer.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_drawer = event.size().width() + MEASURES.rail < DRAWER_BELOW
        if has_drawer != self._has_drawer:
            self._has_drawer = has_drawer
            self._arrange()

    def _arrange(self) -> None:
        if self._has_drawer:
            self._drawer.hold_content(self._right)
        else:
            self._drawer.dismiss()
            self._drawer.release_content()
            self._panes.addWidget(self._right)
        self._right.show()
        self.card.set_closable(self._has_drawer)
