"""Booking from the desk over the real services: checks, one sending, taken slots, silence."""

from dataclasses import replace

import pytest

from app.domain.booking import Booked
from app.domain.forms import CommunicationConsent, Consent
from app.domain.problems import SlotGone
from app.domain.validation import EMAIL, FIRST_NAME, LAST_NAME
from tests.fakes.samples import (
    at,
    sample_receipt,
)
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.desk.steps import book, ready
from tests.ui.screens.book.stage import ADA, Stage, quiet

pytestmark = pytest.mark.qt_loop
CONSENT = Consent("", (CommunicationConsent("77", "News", False),), "", "I agree", True, "")


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
