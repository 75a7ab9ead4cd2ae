"""The question that segment, search and filters make together."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.meetings import CONTACT, CrmRecord, RecordRef
from app.domain.records import OwnerId
from app.ui.screens.log.listing.narrowing import Filters, Narrowing, Segment
from tests.fakes.clock import NOW

ME, TOM = OwnerId("41"), OwnerId("42")
ADA = CrmRecord(RecordRef(CONTACT, "7"), "Ada Okafor")
FULL = Filters(frozenset({"NO_SHOW"}), "demo", TOM, ADA, date(2026, 11, 2), date(2026, 11, 20))


def test_to_log_is_mine_and_over() -> None:
    query = Narrowing().query(now=NOW, zone="Europe/Berlin", my_owner_id=ME)
    assert (query.owner_ids, query.to_log_before) == (frozenset({ME}), NOW)


def test_to_log_of_somebody_who_is_no_owner_is_everybodys() -> None:
    query = Narrowing().query(now=NOW, zone="Europe/Berlin", my_owner_id=None)
    assert query.owner_ids == frozenset()


def test_all_is_everybodys() -> None:
    query = Narrowing(Segment.ALL).query(now=NOW, zone="Europe/Berlin", my_owner_id=ME)
    assert (query.owner_ids, query.to_log_before, query.earliest, query.latest) == (
        frozenset(),
        None,
        None,
        None,
    )


def test_filters_become_the_question() -> None:
    narrowing = Narrowing(Segment.ALL, "  ada ", FULL)
    query = narrowing.query(now=NOW, zone="Europe/Berlin", my_owner_id=ME)
    assert query.text == "ada"
    assert query.outcomes == {"NO_SHOW"}
    assert query.activity_types == {"demo"}
    assert query.owner_ids == {TOM}
    assert query.record == ADA.ref
    assert query.earliest == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert query.latest == datetime(2026, 11, 20, 23, tzinfo=UTC) - timedelta(milliseconds=1)


def test_the_owner_filter_counts_in_to_log_too() -> None:
    query = Narrowing(filters=Filters(owner_id=TOM)).query(now=NOW, zone="UTC", my_owner_id=ME)
    assert query.owner_ids == {TOM}


@pytest.mark.parametrize(
    ("chip", "left"),
    [
        ("outcomes:NO_SHOW", Filters(frozenset(), "demo", TOM, ADA, FULL.first_day, FULL.last_day)),
        ("activity_type", Filters(FULL.outcomes, "", TOM, ADA, FULL.first_day, FULL.last_day)),
        ("owner_id", Filters(FULL.outcomes, "demo", None, ADA, FULL.first_day, FULL.last_day)),
        ("record", Filters(FULL.outcomes, "demo", TOM, None, FULL.first_day, FULL.last_day)),
        ("days", Filters(FULL.outcomes, "demo", TOM, ADA)),
    ],
)
def test_a_chip_takes_its_own_filter_away(chip: str, left: Filters) -> None:
    assert FULL.without(chip) == left


def test_blanks_narrow_nothing() -> None:
    assert not Narrowing(text="  ").is_narrowed
    assert Narrowing(text="a").is_narrowed
    assert Narrowing(filters=Filters(outcomes=frozenset({"X"}))).is_narrowed
