"""Forms filled from the CRM, and the request that is made of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.forms import Answers, Choice, CommunicationConsent, Consent, FieldKind, FormField
from app.domain.links import GuestRule, UserId
from app.domain.prefill import prefill, properties_for, without_consent
from app.domain.requests import build_request
from app.domain.validation import check
from tests.fakes.samples import (
    HALF_HOUR,
    MARIA,
    OFFLINE_JONAS,
    ZONE,
    at,
    sample_contact,
    sample_field,
    sample_info,
    slot,
)

SIZE = FormField(
    "size",
    "Size",
    FieldKind.SELECT,
    is_required=True,
    is_custom=False,
    choices=(Choice("s", "S"), Choice("m", "M")),
)
TOPICS = replace(SIZE, name="topics", kind=FieldKind.CHECKBOXES, is_required=False)
BIRTHDAY = sample_field("birthday", FieldKind.DATE)
COMPANY = sample_field("company")
QUESTION = sample_field("question", custom=True)
UPLOAD = sample_field("cv", FieldKind.FILE)
EMAIL = sample_field("email", required=True)
INFO = sample_info(form_fields=(EMAIL, COMPANY, SIZE, TOPICS, BIRTHDAY, QUESTION, UPLOAD))
CONTACT = sample_contact(
    company=" Northwind ", size="m", topics="s; m;", birthday="315532800000", question="private", cv="file-1"
)


def test_properties_are_the_fields_that_are_not_asked_for_anyway() -> None:
    assert properties_for(INFO) == ("company", "size", "topics", "birthday")


def test_an_empty_form_takes_the_record() -> None:
    filled = prefill(INFO, CONTACT, Answers(), frozenset())
    assert (filled.first_name, filled.last_name, filled.email) == ("Ada", "Okafor", "ada@northwind.example")
    assert filled.values == {"company": "Northwind", "size": "m", "topics": "s;m", "birthday": "1980-01-01"}
    assert check(filled, INFO) == {}


def test_what_was_typed_stays() -> None:
    typed = Answers(
        first_name="A.", email="typed@x.example", values={"company": "", "question": "mine", "size": "s"}
    )
    filled = prefill(INFO, CONTACT, typed, frozenset({"first_name", "email", "field:company", "field:size"}))
    assert (filled.first_name, filled.last_name, filled.email) == ("A.", "Okafor", "typed@x.example")
    assert filled.values == {
        "company": "",
        "question": "mine",
        "size": "s",
        "topics": "s;m",
        "birthday": "1980-01-01",
    }
    kept = prefill(
        INFO, None, replace(typed, last_name="B."), frozenset({"first_name", "last_name", "email"})
    )
    assert (kept.first_name, kept.last_name, kept.email) == ("A.", "B.", "typed@x.example")


def test_another_contact_replaces_what_came_from_the_first() -> None:
    filled = prefill(INFO, CONTACT, Answers(), frozenset())
    other = prefill(INFO, replace(CONTACT, first_name="Sam", properties={"size": "s"}), filled, frozenset())
    assert other.first_name == "Sam"
    assert other.values == {"company": "", "size": "s", "topics": "", "birthday": ""}
    nobody = prefill(INFO, None, other, frozenset())
    assert (nobody.first_name, nobody.last_name, nobody.email) == ("", "", "")
    assert nobody.values["size"] == ""


@pytest.mark.parametrize(
    ("name", "stored", "taken"),
    [
        ("size", "xxl", ""),
        ("topics", "s;xxl", ""),
        ("birthday", "1980-01-01", "1980-01-01"),
        ("birthday", "-86400000", "1969-12-31"),
        ("birthday", "soon", ""),
        ("birthday", "--5", ""),
        ("birthday", "9" * 16, ""),
        ("birthday", "9" * 5000, ""),
    ],
)
def test_a_stored_value_that_the_field_would_refuse_is_left_out(name: str, stored: str, taken: str) -> None:
    filled = prefill(INFO, sample_contact(**{name: stored}), Answers(), frozenset())
    assert filled.values[name] == taken


@given(st.dictionaries(st.sampled_from(properties_for(INFO)), st.text(max_size=20)), st.booleans())
def test_consent_is_never_ticked_and_prefilled_answers_are_good(
    properties: dict[str, str], is_ticked: bool
) -> None:
    before = Answers(consents=frozenset({"77"} if is_ticked else ()), processing_consent=is_ticked)
    filled = prefill(INFO, sample_contact(**properties), before, frozenset())
    assert (filled.consents, filled.processing_consent) == (before.consents, before.processing_consent)
    assert set(check(filled, INFO)) <= {"field:size"}


def test_consent_belongs_to_the_person_who_gave_it() -> None:
    ticked = Answers(first_name="Ada", consents=frozenset({"77"}), processing_consent=True)
    assert without_consent(ticked) == Answers(first_name="Ada")


def test_a_request_carries_what_the_link_asks_for_and_nothing_else() -> None:
    boxes = (
        CommunicationConsent("77", "News", is_required=True),
        CommunicationConsent("78", "Offers", is_required=False),
    )
    info = replace(
        INFO,
        members=(MARIA, OFFLINE_JONAS),
        consent=Consent("", boxes, "", "", processing_required=False, privacy_text=""),
    )
    answers = Answers(
        first_name=" Ada ",
        last_name="Okafor",
        email=" ada@northwind.example",
        values={"company": " Northwind ", "size": "m", "question": "", "cv": "file-1", "unknown": "x"},
        consents=frozenset({"77", "99"}),
        guests=("sam@northwind.example",),
    )
    request = build_request(answers, slot=slot(at(24, 9)), duration_ms=HALF_HOUR, info=info, zone=ZONE)
    assert request.slug == info.slug
    assert request.slot == slot(at(24, 9))
    assert request.duration_ms == HALF_HOUR
    assert (request.first_name, request.last_name, request.email) == (
        "Ada",
        "Okafor",
        "ada@northwind.example",
    )
    assert request.answers == (("email", "ada@northwind.example"), ("company", "Northwind"), ("size", "m"))
    assert request.consents == (("77", True), ("78", False))
    assert request.likely_user_ids == (UserId("501"),)
    assert request.guests == ("sam@northwind.example",)
    assert (request.zone, request.locale) == (ZONE, "en-us")


def test_a_request_of_a_bare_link() -> None:
    info = replace(sample_info(guests=GuestRule()), locale="")
    answers = Answers(first_name="Ada", last_name="-", email="ada@northwind.example", locale="de")
    request = build_request(answers, slot=slot(at(24, 9)), duration_ms=HALF_HOUR, info=info, zone=ZONE)
    assert (request.answers, request.consents, request.guests) == ((), (), ())
    assert (request.last_name, request.locale) == ("-", "de")
