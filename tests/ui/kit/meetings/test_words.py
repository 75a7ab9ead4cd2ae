"""A meeting in words: outcomes, types, people, and what is on its way."""

import pytest

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    TICKET,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingOption,
    MeetingOptions,
    Outcome,
    RecordRef,
    RecordType,
)
from app.domain.projection import PendingMark
from app.ui.kit.meetings.words import (
    field_words,
    outcome_tone,
    outcome_words,
    pending_tone,
    pending_words,
    people_line,
    title_words,
    type_words,
)

OPTIONS = MeetingOptions(
    outcomes=(
        MeetingOption("SCHEDULED", "SCHEDULED"),
        MeetingOption("COMPLETED", "Done"),
        MeetingOption("NO_SHOW", "No Show"),
        MeetingOption("LATE", "Came late"),
        MeetingOption("X", ""),
    ),
    activity_types=(MeetingOption("demo", "Product demo"),),
)


@pytest.mark.parametrize(
    ("value", "words", "tone"),
    [
        ("SCHEDULED", "Scheduled", "accent"),
        ("COMPLETED", "Done", "ok"),
        ("RESCHEDULED", "Rescheduled", "warn"),
        ("NO_SHOW", "No show", "warn"),
        ("CANCELED", "Canceled", "bad"),
        ("LATE", "Came late", "neutral"),
        ("X", "X", "neutral"),
        ("GONE_FROM_THE_ACCOUNT", "GONE_FROM_THE_ACCOUNT", "neutral"),
        ("", "No outcome", "neutral"),
    ],
)
def test_an_outcome_has_a_word_and_a_colour(value: str, words: str, tone: str) -> None:
    assert (outcome_words(value, OPTIONS), outcome_tone(value)) == (words, tone)


def test_every_outcome_of_hubspot_has_a_word_of_ours() -> None:
    words = {outcome_words(one, MeetingOptions()) for one in Outcome}
    assert len(words) == len(Outcome)
    assert not words & set(Outcome)


def test_a_type_has_its_label_or_its_own_text() -> None:
    assert [type_words(one, OPTIONS) for one in ("demo", "old", "")] == ["Product demo", "old", "No type"]


def test_every_mark_and_field_has_a_word() -> None:
    assert len({pending_words(mark) for mark in PendingMark}) == len(PendingMark)
    assert {pending_tone(mark) for mark in PendingMark} == {"muted", "warn", "bad"}
    assert len({field_words(name) for name in MeetingField}) == len(MeetingField)


def record(record_type: RecordType, name: str) -> CrmRecord:
    return CrmRecord(RecordRef(record_type, name or "1"), name)


ADA, RAVI = record(CONTACT, "Ada Okafor"), record(CONTACT, "Ravi Menon")
NORTHWIND, ROLLOUT = record(COMPANY, "Northwind"), record(DEAL, "Northwind rollout")


@pytest.mark.parametrize(
    ("title", "records", "line"),
    [
        ("Intro call with Ada Okafor", [ADA, NORTHWIND, ROLLOUT], "Northwind · Deal: Northwind rollout"),
        ("Renewal", [ADA, NORTHWIND], "Ada Okafor · Northwind"),
        ("Call with ada okafor", [ADA], "Ada Okafor"),
        ("Scoping", [ADA, RAVI, NORTHWIND], "2 people · Northwind"),
        ("Ticket", [record(TICKET, "Cannot log in")], "Ticket: Cannot log in"),
        ("Site", [record(RecordType("2-77"), "Hamburg")], "Hamburg"),
        (
            "Deals",
            [ROLLOUT, record(DEAL, "Second"), record(DEAL, "Third")],
            "Deal: Northwind rollout · Second · Third",
        ),
        ("Many", [record(COMPANY, name) for name in "abcd"], "a · 3 more"),
        ("Unknown", [record(CONTACT, ""), record(COMPANY, "")], "Contact · Company"),
        ("Alone", [], "On no record yet"),
    ],
)
def test_the_people_line(title: str, records: list[CrmRecord], line: str) -> None:
    associations = tuple(Association(one.ref) for one in records)
    assert people_line(Meeting(MeetingId("1"), MeetingDetails(title=title), associations), records) == line


def test_nothing_is_said_of_records_nobody_has_read() -> None:
    meeting = Meeting(MeetingId("1"), MeetingDetails(title="Intro"))
    assert people_line(meeting, []) == ""
    unnamed = Meeting(MeetingId("1"), MeetingDetails(), (Association(ADA.ref),))
    assert people_line(unnamed, []) == ""


def test_hostile_texts_are_one_short_line() -> None:
    evil = "<img src=file:///x>\u202e\u0007\n" + "x" * 10_000
    assert title_words(evil).startswith("<img src=file:///x> x")
    assert len(title_words(evil)) <= 300
    assert title_words(" \n ") == "Untitled meeting"
    line = people_line(Meeting(MeetingId("1"), MeetingDetails(), ()), [record(COMPANY, evil)])
    assert len(line) <= 300
    assert not set(line) & {"\u202e", "\u0007", "\n"}
