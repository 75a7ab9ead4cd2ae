"""A creation whose answer is lost is looked for, and sent again only when it is surely not there."""

import asyncio
from dataclasses import replace

import pytest

from app.domain.changes import ChangeState, LinkRecord, LogMeeting, ScheduleMeeting
from app.domain.meetings import Association
from app.domain.ports import LinkPage
from app.domain.problems import NotAllowed, Offline, Problem, ServiceBroken, SlowDown, Unknown
from tests.fakes.clock import settle
from tests.services.outbox.office import DETAILS, FULL, LOCAL, ROLLOUT, Office, at_work, edit_of, log

BLIND = LogMeeting(LOCAL, DETAILS)
"""A log without records, which only a search finds."""


async def looked_for(office: Office, *seconds: float) -> None:
    """Let the time pass, look by look."""
    for passed in seconds:
        await office.clock.advance(passed)


@pytest.mark.parametrize("problem", [Unknown(), ServiceBroken()], ids=repr)
async def test_a_log_that_happened_is_found_and_taken_over(problem: Problem) -> None:
    office = await at_work()
    office.hubspot.lag = 30
    office.hubspot.lose("log", problem)
    async with office.working():
        (change_id,) = await office.add(BLIND)
        assert office.states == [ChangeState.UNKNOWN]
        await looked_for(office, 2, 8)
        assert office.disk_row(change_id).looks == 2
        assert office.hubspot.count("find") == 2
        await looked_for(office, 50)
        assert office.rows == ()
    (meeting_id,) = office.hubspot.kept
    assert office.outbox.resolve(LOCAL) == meeting_id
    assert office.hubspot.count("log") == 1
    assert office.sent[0][1] == office.hubspot.kept[meeting_id].meeting


async def test_a_log_that_did_not_happen_is_sent_again_after_two_minutes() -> None:
    office = await at_work()
    office.hubspot.fail("log", Unknown())
    async with office.working():
        (change_id,) = await office.add(BLIND)
        await office.add(LinkRecord(LOCAL, Association(ROLLOUT)))
        await looked_for(office, 2, 8, 50, 60)
        assert (office.hubspot.count("find"), office.hubspot.count("log")) == (3, 1)
        await looked_for(office, 1)
        assert office.rows == ()
    assert office.hubspot.count("log") == 2
    assert office.disk_row(change_id).attempt == 2
    assert [kept.meeting.refs for kept in office.hubspot.kept.values()] == [(ROLLOUT,)]


async def test_the_row_is_checked_while_it_is_looked_for() -> None:
    office = await at_work()
    office.hubspot.lose("log", Unknown())
    office.hubspot.hold("find")
    async with office.working():
        await office.add(log())
        await looked_for(office, 2)
        assert office.states == [ChangeState.VERIFYING]
        office.hubspot.release("find")
        await settle()
        assert office.rows == ()


async def test_looks_that_fail_say_nothing() -> None:
    office = await at_work()
    office.hubspot.lose("log", Unknown())
    pause = SlowDown(office.clock.now())
    office.hubspot.fail("find", ServiceBroken(), Unknown(), pause)
    async with office.working():
        (change_id,) = await office.add(log())
        await looked_for(office, 2)
        assert office.disk_row(change_id).looks == 0
        assert office.reasons == ["ServiceBroken"]
        await looked_for(office, 1, 1, 1)
        assert office.rows == ()
    assert office.hubspot.count("log") == 1


async def test_a_look_that_is_not_allowed_asks_the_rep_who_looks_again() -> None:
    office = await at_work()
    office.hubspot.lose("log", Unknown())
    office.hubspot.fail("find", NotAllowed(("crm.objects.contacts.read",)))
    async with office.working():
        (change_id,) = await office.add(log())
        await looked_for(office, 2)
        assert office.states == [ChangeState.ASKING]
        assert office.outbox.state.value.stuck == 1
        await office.outbox.decide(change_id, send_again=False)
        await settle()
        assert office.rows == ()
    assert office.hubspot.count("log") == 1


async def test_an_invitation_that_is_not_found_is_asked_about_and_sent_again_on_wish() -> None:
    office = await at_work()
    office.hubspot.fail("schedule", Unknown())
    async with office.working():
        (change_id,) = await office.add(ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin"))
        await looked_for(office, 2, 8, 50, 61)
        assert office.states == [ChangeState.ASKING]
        await office.outbox.decide(change_id, send_again=False)
        await settle()
        assert office.states == [ChangeState.ASKING]
        await office.outbox.decide(change_id, send_again=True)
        await settle()
        assert office.rows == ()
    assert office.hubspot.count("schedule") == 2
    assert len(office.hubspot.kept) == 1


async def test_after_three_vain_attempts_the_rep_is_asked() -> None:
    office = await at_work()
    office.hubspot.fail_always("log", Unknown())
    async with office.working():
        await office.add(BLIND)
        for _ in range(3):
            await looked_for(office, 2, 8, 50, 61)
        assert office.states == [ChangeState.ASKING]
    assert office.hubspot.count("log") == 3


async def test_a_lost_edit_is_simply_sent_again() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.lose("edit", Unknown(), ServiceBroken())
    async with office.working():
        (change_id,) = await office.add(edit_of(meeting))
        assert office.states == [ChangeState.QUEUED]
        assert office.reasons == ["Unknown"]
        await looked_for(office, 0.5, 1)
        assert office.rows == ()
    assert office.disk_row(change_id).attempt == 3
    assert office.hubspot.count("find") == 0


async def test_a_kill_while_sending_leads_to_a_look_not_to_a_second_sending() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.outbox.run())
        (change_id,) = await office.add(log())
        killed = dict(office.store.kept)
        office.hubspot.release("log")
        await settle()
        running.cancel()
    office.store.kept = killed
    assert office.disk_row(change_id).state is ChangeState.SENDING
    again = await at_work(office)
    assert again.states == [ChangeState.UNKNOWN]
    async with again.working():
        assert again.rows == ()
    assert len(office.hubspot.kept) == 1
    assert office.hubspot.count("log") == 1


async def test_a_computer_that_slept_while_sending_waits_its_full_time() -> None:
    office = await at_work()
    office.hubspot.lag = 90
    office.hubspot.lose("log", Unknown())
    office.hubspot.hold("log")
    async with office.working():
        (change_id,) = await office.add(BLIND)
        await looked_for(office, 3600)
        woken = office.clock.now()
        office.hubspot.release("log")
        await settle()
        assert office.disk_row(change_id).started_at == woken
        await looked_for(office, 2, 8, 50)
        assert office.states == [ChangeState.UNKNOWN]
        await looked_for(office, 61)
        assert office.rows == ()
    assert len(office.hubspot.kept) == 1


async def test_a_program_that_was_killed_an_hour_after_noting_waits_its_full_time_too() -> None:
    office = await at_work()
    office.hubspot.lag = 90
    (change_id,) = await office.add(BLIND)
    sending = replace(office.rows[0], state=ChangeState.SENDING, attempt=1, started_at=office.clock.now())
    office.store.kept[change_id] = sending
    await office.clock.advance(3600)
    office.hubspot.add(DETAILS, mark=change_id)
    again = await at_work(office)
    async with again.working():
        await looked_for(again, 10, 50, 61)
        assert again.rows == ()
    assert len(office.hubspot.kept) == 1


async def test_nothing_is_sent_that_could_not_be_noted() -> None:
    office = await at_work()
    (change_id,) = await office.add(log())
    office.store.fail("write", FULL, FULL)
    async with office.working():
        assert office.hubspot.count("log") == 0
        assert office.states == [ChangeState.QUEUED]
        assert office.outbox.state.value.paused is FULL
        await looked_for(office, 1, 1)
        assert office.rows == ()
        assert office.outbox.state.value.paused is None
    assert office.disk_row(change_id).attempt == 1


async def test_what_happened_is_noted_as_soon_as_the_disk_works() -> None:
    office = await at_work()
    async with office.working():
        office.store.fail("write", None, None, FULL, FULL)
        (change_id,) = await office.add(log())
        assert office.disk_row(change_id).state is ChangeState.SENDING
        assert office.outbox.state.value.paused is FULL
        await looked_for(office, 1, 1)
        assert office.rows == ()
        assert office.outbox.state.value.paused is None
    assert office.disk_row(change_id).state is ChangeState.DONE
    assert office.hubspot.count("log") == 1


async def test_being_offline_sends_nothing_and_coming_back_sends_it() -> None:
    office = await at_work()
    office.hubspot.fail("log", Offline())
    office.world.crm.links.answer = [LinkPage((), 0)]
    office.world.crm.links.fail_always("pages", Offline())
    async with office.working():
        await office.add(log())
        assert isinstance(office.outbox.state.value.paused, Offline)
        paused = office.outbox.state.value.paused
        await looked_for(office, 60, 60)
        assert office.outbox.state.value.paused is paused
        assert office.hubspot.count("log") == 1
        office.world.crm.links.fail_always("pages", None)
        await looked_for(office, 60)
        assert office.rows == ()
        assert office.outbox.state.value.paused is None
