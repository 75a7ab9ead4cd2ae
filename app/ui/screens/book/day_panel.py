"""The right pane of the month look: the free times of the chosen day."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.zones import city_of
from app.ui.kit.calendar import ListProps, SlotList
from app.ui.kit.labels import ElidedLabel, heading, muted
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.screens.book.calendar.month import free_words
from app.ui.screens.book.calendar.view import LIST_INSET
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel

translate = QCoreApplication.translate


class DayPanel(Pane):
    """Binds the day list of the calendar's view-model; `closed` fires when the rep puts it away."""

    closed = Signal()

    def __init__(self, viewmodel: CalendarViewModel) -> None:
        super().__init__("surface")
        self.setObjectName("dayPanel")
        self._viewmodel = viewmodel
        self._title = heading()
        self._count = muted(role="base")
        self._zones = ElidedLabel(tone="muted")
        self._list = SlotList(ListProps(groups=()))
        self._list.setObjectName("dayPanel.list")
        bar = Bar()
        bar.row.addWidget(self._title)
        bar.row.addWidget(self._count, 1)
        self._close = IconButton("x", translate("calendar", "Close"))
        self._close.setObjectName("dayPanel.close")
        self._close.clicked.connect(self.closed)
        self._close.hide()
        bar.row.addWidget(self._close)
        zones = QVBoxLayout()
        zones.setContentsMargins(14, MEASURES.m, 14, MEASURES.xs)
        zones.addWidget(self._zones)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(zones)
        rows = QHBoxLayout()
        rows.setContentsMargins(LIST_INSET, 0, LIST_INSET, 0)
        rows.addWidget(self._list)
        column.addLayout(rows, 1)
        self._list.slot_activated.connect(viewmodel.activate)
        self._list.slot_hovered.connect(viewmodel.point_at)
        self._list.focus_changed.connect(viewmodel.point_at)
        self._list.page_requested.connect(self._on_page)
        viewmodel.day_list_changed.connect(self._show)
        self._show()

    def set_closable(self, closable: bool) -> None:
        """Offer to put it away: it lies in a drawer."""
        self._close.setVisible(closable)

    def focus_list(self) -> None:
        """Put the keyboard on the times."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_page(self, direction: int) -> None:
        if direction > 0:
            self._viewmodel.find_next_free()
        else:
            self._viewmodel.find_previous_free()

    def _show(self) -> None:
        inputs, listing = self._viewmodel.inputs, self._viewmodel.props.day_list
        if listing is None or inputs.day is None:
            self._title.setText(translate("calendar", "Pick a day"))
            self._count.setText("")
            self._zones.setText("")
            self._list.setVisible(False)
            return
        self._title.setText(inputs.words.day(inputs.day))
        self._count.setText(free_words(sum(len(group.slots) for group in listing.groups)))
        city = city_of(inputs.guest_zone)
        own = translate("calendar", "{city} time · yours in brackets")
        same = translate("calendar", "{city} time")
        self._zones.setText((same if inputs.is_own_zone else own).format(city=city))
        self._list.setVisible(True)
        self._list.set_props(listing)
