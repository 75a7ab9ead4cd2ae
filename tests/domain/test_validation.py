"""What keeps a form from being sent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.forms import Answers, Choice, CommunicationConsent, Consent, FieldIssue, FieldKind, FormField
from app.domain.links import BookingInfo, GuestRule
from app.domain.validation import asked_fields, check, field_issue
from tests.fakes.samples import sample_field, sample_info

GOOD = Answers(first_name="Ada", last_name="Okafor", email="ada@northwind.example")
SIZES = (Choice("1-50", "1 – 50"), Choice("51-200", "51 – 200"))
NEWS = CommunicationConsent("77", "News", is_required=True)
OFFERS = CommunicationConsent("78", "Offers", is_required=False)


def consent(*, processing: bool = False) -> Consent:
    return Consent("We ask.", (NEWS, OFFERS), "We process.", "I agree", processing, "Privacy.")


def with_field(field: FormField) -> BookingInfo:
    return sample_info(form_fields=(field,))


def test_a_plain_form_needs_names_and_an_address() -> None:
    info = sample_info()
    assert check(GOOD, info) == {}
    assert check(Answers(), info) == {
        "email": FieldIssue.MISSING,
        "first_name": FieldIssue.MISSING,
        "last_name": FieldIssue.MISSING,
    }
    assert check(replace(GOOD, email="ada@northwind", last_name="  "), info) == {
        "email": FieldIssue.NOT_AN_EMAIL,
        "last_name": FieldIssue.MISSING,
    }
    assert check(replace(GOOD, email=" ada@northwind.example "), info) == {}


def test_names_and_address_among_the_form_fields_are_not_asked_twice() -> None:
    own = tuple(sample_field(name, required=True) for name in ("firstname", "lastname", "email"))
    custom = sample_field("email", required=True, custom=True)
    info = sample_info(form_fields=(*own, custom))
    assert asked_fields(info) == (custom,)
    assert check(GOOD, info) == {"field:email": FieldIssue.MISSING}


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind is not FieldKind.FILE])
def test_only_a_required_field_must_be_answered(kind: FieldKind) -> None:
    assert check(GOOD, with_field(sample_field("size", kind))) == {}
    assert check(GOOD, with_field(sample_field("size", kind, required=True))) == {
        "field:size": FieldIssue.MISSING
    }


def test_a_file_can_only_be_given_in_the_browser() -> None:
    assert check(GOOD, with_field(sample_field("cv", FieldKind.FILE))) == {}
    assert check(GOOD, with_field(sample_field("cv", FieldKind.FILE, required=True))) == {
        "field:cv": FieldIssue.BROWSER_ONLY
    }


@pytest.mark.parametrize(
    ("kind", "answer", "issue"),
    [
        (FieldKind.TEXT, "anything", None),
        (FieldKind.TEXT_AREA, "any\nthing", None),
        (FieldKind.NUMBER, "12", None),
        (FieldKind.NUMBER, " -12.5 ", None),
        (FieldKind.NUMBER, "1e3", None),
        (FieldKind.NUMBER, "1,5", FieldIssue.NOT_A_NUMBER),
        (FieldKind.NUMBER, "1_000", FieldIssue.NOT_A_NUMBER),
        (FieldKind.NUMBER, "twelve", FieldIssue.NOT_A_NUMBER),
        (FieldKind.NUMBER, "NaN", FieldIssue.NOT_A_NUMBER),
        (FieldKind.NUMBER, "Infinity", FieldIssue.NOT_A_NUMBER),
        (FieldKind.PHONE, "+49 (30) 123-45.67", None),
        (FieldKind.PHONE, "030/1234567 ext. 12", None),
        (FieldKind.PHONE, "+1 555 0100 x9", None),
        (FieldKind.PHONE, "1234", FieldIssue.NOT_A_PHONE),
        (FieldKind.PHONE, "+" + "1" * 21, FieldIssue.NOT_A_PHONE),
        (FieldKind.PHONE, "call me", FieldIssue.NOT_A_PHONE),
        (FieldKind.DATE, "2026-11-24", None),
        (FieldKind.DATE, "2026-02-30", FieldIssue.NOT_A_DATE),
        (FieldKind.DATE, "24.11.2026", FieldIssue.NOT_A_DATE),
        (FieldKind.DATE, "20261124", FieldIssue.NOT_A_DATE),
        (FieldKind.BOOLEAN, "true", None),
        (FieldKind.BOOLEAN, "maybe", FieldIssue.NOT_A_CHOICE),
        (FieldKind.SELECT, "51-200", None),
        (FieldKind.SELECT, "51 – 200", FieldIssue.NOT_A_CHOICE),
        (FieldKind.RADIO, "1-50", None),
        (FieldKind.RADIO, "1-50;51-200", FieldIssue.NOT_A_CHOICE),
        (FieldKind.CHECKBOXES, "1-50;51-200", None),
        (FieldKind.CHECKBOXES, "1-50;other", FieldIssue.NOT_A_CHOICE),
    ],
)
def test_answers_by_kind(kind: FieldKind, answer: str, issue: FieldIssue | None) -> None:
    field = FormField("size", "Size", kind, is_required=True, is_custom=True, choices=SIZES)
    assert field_issue(field, answer) == issue
    assert check(replace(GOOD, values={"size": answer}), with_field(field)) == (
        {"field:size": issue} if issue else {}
    )


def test_choices_that_are_not_known_are_not_checked() -> None:
    assert field_issue(sample_field("size", FieldKind.SELECT), "anything") is None


@pytest.mark.parametrize(
    ("rule", "guests", "issue"),
    [
        (GuestRule(allowed=False), (), None),
        (GuestRule(allowed=False, limit=5), ("sam@x.example",), FieldIssue.GUESTS_REFUSED),
        (GuestRule(allowed=True, limit=1), ("sam@x.example",), None),
        (GuestRule(allowed=True, limit=1), ("sam@x.example", "kim@x.example"), FieldIssue.TOO_MANY_GUESTS),
        (GuestRule(allowed=True, limit=1), ("sam",), FieldIssue.NOT_AN_EMAIL),
    ],
)
def test_guests(rule: GuestRule, guests: tuple[str, ...], issue: FieldIssue | None) -> None:
    expected = {"guests": issue} if issue else {}
    assert check(replace(GOOD, guests=guests), sample_info(guests=rule)) == expected


def test_consent_that_the_link_needs() -> None:
    info = sample_info(consent=consent(processing=True))
    assert check(GOOD, info) == {
        "consent:77": FieldIssue.CONSENT_NEEDED,
        "processing": FieldIssue.CONSENT_NEEDED,
    }
    assert check(replace(GOOD, consents=frozenset({"77"}), processing_consent=True), info) == {}
    assert check(replace(GOOD, consents=frozenset({"77"})), sample_info(consent=consent())) == {}


def test_issues_come_in_the_order_of_the_form() -> None:
    info = sample_info(
        form_fields=(sample_field("b", required=True), sample_field("a", required=True)),
        consent=consent(processing=True),
        guests=GuestRule(),
    )
    assert list(check(Answers(guests=("x",)), info)) == [
        "email",
        "first_name",
        "last_name",
        "field:b",
        "field:a",
        "guests",
        "consent:77",
        "processing",
    ]


@given(st.sampled_from(FieldKind), st.text(max_size=40))
def test_any_answer_is_judged_without_failing(kind: FieldKind, answer: str) -> None:
    field = FormField("size", "Size", kind, is_required=False, is_custom=True, choices=SIZES)
    assert field_issue(field, answer) in (None, *FieldIssue)
