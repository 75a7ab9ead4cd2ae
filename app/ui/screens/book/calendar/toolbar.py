"""The bar over the calendar: where we are, whose time it is, how long, and how it is shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.labels import ElidedLabel
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.book.calendar.bar import BarProps
from app.ui.screens.book.calendar.inputs import CalendarLook

translate = QCoreApplication.translate
SIDE, ARROW = 14, 24


class CalendarToolbar(QWidget):
    """Emits what was asked for; `zone_button` is where the zone picker opens.

    Where the width does not hold everything, durations and looks go to a second line.
    """

    stepped = Signal(int)
    today_clicked = Signal()
    next_free_clicked = Signal()
    zone_clicked = Signal()
    duration_chosen = Signal(int)
    look_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel(role="title")
        self._previous = IconButton("chevron-left", translate("calendar", "Earlier"), size=ARROW)
        self._today = Button(translate("calendar", "Today"), small=True)
        self._next = IconButton("chevron-right", translate("calendar", "Later"), size=ARROW)
        self._next_free = IconButton(
            "calendar-search", translate("calendar", "Next free time"), keys="N", size=ARROW
        )
        self.zone_button = Button("", icon="globe", small=True)
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
        self._is_split = False
        self._zone = self._short_zone = self._zone_name = ""
        self._title_room: dict[CalendarLook, int] = {}
        self._usual_room: dict[CalendarLook, int] = {}
        self._look = CalendarLook.WEEK
        self._name_parts()
        self._make_rows()
        self._upper.addWidget(self._how)
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._today.clicked.connect(self.today_clicked)
        self._next_free.clicked.connect(self.next_free_clicked)
        self.zone_button.clicked.connect(self.zone_clicked)
        self._durations.choice_changed.connect(lambda choice: self.duration_chosen.emit(int(choice)))
        self._looks.choice_changed.connect(self.look_chosen)

    def expect_titles(self, titles: Mapping[CalendarLook, Sequence[str]]) -> None:
        """What the title may say as time goes by: whether everything has room does not change on the way."""
        measure = self._title.fontMetrics().horizontalAdvance
        self._usual_room = {look: max(map(measure, some), default=0) + 2 for look, some in titles.items()}
        self._arrange()

    def show_bar(self, bar: BarProps) -> None:
        """Print the bar."""
        self._show_title(bar)
        self._previous.setEnabled(bar.can_go_back)
        self._zone = f"{bar.zone_city} {bar.zone_difference}".strip()
        self._short_zone = f"{bar.zone_code} {bar.zone_difference}".strip()
        self._zone_name = translate("calendar", "Guest's time zone: {zone}").format(zone=self._zone)
        choices = [(str(ms), label) for ms, label in bar.durations]
        if tuple(choices) != self._durations.choices:
            self._durations.set_choices(choices)
        self._durations.setVisible(bool(choices))
        self._durations.set_choice(str(bar.duration_ms))
        self._looks.set_choice(bar.look)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_title(self, bar: BarProps) -> None:
        """The title's room grows and never shrinks, so that the arrows stay under the pointer."""
        self._title.setText(bar.title)
        needed = self._title.fontMetrics().horizontalAdvance(self._title.text()) + 2
        room = max(needed, self._title_room.get(bar.look, 0))
        self._title_room[bar.look] = room
        self._look = bar.look
        self._title.setFixedWidth(room)

    def _name_parts(self) -> None:
        self._previous.setObjectName("calendar.previous")
        self._today.setObjectName("calendar.today")
        self._next.setObjectName("calendar.next")
        self._next_free.setObjectName("calendar.nextFree")
        self.zone_button.setObjectName("calendar.zone")
        self._durations.setObjectName("calendar.durations")
        self._looks.setObjectName("calendar.views")

    def _make_rows(self) -> None:
        where = (self._title, self._previous, self._today, self._next, self._next_free)
        self._where, self._where_row = _group(where, gap=2)
        self._how, self._how_row = _group((self._durations, self._looks), gap=MEASURES.s)
        upper, self._upper = _group((), gap=MEASURES.s)
        self._second, self._lower = _group((), gap=MEASURES.s)
        upper.setFixedHeight(MEASURES.bar - 1)
        self._second.setFixedHeight(MEASURES.bar_secondary)
        self._upper.addWidget(self._where)
        self._upper.addStretch(1)
        self._upper.addWidget(self.zone_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(self._second)
        self._second.hide()

    def _arrange(self) -> None:
        """One line where there is room for it, with a shorter zone if need be; else two."""
        room = self.width() - 2 * SIDE
        below = self._how_row.sizeHint().width() + 8
        is_split = not self._fits(self._zone, room - below) and not self._fits(self._short_zone, room - below)
        is_short = not self._fits(self._zone, room if is_split else room - below)
        self.zone_button.set_label(self._short_zone if is_short else self._zone)
        self.zone_button.setAccessibleName(self._zone_name)
        if is_split != self._is_split:
            self._is_split = is_split
            (self._lower if is_split else self._upper).addWidget(self._how)
            (self._how_row.insertStretch if is_split else self._how_row.takeAt)(1)
            self._second.setVisible(is_split)

    def _fits(self, zone: str, room: int) -> bool:
        """Whether the upper line holds its title, whatever it will be, and the zone in these words."""
        self.zone_button.set_label(zone)
        spare = max(self._usual_room.get(self._look, 0) - self._title.minimumWidth(), 0)
        where = self._where_row.sizeHint().width() + spare
        return where + 8 + self.zone_button.sizeHint().width() <= room


def _group(parts: Sequence[QWidget], *, gap: int) -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    return holder, row
