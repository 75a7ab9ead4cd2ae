"""Log on records, with real keys and clicks: deals chosen before booking, records added after it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    Outcome,
    RecordRef,
)
from app.domain.problems import NotAllowed, Offline, StorageFailed, StorageTrouble
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import sample_account
from tests.ui.screens.book.at_the_desk import TUESDAY, button, ready, texts
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import ADA, JIDE, Stage, quiet

pytestmark = pytest.mark.qt_loop
GUEST = RecordRef(CONTACT, ADA.id)
NORTHWIND = CrmRecord(RecordRef(COMPANY, "2"), "Northwind")
ROLLOUT = CrmRecord(RecordRef(DEAL, "9"), "Northwind rollout", "Proposal")
RENEWAL = CrmRecord(RecordRef(DEAL, "8"), "Renewal 2025", "Closed won")
HOSTILE = CrmRecord(RecordRef(DEAL, "7"), "<b>&Evil</b>\u202e" + "W" * 300)
LOOKING = "Looking for the meeting in HubSpot…"
MISSING = "HubSpot has not listed it yet: it will appear in Log."


def know(stage: Stage, *records: CrmRecord) -> None:
    """HubSpot relates these records to the guest."""
    stage.world.known_records = {one.ref: one for one in (CrmRecord(GUEST, ADA.full_name), *records)}


def write_meeting(stage: Stage) -> Meeting:
    """HubSpot writes the engagement of the booking on Tuesday."""
    details = MeetingDetails(
        "Intro call", TUESDAY.start, TUESDAY.end, outcome=Outcome.SCHEDULED, owner_id=None
    )
    return stage.world.add(details, [Association(GUEST)])


async def book(hands: Hands) -> None:
    """Press the button and let HubSpot answer."""
    await hands.click(button(hands, "desk.book"))
    await quiet(200)


def refs(stage: Stage, meeting: Meeting) -> set[RecordRef]:
    """On what the meeting is in HubSpot."""
    return set(stage.world.kept[meeting.id].meeting.refs)


def dones(hands: Hands) -> int:
    """How many records are ticked."""
    badges = hands.find(QWidget, "booked.records").findChildren(Badge)
    return sum(badge.isVisible() for badge in badges)


async def send(stage: Stage) -> None:
    """Let the outbox work."""
    stage.tasks.start(stage.services.outbox.run())
    await quiet(200)


async def test_company_and_open_deals_are_one_click_each(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, NORTHWIND, ROLLOUT, RENEWAL)
    await ready(screen)
    meeting = write_meeting(stage)
    await book(hands)
    assert {"Ada Okafor", "Northwind", "Northwind rollout"} <= set(texts(hands))
    assert "Renewal 2025" not in texts(hands)
    assert dones(hands) == 1
    await hands.click(button(hands, "booked.add.9"))
    assert "Will be sent" in texts(hands)
    assert hands.focus_name() == "booked.takeOff.9"
    await send(stage)
    assert refs(stage, meeting) == {GUEST, ROLLOUT.ref}
    assert dones(hands) == 2
    await hands.press(Qt.Key.Key_Space)
    await quiet(200)
    assert refs(stage, meeting) == {GUEST}
    assert hands.focus_name() == "booked.add.9"


async def test_a_double_click_adds_once(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    know(stage, NORTHWIND)
    await ready(screen)
    write_meeting(stage)
    await book(hands)
    add = button(hands, "booked.add.2")
    add.click()
    add.click()
    await quiet()
    await send(stage)
    assert len([call for call in stage.world.calls if call[0] == "link"]) == 1


async def test_a_deal_chosen_before_booking_is_logged_on_after_it(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, NORTHWIND, ROLLOUT, RENEWAL)
    await ready(screen)
    assert "After booking" in texts(hands)
    assert not hands.has("desk.logOn.8")
    await hands.click(button(hands, "desk.logOn.9"))
    assert button(hands, "desk.logOn.9").isChecked()
    await book(hands)
    assert LOOKING in texts(hands)
    assert "Added once the meeting is found" in texts(hands)
    meeting = write_meeting(stage)
    await stage.clock.advance(2)
    await quiet(200)
    assert LOOKING not in texts(hands)
    await send(stage)
    assert refs(stage, meeting) == {GUEST, ROLLOUT.ref}


async def test_the_choice_can_be_taken_back_and_stays_with_its_guest(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    await hands.click(button(hands, "desk.logOn.9"))
    screen.desk.prospect.choose(JIDE)
    await quiet()
    assert not button(hands, "desk.logOn.9").isChecked()
    screen.desk.prospect.choose(ADA)
    await quiet()
    assert button(hands, "desk.logOn.9").isChecked()
    await hands.click(button(hands, "desk.logOn.9"))
    meeting = write_meeting(stage)
    await book(hands)
    await send(stage)
    assert refs(stage, meeting) == {GUEST}


async def test_the_choice_counts_though_hubspot_knows_the_address_as_somebody_else(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    screen.desk.prospect.choose(JIDE)
    await quiet()
    await hands.click(button(hands, "desk.logOn.9"))
    details = MeetingDetails("Intro call", TUESDAY.start, TUESDAY.end, outcome=Outcome.SCHEDULED)
    meeting = stage.world.add(details, [Association(RecordRef(CONTACT, JIDE.id))])
    await book(hands)
    await send(stage)
    assert ROLLOUT.ref in refs(stage, meeting)


async def test_a_meeting_that_is_not_listed_can_be_looked_for_again(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    await hands.click(button(hands, "desk.logOn.9"))
    await book(hands)
    for _ in range(4):
        await stage.clock.advance(60)
        await quiet(100)
    assert MISSING in texts(hands)
    assert not hands.has("booked.openInLog")
    meeting = write_meeting(stage)
    await hands.click(button(hands, "booked.lookAgain"))
    await quiet(200)
    await send(stage)
    assert refs(stage, meeting) == {GUEST, ROLLOUT.ref}
    asked: list[object] = []
    stage.context.routes.meeting_requested.connect(asked.append)
    await hands.click(button(hands, "booked.openInLog"))
    assert asked == [meeting.id]


async def test_what_was_chosen_is_added_after_the_desk_was_put_away(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    await hands.click(button(hands, "desk.logOn.9"))
    await book(hands)
    await hands.click(button(hands, "booked.done"))
    meeting = write_meeting(stage)
    await stage.clock.advance(2)
    await quiet(200)
    await send(stage)
    assert refs(stage, meeting) == {GUEST, ROLLOUT.ref}


async def test_a_choice_that_cannot_be_kept_is_told_after_the_desk_was_put_away(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    await hands.click(button(hands, "desk.logOn.9"))
    await book(hands)
    await hands.click(button(hands, "booked.done"))
    for _ in range(4):
        await stage.clock.advance(60)
        await quiet(100)
    said = [toast.text for toast in stage.context.notices.toasts]
    assert any("Put it on Northwind rollout in Log." in text for text in said)


@pytest.mark.parametrize(("problem", "looks"), [(Offline(), 4), (NotAllowed(()), 1)])
async def test_no_network_or_no_permission_is_told_and_tried_again(
    screen: BookScreen, hands: Hands, stage: Stage, problem: Offline | NotAllowed, looks: int
) -> None:
    know(stage, NORTHWIND)
    await ready(screen)
    meeting = write_meeting(stage)
    stage.world.fail("meetings_of", *[problem] * looks)
    await book(hands)
    for _ in range(4):
        await stage.clock.advance(60)
        await quiet(100)
    assert hands.has("booked.lookAgain")
    again = button(hands, "booked.lookAgain")
    again.click()
    again.click()
    for _ in range(4):
        await stage.clock.advance(60)
        await quiet(100)
    assert hands.has("booked.openInLog")
    assert meeting.id == screen.recording.props.records.meeting_id


async def test_a_full_disk_is_told_and_the_record_stays_on_offer(
    screen: BookScreen, hands: Hands, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(stage, NORTHWIND)
    await ready(screen)
    write_meeting(stage)
    await book(hands)

    async def full(*_arguments: object, **_names: object) -> None:
        raise StorageFailed(StorageTrouble.FULL, "outbox.db")

    monkeypatch.setattr(stage.services.outbox, "add", full)
    await hands.click(button(hands, "booked.add.2"))
    assert [toast.text for toast in stage.context.notices.toasts if toast.text != "Copied"] != []
    assert hands.has("booked.add.2")


async def test_pinning_follows_adding(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    know(stage, NORTHWIND)
    await ready(screen)
    meeting = write_meeting(stage)
    await book(hands)
    await hands.click(button(hands, f"booked.pin.{ADA.id}"))
    await send(stage)
    assert stage.world.pins == {GUEST: meeting.id}
    assert button(hands, f"booked.pin.{ADA.id}").accessibleName() == "Unpin from Ada Okafor"


async def test_hostile_names_neither_widen_the_desk_nor_are_markup(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    know(stage, HOSTILE)
    await ready(screen)
    shown = button(hands, "desk.logOn.7")
    assert shown.accessibleName().startswith("Deal: <b>&Evil</b>")
    assert screen._view.desk.form.minimumSizeHint().width() <= MEASURES.desk_min - 28
    assert "\u202e" not in shown.accessibleName()
    write_meeting(stage)
    await book(hands)
    records = screen._view.desk._records
    assert records.width() <= screen._view.desk.width()
    assert any(text.startswith("<b>&Evil</b>") for text in texts(hands))


async def test_another_account_leaves_nothing_of_it(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    know(stage, ROLLOUT)
    await ready(screen)
    await hands.click(button(hands, "desk.logOn.9"))
    await book(hands)
    await stage.services.accounts.sign_out(sample_account().id)
    meeting = write_meeting(stage)
    await stage.clock.advance(10)
    await quiet(200)
    assert screen.recording.inputs.bookings == {}
    assert refs(stage, meeting) == {GUEST}
