"""Replies that were damaged on their way: every one is read or refused, none is a surprise."""

import random
from typing import Final

import pytest

from app.api.decoding import Decoder
from app.api.error_reply import error_of
from app.api.errors import ApiError, BadReply
from app.api.hubspot.booking_payloads import BookingReplyPayload
from app.api.hubspot.calendar_events import CalendarEventReplyPayload
from app.api.hubspot.link_payloads import (
    AVAILABILITY_ROWS,
    BOOKING_INFO_ROWS,
    LINK_ROWS,
    AvailabilityPagePayload,
    BookingInfoPayload,
    LinkListPayload,
)
from app.api.hubspot.object_payloads import (
    BATCH_ROWS,
    OBJECT_ROWS,
    BatchPayload,
    ObjectListPayload,
    ObjectPayload,
)
from app.api.oauth_payloads import IntrospectionPayload, TokenPayload
from app.api.reply import Reply
from tests.api.virtual_time import START
from tests.api.wire import sample
from tests.guards.figures import Count, Report

DECODERS: Final[dict[str, Decoder[object]]] = {
    "meeting_links": Decoder(LinkListPayload, *LINK_ROWS),
    "booking_info": Decoder(BookingInfoPayload, *BOOKING_INFO_ROWS),
    "availability_page": Decoder(AvailabilityPagePayload, *AVAILABILITY_ROWS),
    "booking": Decoder(BookingReplyPayload),
    "calendar_event": Decoder(CalendarEventReplyPayload),
    "contact": Decoder(ObjectPayload),
    "contact_search": Decoder(ObjectListPayload, *OBJECT_ROWS),
    "batch_partial": Decoder(BatchPayload, *BATCH_ROWS),
    "token": Decoder(TokenPayload),
    "introspection": Decoder(IntrospectionPayload),
}
ERRORS: Final = ("error_start_not_valid", "error_missing_scopes", "error_contact_exists", "error_rate_limit")
_SPLICES: Final = (b"null", b"{}", b"[]", b"-1", b"1e999", b'"\xff"', b'"\\ud800"', b"9" * 40, b"true", b'""')


def damaged(body: bytes, source: random.Random) -> bytes:
    """`body` with bytes flipped, cut, doubled, or replaced by other JSON."""
    spoilt = bytearray(body)
    if source.random() < 0.5:
        _replace_value(spoilt, source)
        return bytes(spoilt)
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(spoilt) + 1)
        match source.randrange(5):
            case 0:
                spoilt[at : at + 1] = source.randbytes(1)
            case 1:
                del spoilt[at : at + source.randrange(1, 40)]
            case 2:
                spoilt[at:at] = spoilt[at : at + source.randrange(1, 40)]
            case 3:
                spoilt[at:at] = source.choice(_SPLICES)
            case _:
                _replace_value(spoilt, source)
    return bytes(spoilt)


def _replace_value(body: bytearray, source: random.Random) -> None:
    """Put another value where one stands, so that the JSON stays whole."""
    colons = [at for at, byte in enumerate(body) if byte == ord(":")]
    if not colons:
        return
    start = source.choice(colons) + 1
    ends = [at for mark in b",}]" if (at := body.find(mark, start)) >= 0]
    if ends:
        body[start : min(ends)] = source.choice(_SPLICES)


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_damaged_replies(rng: random.Random, count: Count, figure: Report) -> None:
    rounds, read, refused = count(1_500, 20_000), 0, 0
    for _ in range(rounds):
        for name, decoder in DECODERS.items():
            body = damaged(sample_of(name), rng)
            try:
                decoder.decode(body)
                read += 1
            except BadReply:
                refused += 1
        for name in ERRORS:
            body = damaged(sample_of(name), rng)
            status = rng.choice([400, 401, 403, 404, 409, 429, 500, 503])
            error = error_of(Reply(status, {}, body), utc_now=START, is_oauth=rng.random() < 0.5)
            assert isinstance(error, ApiError)
    assert min(read, refused) > rounds
    done = rounds * (len(DECODERS) + len(ERRORS))
    figure("damaged replies: unhandled exceptions", f"0 in {done} ({read} still readable)", 0)


_SAMPLES: Final = {name: sample(name) for name in (*DECODERS, *ERRORS)}


def sample_of(name: str) -> bytes:
    """A sample, read from its file once."""
    return _SAMPLES[name]
