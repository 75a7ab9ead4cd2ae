"""What helps while logging: duplicates, suggested records and templates."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.duplicates import QUARTER, duplicates
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    TICKET,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingId,
    RecordRef,
    RecordType,
)
from app.domain.ports_meetings import TextTemplate
from app.domain.suggesting import is_closed_deal, suggested
from app.domain.templates import (
    Placeholder,
    filled,
    filled_template,
    first_name,
    placeholders,
    unknown_placeholders,
)
from tests.domain.meeting_world import ADA, NINE, NORTHWIND, PROJECT, ROLLOUT, meeting, meetings, texts

HERE = MeetingDetails(title="Intro call", start=NINE)
RAVI = RecordRef(CONTACT, "9002")


def later(name: str, minutes: float, *on: RecordRef, calendar_id: str = "") -> Meeting:
    there = meeting(name, start=NINE + timedelta(minutes=minutes), end=None, on=on)
    return replace(there, calendar_id=calendar_id)


@pytest.mark.parametrize(
    ("candidate", "is_duplicate"),
    [
        (later("1", 0, ADA), True),
        (later("1", 15, ADA), True),
        (later("1", -15, RAVI, ADA), True),
        (later("1", 15.1, ADA), False),
        (later("1", 0, RAVI), False),
        (later("1", 0, NORTHWIND), False),
        (later("1", 600, calendar_id="cal-1"), True),
        (later("1", 0, calendar_id="cal-2"), False),
        (meeting("1", start=None, end=None), False),
        (replace(meeting("1", start=None, end=None), calendar_id="cal-1"), True),
        (meeting("1", on=None), False),
        (later("mine", 0, ADA, calendar_id="cal-1"), False),
    ],
)
def test_what_counts_as_a_duplicate(candidate: Meeting, is_duplicate: bool) -> None:
    found = duplicates(HERE, (ADA, NORTHWIND), [candidate], calendar_id="cal-1", exclude=MeetingId("mine"))
    assert found == ((candidate,) if is_duplicate else ())


def test_the_nearest_come_first_after_the_very_same_one() -> None:
    far, near, same = later("1", 14, ADA), later("2", -3, ADA), later("3", 500, calendar_id="c")
    found = duplicates(HERE, (ADA,), [far, near, same, near], calendar_id="c")
    assert found == (same, near, far)
    assert duplicates(HERE, (ADA,), [far, near], within=timedelta(minutes=5)) == (near,)


def test_without_a_start_or_a_contact_only_the_calendar_tells() -> None:
    assert duplicates(MeetingDetails(), (ADA,), [later("1", 0, ADA)]) == ()
    assert duplicates(HERE, (), [later("1", 0, ADA, calendar_id="")], calendar_id="") == ()


@given(st.lists(meetings, max_size=6), st.sampled_from(("", "cal-1")))
def test_duplicates_are_candidates_each_once(made: list[Meeting], calendar_id: str) -> None:
    found = duplicates(HERE, (ADA,), made, calendar_id=calendar_id)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one in made
        is_near = one.details.start is not None and abs(one.details.start - NINE) <= QUARTER
        assert (is_near and ADA in one.refs) or (calendar_id and one.calendar_id == calendar_id)


def test_duplicates_at_the_ends_of_the_calendar() -> None:
    first, last = (edge.replace(tzinfo=UTC) for edge in (datetime.min, datetime.max))  # noqa: DTZ901
    edge = meeting("1", start=first, end=None)
    assert duplicates(MeetingDetails(start=last), (ADA,), [edge]) == ()
    assert duplicates(MeetingDetails(start=first), (ADA,), [edge]) == (edge,)


FABRIKAM = CrmRecord(RecordRef(COMPANY, "32"), "Fabrikam")
NORTH = CrmRecord(NORTHWIND, "Northwind")
OPEN = CrmRecord(ROLLOUT, "Northwind rollout", detail="qualifiedtobuy")
WON = CrmRecord(RecordRef(DEAL, "78"), "Pilot", detail="closedwon")
LOST = CrmRecord(RecordRef(DEAL, "79"), "Old pilot", detail="Closed lost")
CUSTOM_STAGE = CrmRecord(RecordRef(DEAL, "80"), "Renewal", detail="284901")
TICKETED = CrmRecord(RecordRef(TICKET, "5"), "Log-in fails", detail="closed")
PERSON = CrmRecord(RAVI, "Ravi Menon")
THING = CrmRecord(PROJECT, "Project")


def test_suggestions_begin_with_companies_and_open_deals() -> None:
    related = (WON, PERSON, THING, OPEN, TICKETED, FABRIKAM, LOST, NORTH, CUSTOM_STAGE, OPEN)
    assert suggested(related, ()) == (
        FABRIKAM, NORTH, OPEN, CUSTOM_STAGE, TICKETED, PERSON, THING, WON, LOST
    )  # fmt: skip
    assert suggested(related, {NORTHWIND, ROLLOUT}) == (
        FABRIKAM, CUSTOM_STAGE, TICKETED, PERSON, THING, WON, LOST
    )  # fmt: skip


def test_the_first_of_equal_records_is_suggested() -> None:
    assert suggested((NORTH, replace(NORTH, name="Again")), ()) == (NORTH,)


@pytest.mark.parametrize(
    ("record", "is_closed"),
    [(WON, True), (LOST, True), (OPEN, False), (CUSTOM_STAGE, False), (TICKETED, False)],
)
def test_closed_deals(record: CrmRecord, is_closed: bool) -> None:
    assert is_closed_deal(record) is is_closed


kinds = st.sampled_from((CONTACT, COMPANY, DEAL, TICKET, RecordType("2-1")))
records = st.builds(CrmRecord, st.builds(RecordRef, kinds, st.sampled_from("123")), texts, texts)


@given(st.lists(records, max_size=10), st.lists(records.map(lambda one: one.ref), max_size=3))
def test_suggestions_are_related_records_that_are_not_linked(
    related: list[CrmRecord], taken: list[RecordRef]
) -> None:
    found = suggested(related, taken)
    assert {one.ref for one in found} == {one.ref for one in related} - set(taken)
    assert len(found) == len({one.ref for one in found})
    assert set(found) <= set(related)


VALUES = {
    Placeholder.CONTACT: "Ada Okafor",
    Placeholder.FIRST_NAME: "Ada",
    Placeholder.COMPANY: "",
    Placeholder.DATE: "{contact}",
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", ""),
        ("Call with {contact}", "Call with Ada Okafor"),
        ("{first_name}{first_name}", "AdaAda"),
        ("At {company}.", "At ."),
        ("{deal} and {nobody}", "{deal} and {nobody}"),
        ("{date}", "{contact}"),
        ("{{contact}}", "{contact}"),
        ("{{{contact}}}", "{Ada Okafor}"),
        ("{{}} {} { contact } {Contact}", "{} {} { contact } {Contact}"),
        ("{contact", "{contact"),
        ("contact}", "contact}"),
        ("{\0} {\ud800}", "{\0} {\ud800}"),
        ("{" * 3 + "contact" + "}", "{Ada Okafor"),
    ],
)
def test_filling(text: str, result: str) -> None:
    assert filled(text, VALUES) == result


def test_placeholders_of_a_text() -> None:
    text = "{date}: {first_name} {nobody} {{owner}} {date} {nobody}"
    assert placeholders(text) == (Placeholder.DATE, Placeholder.FIRST_NAME)
    assert unknown_placeholders(text) == ("nobody",)


def test_a_filled_template_has_its_title_on_one_line() -> None:
    template = TextTemplate("1", "Intro", "Intro with {contact}", "Hello {first_name},\n", "- {company}")
    values = VALUES | {Placeholder.CONTACT: "Ada\nOkafor\t "}
    assert filled_template(template, values) == TextTemplate(
        "1", "Intro", "Intro with Ada Okafor", "Hello Ada,\n", "- "
    )


@given(texts, texts)
def test_filling_only_touches_braces(text: str, value: str) -> None:
    values = dict.fromkeys(placeholders(text), value)
    result = filled(text, values)
    if "{" not in text and "}" not in text:
        assert result == text
    assert filled(text.replace("{", "{{").replace("}", "}}"), values) == text


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ada Okafor", "Ada"), ("  Ada ", "Ada"), ("ada@northwind.example", "ada@northwind.example"), ("", "")],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first
