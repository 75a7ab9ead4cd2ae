"""What an empty calendar says, and what its button does."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.availability import NO_AVAILABILITY
from app.domain.problems import Gone, NotAllowed, Offline, Problem, Rejected, ServiceBroken, SignInNeeded
from app.domain.slots import YearMonth
from app.services.availability_state import AvailabilityState
from app.ui.screens.book.calendar.empty import NextStep, derive_empty, next_step
from app.ui.screens.book.calendar.inputs import CalendarInputs
from tests.fakes.samples import SLUG, at, sample_info, sample_link
from tests.ui.screens.book.snapshots import TUESDAY, calendar, known, with_state

PAID = replace(sample_link(), payment_link_id="pay-1")
NOVEMBER, DECEMBER = YearMonth(2026, 11), YearMonth(2026, 12)


def failed(problem: Problem) -> CalendarInputs:
    return calendar(state=AvailabilityState(slug=SLUG, problem=problem))


def later(*starts: object, has_more: bool = False) -> CalendarInputs:
    availability = known(*starts, months=(NOVEMBER, DECEMBER), has_more=has_more)  # type: ignore[arg-type]
    return with_state(calendar(), availability=availability)


@pytest.mark.parametrize(
    ("inputs", "title", "action", "step"),
    [
        (calendar(link=None), "Pick a meeting link", "", NextStep.NONE),
        (calendar(link=PAID), "This link takes a payment", "Open in browser", NextStep.BROWSE),
        (failed(Offline()), "No connection to HubSpot", "Try again", NextStep.RETRY),
        (failed(ServiceBroken("r-1")), "HubSpot had a fault of its own", "Try again", NextStep.RETRY),
        (
            failed(SignInNeeded("hs-1")),
            "HubSpot no longer accepts this sign-in",
            "Reconnect",
            NextStep.RECONNECT,
        ),
        (failed(Gone("link")), "HubSpot does not have this any more", "Open in browser", NextStep.BROWSE),
        (failed(Rejected("no")), "HubSpot did not accept this", "Open in browser", NextStep.BROWSE),
        (
            failed(NotAllowed(())),
            "Your HubSpot sign-in does not allow this",
            "Open in browser",
            NextStep.BROWSE,
        ),
        (later(at(8, 9, month=12)), "No free times here", "Go to Tue 8 Dec", NextStep.FIND),
        (later(has_more=True), "No free times here", "Find the next free time", NextStep.FIND),
        (later(), "No free times left", "Open in browser", NextStep.BROWSE),
    ],
    ids=[
        "no link",
        "paid",
        "offline",
        "broken",
        "sign-in lost",
        "gone",
        "rejected",
        "not allowed",
        "later",
        "maybe later",
        "never",
    ],
)
def test_an_empty_calendar_says_why_and_offers_the_next_step(
    inputs: CalendarInputs, title: str, action: str, step: NextStep
) -> None:
    notice = derive_empty(inputs, ())
    assert notice is not None
    assert (notice.title, notice.action) == (title, action)
    assert notice.detail
    assert next_step(inputs) is step


def test_the_next_free_time_is_told_with_its_zone() -> None:
    notice = derive_empty(replace(later(at(8, 14, month=12)), guest_zone="America/New_York"), ())
    assert notice is not None
    assert notice.detail == "The next free time is Tue 8 Dec, 09:00 – 09:30 in New York."


def test_times_before_the_days_on_screen_are_no_next_ones() -> None:
    inputs = replace(later(at(24, 9)), anchor=date(2026, 12, 14))
    assert next_step(inputs) is NextStep.BROWSE
    notice = derive_empty(inputs, ())
    assert notice is not None
    assert notice.title == "No free times left"


def test_a_month_that_failed_is_not_said_to_be_empty() -> None:
    inputs = with_state(calendar(*TUESDAY, anchor=date(2026, 12, 14)), problem=Offline())
    notice = derive_empty(inputs, ())
    assert notice is not None
    assert (notice.title, notice.action) == ("No connection to HubSpot", "Try again")
    assert next_step(inputs) is NextStep.RETRY


def test_known_days_without_times_are_said_to_be_empty_though_the_refresh_failed() -> None:
    inputs = with_state(calendar(at(30, 9)), problem=Offline())
    notice = derive_empty(inputs, ())
    assert notice is not None
    assert notice.action == "Go to Mon 30 Nov"


@pytest.mark.parametrize(
    "inputs",
    [
        calendar(state=AvailabilityState()),
        calendar(state=AvailabilityState(slug=SLUG, is_opening=True)),
        calendar(state=AvailabilityState(slug=SLUG, availability=NO_AVAILABILITY, is_searching=True)),
    ],
)
def test_while_the_answer_is_awaited_there_is_no_card(inputs: CalendarInputs) -> None:
    assert derive_empty(inputs, ()) is None


def test_with_something_to_see_there_is_no_card() -> None:
    inputs = calendar(*TUESDAY, info=sample_info())
    assert derive_empty(inputs, inputs.slots) is None
