"""The bar over the calendar: where we are, whose time it is, how long, and how it is shown."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.labels import Label
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.book.calendar.bar import BarProps
from app.ui.screens.book.calendar.inputs import CalendarLook

translate = QCoreApplication.translate


class CalendarToolbar(QWidget):
    """Emits what was asked for; `zone_button` is where the zone picker opens."""

    stepped = Signal(int)
    today_clicked = Signal()
    next_free_clicked = Signal()
    zone_clicked = Signal()
    duration_chosen = Signal(int)
    look_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(MEASURES.bar)
        self._title = Label(role="title")
        self._previous = IconButton("chevron-left", translate("calendar", "Earlier"))
        self._today = Button(translate("calendar", "Today"), keys="")
        self._next = IconButton("chevron-right", translate("calendar", "Later"))
        self._next_free = IconButton("calendar-search", translate("calendar", "Next free time"), keys="N")
        self.zone_button = Button("", icon="globe")
        self._durations = Segmented(translate("calendar", "Duration"))
        self._looks = Segmented(
            translate("calendar", "View"),
            [
                (CalendarLook.WEEK, translate("calendar", "Week")),
                (CalendarLook.COLUMNS, translate("calendar", "Days")),
                (CalendarLook.MONTH, translate("calendar", "Month")),
                (CalendarLook.LIST, translate("calendar", "List")),
            ],
        )
        self._name_parts()
        self._lay_out()
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._today.clicked.connect(self.today_clicked)
        self._next_free.clicked.connect(self.next_free_clicked)
        self.zone_button.clicked.connect(self.zone_clicked)
        self._durations.choice_changed.connect(lambda choice: self.duration_chosen.emit(int(choice)))
        self._looks.choice_changed.connect(self.look_chosen)

    def show_bar(self, bar: BarProps) -> None:
        """Print the bar."""
        self._title.setText(bar.title)
        self._previous.setEnabled(bar.can_go_back)
        zone = f"{bar.zone_city} {bar.zone_difference}".strip()
        self.zone_button.set_label(zone)
        self.zone_button.setAccessibleName(
            translate("calendar", "Guest's time zone: {zone}").format(zone=zone)
        )
        choices = [(str(ms), label) for ms, label in bar.durations]
        if tuple(choices) != self._durations.choices:
            self._durations.set_choices(choices)
        self._durations.setVisible(bool(choices))
        self._durations.set_choice(str(bar.duration_ms))
        self._looks.set_choice(bar.look)

    def _name_parts(self) -> None:
        self._previous.setObjectName("calendar.previous")
        self._today.setObjectName("calendar.today")
        self._next.setObjectName("calendar.next")
        self._next_free.setObjectName("calendar.nextFree")
        self.zone_button.setObjectName("calendar.zone")
        self._durations.setObjectName("calendar.durations")
        self._looks.setObjectName("calendar.views")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(MEASURES.s)
        row.addWidget(self._title)
        row.addSpacing(MEASURES.xs)
        for step in (self._previous, self._today, self._next, self._next_free):
            row.addWidget(step)
        row.addStretch(1)
        for part in (self.zone_button, self._durations, self._looks):
            row.addWidget(part)
