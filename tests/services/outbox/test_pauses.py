"""What holds the outbox up, for how long, and what the rep decides meanwhile."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.changes import ChangeState, DeleteMeeting, LinkRecord, PinMeeting
from app.domain.meetings import Association
from app.domain.problems import Gone, NotAllowed, Rejected, ServiceBroken, SignInNeeded, SlowDown
from tests.fakes.clock import settle
from tests.services.outbox.office import (
    ADA,
    DETAILS,
    FULL,
    LOCAL,
    ON_ADA,
    ROLLOUT,
    at_work,
    edit_of,
    log,
)


async def test_a_pause_ends_when_hubspot_said() -> None:
    office = await at_work()
    until = office.clock.now() + timedelta(seconds=45)
    office.hubspot.fail("log", SlowDown(until))
    async with office.working():
        await office.add(log())
        paused = office.outbox.state.value.paused
        assert isinstance(paused, SlowDown)
        assert paused.until == until
        assert office.reasons == ["SlowDown"]
        await office.clock.advance(44)
        assert office.hubspot.count("log") == 1
        await office.clock.advance(1)
        assert office.rows == ()


async def test_a_lost_sign_in_pauses_until_it_is_reconnected() -> None:
    office = await at_work()
    office.hubspot.fail("log", SignInNeeded(office.account_id))
    async with office.working():
        await office.add(log())
        assert isinstance(office.outbox.state.value.paused, SignInNeeded)
        await office.clock.advance(600)
        assert office.hubspot.count("log") == 1
        account = office.world.accounts.state.value.active
        assert account is not None
        office.world.sign_in.account = account
        await office.world.accounts.sign_in(account.workspace)
        await settle()
        assert office.rows == ()


async def test_a_broken_service_is_tried_with_pauses_and_the_reason_is_shown() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.fail("link", *[ServiceBroken("c-1")] * 5)
    async with office.working():
        (change_id,) = await office.add(LinkRecord(meeting.id, ON_ADA))
        assert office.reasons == ["ServiceBroken"]
        for _ in range(5):
            await office.clock.advance(16)
        assert office.rows == ()
    assert office.disk_row(change_id).attempt == 6


async def test_a_refusal_is_final_until_the_rep_tries_again_and_holds_up_what_follows() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.fail("link", NotAllowed(("tickets",)), Rejected("no", {"id": "wrong"}, None, "c-9"))
    async with office.working():
        first, second = await office.add(
            LinkRecord(meeting.id, ON_ADA), LinkRecord(meeting.id, Association(ROLLOUT))
        )
        assert office.states == [ChangeState.DEAD, ChangeState.QUEUED]
        await office.outbox.retry(first)
        await settle()
        refusal = office.rows[0].refusal
        assert refusal is not None
        assert (refusal.message, refusal.fields, refusal.reference) == ("no", {"id": "wrong"}, "c-9")
        await office.outbox.retry(second)
        await settle()
        assert office.states == [ChangeState.DEAD, ChangeState.QUEUED]
        assert await office.outbox.discard(first) == (first,)
        await settle()
        assert office.rows == ()
        await office.outbox.retry(first)
        assert await office.outbox.discard(first) == ()
    assert office.hubspot.kept[meeting.id].meeting.refs == (ROLLOUT,)


async def test_a_retry_does_not_wait_for_its_pause() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.fail("link", ServiceBroken())
    async with office.working():
        (change_id,) = await office.add(LinkRecord(meeting.id, ON_ADA))
        await office.outbox.retry(change_id)
        await settle()
        assert office.rows == ()


async def test_a_discarded_log_takes_its_followers_along() -> None:
    office = await at_work()
    office.hubspot.fail("log", Rejected("no"))
    async with office.working():
        (first,) = await office.add(log())
        (second,) = await office.add(PinMeeting(LOCAL, ADA))
        assert office.states == [ChangeState.DEAD, ChangeState.QUEUED]
        assert await office.outbox.discard(first) == (first, second)
        await settle()
        assert office.rows == ()
    assert office.store.kept == {}


async def test_a_row_that_is_being_sent_cannot_be_discarded_or_resolved() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with office.working():
        (change_id,) = await office.add(log())
        assert await office.outbox.discard(change_id) == ()
        await office.outbox.resolve_conflict(change_id, {})
        await office.outbox.decide(change_id, send_again=True)
        await office.outbox.retry(change_id)
        assert office.states == [ChangeState.SENDING]
        assert not office.outbox.cancel_upload(change_id)
        office.hubspot.release("log")
        await settle()
        assert office.rows == ()


async def test_a_row_that_goes_while_its_sending_is_prepared_is_not_sent() -> None:
    office = await at_work()
    (change_id,) = await office.add(log())
    office.store.hold("write")
    async with asyncio.TaskGroup() as group:
        discarding = group.create_task(office.outbox.discard(change_id))
        await settle()
        async with office.working():
            assert office.outbox.state.value.is_sending
            office.store.release("write")
            assert await discarding == (change_id,)
            await settle()
            assert not office.outbox.state.value.is_sending
    assert office.hubspot.count("log") == 0


async def test_what_is_gone_is_said_of_an_edit_and_fine_for_a_deletion() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    del office.hubspot.kept[meeting.id]
    office.hubspot.fail("delete_many", Gone("meeting"))
    async with office.working():
        (edit,) = await office.add(edit_of(meeting))
        assert office.reasons == ["Gone"]
        await office.add(DeleteMeeting(meeting.id))
        assert office.rows == ()
    assert edit not in office.store.kept


async def test_a_change_that_cannot_be_kept_is_not_made() -> None:
    office = await at_work()
    office.store.fail("write", FULL)
    with pytest.raises(type(FULL)):
        await office.outbox.add([log()])
    assert office.rows == ()
    assert office.store.kept == {}
