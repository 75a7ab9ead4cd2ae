"""Every kept value comes back as it was."""

from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts import Account
from app.domain.links import BookingInfo, LinkMarks, MeetingLink
from app.domain.slots import AvailabilityPage, YearMonth
from app.storage.codec import Codec, from_microseconds, to_microseconds
from tests.storage.strategies import ACCOUNTS, INFOS, INSTANTS, LINKS, MARKS, PAGES, tuples
from tests.storage.world import NOW, page

CASES: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Account, ACCOUNTS),
    (LinkMarks, MARKS),
    (BookingInfo, INFOS),
    (AvailabilityPage, PAGES),
    (tuple[MeetingLink, ...], tuples(LINKS)),
]


@pytest.mark.parametrize(("kind", "values"), CASES, ids=["account", "marks", "info", "page", "links"])
@given(data=st.data())
def test_a_value_survives_the_round_trip(
    kind: Any, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)
    codec = Codec(kind)
    assert codec.decode(codec.encode(value)) == value


@pytest.mark.parametrize(("kind", "values"), CASES, ids=["account", "marks", "info", "page", "links"])
@given(data=st.data())
def test_damaged_bytes_are_a_value_or_none_but_never_an_error(
    kind: Any, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    codec = Codec(kind)
    body = bytearray(codec.encode(data.draw(values)))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    codec.decode(bytes(body[: data.draw(st.integers(0, len(body)))]))


def test_read_only_mappings_are_kept() -> None:
    plain = page(YearMonth(2026, 11))
    frozen = AvailabilityPage(
        slug=plain.slug,
        month=plain.month,
        zone=plain.zone,
        slots=MappingProxyType(dict(plain.slots)),
        members=(),
        busy={},
        has_more=True,
        fetched_at=NOW,
    )
    codec = Codec(AvailabilityPage)
    assert codec.decode(codec.encode(frozen)) == plain


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        Codec(object).encode(object())


@given(instant=INSTANTS)
def test_instants_survive_as_whole_numbers(instant: datetime) -> None:
    assert from_microseconds(to_microseconds(instant)) == instant


def test_an_instant_of_another_zone_comes_back_in_utc() -> None:
    berlin = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    found = from_microseconds(to_microseconds(berlin))
    assert found == berlin
    assert found.tzinfo is UTC
