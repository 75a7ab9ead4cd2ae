"""What comes of a booking at the desk over the real services, and what the rep can do then."""

from dataclasses import replace

import pytest

from app.domain.booking import HostOffline, NotBooked, NotFound, StillUnsure
from app.domain.forms import CommunicationConsent, Consent
from app.domain.links import LinkKind
from app.domain.problems import AddressBlocked, Offline, ServiceBroken, Unknown
from app.domain.records import MeetingEngagement
from app.domain.validation import EMAIL
from app.ui.screens.book.desk.outcome import DeskAction
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
from tests.ui.screens.book.desk.steps import book, ready
from tests.ui.screens.book.stage import ADA, DEMO, INTRO, NEW_YORK, Stage, quiet

pytestmark = pytest.mark.qt_loop
CONSENT = Consent("", (CommunicationConsent("77", "News", False),), "", "I agree", True, "")


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
