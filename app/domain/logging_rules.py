"""Rules of logging: what is wrong with a meeting's details, and which meetings are still to be logged."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.addresses import https_host
from app.domain.meetings import Meeting, MeetingDetails, MeetingField, MeetingQuery, Outcome
from app.domain.projection import is_over_and_scheduled
from app.domain.records import OwnerId

MOST_LETTERS: Final = 65_536
"""What a text property of HubSpot holds; the notes keep some of it for the mark of the outbox."""

_MARK_LETTERS: Final = 64
_LONG: Final = timedelta(hours=24)
_YEARS: Final = range(1970, 2101)
_TEXTS: Final = (
    MeetingField.TITLE,
    MeetingField.ACTIVITY_TYPE,
    MeetingField.LOCATION,
    MeetingField.BODY,
    MeetingField.NOTES,
    MeetingField.EXTERNAL_URL,
)


class DetailFault(StrEnum):
    """What is wrong with a field; the ones in WARNINGS do not keep a meeting from being saved."""

    TITLE_MISSING = "title_missing"
    START_MISSING = "start_missing"
    END_MISSING = "end_missing"
    END_BEFORE_START = "end_before_start"
    END_TOO_FAR = "end_too_far"
    OUT_OF_RANGE = "out_of_range"
    URL_NOT_HTTPS = "url_not_https"
    TEXT_TOO_LONG = "text_too_long"


WARNINGS: Final = frozenset({DetailFault.TITLE_MISSING, DetailFault.END_MISSING, DetailFault.END_TOO_FAR})
"""HubSpot takes these (reference 6.2); they are worth a look."""


def check_details(
    details: MeetingDetails, before: MeetingDetails | None = None
) -> Mapping[MeetingField, DetailFault]:
    """The fault of each field that has one, in the order of `MeetingField`.

    With `before`, what HubSpot has already, only faults that the rep has made: a meeting with an old fault
    can still be edited. An end has to follow its start; more than 24 hours later is a warning; years are
    1970 to 2100.
    """
    found = _faults(details)
    if before is None:
        return found
    old = _faults(before)
    return {
        name: fault
        for name, fault in found.items()
        if old.get(name) is not fault or not _is_same(name, details, before)
    }


def errors_in(faults: Mapping[MeetingField, DetailFault]) -> Mapping[MeetingField, DetailFault]:
    """The faults that keep a meeting from being saved."""
    return {name: fault for name, fault in faults.items() if fault not in WARNINGS}


def _is_same(name: MeetingField, details: MeetingDetails, before: MeetingDetails) -> bool:
    if name is MeetingField.END:
        return (details.start, details.end) == (before.start, before.end)
    return details.text(name) == before.text(name)


def _faults(details: MeetingDetails) -> dict[MeetingField, DetailFault]:
    found = {
        MeetingField.TITLE: None if details.title.strip() else DetailFault.TITLE_MISSING,
        MeetingField.START: _start_fault(details.start),
        MeetingField.END: _end_fault(details.start, details.end),
        MeetingField.EXTERNAL_URL: _url_fault(details.external_url),
    }
    for name in _TEXTS:
        room = MOST_LETTERS - (_MARK_LETTERS if name is MeetingField.NOTES else 0)
        if len(details.text(name)) > room:
            found[name] = DetailFault.TEXT_TOO_LONG
    return {name: fault for name in MeetingField if (fault := found.get(name)) is not None}


def _start_fault(start: datetime | None) -> DetailFault | None:
    if start is None:
        return DetailFault.START_MISSING
    return None if start.year in _YEARS else DetailFault.OUT_OF_RANGE


def _end_fault(start: datetime | None, end: datetime | None) -> DetailFault | None:
    if end is None:
        return DetailFault.END_MISSING
    if end.year not in _YEARS:
        return DetailFault.OUT_OF_RANGE
    if start is None:
        return None
    if end <= start:
        return DetailFault.END_BEFORE_START
    return DetailFault.END_TOO_FAR if end - start > _LONG else None


def _url_fault(url: str) -> DetailFault | None:
    return None if not url or https_host(url) else DetailFault.URL_NOT_HTTPS


def is_to_log(meeting: Meeting, now: datetime, my_owner: OwnerId | None) -> bool:
    """Whether it is mine, over, and still scheduled; nothing is mine where nobody knows who I am."""
    is_mine = my_owner is not None and meeting.details.owner_id == my_owner
    return is_mine and is_over_and_scheduled(meeting.details, now)


def to_log_query(now: datetime, my_owner: OwnerId) -> MeetingQuery:
    """The query whose answer is what `is_to_log` says of each meeting."""
    return MeetingQuery(
        outcomes=frozenset({Outcome.SCHEDULED}), owner_ids=frozenset({my_owner}), to_log_before=now
    )
