"""Free times by day, for the list and for the columns of buttons."""

from PySide6.QtCore import QCoreApplication

from app.domain.availability import free_by_day, slots_between
from app.domain.zones import city_of
from app.ui.kit.calendar.model import ListProps, SlotGroup
from app.ui.screens.book.calendar.empty import derive_empty
from app.ui.screens.book.calendar.inputs import CalendarInputs, CalendarLook
from app.ui.screens.book.calendar.month import free_words
from app.ui.screens.book.calendar.week import derive_slots

translate = QCoreApplication.translate


def derive_listing(inputs: CalendarInputs) -> ListProps:
    """Every day on screen with its slots; the list leaves out days without any, the columns keep them."""
    slots = slots_between(inputs.slots, *inputs.span)
    free = free_by_day(slots, inputs.guest_zone)
    days = inputs.days if inputs.look is CalendarLook.COLUMNS else tuple(free)
    return ListProps(
        groups=tuple(
            SlotGroup(
                title=inputs.words.day(day),
                slots=derive_slots(inputs, tuple(free.get(day, ()))),
                note=free_words(len(free.get(day, ()))),
            )
            for day in days
        ),
        loading=inputs.is_loading,
        stale=inputs.state.is_stale and inputs.is_offline,
        empty=derive_empty(inputs, slots),
        accessible_name=translate("calendar", "Free times by day, {city} time").format(
            city=city_of(inputs.guest_zone)
        ),
    )
