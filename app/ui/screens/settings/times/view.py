"""The page on time and language as widgets."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.ports import ZoneFinder
from app.domain.preferences import ClockStyle
from app.domain.zones import city_of
from app.ui.context import Manners
from app.ui.kit.labels import Label
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.combo import Combo
from app.ui.kit.widgets.segmented import Segmented
from app.ui.kit.widgets.zone_picker import ZonePicker
from app.ui.screens.settings.page import Page, Row
from app.ui.screens.settings.times.viewmodel import FavouriteZone, TimesViewModel

translate = QCoreApplication.translate
COMBO_WIDTH = 200


class TimesPage(Page):
    """Binds `TimesViewModel`."""

    def __init__(
        self,
        viewmodel: TimesViewModel,
        *,
        zones: ZoneFinder,
        manners: Manners,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(translate("settings", "Time and language"))
        self._viewmodel = viewmodel
        self._zones = zones
        self._manners = manners
        self._now = now
        self._favourites: tuple[FavouriteZone, ...] | None = None
        self._make_controls()
        self._build()
        self._connect()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._viewmodel.tick()

    def _make_controls(self) -> None:
        self._zone = Button("", icon="globe")
        self._zone.setObjectName("settings.zone")
        self._follow = Button(translate("settings", "Use this computer's"), kind="quiet")
        self._follow.setObjectName("settings.zone.system")
        self._add = Button(translate("settings", "Add zone"), icon="plus", compact=True)
        self._add.setObjectName("settings.favouriteZones.add")
        self._clock = Segmented(
            translate("settings", "Clock"),
            [
                (ClockStyle.SYSTEM.value, translate("settings", "System")),
                (ClockStyle.HOURS_24.value, translate("settings", "24 hours")),
                (ClockStyle.HOURS_12.value, translate("settings", "12 hours")),
            ],
        )
        self._clock.setObjectName("settings.clock")
        self._weekday = Combo(name=translate("settings", "First day of the week"))
        self._weekday.setObjectName("settings.firstWeekday")
        self._weekday.setFixedWidth(COMBO_WIDTH)
        self._length = Segmented(translate("settings", "Days in the week view"))
        self._length.setObjectName("settings.weekDays")

    def _build(self) -> None:
        zone_line = QWidget()
        line = QHBoxLayout(zone_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(MEASURES.s)
        line.addWidget(self._follow)
        line.addWidget(self._zone)
        self._zone_row = Row(translate("settings", "Your time zone"), zone_line)
        self.add_group(translate("settings", "Time zones"), self._zone_row)
        self._favourite_rows = self.add_group(translate("settings", "Zones listed first for guests"))
        self.add(self._add, alignment=Qt.AlignmentFlag.AlignLeft)
        self._clock_row = Row(translate("settings", "Clock"), self._clock)
        self.add_group(
            translate("settings", "Calendar"),
            self._clock_row,
            Row(translate("settings", "First day of the week"), self._weekday),
            Row(translate("settings", "Days in the week view"), self._length),
        )
        self._formats = Label(tone="muted")
        detail = translate("settings", "Names of days and months, and how dates are written.")
        self.add_group(
            translate("settings", "Language"),
            Row(translate("settings", "Dates follow this computer"), self._formats, detail=detail),
        )

    def _connect(self) -> None:
        viewmodel = self._viewmodel
        viewmodel.props_changed.connect(self._show)
        self._zone.clicked.connect(self._on_zone)
        self._follow.clicked.connect(self._on_follow)
        self._add.clicked.connect(self._on_add)
        self._clock.choice_changed.connect(viewmodel.choose_clock)
        self._weekday.choice_changed.connect(self._on_weekday)
        self._length.choice_changed.connect(self._on_length)

    def _show(self) -> None:
        props = self._viewmodel.props
        self._zone.set_label(city_of(props.zone))
        self._zone.setAccessibleName(translate("settings", "Your time zone: {zone}").format(zone=props.zone))
        self._zone_row.set_detail(props.zone_detail)
        self._follow.setVisible(not props.follows_system_zone)
        self._clock.set_choice(props.clock)
        self._clock_row.set_detail(props.clock_detail)
        self._weekday.set_choices([(str(day), name) for day, name in props.weekdays])
        self._weekday.set_choice(str(props.first_weekday))
        self._length.set_choices([(str(days), name) for days, name in props.week_lengths])
        self._length.set_choice(str(props.week_days))
        self._formats.setText(props.formats)
        if props.favourites != self._favourites:
            self._favourites = props.favourites
            self._show_favourites(props.favourites)

    def _show_favourites(self, favourites: tuple[FavouriteZone, ...]) -> None:
        self._favourite_rows.clear()
        for favourite in favourites:
            self._favourite_rows.add(self._favourite_row(favourite))
        if not favourites:
            self._favourite_rows.add(Row(translate("settings", "None yet")))
        removers = self._favourite_rows.findChildren(IconButton)
        for stop, following in pairwise((self._follow, self._zone, *removers, self._add)):
            self.setTabOrder(stop, following)

    def _favourite_row(self, favourite: FavouriteZone) -> Row:
        remove = IconButton("x", translate("settings", "Remove {city}").format(city=favourite.title))
        remove.setObjectName(f"settings.favouriteZones.remove.{favourite.zone}")
        remove.setProperty("zone", favourite.zone)
        remove.clicked.connect(self._on_remove)
        return Row(favourite.title, remove, detail=favourite.detail)

    def _on_remove(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self._viewmodel.remove_favourite(str(pressed.property("zone")))

    def _on_zone(self) -> None:
        picker = self._picker(self._viewmodel.props.zone)
        picker.zone_chosen.connect(self._viewmodel.choose_zone)
        picker.open_below(self._zone)

    def _on_add(self) -> None:
        picker = self._picker()
        picker.zone_chosen.connect(self._viewmodel.add_favourite)
        picker.open_below(self._add)

    def _picker(self, *first: str) -> ZonePicker:
        usual = (*first, self._manners.system_zone)
        return ZonePicker(self, index=self._zones, usual=usual, now=self._now, words=self._manners.words)

    def _on_follow(self) -> None:
        self._viewmodel.choose_zone("")
        self._zone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_weekday(self, day: str) -> None:
        self._viewmodel.choose_first_weekday(int(day))

    def _on_length(self, days: str) -> None:
        self._viewmodel.choose_week_length(int(days))
