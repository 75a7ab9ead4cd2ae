"""A field for a day: typed in the ways people write dates, or picked from a small calendar."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.kit.icons import icon
from app.ui.kit.paint import box, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.frame import InputFrame
from app.ui.kit.widgets.text_fields import LineEdit

_SHOWN = "ddd d MMM yyyy"
_ACCEPTED = ("yyyy-MM-dd", _SHOWN, "d MMM yyyy", "d MMMM yyyy", "d.M.yyyy")


def read_date(text: str, locale: QLocale) -> date | None:
    """The day `text` means in `locale`, None when it means none."""
    plain = clean(text)
    formats = (*_ACCEPTED, locale.dateFormat(QLocale.FormatType.ShortFormat))
    for pattern in formats:
        found = locale.toDate(plain, pattern)
        if found.isValid() and found.year() >= 1000:
            return date(found.year(), found.month(), found.day())
    return None


def show_date(day: date, locale: QLocale) -> str:
    """A day as the design writes it: 'Tue 24 Nov 2026'."""
    return locale.toString(QDate(day.year, day.month, day.day), _SHOWN)


class DayPicker(QWidget):
    """A small month calendar in a pop-up window."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.calendar = QCalendarWidget()
        self.calendar.setFont(font("control"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setFirstDayOfWeek(self.locale().firstDayOfWeek())
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._on_picked)
        self.calendar.clicked.connect(self._on_picked)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "calendar"):
            self._colour()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(painter_on(self), QRectF(self.rect()), radius=0, fill=tokens.surface, edge=tokens.edge)

    def open_at(self, day: date, corner: QPoint) -> None:
        """Show the month of `day` with its upper left corner at `corner` (screen coordinates)."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(corner)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(date(day.year(), day.month(), day.day()))

    def _colour(self) -> None:
        tokens = tokens_of(self)
        plain = QTextCharFormat()
        plain.setForeground(QColor(tokens.text))
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(tokens.muted))
        for day in Qt.DayOfWeek:
            weekend = day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            self.calendar.setWeekdayTextFormat(day, quiet if weekend else plain)
        self.calendar.setHeaderTextFormat(quiet)
        arrows = (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right"))
        for name, sign in arrows:
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(sign, tokens))


class DateBox(InputFrame):
    """The framed edit with its calendar button; see `DateField`."""

    edited = Signal()

    def __init__(self, *, placeholder: str = "", button_size: int = 24) -> None:
        self.edit = LineEdit(bare=True)
        super().__init__(self.edit)
        self.setFixedHeight(MEASURES.control)
        self.edit.setPlaceholderText(clean(placeholder))
        self.button = IconButton("calendar-days", self.tr("Pick a day"), size=button_size)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self._picker: DayPicker | None = None
        self._read_day: Callable[[], date | None] = self._typed_day
        self._show_day: Callable[[date], None] = self._write_day
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 4, 0)
        row.setSpacing(MEASURES.xs)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textEdited.connect(self.edited)
        self.edit.editingFinished.connect(self._on_finished)
        self.button.clicked.connect(self._on_pick)

    def set_day_reader(self, read: Callable[[], date | None], show: Callable[[date], None]) -> None:
        """Let the owner read and write the day, where the text holds more than that."""
        self._read_day, self._show_day = read, show
        self.edit.editingFinished.disconnect(self._on_finished)

    @property
    def picker(self) -> DayPicker | None:
        """The calendar while it is open, else None."""
        return self._picker if self._picker is not None and self._picker.isVisible() else None

    @Slot()
    def _on_finished(self) -> None:
        day = self._typed_day()
        if day is not None:
            self._write_day(day)

    @Slot()
    def _on_pick(self) -> None:
        if self._picker is None:
            self._picker = DayPicker(self)
            self._picker.picked.connect(self._on_picked)
        today = QDate.currentDate()
        day = self._read_day() or date(today.year(), today.month(), today.day())
        self._picker.open_at(day, self.mapToGlobal(QPoint(0, self.height() + MEASURES.xs)))

    @Slot(object)
    def _on_picked(self, day: date) -> None:
        self._show_day(day)
        self.edit.setFocus()
        self.edited.emit()

    def _typed_day(self) -> date | None:
        return read_date(self.edit.text(), self.locale())

    def _write_day(self, day: date) -> None:
        self.edit.show_text(show_date(day, self.locale()))


class DateField(Field):
    """A labelled day. `value` is the date or None; `has_text` tells an empty field from an unreadable one."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = DateBox(placeholder=placeholder)
        super().__init__(label, self.box, required=required, hint=hint, parent=parent)
        self.box.edited.connect(self.value_changed)

    def value(self) -> date | None:
        return read_date(self.box.edit.text(), self.locale())

    def set_value(self, value: date | None) -> None:
        if value != self.value() or value is None:
            self.box.edit.show_text("" if value is None else show_date(value, self.locale()))

    @property
    def has_text(self) -> bool:
        return bool(self.box.edit.text().strip())

    def focus(self) -> None:
        self.box.edit.setFocus()

    def _name_control(self) -> None:
        super()._name_control()
        self.box.edit.setAccessibleName(self.box.accessibleName())
