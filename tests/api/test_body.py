"""Bodies are taken in within their limit, whatever was packed into them."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.body import LARGEST_BODY, BoundedBody
from app.api.errors import BadReply, ReplyFault


def taken(pieces: list[bytes], encoding: str | None = None, largest: int = 1_000) -> bytes:
    body = BoundedBody(encoding, largest=largest)
    for piece in pieces:
        body.feed(piece)
    return body.finish()


def fault(pieces: list[bytes], encoding: str | None = None) -> ReplyFault:
    with pytest.raises(BadReply) as refusal:
        taken(pieces, encoding)
    return refusal.value.fault


@given(st.binary(max_size=900), st.integers(1, 50), st.sampled_from([None, "identity", "gzip", " GZIP "]))
def test_what_was_sent_comes_out(data: bytes, step: int, encoding: str | None) -> None:
    is_plain = encoding is None or encoding == "identity"
    wire = data if is_plain else gzip.compress(data)
    assert taken([wire[i : i + step] for i in range(0, len(wire), step)], encoding) == data


def test_the_limit_is_the_last_size_that_passes() -> None:
    assert len(taken([b"x" * 1_000])) == 1_000
    assert fault([b"x" * 1_001]) is ReplyFault.TOO_LARGE
    assert len(taken([gzip.compress(b"x" * 1_000)], "gzip")) == 1_000
    assert fault([gzip.compress(b"x" * 1_001)], "gzip") is ReplyFault.TOO_LARGE


def test_a_bomb_is_never_unpacked() -> None:
    bomb = gzip.compress(bytes(400 * 1024 * 1024), 9)
    tracemalloc.start()
    with pytest.raises(BadReply):
        taken([bomb], "gzip", LARGEST_BODY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * LARGEST_BODY


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_only_what_was_asked_for_is_understood(encoding: str) -> None:
    assert fault([b"x"], encoding) is ReplyFault.WRONG_TYPE


def test_a_packed_body_that_stops_or_lies_is_said_so() -> None:
    packed = gzip.compress(b"x" * 500)
    assert fault([packed[:-1]], "gzip") is ReplyFault.TRUNCATED
    assert fault([b"not packed"], "gzip") is ReplyFault.GARBAGE
    assert fault([zlib.compress(b"x")], "gzip") is ReplyFault.GARBAGE


def test_nothing_at_all_is_empty() -> None:
    assert taken([]) == b""
    assert taken([], "gzip") == b""
    assert taken([b""], "gzip") == b""
