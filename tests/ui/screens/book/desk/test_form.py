"""The form in words: slot card, fields with their mistakes, consent, guests, footer."""

from dataclasses import replace

import pytest

from app.domain.booking import BookingStage, NotBooked
from app.domain.forms import (
    Answers,
    CommunicationConsent,
    Consent,
    FieldIssue,
    FieldKind,
)
from app.domain.links import GuestRule, LinkKind
from app.domain.problems import AddressBlocked, GuestsRefused, Offline, Problem, Rejected
from app.domain.slots import Slot
from app.domain.validation import EMAIL, FIRST_NAME, GUESTS, LAST_NAME, PROCESSING, consent_key, field_key
from app.ui.kit.wording import issue_text
from app.ui.screens.book.desk.form import (
    SlotCard,
    all_issues,
    derive_footer,
    derive_form,
    derive_slot_card,
    stage_words,
)
from app.ui.screens.book.desk.inputs import DeskInputs
from tests.fakes.samples import (
    MARIA,
    OFFLINE_JONAS,
    at,
    sample_contact,
    sample_field,
    sample_info,
    slot,
)
from tests.ui.screens.book.snapshots import AMERICAN, desk

NEW_YORK = "America/New_York"
PICKED = slot(at(24, 17, 30))
COMPLETE = Answers("Ada", "Okafor", "ada@northwind.example")
CONSENT = Consent(
    intro="We write to you.",
    boxes=(CommunicationConsent("77", "News", True), CommunicationConsent("78", "Offers", False)),
    processing_text="We keep your data.",
    processing_label="I agree",
    processing_required=True,
    privacy_text="Privacy policy",
)


PICK = "Pick a free time in the calendar"


@pytest.mark.parametrize(
    ("inputs", "card"),
    [
        (desk(), SlotCard(PICK, "Berlin, your time and the guest's", "")),
        (desk(guest_zone=NEW_YORK), SlotCard(PICK, "New York, guest's time", "Berlin, your time")),
        (
            desk(slot=PICKED, guest_zone=NEW_YORK),
            SlotCard(
                "Tue 24 Nov, 12:30 – 13:00", "New York, guest's time", "18:30 – 19:00 in Berlin, your time"
            ),
        ),
        (
            desk(slot=PICKED),
            SlotCard("Tue 24 Nov, 18:30 – 19:00", "Berlin, your time and the guest's", ""),
        ),
        (
            desk(slot=PICKED, guest_zone=NEW_YORK, words=AMERICAN),
            SlotCard(
                "Tue 24 Nov, 12:30 PM – 1:00 PM",
                "New York, guest's time",
                "6:30 PM – 7:00 PM in Berlin, your time",
            ),
        ),
    ],
    ids=["nothing picked", "nothing picked in two zones", "two zones", "one zone", "twelve hours"],
)
def test_the_card_says_when_it_is_for_both(inputs: DeskInputs, card: SlotCard) -> None:
    assert derive_slot_card(replace(inputs, info=None)) == card


@pytest.mark.parametrize("own", ["UTC", "Etc/UTC", "Zulu"])
def test_one_zone_under_two_names_is_one_zone(own: str) -> None:
    card = derive_slot_card(desk(slot=PICKED, guest_zone="Etc/UTC", own_zone=own))
    assert (card.guest_zone, card.own_time) == ("UTC, your time and the guest's", "")


@pytest.mark.parametrize(
    ("kind", "hosts"),
    [
        (LinkKind.PERSONAL, ""),
        (LinkKind.GROUP, "With Maria Nowak, jonas@slotdesk.example"),
        (LinkKind.ROUND_ROBIN, "With one of Maria Nowak, jonas@slotdesk.example"),
        (LinkKind.OTHER, ""),
    ],
)
@pytest.mark.parametrize("picked", [PICKED, None])
def test_the_hosts_of_a_team_are_named(kind: LinkKind, hosts: str, picked: Slot | None) -> None:
    info = sample_info(kind=kind, members=(MARIA, replace(OFFLINE_JONAS, full_name="")))
    assert derive_slot_card(desk(slot=picked, info=info)).hosts == hosts
    assert derive_slot_card(desk(slot=picked, info=replace(info, members=()))).hosts == ""


@pytest.mark.parametrize(("name", "shown"), [("Jonas Weber", "Jonas Weber"), ("", "jonas@slotdesk.example")])
def test_a_disconnected_calendar_is_warned_of_on_the_card(name: str, shown: str) -> None:
    info = sample_info(members=(MARIA, replace(OFFLINE_JONAS, full_name=name)))
    card = derive_slot_card(desk(slot=PICKED, info=info))
    assert card.warning == (
        f"HubSpot cannot see the calendar of {shown}. The booking fails if it falls to them."
    )


def test_mistakes_are_said_only_of_fields_that_may_show_them() -> None:
    info = sample_info(form_fields=(sample_field("company", required=True),))
    quiet = derive_form(desk(info=info))
    assert quiet.errors == {}
    assert [one.error for one in quiet.fields] == [""]
    loud = derive_form(desk(info=info, shown=frozenset({EMAIL, field_key("company")})))
    assert loud.errors == {EMAIL: "Required", field_key("company"): "Required"}
    assert [one.error for one in loud.fields] == ["Required"]


@pytest.mark.parametrize(
    ("kind", "answer", "issue"),
    [
        (FieldKind.NUMBER, "twelve", FieldIssue.NOT_A_NUMBER),
        (FieldKind.DATE, "24.11.2026", FieldIssue.NOT_A_DATE),
        (FieldKind.PHONE, "call me", FieldIssue.NOT_A_PHONE),
    ],
)
def test_a_wrong_answer_has_its_own_sentence(kind: FieldKind, answer: str, issue: FieldIssue) -> None:
    info = sample_info(form_fields=(sample_field("x", kind),))
    form = derive_form(
        desk(info=info, answers=Answers(values={"x": answer}), shown=frozenset({field_key("x")}))
    )
    assert form.errors == {field_key("x"): issue_text(issue)}


@pytest.mark.parametrize(
    ("problem", "errors"),
    [
        (AddressBlocked("ada@x.example"), {EMAIL: "This link does not accept ada@x.example"}),
        (GuestsRefused(), {GUESTS: "This link does not take these guests"}),
        (
            Rejected("no", {"company": "Too long", "firstname": "Odd", "lastname": "Odder", "email": "Bad"}),
            {field_key("company"): "Too long", FIRST_NAME: "Odd", LAST_NAME: "Odder", EMAIL: "Bad"},
        ),
        (Offline(), {}),
    ],
)
def test_what_hubspot_refused_is_said_beside_the_field(problem: Problem, errors: dict[str, str]) -> None:
    assert derive_form(desk(outcome=NotBooked(problem))).errors == errors


@pytest.mark.parametrize(
    ("inputs", "needs_email"),
    [
        (desk(), True),
        (desk(contact=sample_contact()), False),
        (desk(contact=replace(sample_contact(), email="")), True),
        (desk(contact=replace(sample_contact(), email="broken")), True),
        (desk(contact=sample_contact(), outcome=NotBooked(AddressBlocked("ada@x.example"))), True),
        (desk(contact=sample_contact(), shown=frozenset({EMAIL})), True),
        (desk(contact=sample_contact(), typed=frozenset({EMAIL})), True),
    ],
    ids=[
        "nobody",
        "known",
        "known without an address",
        "known with a broken one",
        "blocked",
        "missing",
        "typed",
    ],
)
def test_the_address_is_asked_for_where_it_is_not_known_or_not_good(
    inputs: DeskInputs, needs_email: bool
) -> None:
    assert derive_form(inputs).needs_email is needs_email


def test_names_have_places_of_their_own() -> None:
    info = sample_info(
        form_fields=(sample_field("firstname"), sample_field("email"), sample_field("company"))
    )
    assert [one.field.name for one in derive_form(desk(info=info)).fields] == ["company"]


@pytest.mark.parametrize(
    ("rule", "takes", "limit"),
    [(GuestRule(True, 3), True, 3), (GuestRule(True, 0), True, 0), (GuestRule(), False, 0)],
)
def test_guests_follow_the_links_rule(rule: GuestRule, takes: bool, limit: int) -> None:
    form = derive_form(desk(info=sample_info(guests=rule)))
    assert (form.takes_guests, form.guest_limit) == (takes, limit)


def test_consent_is_asked_in_the_links_words_and_never_ticked_beforehand() -> None:
    consent = derive_form(desk(info=sample_info(consent=CONSENT))).consent
    assert consent is not None
    assert consent.intro == "We write to you."
    assert consent.boxes == (("77", "News *", False, ""), ("78", "Offers", False, ""))
    assert (consent.processing_label, consent.processing_ticked) == ("I agree", False)
    assert consent.footnotes == ("We keep your data.", "Privacy policy")


def test_missing_consent_is_said_at_its_box() -> None:
    shown = frozenset({consent_key("77"), PROCESSING})
    consent = derive_form(desk(info=sample_info(consent=CONSENT), shown=shown)).consent
    assert consent is not None
    assert consent.boxes[0][3] == consent.processing_error == issue_text(FieldIssue.CONSENT_NEEDED)
    assert consent.boxes[1][3] == ""


def test_consent_that_was_given_is_ticked() -> None:
    answers = Answers(consents=frozenset({"78"}), processing_consent=True)
    consent = derive_form(desk(info=sample_info(consent=CONSENT), answers=answers)).consent
    assert consent is not None
    assert [ticked for _, _, ticked, _ in consent.boxes] == [False, True]
    assert consent.processing_ticked is True


def test_implied_processing_has_no_box_but_its_text() -> None:
    implied = replace(CONSENT, processing_required=False, privacy_text="")
    consent = derive_form(desk(info=sample_info(consent=implied))).consent
    assert consent is not None
    assert (consent.processing_label, consent.footnotes) == ("", ("We keep your data.",))


@pytest.mark.parametrize(
    ("inputs", "locale"),
    [
        (desk(answers=Answers(locale="de-de")), "de-de"),
        (desk(), "en-us"),
        (desk(info=None), ""),
    ],
)
def test_the_invitation_speaks_the_chosen_language_or_the_links(inputs: DeskInputs, locale: str) -> None:
    assert derive_form(inputs).locale == locale


@pytest.mark.parametrize("stage", list(BookingStage))
def test_while_a_booking_is_under_way_the_form_is_locked(stage: BookingStage) -> None:
    inputs = desk(slot=PICKED, answers=COMPLETE, stage=stage)
    assert derive_form(inputs).is_locked is True
    footer = derive_footer(inputs)
    assert footer.is_enabled is False
    assert footer.busy_label == stage_words(stage)


def test_every_stage_has_its_own_words_and_no_stage_has_none() -> None:
    words = [stage_words(stage) for stage in BookingStage]
    assert words == ["Checking the time…", "Booking…", "Checking whether it went through…"]
    assert stage_words(None) == ""


@pytest.mark.parametrize(
    ("inputs", "label", "is_enabled", "hint"),
    [
        (desk(slot=PICKED), "Book meeting", True, "Ctrl ↵ books"),
        (desk(), "Book meeting", False, "Pick a time first"),
        (desk(slot=PICKED, info=None), "Book meeting", False, "Ctrl ↵ books"),
        (desk(slot=PICKED, taken=PICKED), "Book meeting", False, "Pick another time"),
        (desk(slot=PICKED, taken=slot(at(24, 9))), "Book 18:30", True, "Ctrl ↵ books"),
        (desk(is_offline=True), "Save as draft", True, "Ctrl ↵ saves"),
        (desk(is_offline=True, link=None), "Save as draft", False, "Ctrl ↵ saves"),
    ],
    ids=["ready", "no slot", "no info", "taken", "another instead", "offline", "offline without a link"],
)
def test_the_button_says_what_it_does(inputs: DeskInputs, label: str, is_enabled: bool, hint: str) -> None:
    footer = derive_footer(inputs)
    assert (footer.label, footer.is_enabled, footer.hint, footer.busy_label) == (label, is_enabled, hint, "")


def test_offline_the_hint_does_not_promise_a_booking() -> None:
    assert derive_footer(desk(is_offline=True)).hint != derive_footer(desk(slot=PICKED)).hint


def test_all_issues_are_every_mistake_said_or_not() -> None:
    assert set(all_issues(desk())) == {EMAIL, FIRST_NAME, LAST_NAME}
    assert all_issues(desk(answers=COMPLETE)) == {}
    assert all_issues(desk(info=None)) == {}


def test_a_link_whose_only_host_is_disconnected_is_warned_of_plainly() -> None:
    info = sample_info(members=(OFFLINE_JONAS,))
    card = derive_slot_card(desk(slot=PICKED, info=info))
    assert card is not None
    assert card.warning == "HubSpot cannot see the calendar of Jonas Weber. The booking would fail."
