"""Quitting at any moment leaves a store that the next start understands, within two seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.domain.changes import AttachFile, ChangeId, ChangeState, LinkRecord
from app.domain.meetings import FileId
from app.domain.problems import Offline, Unknown
from tests.fakes.clock import settle
from tests.services.outbox.office import DETAILS, FULL, ON_ADA, Office, at_work, log


@asynccontextmanager
async def running(office: Office) -> AsyncIterator["asyncio.Task[None]"]:
    """The worker alone, to be cancelled by the test."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(office.outbox.run())
        await settle()
        yield task


async def test_a_creation_that_is_answered_in_time_is_done() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with running(office) as task:
        (change_id,) = await office.add(log())
        task.cancel()
        await settle()
        assert not task.done()
        office.hubspot.release("log")
    assert task.cancelled()
    assert office.disk_row(change_id).state is ChangeState.DONE
    assert len(office.sent) == 1


async def test_a_creation_that_is_not_answered_is_unknown_after_a_second_and_a_half() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with running(office) as task:
        (change_id,) = await office.add(log())
        task.cancel()
        await settle()
        await office.clock.advance(1.4)
        assert not task.done()
        await office.clock.advance(0.1)
        assert task.done()
    assert office.disk_row(change_id).state is ChangeState.UNKNOWN
    assert office.hubspot.kept == {}


async def test_an_answer_that_cannot_be_noted_is_looked_for_after_the_start() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with running(office) as task:
        (change_id,) = await office.add(log())
        office.store.fail_always("write", FULL)
        task.cancel()
        office.hubspot.release("log")
    assert office.disk_row(change_id).state is ChangeState.SENDING
    office.store.fail_always("write", None)
    again = await at_work(office)
    async with again.working():
        assert again.rows == ()
    assert len(office.hubspot.kept) == 1


@pytest.mark.parametrize("problem", [None, Unknown(), Offline()], ids=repr)
async def test_a_link_is_given_up_at_once_and_sent_again(problem: Offline | Unknown | None) -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.lose("link", problem)
    office.hubspot.hold("link")
    async with running(office) as task:
        (change_id,) = await office.add(LinkRecord(meeting.id, ON_ADA))
        task.cancel()
        await settle()
        assert task.done()
    assert office.states == [ChangeState.UNKNOWN]
    assert office.disk_row(change_id).state is ChangeState.SENDING
    office.hubspot.release("link")
    again = await at_work(office)
    async with again.working():
        await again.clock.advance(3)
        assert again.rows == ()
    assert office.hubspot.kept[meeting.id].meeting.refs == (ON_ADA.ref,)


async def test_a_look_is_given_up_at_once() -> None:
    office = await at_work()
    office.hubspot.lose("log", Unknown())
    office.hubspot.hold("find")
    async with running(office) as task:
        await office.add(log())
        await office.clock.advance(2)
        assert office.states == [ChangeState.VERIFYING]
        task.cancel()
        await settle()
        assert task.done()
    assert office.states == [ChangeState.UNKNOWN]


async def test_quitting_before_a_job_began_leaves_the_row_as_it_was() -> None:
    office = await at_work()
    await office.add(log())
    for turns in range(12):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(office.outbox.run())
            await settle(turns)
            task.cancel()
        assert not office.outbox.state.value.is_sending
        office = await at_work(office)
    async with office.working():
        await office.clock.advance(10)
        await office.clock.advance(120)
        assert office.rows == ()
    assert len(office.hubspot.kept) == 1


async def test_a_cancelled_upload_and_its_row_are_forgotten_and_others_go_on() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.paper.spool.kept["1-x"] = Path("1-x")
    office.hubspot.hold("upload")
    async with office.working():
        (change_id,) = await office.add(AttachFile(meeting.id, "1-x", "x", 10))
        assert office.outbox.cancel_upload(change_id)
        await office.add(LinkRecord(meeting.id, ON_ADA))
        assert office.rows == ()
        assert office.outbox.state.value.progress == {}
        assert not office.outbox.cancel_upload(ChangeId("unknown"))
    assert office.store.kept.keys() == {row.id for row, _, _ in office.sent}
    assert office.hubspot.uploads == {}
    assert office.paper.spool.kept == {}
    assert office.hubspot.kept[meeting.id].meeting.refs == (ON_ADA.ref,)


async def test_a_called_off_upload_that_the_disk_keeps_is_tried_again() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.hold("upload")
    async with office.working():
        (change_id,) = await office.add(AttachFile(meeting.id, "1-x", "x", 10))
        office.store.fail("write", FULL)
        assert office.outbox.cancel_upload(change_id)
        office.hubspot.release("upload")
        await settle()
        assert office.outbox.state.value.paused is FULL
        await office.clock.advance(1)
        assert office.rows == ()


@pytest.mark.parametrize("turns", range(8))
async def test_quitting_while_an_upload_is_called_off_still_quits(turns: int) -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.hold("upload")
    async with running(office) as task:
        (change_id,) = await office.add(AttachFile(meeting.id, "1-x", "x", 10))
        task.cancel()
        await settle(turns)
        office.outbox.cancel_upload(change_id)
        await settle()
        assert task.done()
    assert office.hubspot.uploads == {}


async def test_an_upload_is_not_repeated_when_only_the_attaching_failed() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.paper.spool.kept["1-x"] = Path("1-x")
    office.hubspot.fail("attach", Offline())
    async with office.working():
        (change_id,) = await office.add(AttachFile(meeting.id, "1-x", "x", 10))
        assert office.disk_row(change_id).file_id == FileId("file-1")
        await office.clock.advance(3)
        assert office.rows == ()
    assert office.hubspot.count("upload") == 1
    assert office.hubspot.kept[meeting.id].meeting.attachments == (FileId("file-1"),)


async def test_a_copy_that_is_gone_or_stays_is_no_trouble() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.hubspot.missing_files.add(office.paper.spool.path("gone"))
    office.paper.spool.fail_always("remove", FULL)
    async with office.working():
        (gone,) = await office.add(AttachFile(meeting.id, "gone", "x", 10))
        assert office.reasons == ["Gone"]
        assert await office.outbox.discard(gone) == (gone,)
        await office.add(AttachFile(meeting.id, "1-x", "x", 10))
        assert office.rows == ()
