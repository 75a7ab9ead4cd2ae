"""What the calendar says when it has nothing to show: the reason, and the next step."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from app.domain.availability import next_free
from app.domain.days import local_day
from app.domain.problems import AddressBlocked, Gone, NotAllowed, Rejected, SignInNeeded
from app.domain.slots import Slot
from app.domain.zones import city_of
from app.ui.kit.calendar.model import EmptyNotice
from app.ui.kit.wording import words_for
from app.ui.screens.book.calendar.inputs import CalendarInputs

translate = QCoreApplication.translate
FINAL = (Gone, NotAllowed, Rejected, AddressBlocked)
"""Refusals that asking again does not change; the link's own page may still take a booking."""


class NextStep(Enum):
    """What the button of the card does."""

    NONE = auto()
    BROWSE = auto()
    RETRY = auto()
    RECONNECT = auto()
    FIND = auto()


def next_step(inputs: CalendarInputs) -> NextStep:
    """The step that an empty calendar offers."""
    if inputs.link is None:
        return NextStep.NONE
    if inputs.link.is_paid:
        return NextStep.BROWSE
    problem = inputs.state.problem
    if problem is not None and not inputs.is_answered:
        if isinstance(problem, SignInNeeded):
            return NextStep.RECONNECT
        return NextStep.BROWSE if isinstance(problem, FINAL) else NextStep.RETRY
    if _upcoming(inputs) is not None or inputs.state.availability.has_more:
        return NextStep.FIND
    return NextStep.BROWSE


def derive_empty(inputs: CalendarInputs, slots: Sequence[Slot]) -> EmptyNotice | None:
    """The card in the middle of an empty calendar; None while there is something to see or to wait for."""
    if slots or inputs.is_loading:
        return None
    notice = _notice(inputs)
    if next_step(inputs) not in (NextStep.RETRY, NextStep.RECONNECT):
        return replace(notice, other=translate("calendar", "Plan a meeting without a link"))
    return notice


def _notice(inputs: CalendarInputs) -> EmptyNotice:
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
    step = next_step(inputs)
    if inputs.state.problem is not None and not inputs.is_answered:
        words = words_for(inputs.state.problem)
        return EmptyNotice(title=words.title, detail=words.text, action=_mending(step))
    return _no_times(inputs)


def _mending(step: NextStep) -> str:
    match step:
        case NextStep.RECONNECT:
            return translate("calendar", "Reconnect")
        case NextStep.RETRY:
            return translate("calendar", "Try again")
        case _:
            return translate("calendar", "Open in browser")


def _no_times(inputs: CalendarInputs) -> EmptyNotice:
    upcoming = _upcoming(inputs)
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
                city=city_of(inputs.guest_zone)
            ),
            action=translate("calendar", "Find the next free time"),
        )
    return EmptyNotice(
        title=translate("calendar", "No free times left"),
        detail=translate("calendar", "This link offers nothing more for now. Try another link or duration."),
        action=translate("calendar", "Open in browser"),
    )


def _upcoming(inputs: CalendarInputs) -> Slot | None:
    return next_free(inputs.slots, inputs.span.start)
