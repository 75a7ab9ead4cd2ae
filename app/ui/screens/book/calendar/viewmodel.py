"""The calendar pane's state: which days, which look, what is picked."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.domain.availability import slot_at
from app.domain.days import local_day
from app.domain.slots import Slot
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectionState, OfflineSince
from app.ui.context import UiContext
from app.ui.kit.calendar.model import ListProps, MonthProps, WeekProps
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.book.calendar import walking
from app.ui.screens.book.calendar.bar import BarProps, derive_bar
from app.ui.screens.book.calendar.empty import NextStep, next_step
from app.ui.screens.book.calendar.inputs import CalendarInputs, CalendarLook, slot_key
from app.ui.screens.book.calendar.listing import derive_listing
from app.ui.screens.book.calendar.month import derive_day_list, derive_month
from app.ui.screens.book.calendar.status import cell_status, slot_status
from app.ui.screens.book.calendar.week import derive_week
from app.ui.screens.book.selection import BookSelection

translate = QCoreApplication.translate
USUAL_DURATION_MS = 1_800_000
NOW_LINE_STEP_MS = 20_000
FRESH_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CalendarProps:
    """What the pane shows; only the look on screen is derived, the others are None."""

    bar: BarProps
    week: WeekProps | None
    month: MonthProps | None
    listing: ListProps | None
    day_list: ListProps | None
    is_refreshing: bool


def derive_calendar(inputs: CalendarInputs) -> CalendarProps:
    """The whole pane from one snapshot."""
    look = inputs.look
    return CalendarProps(
        bar=derive_bar(inputs),
        week=derive_week(inputs) if look is CalendarLook.WEEK else None,
        month=derive_month(inputs) if look is CalendarLook.MONTH else None,
        listing=derive_listing(inputs) if look in (CalendarLook.LIST, CalendarLook.COLUMNS) else None,
        day_list=derive_day_list(inputs) if look is CalendarLook.MONTH else None,
        is_refreshing=bool(inputs.state.loading_months) and not inputs.is_loading,
    )


class CalendarViewModel(QObject):
    """Folds availability, selection and preferences into `props`; commands are verbs."""

    bar_changed = Signal()
    week_changed = Signal()
    month_changed = Signal()
    listing_changed = Signal()
    day_list_changed = Signal()
    is_refreshing_changed = Signal()
    status_changed = Signal(str)
    focus_requested = Signal(str)
    reconnect_wanted = Signal()

    def __init__(self, context: UiContext, selection: BookSelection, tasks: TaskScope) -> None:
        super().__init__()
        self._clock = context.clock
        self._availability = context.services.availability
        self._manners = context.manners
        self._opener = context.opener
        self._selection = selection
        self._tasks = tasks
        self._is_settling = False
        self._publisher = Publisher(self, self._first_inputs(), derive_calendar)
        self._availability.state.subscribe(self._on_state)
        context.services.connectivity.state.subscribe(self._on_connection)
        selection.link_changed.connect(self._on_link)
        selection.duration_changed.connect(self._on_selection)
        selection.slot_changed.connect(self._on_selection)
        selection.guest_zone_changed.connect(self._on_guest_zone)
        context.manners.changed.connect(self._on_manners)
        self._ticker = QTimer(self, interval=NOW_LINE_STEP_MS)
        self._ticker.timeout.connect(self._on_tick)
        self._ticker.start()

    @property
    def props(self) -> CalendarProps:
        """What the view shows now."""
        return self._publisher.props

    @property
    def inputs(self) -> CalendarInputs:
        """What it was derived from."""
        return self._publisher.inputs

    def show_look(self, look: CalendarLook) -> None:
        """Switch between week, columns, month and list; a chosen day or slot on screen stays there."""
        before, chosen = self.inputs, self._selection.slot
        if look is before.look:
            return
        day = local_day(chosen.start, before.guest_zone) if chosen else before.day
        if day not in before.days:
            day = before.day
        self._update(look=look, anchor=before.anchor if day is None else day, day=None)
        self._choose_free_day(day)
        self._ensure()

    def show_day(self, day: date) -> None:
        """Bring a day on screen."""
        self._is_settling = False
        self._update(anchor=day)
        self._choose_free_day(self.inputs.day)
        self._ensure()

    def step(self, steps: int) -> None:
        """Go `steps` weeks, days or months forward (back where negative)."""
        self.show_day(walking.stepped(self.inputs, steps))

    def show_today(self) -> None:
        """Go back to the present."""
        self._update(day=None)
        self.show_day(self.inputs.today)

    def choose_day(self, day: date) -> None:
        """Pick a day: its times are listed in the month look, elsewhere it comes on screen."""
        if self.inputs.look is CalendarLook.MONTH:
            self._is_settling = False
            self._update(day=day)
        else:
            self.show_day(day)

    def choose_duration(self, duration_ms: int) -> None:
        """Switch the duration; nothing is fetched for it."""
        self._selection.choose_duration(duration_ms)

    def choose_next_duration(self) -> None:
        """The next duration the link offers, in a circle."""
        offered = self.inputs.state.durations_ms
        if len(offered) > 1:
            place = offered.index(self.inputs.duration_ms) if self.inputs.duration_ms in offered else -1
            self._selection.choose_duration(offered[(place + 1) % len(offered)])

    def choose_guest_zone(self, zone: str) -> None:
        """Read the times in another zone."""
        self._selection.choose_guest_zone(zone)

    def activate(self, key: str) -> None:
        """Pick the slot called `key` and bring the desk forward."""
        slot = self.slot(key)
        if slot is not None:
            self._selection.choose_slot(slot)
            self._selection.open_desk()

    def slot(self, key: str) -> Slot | None:
        """The slot behind a widget's key."""
        return next((slot for slot in self.inputs.slots if slot_key(slot) == key), None)

    def point_at(self, key: str | None) -> None:
        """Say the slot's times in the status line."""
        slot = self.slot(key) if key else None
        self.status_changed.emit(slot_status(self.inputs, slot) if slot else "")

    def point_at_cell(self, instant: datetime | None) -> None:
        """Say why that time cannot be booked."""
        self.status_changed.emit(cell_status(self.inputs, instant) if instant else "")

    def find_next_free(self) -> None:
        """Go to the first free slot after what is on screen; in the month look, after the chosen day."""
        self._find(walking.beyond(self.inputs))

    def find_previous_free(self) -> None:
        """Go to the last free slot before what is on screen; in the month look, before the chosen day."""
        slot = walking.free_before(self.inputs)
        if slot is not None:
            self._bring(slot)
        else:
            self.status_changed.emit(translate("calendar", "There is no earlier free time"))

    def help_out(self) -> None:
        """Do what the empty calendar's button says."""
        link = self.inputs.link
        match next_step(self.inputs):
            case NextStep.BROWSE if link is not None:
                self._opener.open(link.url)
            case NextStep.RETRY:
                self._open_link()
            case NextStep.RECONNECT:
                self.reconnect_wanted.emit()
            case NextStep.FIND:
                self._find(max(self.inputs.span.start, self.inputs.now))
            case _:
                pass

    def reopen(self) -> None:
        """Begin with the link again, where the days on screen are kept: the sign-in is back."""
        self._open_link()

    def refresh(self) -> None:
        """Ask for what is on screen again."""
        self._tasks.start(self._availability.refresh(), key="refresh", policy=Policy.ONCE)

    def refresh_if_old(self) -> None:
        """Ask again when the data is older than a minute: the window came back to the front."""
        self._tasks.start(self._availability.refresh(older_than=FRESH_FOR), key="refresh", policy=Policy.ONCE)

    def _first_inputs(self) -> CalendarInputs:
        now = self._clock.now()
        manners = self._manners
        return CalendarInputs(
            state=self._availability.state.value,
            now=now,
            anchor=local_day(now, self._selection.guest_zone),
            guest_zone=self._selection.guest_zone,
            own_zone=manners.zone,
            week_days=manners.week_days,
            first_weekday=manners.first_weekday,
            words=manners.words,
        )

    def _update(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def _ensure(self) -> None:
        link, days = self.inputs.link, self.inputs.days
        if link is not None and not link.is_paid:
            self._tasks.start(
                self._availability.ensure(days[0], days[-1]), key="ensure", policy=Policy.LATEST
            )

    def _open_link(self) -> None:
        self._tasks.start(self._open(), key="open", policy=Policy.LATEST)

    async def _open(self) -> None:
        link = self.inputs.link
        if link is None or link.is_paid:
            self._availability.close()
            return
        first = await self._availability.open(link.slug, self._selection.guest_zone)
        if self.inputs.link is not None and self.inputs.link.slug == link.slug:
            # The first free time of any duration may be too short for the chosen one.
            first = next(iter(self.inputs.slots), first)
            if first is not None and walking.is_empty_here(self.inputs):
                self.show_day(max(local_day(first.start, self.inputs.guest_zone), self.inputs.anchor))
            self._is_settling = False
            self._keep_in_view(self._selection.slot)
        self._ensure()

    def _find(self, after: datetime) -> None:
        self._tasks.start(self._find_next(after), key="find", policy=Policy.LATEST)

    async def _find_next(self, after: datetime) -> None:
        slot = await self._availability.find_next(self.inputs.duration_ms, after)
        if slot is not None:
            self._bring(slot)
        else:
            self.status_changed.emit(translate("calendar", "There is no later free time within a year"))

    def _bring(self, slot: Slot) -> None:
        day = local_day(slot.start, self.inputs.guest_zone)
        if self.inputs.look is CalendarLook.MONTH:
            self._update(day=day)
        if day not in self.inputs.days or day.month != self.inputs.anchor.month:
            self.show_day(day)
        self.focus_requested.emit(slot_key(slot))

    def _choose_free_day(self, day: date | None) -> None:
        if self.inputs.look is CalendarLook.MONTH:
            self._update(day=walking.day_to_list(self.inputs, day))

    def _on_state(self, state: AvailabilityState) -> None:
        link = self.inputs.link
        if link is None or state.slug != link.slug:
            state = AvailabilityState(zone=state.zone)
        self._settle_duration(state.durations_ms)
        now, duration_ms = self._clock.now(), self._selection.duration_ms
        inputs = replace(self.inputs, state=state, now=now, duration_ms=duration_ms)
        if self._is_settling:
            inputs = replace(inputs, anchor=walking.first_day(inputs, self._selection.slot))
        self._publisher.set(inputs)
        if self._is_settling or inputs.day is None:
            self._choose_free_day(inputs.day)

    def _settle_duration(self, offered: tuple[int, ...]) -> None:
        if offered and self._selection.duration_ms not in offered:
            usual = USUAL_DURATION_MS in offered
            self._selection.choose_duration(USUAL_DURATION_MS if usual else offered[0])

    def _on_connection(self, state: ConnectionState) -> None:
        self._update(is_offline=isinstance(state, OfflineSince))

    def _on_link(self) -> None:
        link, before = self._selection.link, self.inputs.link
        if link is not None and before is not None and link.slug == before.slug:
            self._update(link=link)
            return
        now = self._clock.now()
        self._update(
            link=link,
            now=now,
            state=AvailabilityState(zone=self._selection.guest_zone),
            anchor=local_day(now, self._selection.guest_zone),
            day=None,
            selected=self._selection.slot,
            duration_ms=self._selection.duration_ms,
        )
        self._is_settling = True
        self._tasks.cancel("find")
        self._open_link()

    def _on_selection(self) -> None:
        slot = self._selection.slot
        self._update(selected=slot, duration_ms=self._selection.duration_ms)
        self._keep_in_view(slot)

    def _keep_in_view(self, slot: Slot | None) -> None:
        if slot is not None and slot_at(self.inputs.slots, slot.start) is not None:
            day = local_day(slot.start, self.inputs.guest_zone)
            if day not in self.inputs.days:
                self.show_day(day)

    def _on_guest_zone(self) -> None:
        zone = self._selection.guest_zone
        self._update(guest_zone=zone)
        self._keep_in_view(self._selection.slot)
        self._tasks.start(self._switch_zone(zone), key="zone", policy=Policy.LATEST)

    async def _switch_zone(self, zone: str) -> None:
        await self._availability.switch_zone(zone)
        self._ensure()

    def _on_manners(self) -> None:
        manners = self._manners
        self._update(
            own_zone=manners.zone,
            week_days=manners.week_days,
            first_weekday=manners.first_weekday,
            words=manners.words,
        )
        self._ensure()

    def _on_tick(self) -> None:
        self._update(now=self._clock.now())
