"""Which lists a meeting belongs to, and where it stands in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings import (
    Meeting,
    MeetingField,
    MeetingId,
    MeetingIndex,
    MeetingQuery,
)
from app.domain.projection import (
    ProjectedMeeting,
    matches,
    merge_index,
    project,
    start_ms,
)
from app.domain.records import OwnerId
from tests.domain.meeting_world import (
    ADA,
    HALF_AN_HOUR,
    MEETING_ID,
    MEI,
    NINE,
    NORTHWIND,
    PROJECT,
    ROLLOUT,
    edit,
    meeting,
    meetings,
    row,
    texts,
)

NAMES = {ADA: "Ada Okafor", NORTHWIND: "Nørthwind AG"}


@pytest.mark.parametrize(
    ("query", "is_match"),
    [
        (MeetingQuery(), True),
        (MeetingQuery("  "), True),
        (MeetingQuery("INTRO"), True),
        (MeetingQuery("okaf ada int"), True),
        (MeetingQuery("tro"), False),
        (MeetingQuery("northw"), True),
        (MeetingQuery("budget"), True),
        (MeetingQuery("goals"), True),
        (MeetingQuery("berlin"), False),
        (MeetingQuery("intro nobody"), False),
        (MeetingQuery(outcomes=frozenset({"SCHEDULED"})), True),
        (MeetingQuery(outcomes=frozenset({"COMPLETED"})), False),
        (MeetingQuery(activity_types=frozenset({"Demo"})), True),
        (MeetingQuery(activity_types=frozenset({""})), False),
        (MeetingQuery(owner_ids=frozenset({MEI})), True),
        (MeetingQuery(owner_ids=frozenset({OwnerId("12")})), False),
        (MeetingQuery(record=NORTHWIND), True),
        (MeetingQuery(record=ROLLOUT), False),
        (MeetingQuery(earliest=NINE, latest=NINE), True),
        (MeetingQuery(earliest=NINE + timedelta(seconds=1)), False),
        (MeetingQuery(latest=NINE - timedelta(seconds=1)), False),
        (MeetingQuery(to_log_before=NINE + HALF_AN_HOUR), False),
        (MeetingQuery(to_log_before=NINE + timedelta(minutes=31)), True),
    ],
)
def test_which_queries_a_meeting_matches(query: MeetingQuery, is_match: bool) -> None:
    shown = meeting(on=(ADA, NORTHWIND, PROJECT), activity_type="Demo", body="Goals", notes="Owns the budget")
    shown = replace(shown, details=replace(shown.details, location="Berlin"))
    assert matches(query, shown, NAMES) is is_match


def test_a_meeting_without_times_lies_in_no_range() -> None:
    timeless = meeting(start=None, end=None)
    assert matches(MeetingQuery(), timeless)
    assert not matches(MeetingQuery(earliest=datetime(1, 1, 1, tzinfo=UTC)), timeless)
    assert not matches(MeetingQuery(to_log_before=datetime(9999, 1, 1, tzinfo=UTC)), timeless)
    assert matches(MeetingQuery(to_log_before=NINE + HALF_AN_HOUR), meeting(end=None))


@given(texts, meetings, st.none() | meetings.map(lambda one: one.details.start))
def test_every_query_is_answered(text: str, shown: Meeting, instant: datetime | None) -> None:
    query = MeetingQuery(text, earliest=instant, to_log_before=instant)
    assert matches(query, shown, {ADA: text}) in (True, False)
    assert matches(MeetingQuery(shown.details.title), shown)


few_starts = st.none() | st.integers(-3, 3).map(lambda hours: NINE + timedelta(hours=hours))
small_meetings = st.builds(
    lambda number, start: meeting(str(number), start=start), st.integers(1, 12), few_starts
)


@given(
    st.lists(small_meetings, unique_by=lambda one: one.id, max_size=8),
    st.dictionaries(st.integers(1, 15).map(str).map(MeetingId), st.none() | few_starts, max_size=8),
    st.booleans(),
)
def test_an_index_with_pending_changes_is_the_one_of_the_projected_meetings(
    cached: list[Meeting], pending: dict[MeetingId, datetime | None], is_ascending: bool
) -> None:
    query = MeetingQuery(is_ascending=is_ascending, latest=NINE + timedelta(hours=2))
    there = sorted((one for one in cached if matches(query, one)), key=start_ms, reverse=not is_ascending)
    index = MeetingIndex(tuple(one.id for one in there), [start_ms(one) for one in there])
    projected = {
        meeting_id: ProjectedMeeting(meeting(meeting_id, start=start)) if start else None
        for meeting_id, start in pending.items()
    }
    merged = merge_index(index, projected, query)
    expected = {one.id: start_ms(one) for one in there if one.id not in projected}
    expected |= {
        meeting_id: start_ms(one.meeting)
        for meeting_id, one in projected.items()
        if one and matches(query, one.meeting)
    }
    assert dict(zip(merged.ids, merged.starts_ms, strict=True)) == expected
    assert len(merged) == len(expected)
    assert list(merged.starts_ms) == sorted(merged.starts_ms, reverse=not is_ascending)


@pytest.mark.parametrize("is_ascending", [True, False])
def test_a_row_whose_start_is_the_same_keeps_its_place(is_ascending: bool) -> None:
    index = MeetingIndex(tuple(map(MeetingId, "abc")), [start_ms(meeting())] * 3)
    projected = {one: ProjectedMeeting(meeting(one)) for one in map(MeetingId, "bx")}
    merged = merge_index(index, projected, MeetingQuery(is_ascending=is_ascending))
    assert merged.ids == tuple("abcx")


def test_starts_are_epoch_milliseconds() -> None:
    assert start_ms(meeting(start=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))) == 1000
    assert start_ms(meeting(start=datetime(1, 1, 1, tzinfo=UTC))) == -62135596800000
    assert start_ms(meeting(start=None)) == 0


def test_an_outcome_that_waits_takes_the_meeting_off_the_list_to_log() -> None:
    query = MeetingQuery(to_log_before=NINE + timedelta(days=1))
    index = MeetingIndex((MEETING_ID,), [start_ms(meeting())])
    shown = project(meeting(), [row(edit((MeetingField.OUTCOME, "SCHEDULED", "COMPLETED")))])
    assert merge_index(index, {MEETING_ID: shown}, query).ids == ()
