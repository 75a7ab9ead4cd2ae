"""Who the desk is for, over the real services: type-ahead, prefill, new and known addresses."""

from dataclasses import replace

import pytest

from app.domain.forms import CommunicationConsent, Consent
from app.domain.problems import Offline
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME
from app.ui.screens.book.desk.prospect import NEW_GUEST
from tests.fakes.samples import (
    sample_field,
    sample_info,
)
from tests.ui.screens.book.bench import Bench
from tests.ui.screens.book.desk.steps import book, ready, type_ahead
from tests.ui.screens.book.stage import ADA, DEMO, JIDE, LIN, NEW_YORK, Stage, quiet

pytestmark = pytest.mark.qt_loop
CONSENT = Consent("", (CommunicationConsent("77", "News", False),), "", "I agree", True, "")


async def test_typing_asks_once_for_the_last_letters(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    await type_ahead(bench, "okaf")
    searches = [call[1] for call in stage.records.calls if call[0] == "search_contacts"]
    assert searches == ["okaf"]
    assert [row.title for row in bench.desk.prospect.props.rows] == [
        "Ada Okafor",
        "Jide Okafor",
        "New guest: okaf",
    ]
    assert bench.desk.prospect.props.is_searching is False


async def test_one_letter_asks_nobody_and_says_so(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    await type_ahead(bench, "o")
    assert stage.records.count("search_contacts") == 0
    assert bench.desk.prospect.props.message


async def test_a_stranger_of_an_older_search_is_not_offered_for_other_letters(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    await type_ahead(bench, "okaf")
    bench.desk.prospect.search("jid")
    assert [row.title for row in bench.desk.prospect.props.rows] == ["Jide Okafor"]
    bench.desk.prospect.search("chen")
    assert bench.desk.prospect.props.rows == ()
    bench.desk.prospect.pick(ADA.id)
    assert bench.desk.prospect.contact is None


async def test_a_failed_search_says_why_and_still_takes_a_new_guest(stage: Stage) -> None:
    stage.records.fail("search_contacts", Offline())
    bench = Bench(stage)
    await bench.open()
    await type_ahead(bench, "zoe")
    assert bench.desk.prospect.props.message == "No connection to HubSpot"
    assert [row.id for row in bench.desk.prospect.props.rows] == [NEW_GUEST]


async def test_a_contact_fills_the_form_the_zone_and_the_questions(stage: Stage) -> None:
    stage.scheduler.info = sample_info(form_fields=(sample_field("company"),))
    stage.records.contacts[0] = replace(ADA, properties={"company": "Northwind"})
    bench = Bench(stage)
    await bench.open()
    await type_ahead(bench, "ada")
    bench.desk.prospect.pick(ADA.id)
    assert bench.desk.props.form.first_name == "Ada"
    await quiet()
    form = bench.desk.props.form
    assert (form.last_name, form.email, form.needs_email) == ("Okafor", "ada@northwind.example", False)
    assert [one.value for one in form.fields] == ["Northwind"]
    assert bench.selection.guest_zone == NEW_YORK
    assert (
        stage.records.calls[-1][2] == ("company",) or ("contact", ADA.id, ("company",)) in stage.records.calls
    )


async def test_what_the_rep_typed_survives_the_record_and_a_refresh(stage: Stage) -> None:
    stage.scheduler.info = sample_info(
        form_fields=(sample_field("company"), sample_field("topic", custom=True))
    )
    stage.records.contacts[0] = replace(ADA, properties={"company": "Northwind"})
    bench = Bench(stage)
    await bench.open()
    bench.desk.answer("company", "Typed Ltd")
    bench.desk.answer("topic", "Prices")
    bench.desk.prospect.choose(stage.records.contacts[0])
    await quiet()
    bench.desk.type_text(FIRST_NAME, "Adaeze")
    stage.scheduler.info = replace(stage.scheduler.info, locale="de-de")
    bench.calendar.refresh()
    await quiet()
    form = bench.desk.props.form
    assert {one.field.name: one.value for one in form.fields} == {"company": "Typed Ltd", "topic": "Prices"}
    assert (form.first_name, form.locale) == ("Adaeze", "de-de")


async def test_consent_is_another_guests_and_goes(stage: Stage) -> None:
    stage.scheduler.info = sample_info(consent=CONSENT)
    bench = await ready(stage)
    bench.desk.tick_consent("77", True)
    bench.desk.tick_processing(True)
    consent = bench.desk.props.form.consent
    assert consent is not None
    assert (consent.boxes[0][2], consent.processing_ticked) == (True, True)
    bench.desk.prospect.choose(JIDE)
    consent = bench.desk.props.form.consent
    assert consent is not None
    assert (consent.boxes[0][2], consent.processing_ticked) == (False, False)
    bench.desk.tick_consent("77", True)
    bench.desk.tick_consent("77", False)
    assert bench.desk.inputs.answers.consents == frozenset()
    await quiet()


async def test_a_zone_that_the_rep_chose_is_not_taken_back_by_the_same_record(stage: Stage) -> None:
    bench = await ready(stage)
    bench.selection.choose_guest_zone("Europe/London")
    stage.records.contacts[0] = replace(ADA, phone="1")
    stage.scheduler.infos[DEMO] = sample_info(DEMO, form_fields=(sample_field("phone"),))
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    assert bench.selection.prospect is not None
    assert bench.selection.prospect.phone == "1"
    assert bench.selection.guest_zone == "Europe/London"


async def test_an_unknown_address_is_new_and_a_known_one_is_offered(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    wanted: list[str] = []
    bench.desk.field_wanted.connect(wanted.append)
    bench.desk.prospect.search("zoe@northwind.example")
    bench.desk.prospect.pick(NEW_GUEST)
    await quiet()
    await stage.clock.advance(0.25)
    assert bench.desk.props.form.email == "zoe@northwind.example"
    assert wanted == [FIRST_NAME]
    assert bench.desk.prospect.props.note == "New to HubSpot: booking creates the contact."
    bench.desk.type_text(EMAIL, "jide@litware.example")
    await quiet()
    await stage.clock.advance(0.25)
    assert bench.desk.prospect.props.offer == "Use Jide Okafor"
    bench.desk.prospect.take_offer()
    await quiet()
    assert bench.selection.prospect == JIDE
    assert bench.desk.props.form.first_name == "Jide"


async def test_an_answer_about_an_older_address_is_dropped(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.type_text(EMAIL, "ada@northwind.example")
    await quiet()
    await stage.clock.advance(0.25)
    assert bench.desk.prospect.props.offer == "Use Ada Okafor"
    bench.desk.type_text(EMAIL, "ada@northwind.exampl")
    assert bench.desk.prospect.props.offer == ""
    bench.desk.type_text(EMAIL, "not an address")
    await quiet()
    await stage.clock.advance(0.25)
    assert bench.desk.prospect.props.note == ""


async def test_a_name_that_is_new_goes_on_to_what_is_missing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    wanted: list[str] = []
    bench.desk.field_wanted.connect(wanted.append)
    bench.desk.prospect.search("Zoe Cruz")
    bench.desk.prospect.pick(NEW_GUEST)
    bench.desk.prospect.search("Zoe")
    bench.desk.prospect.pick(NEW_GUEST)
    assert wanted == [EMAIL, LAST_NAME]


async def test_another_owner_is_noticed_once_the_owners_are_known(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(LIN)
    await quiet()
    props = bench.desk.prospect.props
    assert props.note == "Sam Reed owns this contact, but the meeting is with Maria Nowak."
    assert props.note_is_warning is True
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    assert "Jonas Weber" in bench.desk.prospect.props.note


async def test_guests_are_cleaned_and_mistakes_stay_visible(stage: Stage) -> None:
    bench = await ready(stage)
    bench.desk.set_guests(("Sam <sam@x.example>", "sam@x.example", "nope"))
    assert bench.desk.props.form.guests == ("sam@x.example", "nope")
    await book(bench)
    assert bench.desk.props.form.errors["guests"] == "Enter an e-mail address, such as ada@northwind.example"


async def test_clearing_the_guest_empties_the_form_and_keeps_the_zone(stage: Stage) -> None:
    bench = await ready(stage)
    bench.desk.prospect.clear()
    assert bench.desk.props.form.first_name == ""
    assert bench.selection.prospect is None
    assert bench.selection.guest_zone == NEW_YORK


async def test_a_record_that_cannot_be_read_again_stays_as_it_was_found(stage: Stage) -> None:
    stage.records.fail_always("contact", Offline())
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    assert bench.desk.props.form.email == "ada@northwind.example"
    stage.records.fail_always("contact", None)


async def test_owners_that_may_not_be_read_leave_the_note_out(stage: Stage) -> None:
    stage.records.fail_always("owners", Offline())
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(LIN)
    await quiet()
    assert bench.desk.prospect.props.note == ""
    stage.records.fail_always("owners", None)
