"""Meetings under their days: the order, the bounds, and that none is lost."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import local_day
from app.domain.meetings import MeetingId, MeetingIndex
from app.ui.screens.log.listing.days import DayList, by_day, with_kept

BERLIN = "Europe/Berlin"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ms(*moment: int) -> int:
    return round(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type,misc]


def index_of(*starts: int) -> MeetingIndex:
    return MeetingIndex(tuple(MeetingId(str(place)) for place in range(len(starts))), starts)


def test_days_are_newest_first_and_a_day_runs_from_morning_to_evening() -> None:
    index = index_of(ms(2026, 11, 23, 14), ms(2026, 11, 23, 8), ms(2026, 11, 20, 15), ms(2026, 11, 20, 9))
    days = by_day(index, BERLIN)
    assert days.ids == ("1", "0", "3", "2")
    assert [(one.first, one.day) for one in days.sections] == [
        (0, date(2026, 11, 23)),
        (2, date(2026, 11, 20)),
    ]


def test_a_day_is_the_one_of_the_zone() -> None:
    late = ms(2026, 11, 22, 23, 30)
    assert by_day(index_of(late), BERLIN).sections[0].day == date(2026, 11, 23)
    assert by_day(index_of(late), "America/New_York").sections[0].day == date(2026, 11, 22)


def test_the_long_day_of_a_clock_change_is_one_day() -> None:
    first, last = ms(2026, 10, 24, 22, 0), ms(2026, 10, 25, 22, 59)
    days = by_day(index_of(last, first), BERLIN)
    assert [one.day for one in days.sections] == [date(2026, 10, 25)]


def test_meetings_without_a_time_come_last() -> None:
    days = by_day(index_of(ms(2026, 11, 23, 8), 0, 0), BERLIN)
    assert [(one.first, one.day) for one in days.sections] == [(0, date(2026, 11, 23)), (1, None)]
    assert days.ids == ("0", "1", "2")


def test_no_meetings_have_no_days() -> None:
    assert by_day(MeetingIndex(), BERLIN) == DayList()


def test_an_instant_that_no_calendar_has_counts_as_none() -> None:
    days = by_day(index_of(10**18, ms(2026, 11, 23, 8)), BERLIN)
    assert [one.day for one in days.sections] == [None, date(2026, 11, 23)]


STARTS = st.lists(st.integers(ms(2024, 1, 1), ms(2027, 12, 31)) | st.just(0), max_size=60)


@given(STARTS, st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Apia"]), st.booleans())
def test_every_meeting_stands_under_its_day(starts: list[int], zone: str, is_ascending: bool) -> None:
    index = index_of(*sorted(starts, reverse=not is_ascending))
    start_of = dict(zip(index.ids, index.starts_ms, strict=True))
    days = by_day(index, zone)
    assert Counter(days.ids) == Counter(index.ids)
    firsts = [section.first for section in days.sections]
    assert firsts == sorted(set(firsts))
    assert firsts[:1] in ([], [0])
    ends = [*firsts[1:], len(days)][: len(firsts)]
    for section, end in zip(days.sections, ends, strict=True):
        part = [start_of[one] for one in days.ids[section.first : end]]
        shown = {None if one == 0 else local_day(EPOCH + timedelta(milliseconds=one), zone) for one in part}
        assert shown == {section.day}
        assert part == sorted(part)


@given(STARTS, st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, ms(2027, 12, 31))))
def test_kept_meetings_are_put_where_they_belong(starts: list[int], kept: dict[str, int]) -> None:
    index = index_of(*sorted(starts, reverse=True))
    found = with_kept(index, {MeetingId(one): start for one, start in kept.items()})
    assert set(found.ids) == set(index.ids) | set(kept)
    assert list(found.starts_ms) == sorted(found.starts_ms, reverse=True)


def test_a_kept_meeting_that_still_matches_is_not_doubled() -> None:
    index = index_of(ms(2026, 11, 23, 8))
    assert with_kept(index, {MeetingId("0"): 5}) is index
