"""Drafts and sent requests in their JSON-ready form."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.booking import BookingRequest
from app.domain.drafts import DeskDraft, draft_from, draft_payload, request_from, request_payload
from app.domain.forms import Answers
from app.domain.links import Slug, UserId
from app.domain.records import ContactId
from app.domain.slots import Slot
from tests.domain.strategies import instants
from tests.fakes.samples import HALF_HOUR, SLUG, at, sample_request, slot

texts = st.text(max_size=20)
slots = st.tuples(instants, instants).map(lambda ends: Slot(*ends))
answers = st.builds(
    Answers,
    first_name=texts,
    last_name=texts,
    email=texts,
    values=st.dictionaries(texts, texts, max_size=4),
    consents=st.frozensets(texts, max_size=3),
    processing_consent=st.booleans(),
    guests=st.lists(texts, max_size=3).map(tuple),
    locale=texts,
)
drafts = st.builds(
    DeskDraft,
    slug=st.text(min_size=1, max_size=20).map(Slug),
    answers=answers,
    slot=st.none() | slots,
    duration_ms=st.none() | st.integers(),
    zone=texts,
    contact_id=st.none() | st.text(min_size=1, max_size=5).map(ContactId),
    typed=st.frozensets(texts, max_size=3),
    is_waiting=st.booleans(),
    saved_at=st.none() | instants,
)
requests = st.builds(
    BookingRequest,
    slug=st.text(min_size=1, max_size=20).map(Slug),
    slot=slots,
    duration_ms=st.integers(),
    first_name=texts,
    last_name=texts,
    email=st.text(min_size=1, max_size=20),
    answers=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    consents=st.lists(st.tuples(texts, st.booleans()), max_size=3).map(tuple),
    likely_user_ids=st.lists(texts.map(UserId), max_size=3).map(tuple),
    guests=st.lists(texts, max_size=3).map(tuple),
    zone=texts,
    locale=texts,
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@given(drafts)
def test_a_draft_comes_back_as_it_was_typed(draft: DeskDraft) -> None:
    assert draft_from(json.loads(json.dumps(draft_payload(draft)))) == draft


@given(requests)
def test_a_request_comes_back_as_it_was_sent(request: BookingRequest) -> None:
    assert request_from(json.loads(json.dumps(request_payload(request)))) == request


@given(drafts, requests, st.data())
def test_a_damaged_payload_never_fails(
    draft: DeskDraft, request: BookingRequest, data: st.DataObject
) -> None:
    for payload, read in ((draft_payload(draft), draft_from), (request_payload(request), request_from)):
        field = data.draw(st.sampled_from(sorted(payload)))
        damaged = {**payload, field: data.draw(junk)}
        assert read(damaged) is None or field != "slug" or isinstance(damaged["slug"], str)


def test_what_can_be_read_of_a_damaged_draft_is_kept() -> None:
    payload = {
        **draft_payload(DeskDraft(SLUG, Answers(first_name="Ada", guests=("a@x.example",)), slot(at(24, 9)))),
        "last_name": 7,
        "values": {"company": "Northwind", "size": 3},
        "guests": ["a@x.example", None],
        "slot": ["2026-11-24T09:00:00", "never"],
        "duration_ms": True,
        "saved_at": "0001-01-01T00:00:00+14:00",
        "contact_id": "",
    }
    assert draft_from(payload) == DeskDraft(
        SLUG, Answers(first_name="Ada", values={"company": "Northwind"}, guests=("a@x.example",))
    )
    assert draft_from({**payload, "values": "none", "guests": "a@x.example"}) == DeskDraft(
        SLUG, Answers(first_name="Ada")
    )
    assert draft_from({}) is None


def test_offsets_are_read_as_utc() -> None:
    payload = {"slug": SLUG, "saved_at": "2026-11-24T10:00:00+01:00"}
    found = draft_from(payload)
    assert found is not None
    assert found.saved_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert found.saved_at.tzinfo is UTC


@pytest.mark.parametrize("field", ["slug", "email", "slot", "duration_ms"])
def test_a_request_without_its_heart_is_none(field: str) -> None:
    payload = request_payload(sample_request(at(24, 9)))
    del payload[field]
    assert request_from(payload) is None


def test_odd_pairs_of_a_request_are_dropped() -> None:
    payload = {
        **request_payload(sample_request(at(24, 9))),
        "answers": [["company", "Northwind"], ["size"], [7, "x"], "ab", ["n", 5]],
        "consents": [["77", "yes"], ["78", True]],
    }
    expected = replace(
        sample_request(at(24, 9)), answers=(("company", "Northwind"),), consents=(("77", False), ("78", True))
    )
    assert request_from(payload) == expected
    assert expected.duration_ms == HALF_HOUR
