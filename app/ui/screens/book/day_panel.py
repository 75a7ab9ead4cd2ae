"""The right pane of the month look: the free times of the chosen day."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from app.domain.zones import city_of
from app.ui.kit.calendar import ListProps, SlotList
from app.ui.kit.labels import ElidedLabel, heading, muted
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.screens.book.calendar.month import free_words
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel

translate = QCoreApplication.translate


class DayPanel(Pane):
    """Binds the day list of the calendar's view-model."""

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
        zones = QVBoxLayout()
        zones.setContentsMargins(14, MEASURES.m, 14, MEASURES.xs)
        zones.addWidget(self._zones)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(zones)
        column.addWidget(self._list, 1)
        self._list.slot_activated.connect(viewmodel.activate)
        self._list.slot_hovered.connect(viewmodel.point_at)
        self._list.focus_changed.connect(viewmodel.point_at)
        viewmodel.day_list_changed.connect(self._show)
        self._show()

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
        city = city_of(inputs.guest_zone) or inputs.guest_zone
        own = translate("calendar", "{city} time · yours in brackets")
        same = translate("calendar", "{city} time")
        self._zones.setText((same if inputs.guest_zone == inputs.own_zone else own).format(city=city))
        self._list.setVisible(True)
        self._list.set_props(listing)
