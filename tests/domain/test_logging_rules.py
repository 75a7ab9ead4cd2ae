"""What is wrong with a meeting's details, and which meetings are still to be logged."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts import FEATURE_SCOPES, REQUIRED_SCOPES, Feature, is_granted, missing_scopes
from app.domain.logging_rules import (
    MOST_LETTERS,
    WARNINGS,
    DetailFault,
    check_details,
    errors_in,
    is_to_log,
    to_log_query,
)
from app.domain.meetings import Meeting, MeetingDetails, MeetingField
from app.domain.projection import matches
from app.domain.records import OwnerId
from tests.domain.meeting_world import MEI, NINE, details, meeting, meetings

GOOD = MeetingDetails(title="Intro call", start=NINE, end=NINE + timedelta(minutes=30))
LONG = "t" * (MOST_LETTERS + 1)
FIELD = MeetingField
FAULT = DetailFault


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, {}),
        ({"title": ""}, {FIELD.TITLE: FAULT.TITLE_MISSING}),
        ({"title": " \n"}, {FIELD.TITLE: FAULT.TITLE_MISSING}),
        ({"start": None}, {FIELD.START: FAULT.START_MISSING}),
        ({"end": None}, {FIELD.END: FAULT.END_MISSING}),
        ({"end": NINE}, {FIELD.END: FAULT.END_BEFORE_START}),
        ({"end": NINE - timedelta(days=1)}, {FIELD.END: FAULT.END_BEFORE_START}),
        ({"end": NINE + timedelta(hours=24)}, {}),
        ({"end": NINE + timedelta(hours=24, seconds=1)}, {FIELD.END: FAULT.END_TOO_FAR}),
        (
            {"start": datetime(1, 1, 1, tzinfo=UTC)},
            {FIELD.START: FAULT.OUT_OF_RANGE, FIELD.END: FAULT.END_TOO_FAR},
        ),
        ({"end": datetime(9999, 12, 31, tzinfo=UTC)}, {FIELD.END: FAULT.OUT_OF_RANGE}),
        ({"external_url": "https://calendar.example/e/1"}, {}),
        ({"external_url": "http://calendar.example/e/1"}, {FIELD.EXTERNAL_URL: FAULT.URL_NOT_HTTPS}),
        ({"external_url": "javascript:alert(1)"}, {FIELD.EXTERNAL_URL: FAULT.URL_NOT_HTTPS}),
        ({"title": LONG, "body": LONG}, {FIELD.TITLE: FAULT.TEXT_TOO_LONG, FIELD.BODY: FAULT.TEXT_TOO_LONG}),
        ({"body": LONG[1:], "location": LONG[1:]}, {}),
        ({"notes": LONG[1:]}, {FIELD.NOTES: FAULT.TEXT_TOO_LONG}),
        ({"notes": LONG[65:]}, {}),
        ({"external_url": f"https://a.example/{LONG}"}, {FIELD.EXTERNAL_URL: FAULT.TEXT_TOO_LONG}),
        ({"title": "t" * 10_000, "notes": "\0\u202e"}, {}),
    ],
)
def test_faults(changed: Mapping[str, Any], faults: Mapping[MeetingField, DetailFault]) -> None:
    assert check_details(replace(GOOD, **changed)) == faults


def test_an_empty_form_lacks_title_start_and_end() -> None:
    found = check_details(MeetingDetails())
    assert list(found) == [FIELD.TITLE, FIELD.START, FIELD.END]
    assert errors_in(found) == {FIELD.START: FAULT.START_MISSING}


def test_warnings_do_not_keep_a_meeting_from_being_saved() -> None:
    assert errors_in({FIELD.END: FAULT.END_TOO_FAR, FIELD.TITLE: FAULT.TEXT_TOO_LONG}) == {
        FIELD.TITLE: FAULT.TEXT_TOO_LONG
    }
    assert {FAULT.TITLE_MISSING, FAULT.END_MISSING, FAULT.END_TOO_FAR} == WARNINGS


OLD = replace(GOOD, end=NINE, external_url="http://calendar.example/e/1")


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"outcome": "COMPLETED"}, {}),
        ({"start": NINE + timedelta(hours=1)}, {FIELD.END: FAULT.END_BEFORE_START}),
        ({"end": NINE - timedelta(hours=1)}, {FIELD.END: FAULT.END_BEFORE_START}),
        ({"end": NINE + timedelta(hours=1)}, {}),
        ({"external_url": "http://elsewhere.example"}, {FIELD.EXTERNAL_URL: FAULT.URL_NOT_HTTPS}),
        ({"title": ""}, {FIELD.TITLE: FAULT.TITLE_MISSING}),
    ],
)
def test_old_faults_do_not_stand_in_the_way_of_an_edit(
    changed: Mapping[str, Any], faults: Mapping[MeetingField, DetailFault]
) -> None:
    assert check_details(replace(OLD, **changed), OLD) == faults


@given(details, details)
def test_every_form_is_judged(shown: MeetingDetails, before: MeetingDetails) -> None:
    found = check_details(shown)
    assert check_details(shown, shown) == {}
    assert check_details(shown, before).items() <= found.items()
    assert list(found) == [name for name in MeetingField if name in found]
    assert errors_in(found).items() <= found.items()


@pytest.mark.parametrize(
    ("shown", "owner", "expected"),
    [
        (meeting(), MEI, True),
        (meeting(), OwnerId("12"), False),
        (meeting(), None, False),
        (meeting(outcome="COMPLETED"), MEI, False),
        (meeting(outcome=""), MEI, False),
        (meeting(end=NINE + timedelta(hours=1)), MEI, False),
        (meeting(end=None), MEI, True),
        (meeting(start=None, end=None), MEI, False),
    ],
)
def test_what_is_to_log(shown: Meeting, owner: OwnerId | None, expected: bool) -> None:
    assert is_to_log(shown, NINE + timedelta(minutes=31), owner) is expected


@given(meetings, st.integers(-100, 100))
def test_the_query_finds_what_is_to_log(shown: Meeting, minutes: int) -> None:
    now = NINE + timedelta(minutes=minutes)
    assert matches(to_log_query(now, MEI), shown) is is_to_log(shown, now, MEI)


def test_logging_and_pinning_stand_behind_their_scopes() -> None:
    required = frozenset(REQUIRED_SCOPES)
    assert is_granted(required, Feature.LOGGING)
    assert missing_scopes(frozenset({"crm.objects.contacts.read"}), Feature.LOGGING) == (
        "crm.objects.contacts.write",
    )
    assert missing_scopes(frozenset({"crm.objects.deals.read"}), Feature.PIN_DEALS) == (
        "crm.objects.deals.write",
    )
    assert not is_granted(required, Feature.PIN_COMPANIES)
    assert set(FEATURE_SCOPES) == set(Feature)
