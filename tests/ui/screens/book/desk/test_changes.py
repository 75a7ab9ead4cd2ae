"""How the desk changes: another link, slot or guest, a draft, an outcome; what was typed survives."""

from dataclasses import replace

import pytest

from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingStage,
    HostOffline,
    NotBooked,
    NotFound,
    SlotTaken,
)
from app.domain.drafts import DeskDraft
from app.domain.forms import Answers, FieldKind
from app.domain.problems import Offline
from app.domain.records import Contact, ContactId
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME, field_key
from app.ui.screens.book.desk import changes
from app.ui.screens.book.desk.draft_keeper import draft_of
from tests.fakes.samples import (
    HALF_HOUR,
    SLUG,
    at,
    sample_contact,
    sample_field,
    sample_info,
    sample_link,
    sample_receipt,
    sample_request,
    slot,
)
from tests.ui.screens.book.snapshots import desk

ADA = sample_contact(company="Northwind")
JIDE = Contact(ContactId("9002"), "Jide", "Okafor", "jide@litware.example", properties={"company": "Litware"})
FORM = sample_info(form_fields=(sample_field("company"), sample_field("topic", custom=True)))
BOOKED = Booked(sample_request(at(24, 9)), sample_receipt(sample_request(at(24, 9))))
AGREED = Answers(consents=frozenset({"77"}), processing_consent=True)


def test_another_link_keeps_the_guest_and_drops_the_rest() -> None:
    before = desk(
        contact=ADA,
        answers=Answers(
            "Ada",
            "Okafor",
            "ada@northwind.example",
            {"topic": "x"},
            frozenset({"77"}),
            True,
            ("a@b.example",),
        ),
        typed=frozenset({FIRST_NAME, field_key("topic")}),
        shown=frozenset({EMAIL}),
        taken=slot(at(24, 9)),
        nearest=(slot(at(24, 10)),),
        outcome=NotBooked(Offline()),
        is_draft_waiting=True,
    )
    after = changes.opened(before, sample_link("demo"), BookingStage.SENDING)
    assert after.answers == Answers("Ada", "Okafor", "ada@northwind.example")
    assert after.typed == {FIRST_NAME}
    assert (after.contact, after.stage, after.info) == (ADA, BookingStage.SENDING, None)
    assert (after.shown, after.taken, after.nearest, after.outcome) == (frozenset(), None, (), None)
    assert after.is_draft_waiting is False


@pytest.mark.parametrize(
    ("contact", "contact_id", "is_other"),
    [
        (None, "9001", False),
        (None, None, False),
        (ADA, "9001", False),
        (ADA, "9002", True),
        (ADA, None, True),
    ],
)
def test_a_draft_belongs_to_its_guest(
    contact: Contact | None, contact_id: str | None, is_other: bool
) -> None:
    draft = DeskDraft(SLUG, contact_id=ContactId(contact_id) if contact_id else None)
    assert changes.is_other_guests(draft, desk(contact=contact)) is is_other


def test_a_draft_comes_back_as_it_was() -> None:
    draft = DeskDraft(
        SLUG,
        replace(AGREED, first_name="Ada"),
        typed=frozenset({FIRST_NAME}),
        is_waiting=True,
        saved_at=at(20, 9),
    )
    after = changes.restored(desk(), draft)
    assert (after.answers, after.typed) == (draft.answers, draft.typed)
    assert (after.is_draft_waiting, after.draft_saved_at) == (True, at(20, 9))


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (None, None),
        (NotBooked(Offline()), None),
        (NotFound(sample_request(at(24, 9))), None),
        (BOOKED, BOOKED),
    ],
)
def test_typing_takes_back_mistakes_and_old_outcomes(
    outcome: BookingOutcome | None, kept: BookingOutcome | None
) -> None:
    before = desk(outcome=outcome, shown=frozenset({EMAIL, LAST_NAME}))
    after = changes.answered(before, Answers(email="a"), {EMAIL})
    assert after.shown == {LAST_NAME}
    assert after.typed == {EMAIL}
    assert after.outcome == kept
    assert after.answers.email == "a"


def test_one_of_the_nearest_times_keeps_the_others_on_offer() -> None:
    nearest = (slot(at(24, 10)), slot(at(24, 8)))
    before = desk(slot=slot(at(24, 9)), taken=slot(at(24, 9)), nearest=nearest)
    after = changes.slot_picked(before, nearest[0], HALF_HOUR)
    assert (after.slot, after.taken, after.nearest) == (nearest[0], slot(at(24, 9)), nearest)
    assert after.is_slot_gone is False
    other = changes.slot_picked(after, slot(at(26, 9)), HALF_HOUR)
    assert (other.slot, other.taken, other.nearest) == (slot(at(26, 9)), None, ())
    none = changes.slot_picked(after, None, HALF_HOUR)
    assert (none.slot, none.taken, none.nearest) == (None, None, ())


def test_a_slot_after_a_booking_is_the_next_step_without_the_old_consent() -> None:
    answers = replace(AGREED, first_name="Ada")
    after = changes.slot_picked(desk(outcome=BOOKED, answers=answers), slot(at(26, 9)), HALF_HOUR)
    assert after.outcome is None
    assert after.answers == Answers(first_name="Ada")


def test_a_slot_after_a_failure_keeps_the_consent() -> None:
    after = changes.slot_picked(
        desk(outcome=NotBooked(Offline()), answers=AGREED), slot(at(26, 9)), HALF_HOUR
    )
    assert (after.outcome, after.answers) == (None, AGREED)


def test_letting_the_slot_go_keeps_the_outcome() -> None:
    assert changes.slot_picked(desk(outcome=BOOKED), None, HALF_HOUR).outcome is BOOKED


def test_a_guest_fills_what_the_rep_has_not_typed() -> None:
    before = desk(
        info=FORM,
        answers=Answers(values={"topic": "typed", "company": "typed"}),
        typed=frozenset({field_key("topic")}),
    )
    after = changes.guest_chosen(before, ADA)
    assert (after.answers.first_name, after.answers.email) == ("Ada", "ada@northwind.example")
    assert after.answers.values == {"topic": "typed", "company": "Northwind"}


def test_another_guest_replaces_typed_names_and_agreed_to_nothing() -> None:
    before = desk(
        info=FORM,
        contact=ADA,
        answers=replace(AGREED, first_name="Typed", values={"company": "Northwind"}),
        typed=frozenset({FIRST_NAME}),
        shown=frozenset({EMAIL}),
    )
    after = changes.guest_chosen(before, JIDE)
    assert (after.answers.first_name, after.answers.values) == ("Jide", {"company": "Litware"})
    assert (after.answers.consents, after.answers.processing_consent) == (frozenset(), False)
    assert (after.typed, after.shown) == (frozenset(), frozenset())


def test_the_same_guest_read_again_keeps_consent_and_typing() -> None:
    before = desk(
        info=FORM, contact=ADA, answers=replace(AGREED, first_name="A."), typed=frozenset({FIRST_NAME})
    )
    after = changes.guest_chosen(before, replace(ADA, properties={"company": "Northwind Ltd"}))
    assert after.answers.first_name == "A."
    assert after.answers.consents == {"77"}
    assert after.answers.values["company"] == "Northwind Ltd"


def test_the_guest_of_a_draft_keeps_what_was_agreed() -> None:
    before = desk(info=FORM, answers=replace(AGREED, first_name="A."), typed=frozenset({FIRST_NAME}))
    after = changes.guest_chosen(before, ADA, is_restored=True)
    assert (after.answers.consents, after.answers.first_name) == (frozenset({"77"}), "A.")


def test_taking_the_guest_back_empties_what_came_from_the_record() -> None:
    filled = changes.guest_chosen(desk(info=FORM), ADA)
    after = changes.guest_chosen(filled, None)
    assert (after.answers.first_name, after.answers.email, after.answers.values["company"]) == ("", "", "")


def test_nobody_after_nobody_leaves_a_typed_form_alone() -> None:
    typed = Answers("Ada", "Okafor", "ada@x.example", {"company": "Northwind"})
    after = changes.guest_chosen(desk(info=FORM, answers=typed), None)
    assert after.answers == typed


def test_names_are_there_before_the_links_questions_are() -> None:
    after = changes.guest_chosen(desk(info=None), ADA)
    assert (after.answers.first_name, after.answers.last_name) == ("Ada", "Okafor")
    after = changes.guest_chosen(after, None)
    assert after.answers == Answers()


def test_typed_names_stay_before_the_questions_are_known() -> None:
    before = desk(info=None, contact=ADA, answers=Answers("A.", "", ""), typed=frozenset({FIRST_NAME}))
    assert changes.filled(before).answers == Answers("A.", "Okafor", "ada@northwind.example")


def test_questions_that_arrive_are_answered_from_the_record_and_a_typed_form_stays() -> None:
    assert changes.informed(desk(info=None, contact=ADA), FORM).answers.values["company"] == "Northwind"
    typed = Answers("Ada", values={"company": "typed"})
    assert changes.informed(desk(info=None, answers=typed), FORM).answers == typed


@pytest.mark.parametrize(
    ("text", "answers", "typed", "wanted"),
    [
        ("zoe@northwind.example", Answers(email="zoe@northwind.example"), {EMAIL}, FIRST_NAME),
        ("Zoe", Answers(first_name="Zoe"), {FIRST_NAME, LAST_NAME}, LAST_NAME),
        ("Zoe de la Cruz", Answers("Zoe", "de la Cruz"), {FIRST_NAME, LAST_NAME}, EMAIL),
        ("Zoe  Cruz", Answers("Zoe", "Cruz"), {FIRST_NAME, LAST_NAME}, EMAIL),
    ],
)
def test_a_new_guest_is_an_address_or_a_name(
    text: str, answers: Answers, typed: set[str], wanted: str
) -> None:
    after, field = changes.new_guest(desk(), text)
    assert (after.answers, field) == (answers, wanted)
    assert after.typed == typed


@pytest.mark.parametrize(
    "outcome",
    [
        BOOKED,
        HostOffline("9001", ("Jonas Weber",)),
        NotBooked(Offline()),
        NotFound(sample_request(at(24, 9))),
    ],
)
def test_an_outcome_takes_the_place_of_a_taken_slot(outcome: BookingOutcome) -> None:
    before = desk(taken=slot(at(24, 9)), nearest=(slot(at(24, 10)),), is_draft_waiting=True)
    after = changes.settled(before, outcome)
    assert (after.outcome, after.taken, after.nearest) == (outcome, None, ())
    assert after.is_draft_waiting is not isinstance(outcome, Booked)


def test_a_taken_slot_offers_the_nearest() -> None:
    nearest = (slot(at(24, 10)),)
    after = changes.settled(desk(slot=slot(at(24, 9))), SlotTaken(slot(at(24, 9)), nearest))
    assert (after.outcome, after.taken, after.nearest) == (None, slot(at(24, 9)), nearest)
    assert after.is_slot_gone is True


def test_an_emptied_desk_keeps_only_link_slot_and_zones() -> None:
    before = desk(contact=ADA, answers=AGREED, typed=frozenset({EMAIL}), outcome=BOOKED, slot=slot(at(24, 9)))
    after = changes.emptied(before)
    assert after == desk(slot=slot(at(24, 9)))


def test_a_file_field_is_never_filled() -> None:
    info = sample_info(form_fields=(sample_field("contract", FieldKind.FILE),))
    after = changes.guest_chosen(desk(info=info), sample_contact(contract="file.pdf"))
    assert after.answers.values == {}


def test_a_draft_is_what_stands_on_the_desk() -> None:
    assert draft_of(desk(link=None)) is None
    draft = draft_of(
        desk(contact=ADA, guest_zone="America/New_York", typed=frozenset({EMAIL})), is_waiting=True
    )
    assert draft is not None
    assert (draft.slug, draft.contact_id, draft.zone, draft.is_waiting) == (
        SLUG,
        ADA.id,
        "America/New_York",
        True,
    )
    assert draft.typed == {EMAIL}
    assert draft.duration_ms == HALF_HOUR
