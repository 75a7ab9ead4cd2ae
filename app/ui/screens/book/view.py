"""The Book screen's panes: side by side, with the desk in a drawer, or one at a time when narrow."""

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.kit.widgets.drawer import Drawer
from app.ui.kit.widgets.panes import Panes
from app.ui.screens.book.calendar.view import NARROWEST, CalendarView
from app.ui.screens.book.day_panel import DayPanel
from app.ui.screens.book.desk.view import DeskView
from app.ui.screens.book.links.view import LinksView

translate = QCoreApplication.translate
DRAWER_BELOW, SINGLE_BELOW = 1000, 700


class Room(Enum):
    """How much room there is."""

    WIDE = auto()
    DRAWER = auto()
    SINGLE = auto()


def room_for(width: int) -> Room:
    """What fits into `width` logical pixels of window, the rail included."""
    if width < SINGLE_BELOW:
        return Room.SINGLE
    return Room.DRAWER if width < DRAWER_BELOW else Room.WIDE


class BookView(QWidget):
    """Lays out links, calendar and desk; `widths_changed` fires when the rep drags a separator."""

    widths_changed = Signal()

    def __init__(self, links: LinksView, calendar: CalendarView, day: DayPanel, desk: DeskView) -> None:
        super().__init__()
        self.links, self.calendar, self.day, self.desk = links, calendar, day, desk
        self._room = Room.WIDE
        self._wants_links = False
        self._right = QStackedWidget()
        self._right.addWidget(desk)
        self._right.addWidget(day)
        self._outer, self._inner = Panes(), Panes()
        self.banner_host = QVBoxLayout()
        self.banner_host.setSpacing(0)
        self._back = Bar(secondary=True)
        back = Button(translate("book", "Meeting links"), icon="chevron-left", kind="quiet")
        back.clicked.connect(self.show_links)
        self._back.row.addWidget(back)
        self._back.row.addStretch(1)
        self._lay_out()
        self._drawer = Drawer(self, translate("book", "Booking desk"), QWidget(), width=MEASURES.desk)
        self._drawer.release_content()
        self._arrange()

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of links, calendar and desk, to be remembered."""
        return (*self._outer.widths, *self._inner.widths) if self._room is Room.WIDE else ()

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Restore remembered widths; anything else than four numbers is ignored."""
        if len(widths) == len(self._outer.widths) + len(self._inner.widths):
            self._outer.set_widths(widths[:2])
            self._inner.set_widths(widths[2:])

    def show_desk(self) -> None:
        """Bring the desk forward, in the drawer where there is one."""
        self._right.setCurrentWidget(self.desk)
        if self._room is not Room.WIDE and not self._drawer.is_open:
            self._drawer.open()

    def show_day(self) -> None:
        """Bring the list of one day forward, in the drawer where there is one, with the keyboard on it."""
        self._right.setCurrentWidget(self.day)
        if self._room is not Room.WIDE:
            self._drawer.open()
        self.day.focus_list()

    def day_in_front(self) -> None:
        """The list of one day stands where the desk was."""
        self._right.setCurrentWidget(self.day)

    def desk_in_front(self) -> None:
        """The desk stands where the list of one day was."""
        self._right.setCurrentWidget(self.desk)

    def put_away(self) -> None:
        """Close the drawer; nothing where the desk has a pane of its own."""
        self._drawer.dismiss()

    def show_links(self) -> None:
        """In a narrow window: the list instead of the calendar."""
        self._wants_links = True
        self._show_single()
        self.links.focus_search()

    def show_calendar(self) -> None:
        """In a narrow window: the calendar instead of the list."""
        self._wants_links = False
        self._show_single()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = room_for(event.size().width() + MEASURES.rail)
        if room is not self._room:
            self._room = room
            self._arrange()

    def _lay_out(self) -> None:
        left = Pane("win", lines=("right",))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.links)
        self._left = left
        centre = Pane("surface")
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._back)
        middle.addWidget(self.calendar, 1)
        self._inner.add(centre, minimum=NARROWEST, width=772, stretch=1)
        self._inner.add(self._right, minimum=MEASURES.desk_min, width=MEASURES.desk)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addLayout(self.banner_host)
        work.addWidget(self._inner, 1)
        self._outer.add(left, minimum=MEASURES.left_pane_min, width=MEASURES.left_pane)
        self._outer.add(self._work, minimum=NARROWEST, width=1112, stretch=1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._outer)
        self._outer.widths_changed.connect(self.widths_changed)
        self._inner.widths_changed.connect(self.widths_changed)

    def _arrange(self) -> None:
        if self._room is Room.WIDE:
            self._drawer.dismiss()
            self._drawer.release_content()
            if self._inner.indexOf(self._right) < 0:
                self._inner.addWidget(self._right)
            self._right.show()
        elif self._inner.indexOf(self._right) >= 0:
            self._drawer.hold_content(self._right)
            self._right.show()
        self.day.set_closable(self._room is not Room.WIDE)
        self._show_single()

    def _show_single(self) -> None:
        is_single = self._room is Room.SINGLE
        self._back.setVisible(is_single)
        self._left.setVisible(not is_single or self._wants_links)
        self._work.setVisible(not is_single or not self._wants_links)
