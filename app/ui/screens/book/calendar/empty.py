"""What the calendar says when it has nothing to show: the reason, and the next step."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.availability import next_free
from app.domain.days import local_day
from app.domain.slots import Slot
from app.domain.zones import city_of
from app.ui.kit.calendar.model import EmptyNotice
from app.ui.kit.wording import words_for
from app.ui.screens.book.calendar.inputs import CalendarInputs

translate = QCoreApplication.translate


def derive_empty(inputs: CalendarInputs, slots: Sequence[Slot]) -> EmptyNotice | None:
    """The card in the middle of an empty calendar; None while there is something to see or to wait for."""
    if inputs.link is None:
        return EmptyNotice(
            title=translate("calendar", "Pick a meeting link"),
            detail=translate("calendar", "Its free times appear here."),
        )
    if inputs.link.is_paid:
        return EmptyNotice(
            title=translate("calendar", "This link takes a payment"),
            detail=translate("calendar", "HubSpot books paid meetings only on their page in the browser."),
            action=translate("calendar", "Open in browser"),
        )
    if slots or inputs.is_loading:
        return None
    if inputs.state.problem is not None and inputs.state.availability.fetched_at is None:
        words = words_for(inputs.state.problem)
        return EmptyNotice(title=words.title, detail=words.text, action=translate("calendar", "Try again"))
    return _no_times(inputs)


def _no_times(inputs: CalendarInputs) -> EmptyNotice:
    upcoming = next_free(inputs.slots, max(inputs.now, inputs.span.start))
    if upcoming is not None:
        return EmptyNotice(
            title=translate("calendar", "No free times here"),
            detail=translate("calendar", "The next free time is {when}.").format(
                when=inputs.words.span_in(upcoming.start, upcoming.end, inputs.guest_zone)
            ),
            action=translate("calendar", "Go to {day}").format(
                day=inputs.words.day(local_day(upcoming.start, inputs.guest_zone))
            ),
        )
    if inputs.state.availability.has_more:
        return EmptyNotice(
            title=translate("calendar", "No free times here"),
            detail=translate("calendar", "Later months may hold more ({city} time).").format(
                city=city_of(inputs.guest_zone) or inputs.guest_zone
            ),
            action=translate("calendar", "Find the next free time"),
        )
    return EmptyNotice(
        title=translate("calendar", "No free times left"),
        detail=translate("calendar", "This link offers nothing more for now. Try another link or duration."),
        action=translate("calendar", "Open in browser"),
    )
