"""Snapshots for the pure derivations: a link with its month, and a desk with its form."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QLocale

from app.domain.availability import Availability, merge
from app.domain.links import BookingInfo, UserId
from app.domain.preferences import ClockStyle
from app.domain.slots import Busy, Slot, YearMonth
from app.services.availability_state import AvailabilityState
from app.ui.kit.times import TimeWords
from app.ui.screens.book.calendar.inputs import CalendarInputs
from app.ui.screens.book.desk.inputs import DeskInputs
from tests.fakes.clock import NOW
from tests.fakes.samples import (
    HALF_HOUR,
    QUARTER,
    SLUG,
    ZONE,
    at,
    sample_info,
    sample_link,
    sample_page,
    slot,
)

BRITISH = TimeWords(QLocale("en_GB"))
AMERICAN = TimeWords(QLocale("en_US"), ClockStyle.HOURS_12)
TUESDAY = (at(24, 9), at(24, 9, 30), at(24, 17, 30))
"""Free half hours: 10:00, 10:30 and 18:30 in Berlin, 4:00, 4:30 and 12:30 in New York."""


def known(
    *starts: datetime,
    months: Iterable[YearMonth] = (YearMonth(2026, 11),),
    busy: Mapping[UserId, Iterable[Busy]] | None = None,
    info: BookingInfo | None = None,
    has_more: bool = False,
) -> Availability:
    """These half hours and quarters of an hour, in months that were fetched in Berlin's zone."""
    return merge(
        (
            sample_page(
                month,
                {HALF_HOUR: _in(month, starts, HALF_HOUR), QUARTER: _in(month, starts, QUARTER)},
                members=(info or sample_info()).members,
                busy=busy,
                has_more=has_more,
            )
            for month in months
        ),
        ZONE,
    )


def _in(month: YearMonth, starts: Iterable[datetime], duration_ms: int) -> list[Slot]:
    return [slot(start, duration_ms) for start in sorted(starts) if (start.year, start.month) == month]


def calendar(*starts: datetime, info: BookingInfo | None = None, **changes: object) -> CalendarInputs:
    """The open link in the week of Monday 23 November 2026, 10:15 in Berlin, with these free half hours."""
    info = info or sample_info()
    availability = known(*starts, info=info)
    inputs = CalendarInputs(
        state=AvailabilityState(
            slug=SLUG, zone=ZONE, info=info, availability=availability, fetched_at=availability.fetched_at
        ),
        now=NOW,
        anchor=NOW.date(),
        guest_zone=ZONE,
        own_zone=ZONE,
        link=sample_link(),
        duration_ms=HALF_HOUR,
        words=BRITISH,
    )
    return replace(inputs, **changes)  # type: ignore[arg-type]


def with_state(inputs: CalendarInputs, **changes: object) -> CalendarInputs:
    """The same with another state of the service."""
    return replace(inputs, state=replace(inputs.state, **changes))  # type: ignore[arg-type]


def desk(**changes: object) -> DeskInputs:
    """A desk for the open link with nothing typed."""
    inputs = DeskInputs(
        guest_zone=ZONE,
        own_zone=ZONE,
        words=BRITISH,
        link=sample_link(),
        info=sample_info(),
        duration_ms=HALF_HOUR,
    )
    return replace(inputs, **changes)  # type: ignore[arg-type]
