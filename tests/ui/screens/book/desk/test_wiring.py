"""The desk's view-model over the real services: guest, typing, booking, and every outcome."""

from dataclasses import replace

import pytest

from app.domain.booking import Booked, HostOffline, NotBooked, NotFound, StillUnsure
from app.domain.forms import CommunicationConsent, Consent
from app.domain.links import LinkKind
from app.domain.problems import AddressBlocked, Offline, ServiceBroken, SlotGone, Unknown
from app.domain.records import MeetingEngagement
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME
from app.ui.screens.book.desk.outcome import DeskAction
from app.ui.screens.book.desk.prospect import NEW_GUEST
from tests.fakes.samples import (
    JONAS,
    MARIA,
    OFFLINE_JONAS,
    at,
    sample_field,
    sample_info,
    sample_receipt,
)
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.stage import ADA, DEMO, INTRO, JIDE, LIN, NEW_YORK, Stage, quiet

pytestmark = pytest.mark.qt_loop
CONSENT = Consent("", (CommunicationConsent("77", "News", False),), "", "I agree", True, "")


async def ready(stage: Stage) -> Bench:
    """Ada is chosen and Tuesday 10:00 in Berlin is picked."""
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    return bench


async def type_ahead(bench: Bench, text: str) -> None:
    for end in range(1, len(text) + 1):
        bench.desk.prospect.search(text[:end])
    await quiet()
    await bench.stage.clock.advance(0.25)


async def book(bench: Bench) -> None:
    bench.desk.submit()
    await quiet(120)


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


async def test_a_booking_asks_again_sends_once_and_is_shown(stage: Stage) -> None:
    stage.scheduler.receipt = lambda request: replace(
        sample_receipt(request), join_url="https://meet.example/1"
    )
    bench = await ready(stage)
    ear = Ear(bench.desk, "settled")
    announced: list[Booked] = []
    bench.selection.booked.connect(announced.append)
    asked = stage.scheduler.count("availability")
    await book(bench)
    assert stage.scheduler.count("book") == 1
    assert stage.scheduler.count("availability") > asked
    props = bench.desk.props
    assert props.booked is not None
    assert props.booked.title == "Intro call with Ada Okafor"
    assert props.booked.when == "Tue 24 Nov, 04:00 – 04:30 in New York"
    assert (props.booked.join_url, props.notice) == ("https://meet.example/1", None)
    assert isinstance(bench.desk.inputs.outcome, Booked)
    assert len(ear.told) == len(announced) == 1
    assert at(24, 9) not in {slot.start for slot in bench.calendar.inputs.slots}


async def test_two_presses_book_once_and_the_form_is_locked_meanwhile(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.hold("book")
    bench.desk.submit()
    bench.desk.submit()
    await quiet(120)
    bench.desk.submit()
    assert bench.desk.props.form.is_locked is True
    assert bench.desk.props.footer.busy_label == "Booking…"
    bench.desk.cancel()
    assert bench.selection.slot is not None
    stage.scheduler.release("book")
    await quiet(120)
    bench.desk.submit()
    await quiet()
    assert stage.scheduler.count("book") == 1
    assert bench.desk.props.form.is_locked is False


async def test_a_form_with_mistakes_says_them_and_sends_nothing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    ear = Ear(bench.desk, "field_wanted")
    await book(bench)
    assert set(bench.desk.props.form.errors) == {EMAIL, FIRST_NAME, LAST_NAME}
    assert ear.told == [(EMAIL,)]
    bench.desk.type_text(FIRST_NAME, "A")
    assert set(bench.desk.props.form.errors) == {EMAIL, LAST_NAME}
    assert stage.scheduler.count("book") == 0


async def test_without_a_slot_or_a_link_nothing_happens(stage: Stage) -> None:
    bench = Bench(stage)
    bench.desk.submit()
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await book(bench)
    assert stage.scheduler.count("book") == 0
    assert bench.desk.props.form.errors == {}


async def test_a_taken_slot_offers_three_and_one_of_them_is_booked(stage: Stage) -> None:
    bench = await ready(stage)
    bench.selection.choose_guest_zone("Europe/Berlin")
    bench.desk.type_text(FIRST_NAME, "Adaeze")
    stage.scheduler.take(at(24, 9))
    await book(bench)
    notice = bench.desk.props.notice
    assert notice is not None
    assert notice.title == "10:00 was just taken"
    assert len(notice.nearest) == 3
    assert stage.scheduler.count("book") == 0
    assert bench.desk.props.footer.is_enabled is False
    slot, label = notice.nearest[0]
    bench.desk.pick_nearest(slot)
    assert bench.selection.slot == slot
    assert bench.desk.props.footer.label == f"Book {label}"
    kept = bench.desk.props.notice
    assert kept is not None
    assert (kept.title, kept.picked) == ("10:00 was just taken", slot)
    assert bench.desk.props.form.first_name == "Adaeze"
    await book(bench)
    assert [request.slot for request in stage.scheduler.booked] == [slot]
    assert bench.desk.props.booked is not None


async def test_a_slot_that_hubspot_refuses_at_last_is_taken_too(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.fail("book", SlotGone())
    stage.scheduler.hold("book")
    bench.desk.submit()
    await quiet(120)
    stage.scheduler.take(at(24, 9))
    stage.scheduler.release("book")
    await quiet(120)
    notice = bench.desk.props.notice
    assert notice is not None
    assert notice.title.endswith("was just taken")


async def test_a_second_try_is_not_lost_while_the_times_are_refreshed(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.take(at(24, 9))
    await book(bench)
    notice = bench.desk.props.notice
    assert notice is not None
    stage.scheduler.hold("booking_info")
    bench.calendar.refresh()
    bench.desk.pick_nearest(notice.nearest[0][0])
    await book(bench)
    assert stage.scheduler.count("book") == 1
    stage.scheduler.release("booking_info")
    await quiet()


async def test_a_slot_that_vanishes_in_a_refresh_is_noticed(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.take(at(24, 9))
    bench.calendar.refresh()
    await quiet()
    notice = bench.desk.props.notice
    assert notice is not None
    assert len(notice.nearest) == 3
    assert bench.desk.props.slot_card is not None
    assert bench.desk.props.footer.is_enabled is False
    stage.scheduler.offer(1_800_000, at(24, 9))
    bench.calendar.refresh()
    await quiet()
    assert bench.desk.props.notice is None
    assert bench.desk.props.footer.is_enabled is True


async def test_a_refresh_without_news_is_silent_for_the_desk(stage: Stage) -> None:
    bench = await ready(stage)
    await quiet()
    ear = Ear(bench.desk)
    bench.calendar.refresh()
    await quiet()
    assert ear.take() == set()


async def test_typing_changes_only_the_form(stage: Stage) -> None:
    bench = await ready(stage)
    await quiet()
    ear = Ear(bench.desk)
    bench.desk.type_text(LAST_NAME, "O")
    assert ear.take() == {"form_changed"}


async def test_another_slot_changes_only_card_and_footer(stage: Stage) -> None:
    bench = await ready(stage)
    await quiet()
    ear = Ear(bench.desk)
    bench.selection.choose_slot(bench.slot(at(24, 10)))
    assert ear.take() == {"slot_card_changed"}
    bench.selection.choose_slot(None)
    assert ear.take() == {"slot_card_changed", "footer_changed"}


async def test_a_disconnected_host_is_no_booking(stage: Stage) -> None:
    stage.scheduler.info = sample_info(kind=LinkKind.GROUP, members=(MARIA, OFFLINE_JONAS))
    stage.scheduler.receipt = lambda request: replace(sample_receipt(request), calendar_event_id="")
    bench = await ready(stage)
    assert bench.desk.props.slot_card is not None
    assert "Jonas Weber" in bench.desk.props.slot_card.warning
    await book(bench)
    assert isinstance(bench.desk.inputs.outcome, HostOffline)
    notice = bench.desk.props.notice
    assert notice is not None
    assert notice.title == "Nothing was booked"
    bench.desk.act(DeskAction.OPEN_IN_BROWSER)
    assert stage.opened == ["https://meetings.hubspot.com/maria/intro-call"]
    assert bench.desk.props.form.first_name == "Ada"


async def test_a_blocked_address_is_said_at_the_address(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.fail("book", AddressBlocked("ada@northwind.example"))
    await book(bench)
    assert isinstance(bench.desk.inputs.outcome, NotBooked)
    form = bench.desk.props.form
    assert form.needs_email is True
    assert form.errors == {EMAIL: "This link does not accept ada@northwind.example"}
    bench.desk.type_text(EMAIL, "ada@home.example")
    assert bench.desk.props.form.errors == {}
    assert bench.desk.props.notice is None
    await book(bench)
    assert [request.email for request in stage.scheduler.booked] == ["ada@home.example"]


async def test_a_lost_answer_that_is_found_is_a_booking(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.fail("book", Unknown("corr-1"))
    stage.records.meetings["ada@northwind.example", at(24, 9)] = MeetingEngagement(
        "m-1", "Intro call", at(24, 9), at(24, 9, 30)
    )
    bench.desk.submit()
    await quiet(120)
    assert bench.desk.props.notice is not None
    assert bench.desk.props.notice.title == "HubSpot's answer was lost"
    assert bench.desk.props.form.is_locked is True
    await stage.clock.advance(120)
    assert bench.desk.props.booked is not None
    assert bench.desk.props.booked.note
    assert stage.scheduler.count("book") == 1


async def test_a_lost_answer_that_is_not_found_is_the_reps_decision(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.fail("book", Unknown("corr-1"))
    bench.desk.submit()
    await quiet(120)
    await stage.clock.advance(120)
    assert isinstance(bench.desk.inputs.outcome, NotFound)
    notice = bench.desk.props.notice
    assert notice is not None
    assert [action for action, _ in notice.actions] == [DeskAction.RECHECK, DeskAction.SEND_AGAIN]
    bench.desk.act(DeskAction.RECHECK)
    await quiet(120)
    await stage.clock.advance(120)
    assert stage.scheduler.count("book") == 1
    assert isinstance(bench.desk.inputs.outcome, NotFound)
    bench.desk.act(DeskAction.SEND_AGAIN)
    await quiet(120)
    assert stage.scheduler.count("book") == 2
    assert bench.desk.props.booked is not None


async def test_what_stays_unknown_can_only_be_looked_up(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.fail("book", ServiceBroken("corr-1"))
    stage.records.fail_always("find_meeting", Offline())
    bench.desk.submit()
    await quiet(120)
    await stage.clock.advance(120)
    assert isinstance(bench.desk.inputs.outcome, StillUnsure)
    notice = bench.desk.props.notice
    assert notice is not None
    assert [action for action, _ in notice.actions] == [DeskAction.RECHECK]
    bench.desk.act(DeskAction.SEND_AGAIN)
    stage.records.fail_always("find_meeting", None)


async def test_an_action_without_its_outcome_does_nothing(stage: Stage) -> None:
    bench = await ready(stage)
    bench.desk.act(DeskAction.RECHECK)
    bench.desk.act(DeskAction.SEND_AGAIN)
    await quiet(120)
    assert stage.scheduler.count("book") == 0
    assert stage.records.count("find_meeting") == 0


async def test_the_next_step_keeps_the_guest_and_not_the_consent(stage: Stage) -> None:
    stage.scheduler.info = sample_info(consent=replace(CONSENT, processing_required=False))
    bench = await ready(stage)
    bench.desk.tick_consent("77", True)
    await book(bench)
    bench.desk.start_over()
    assert bench.desk.props.booked is None
    assert bench.selection.slot is None
    assert bench.selection.prospect is not None
    assert bench.desk.props.form.first_name == "Ada"
    assert bench.desk.inputs.answers.consents == frozenset()


async def test_done_leaves_an_empty_desk(stage: Stage) -> None:
    bench = await ready(stage)
    bench.desk.set_guests(("sam@northwind.example",))
    await book(bench)
    bench.desk.finish()
    form = bench.desk.props.form
    assert (form.first_name, form.email, form.guests) == ("", "", ())
    assert (bench.selection.prospect, bench.selection.slot) == (None, None)
    assert bench.desk.prospect.props.chosen_title == ""


async def test_guests_are_cleaned_and_mistakes_stay_visible(stage: Stage) -> None:
    bench = await ready(stage)
    bench.desk.set_guests(("Sam <sam@x.example>", "sam@x.example", "nope"))
    assert bench.desk.props.form.guests == ("sam@x.example", "nope")
    await book(bench)
    assert bench.desk.props.form.errors["guests"] == "Enter an e-mail address, such as ada@northwind.example"


async def test_the_language_and_the_answers_are_sent(stage: Stage) -> None:
    stage.scheduler.info = sample_info(form_fields=(sample_field("topic", custom=True),))
    bench = await ready(stage)
    bench.desk.set_locale("de-de")
    bench.desk.answer("topic", "Prices")
    await book(bench)
    request = stage.scheduler.booked[0]
    assert (request.locale, request.answers, request.zone) == ("de-de", (("topic", "Prices"),), NEW_YORK)


async def test_the_calendar_file_is_handed_out_after_a_booking_only(stage: Stage) -> None:
    bench = await ready(stage)
    files: list[tuple[str, bytes]] = []
    bench.desk.calendar_file_ready.connect(lambda title, content: files.append((title, content)))
    bench.desk.make_calendar_file()
    await quiet()
    assert files == []
    await book(bench)
    bench.desk.make_calendar_file()
    await quiet()
    assert files == [("Intro call with Ada Okafor", b"event-1@slotdesk\nIntro call with Ada Okafor")]


async def test_another_link_is_free_while_one_is_being_booked(stage: Stage) -> None:
    bench = await ready(stage)
    ear = Ear(bench.desk, "settled_elsewhere")
    stage.scheduler.hold("book")
    bench.desk.submit()
    await quiet(120)
    bench.selection.choose_link(bench.link(DEMO))
    assert bench.desk.props.form.is_locked is False
    bench.selection.choose_link(bench.link(INTRO))
    assert bench.desk.props.form.is_locked is True
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    stage.scheduler.release("book")
    await quiet(120)
    assert bench.desk.props.booked is None
    assert [told[0] for told in ear.told] == [INTRO]
    assert bench.desk.title_of(INTRO) == "Intro call"
    bench.selection.choose_link(bench.link(INTRO))
    await quiet()
    assert bench.desk.props.booked is not None


async def test_two_links_can_be_booked_at_the_same_time(stage: Stage) -> None:
    bench = await ready(stage)
    stage.scheduler.hold("book")
    bench.desk.submit()
    await quiet(120)
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    bench.selection.choose_slot(bench.slot(at(25, 9)))
    bench.desk.submit()
    await quiet(120)
    assert stage.scheduler.count("book") == 2
    stage.scheduler.release("book")
    await quiet(120)
    assert {request.slug for request in stage.scheduler.booked} == {INTRO, DEMO}


async def test_a_round_robin_names_all_hosts_it_may_fall_to(stage: Stage) -> None:
    stage.scheduler.infos[DEMO] = sample_info(DEMO, kind=LinkKind.ROUND_ROBIN, members=(MARIA, JONAS))
    bench = Bench(stage)
    await bench.open(DEMO)
    bench.desk.prospect.choose(ADA)
    await quiet()
    assert bench.desk.prospect.props.note == (
        "Maria Nowak owns this contact. It may go to another of Maria Nowak, Jonas Weber."
    )


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
