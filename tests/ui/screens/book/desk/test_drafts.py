"""Forms are kept as typed: over links, restarts, quits and crashes; never for another account or guest."""

from dataclasses import replace

import pytest

from app.domain.forms import Answers, CommunicationConsent, Consent
from app.domain.problems import Offline, StorageFailed, StorageTrouble, Unknown
from app.domain.validation import FIRST_NAME
from tests.fakes.samples import at, sample_account, sample_field, sample_info
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.stage import ADA, DEMO, INTRO, JIDE, Stage, quiet

pytestmark = pytest.mark.qt_loop
CONSENT = Consent("", (CommunicationConsent("77", "News", False),), "", "", False, "")


def written(stage: Stage) -> dict[str, dict[str, object]]:
    rows = stage.drafts.kept.get(stage.account.id, {})
    return {key: dict(row) for key, row in rows.items() if key.startswith("desk/")}


async def go_offline(stage: Stage) -> None:
    stage.scheduler.fail_always("availability", Offline())
    stage.scheduler.fail_always("booking_info", Offline())
    await stage.services.availability.refresh()


async def come_back(stage: Stage) -> None:
    stage.scheduler.fail_always("availability", None)
    stage.scheduler.fail_always("booking_info", None)
    await stage.services.availability.refresh()


async def test_typing_is_kept_after_a_pause_and_once(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    for text in ("A", "Ad", "Ada"):
        bench.desk.type_text(FIRST_NAME, text)
        await quiet(5)
    assert written(stage) == {}
    await stage.clock.advance(0.5)
    assert stage.drafts.count("save") == 1
    assert written(stage)[f"desk/{INTRO}"]["first_name"] == "Ada"


async def test_another_link_neither_loses_nor_inherits_what_was_just_typed(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    bench.desk.answer("topic", "Prices")
    await quiet(5)
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    await stage.clock.advance(1)
    assert set(written(stage)) == {f"desk/{INTRO}"}
    assert written(stage)[f"desk/{INTRO}"]["values"] == {"topic": "Prices"}
    assert written(stage)[f"desk/{INTRO}"]["slot"] is not None
    assert bench.desk.inputs.answers.values == {}
    bench.selection.choose_link(bench.link(INTRO))
    await quiet()
    assert bench.desk.inputs.answers.values == {"topic": "Prices"}
    assert bench.selection.slot == bench.slot(at(24, 9))


async def test_what_was_just_typed_is_kept_when_the_program_ends(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.type_text(FIRST_NAME, "Ada")
    await quiet(5)
    await stage.tasks.close()
    assert written(stage)[f"desk/{INTRO}"]["first_name"] == "Ada"


async def test_after_a_restart_the_form_guest_slot_and_zone_are_back(stage: Stage) -> None:
    stage.scheduler.info = sample_info(form_fields=(sample_field("company"),), consent=CONSENT)
    stage.records.contacts[0] = replace(ADA, properties={"company": "Northwind"})
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(stage.records.contacts[0])
    await quiet()
    bench.selection.choose_guest_zone("Europe/London")
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    bench.desk.type_text(FIRST_NAME, "Adaeze")
    bench.desk.tick_consent("77", True)
    await quiet(5)
    await stage.clock.advance(1)
    await stage.close()
    later = stage.again()
    await later.load()
    bench = Bench(later)
    await bench.open()
    form = bench.desk.props.form
    assert (form.first_name, form.last_name, form.email) == ("Adaeze", "Okafor", "ada@northwind.example")
    assert [one.value for one in form.fields] == ["Northwind"]
    assert form.consent is not None
    assert form.consent.boxes[0][2] is True
    assert bench.selection.prospect is not None
    assert bench.desk.prospect.props.chosen_title == "Ada Okafor"
    assert bench.selection.slot == bench.slot(at(24, 9))
    assert bench.selection.guest_zone == "Europe/London"
    assert bench.desk.props.footer.is_enabled is True
    await later.close()
    assert later.errors == []


async def test_a_guest_who_is_gone_from_hubspot_stays_as_typed(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    await stage.clock.advance(1)
    await stage.close()
    stage.records.contacts = []
    later = stage.again()
    await later.load()
    bench = Bench(later)
    await bench.open()
    form = bench.desk.props.form
    assert (form.first_name, form.email, form.needs_email) == ("Ada", "ada@northwind.example", True)
    assert bench.selection.prospect is None
    await later.close()


async def test_a_slot_that_has_begun_is_not_picked_again(stage: Stage) -> None:
    stage.scheduler.offer(1_800_000, at(23, 9, 30))
    bench = Bench(stage)
    await bench.open()
    bench.desk.type_text(FIRST_NAME, "Ada")
    bench.selection.choose_slot(bench.slot(at(23, 9, 30)))
    await quiet(5)
    await stage.clock.advance(3600)
    await stage.close()
    later = stage.again()
    await later.load()
    bench = Bench(later)
    await bench.open()
    assert bench.selection.slot is None
    assert bench.desk.props.form.first_name == "Ada"
    await later.close()


async def test_a_slot_that_somebody_took_meanwhile_is_said_to_be_taken(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.type_text(FIRST_NAME, "Ada")
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    await quiet(5)
    await stage.clock.advance(1)
    await stage.close()
    stage.scheduler.take(at(24, 9))
    later = stage.again()
    await later.load()
    bench = Bench(later)
    await bench.open()
    notice = bench.desk.props.notice
    assert notice is not None
    assert notice.title == "10:00 was just taken"
    await later.close()


async def test_a_draft_of_another_guest_does_not_mix_with_the_one_on_the_phone(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open(DEMO)
    bench.desk.prospect.choose(JIDE)
    bench.desk.answer("topic", "Jide's")
    await quiet()
    await stage.clock.advance(1)
    bench.selection.choose_link(bench.link(INTRO))
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    assert bench.desk.inputs.contact is not None
    assert bench.desk.inputs.contact.id == ADA.id
    assert bench.desk.inputs.answers.values == {}
    assert bench.desk.props.form.first_name == "Ada"


async def test_offline_the_form_is_saved_as_a_draft_and_never_sent(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    await go_offline(stage)
    assert bench.desk.props.footer.label == "Save as draft"
    ear = Ear(bench.desk, "draft_kept")
    bench.desk.submit()
    await quiet()
    assert ear.told == [(True,)]
    assert written(stage)[f"desk/{INTRO}"]["is_waiting"] is True
    assert [draft.slug for draft in stage.services.drafts.state.value.waiting] == [INTRO]
    await come_back(stage)
    assert stage.scheduler.count("book") == 0
    assert bench.desk.props.footer.label == "Book meeting"
    notice = bench.desk.props.notice
    assert notice is not None
    assert notice.title == "A draft you saved while offline"
    bench.desk.submit()
    await quiet(120)
    assert stage.scheduler.count("book") == 1
    assert written(stage) == {}
    assert stage.services.drafts.state.value.waiting == ()


async def test_a_waiting_draft_comes_back_with_its_guest_whoever_is_chosen(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(JIDE)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    await go_offline(stage)
    bench.desk.submit()
    await quiet()
    await come_back(stage)
    bench.selection.choose_link(bench.link(DEMO))
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_link(bench.link(INTRO))
    await quiet()
    assert bench.selection.prospect is not None
    assert bench.selection.prospect.id == JIDE.id
    assert bench.desk.props.form.first_name == "Jide"
    assert bench.selection.slot == bench.slot(at(24, 9))


async def test_a_draft_that_cannot_be_written_is_said(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    await go_offline(stage)
    stage.drafts.fail_always("save", StorageFailed(StorageTrouble.FULL, "data.db"))
    ear = Ear(bench.desk, "draft_kept")
    bench.desk.type_text(FIRST_NAME, "Ada")
    bench.desk.submit()
    await quiet()
    assert ear.told == [(False,)]
    assert bench.desk.props.form.first_name == "Ada"
    stage.drafts.fail_always("save", None)


async def test_a_booked_form_is_forgotten_also_when_it_was_just_typed(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    bench.desk.type_text(FIRST_NAME, "Adaeze")
    bench.desk.submit()
    await quiet(120)
    await stage.clock.advance(1)
    assert written(stage) == {}


async def test_signing_out_leaves_nothing_on_the_desk_and_writes_nothing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.desk.type_text(FIRST_NAME, "Adaeze")
    await stage.services.accounts.sign_out(stage.account.id)
    bench.desk.forget()
    await stage.clock.advance(1)
    assert bench.selection.link is None
    assert bench.selection.prospect is None
    assert bench.desk.inputs.answers == Answers()
    assert bench.desk.inputs.typed == frozenset()


async def test_what_was_typed_for_one_account_is_never_kept_for_the_next(stage: Stage) -> None:
    other = sample_account(portal_id=99)
    stage.accounts.kept[other.id] = other
    await stage.services.accounts.load()
    bench = Bench(stage)
    await bench.open()
    bench.desk.type_text(FIRST_NAME, "Ada")
    await stage.services.accounts.activate(other.id)
    bench.desk.forget()
    await stage.clock.advance(1)
    assert stage.drafts.kept.get(other.id, {}) == {}


async def test_a_booking_under_way_is_left_to_be_looked_up_when_the_account_changes(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    stage.scheduler.fail("book", Unknown())
    bench.desk.submit()
    await quiet(120)
    bench.desk.forget()
    await quiet()
    assert bench.desk.props.form.is_locked is False
    assert await stage.booking.unfinished() is not None


async def test_a_booking_that_a_crash_cut_short_is_looked_up(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.desk.prospect.choose(ADA)
    await quiet()
    bench.selection.choose_slot(bench.slot(at(24, 9)))
    stage.scheduler.fail("book", Unknown())
    bench.desk.submit()
    await quiet(120)
    await stage.close()
    later = stage.again()
    await later.load()
    request = await later.booking.unfinished()
    assert request is not None
    bench = Bench(later)
    bench.desk.resume(request)
    await bench.open()
    assert bench.desk.props.notice is not None
    assert bench.desk.props.notice.title == "HubSpot's answer was lost"
    await later.clock.advance(60)
    assert later.scheduler.count("book") == 1
    assert bench.desk.inputs.outcome is not None
    await later.close()
    assert later.errors == []
