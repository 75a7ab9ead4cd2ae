"""One bad row never hides the others."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.decoding import Decoder, Rows, WireId
from app.api.errors import BadReply, ReplyFault


class Inner(msgspec.Struct):
    size: int


class Row(msgspec.Struct):
    id: WireId
    name: str = ""
    inner: tuple[Inner, ...] = ()


class Reply(msgspec.Struct):
    results: tuple[Row, ...]
    note: str = "none"
    by_key: dict[str, Row] = {}


DECODER = Decoder(Reply, Rows(("results", "*", "inner"), Inner), Rows(("results",), Row))


def test_a_good_answer_is_read_in_one_go() -> None:
    found = DECODER.decode(b'{"results":[{"id":7,"name":"a","new":[1]}],"note":"n","more":{}}')
    assert found.value.results == (Row(id=WireId("7"), name="a"),)
    assert found.skipped == 0


def test_bad_rows_are_left_out_and_counted() -> None:
    body = b'{"results":[{"id":1},{"id":true},{"name":"x"},7,{"id":2,"inner":[{"size":1},{"size":"x"},5]}]}'
    found = DECODER.decode(body)
    assert [row.id for row in found.value.results] == ["1", "2"]
    assert found.value.results[1].inner == (Inner(1),)
    assert found.skipped == 5


def test_null_counts_as_missing() -> None:
    found = DECODER.decode(b'{"results":[{"id":1,"name":null},null],"note":null}')
    assert found.value == Reply(results=(Row(id=WireId("1")),))


def test_numbers_may_come_as_text_and_ids_as_numbers() -> None:
    found = DECODER.decode(b'{"results":[{"id":12345678901234567890,"inner":[{"size":"5"}]}]}')
    assert found.value.results[0].id == "12345678901234567890"
    assert found.value.results[0].inner[0].size == 5


@pytest.mark.parametrize("value", ["1.5", "true", "{}", "[1]"])
def test_an_id_is_text_or_a_whole_number(value: str) -> None:
    found = DECODER.decode(b'{"results":[{"id":%s}]}' % value.encode())
    assert (found.value.results, found.skipped) == ((), 1)


@pytest.mark.parametrize(
    "body",
    [
        b'{"results": [], "note": "\xff"}',
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"results":5}',
        b'{"results":{"a":1}}',
        b"{}",
        b'{"results":[],"note":5}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"results":[{"id":"a"},' + b"[" * 200_000,
        b'{"results":' + b"[" * 900 + b"]" * 900 + b"}",
    ],
)
def test_an_unreadable_answer_is_a_bad_reply(body: bytes) -> None:
    with pytest.raises(BadReply) as refusal:
        DECODER.decode(body)
    assert refusal.value.fault is ReplyFault.GARBAGE


def test_a_star_goes_through_maps_and_lists_and_stops_at_anything_else() -> None:
    decoder = Decoder(Reply, Rows(("by_key", "*", "inner"), Inner), Rows(("note", "*", "x"), Inner))
    found = decoder.decode(
        b'{"results":[],"note":"a","by_key":{"k":{"id":1,"inner":[{"size":1},{}]},"l":{"id":2}}}'
    )
    assert found.value.by_key["k"].inner == (Inner(1),)
    assert found.skipped == 1
    with pytest.raises(BadReply):
        decoder.decode(b'{"results":[],"by_key":[[1],{"inner":{"size":1}}]}')


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.sampled_from(["results", "id", "name", "inner", "size", "note"]), children)
    ),
    max_leaves=20,
)


@given(_JSON)
def test_any_json_is_read_or_refused(tree: object) -> None:
    try:
        found = DECODER.decode(msgspec.json.encode(tree))
    except BadReply:
        return
    assert isinstance(found.value, Reply)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with pytest.raises(BadReply):
        DECODER.decode(b"\x00" + body)
