"""The centre pane: the toolbar over one of four looks at the free times."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ports import ZoneFinder
from app.ui.context import Manners
from app.ui.kit.calendar import DayColumns, ListProps, MonthGrid, SlotList, WeekGrid
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Hairline
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.zone_picker import ZonePicker
from app.ui.screens.book.calendar.bar import usual_titles
from app.ui.screens.book.calendar.inputs import CalendarLook
from app.ui.screens.book.calendar.month import derive_month
from app.ui.screens.book.calendar.toolbar import CalendarToolbar
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel
from app.ui.screens.book.calendar.week import derive_week

translate = QCoreApplication.translate
NOTHING = ListProps(groups=())
NARROWEST = 400
"""Logical pixels; they stand beside the rail in the smallest window."""
LIST_INSET = 10
"""With the 4 px in which a list draws its focus rings, its rows stand under the title."""
SlotView: TypeAlias = WeekGrid | DayColumns | SlotList


class CalendarView(QWidget):
    """Binds `CalendarViewModel` to the calendar widgets; `plan_wanted` for a meeting without a link."""

    plan_wanted = Signal()

    def __init__(
        self,
        viewmodel: CalendarViewModel,
        *,
        zones: ZoneFinder,
        manners: Manners,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._zones = zones
        self._manners = manners
        self._now = now
        self._toolbar = CalendarToolbar()
        self._progress = ThinProgress(translate("calendar", "Loading free times"))
        self.week, self.columns, self.list = (
            WeekGrid(derive_week(viewmodel.inputs)),
            DayColumns(NOTHING),
            SlotList(NOTHING),
        )
        self.month = MonthGrid(derive_month(replace(viewmodel.inputs, look=CalendarLook.MONTH)))
        self._stack = QStackedWidget()
        self._shown: QWidget = self.week
        self._build()
        self._connect_toolbar()
        manners.changed.connect(self._expect_titles)
        self._expect_titles()
        for slots in (self.week, self.columns, self.list):
            self._connect_slots(slots)
        self._connect_looks()
        viewmodel.bar_changed.connect(self._show_bar)
        viewmodel.week_changed.connect(self._show_week)
        viewmodel.month_changed.connect(self._show_month)
        viewmodel.listing_changed.connect(self._show_listing)
        viewmodel.is_refreshing_changed.connect(self._show_progress)
        viewmodel.focus_requested.connect(self._focus_slot)
        for show in (
            self._show_bar,
            self._show_week,
            self._show_month,
            self._show_listing,
            self._show_progress,
        ):
            show()

    def pick_zone(self) -> None:
        """Open the zone picker under its button."""
        usual = (
            self._viewmodel.inputs.guest_zone,
            self._manners.zone,
            *self._manners.preferences.favourite_zones,
        )
        picker = ZonePicker(self, index=self._zones, usual=usual, now=self._now, words=self._manners.words)
        picker.zone_chosen.connect(self._viewmodel.choose_guest_zone)
        picker.open_below(self._toolbar.zone_button)

    def next_free(self) -> None:
        """Go to the next free slot on screen, or to the first one later."""
        shown = self._shown
        if not (isinstance(shown, WeekGrid | DayColumns | SlotList) and shown.focus_next_free()):
            self._viewmodel.find_next_free()

    def previous_free(self) -> None:
        """Go to the free slot before on screen, or to the last one earlier."""
        shown = self._shown
        if not (isinstance(shown, WeekGrid | DayColumns | SlotList) and shown.focus_previous_free()):
            self._viewmodel.find_previous_free()

    def focus_calendar(self) -> None:
        """Put the keyboard into whichever look is shown."""
        self._shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        for name, look in (
            ("calendar.week", self.week),
            ("calendar.columns", self.columns),
            ("calendar.month", self.month),
            ("calendar.list", self.list),
        ):
            look.setObjectName(name)
        for page in (self.week, self.columns, self.month, self._list_page()):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar)
        column.addWidget(Hairline())
        column.addWidget(self._progress)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(NARROWEST)

    def _list_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(LIST_INSET, MEASURES.xs, LIST_INSET, 0)
        row.addWidget(self.list)
        page.setFocusProxy(self.list)
        return page

    def _expect_titles(self) -> None:
        self._toolbar.expect_titles(usual_titles(self._manners.words, self._now().year))

    def _connect_toolbar(self) -> None:
        viewmodel, toolbar = self._viewmodel, self._toolbar
        toolbar.stepped.connect(viewmodel.step)
        toolbar.today_clicked.connect(viewmodel.show_today)
        toolbar.next_free_clicked.connect(self.next_free)
        toolbar.zone_clicked.connect(self.pick_zone)
        toolbar.duration_chosen.connect(viewmodel.choose_duration)
        toolbar.look_chosen.connect(self._on_look_chosen)

    def _connect_slots(self, slots: SlotView) -> None:
        viewmodel = self._viewmodel
        slots.slot_activated.connect(viewmodel.activate)
        slots.slot_hovered.connect(viewmodel.point_at)
        slots.focus_changed.connect(viewmodel.point_at)
        slots.page_requested.connect(viewmodel.step)
        slots.empty_action_triggered.connect(viewmodel.help_out)
        slots.empty_other_triggered.connect(self.plan_wanted)

    def _connect_looks(self) -> None:
        self.week.cell_hovered.connect(self._viewmodel.point_at_cell)
        self.week.day_activated.connect(self._on_day)
        self.month.day_activated.connect(self._on_day)
        self.month.focus_changed.connect(self._on_month_focus)
        self.month.page_requested.connect(self._viewmodel.step)
        self.month.empty_action_triggered.connect(self._viewmodel.help_out)
        self.month.empty_other_triggered.connect(self.plan_wanted)

    def _show_bar(self) -> None:
        bar = self._viewmodel.props.bar
        self._toolbar.show_bar(bar)
        looks: dict[CalendarLook, QWidget] = {
            CalendarLook.WEEK: self.week,
            CalendarLook.COLUMNS: self.columns,
            CalendarLook.MONTH: self.month,
            CalendarLook.LIST: self.list,
        }
        self._shown = looks[bar.look]
        page = self._shown if bar.look is not CalendarLook.LIST else self._shown.parentWidget()
        if page is not None:
            self._stack.setCurrentWidget(page)

    def _show_week(self) -> None:
        week = self._viewmodel.props.week
        if week is None:
            return
        is_other_zone = week.rulers[0].zone != self.week.props.rulers[0].zone
        self.week.set_props(week)
        if is_other_zone:
            self.week.scroll_to_opening()
            chosen = self._viewmodel.inputs.selected
            if chosen is not None:
                self.week.scroll_to(chosen.end)
                self.week.scroll_to(chosen.start)

    def _show_month(self) -> None:
        if self._viewmodel.props.month is not None:
            self.month.set_props(self._viewmodel.props.month)

    def _show_listing(self) -> None:
        listing = self._viewmodel.props.listing
        if listing is not None:
            in_columns = self._viewmodel.props.bar.look is CalendarLook.COLUMNS
            (self.columns if in_columns else self.list).set_props(listing)

    def _show_progress(self) -> None:
        self._progress.set_busy(self._viewmodel.props.is_refreshing)

    def _focus_slot(self, key: str) -> None:
        if isinstance(self._shown, WeekGrid | DayColumns | SlotList):
            self._shown.focus_slot(key)

    def _on_look_chosen(self, look: str) -> None:
        self._viewmodel.show_look(CalendarLook(look))

    def _on_day(self, day: date) -> None:
        self._viewmodel.choose_day(day)

    def _on_month_focus(self, day: date | None) -> None:
        if day is not None:
            self._viewmodel.choose_day(day)
