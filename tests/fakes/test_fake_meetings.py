"""The fake HubSpot for meetings, its disk and its spool do what the ports say."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.changes import ChangeId, ChangeState, LogMeeting, PendingChange, ScheduleMeeting
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    Association,
    CrmRecord,
    FieldEdit,
    FileId,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from app.domain.ports_meetings import MeetingPorts, OutboxStore, Spool
from app.domain.problems import Gone, Offline, Rejected, Unknown
from app.domain.records import OwnerId
from tests.fakes.clock import NOW, ManualClock
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.meeting_stores import FakeSpool
from tests.fakes.outbox_store import FakeOutboxStore
from tests.fakes.samples import sample_account

ACCOUNT = sample_account().id
ADA, FIRM = RecordRef(CONTACT, "1"), RecordRef(COMPANY, "2")
LOCAL = local_meeting_id("1")
DETAILS = MeetingDetails(title="Intro", start=NOW, owner_id=OwnerId("77"))
LOG = LogMeeting(LOCAL, DETAILS, (Association(ADA),))
RENAME = (FieldEdit(MeetingField.TITLE, "Intro", "Renamed"),)
NOBODY = MeetingId("0")


def fresh(lag: float = 0.0) -> tuple[FakeMeetings, MeetingPorts, ManualClock]:
    clock = ManualClock()
    hubspot = FakeMeetings(clock)
    hubspot.lag = lag
    return hubspot, hubspot.ports(), clock


async def test_a_logged_meeting_is_there_at_once_and_its_mark_is_not_shown() -> None:
    _, ports, _ = fresh()
    made = await ports.writer.log(LOG, mark="m")
    assert (made.details, made.refs, made.updated_at) == (DETAILS, (ADA,), NOW)
    assert await ports.directory.meeting(made.id) == made
    assert await ports.directory.associations([made.id, NOBODY]) == {made.id: (Association(ADA),)}
    (bare,) = await ports.directory.meetings([NOBODY, made.id])
    assert (bare.id, bare.associations) == (made.id, None)
    assert [one.id for one in await ports.directory.meetings_of(ADA)] == [made.id]
    assert await ports.directory.meetings_of(FIRM) == ()


async def test_searches_lag_but_records_know_at_once() -> None:
    _, ports, clock = fresh(lag=30)
    blind = LogMeeting(LOCAL, DETAILS)
    hidden = await ports.writer.log(blind, mark="a")
    shown = await ports.writer.log(LOG, mark="b")
    directory = ports.directory
    assert await directory.find("a", blind) is None
    assert await directory.find("b", LOG) == shown
    assert await directory.find("c", LOG) is None
    assert await directory.count() == 0
    assert [page.meetings async for page in directory.between(NOW, NOW)] == [()]
    await clock.advance(30)
    assert await directory.find("a", blind) == hidden
    assert await directory.count() == 2
    assert [page.total async for page in directory.between(NOW, NOW, owner_id=OwnerId("77"))] == [2]
    assert [page.total async for page in directory.between(NOW, NOW, owner_id=OwnerId("78"))] == [0]
    assert [page.total async for page in directory.between(clock.now(), clock.now())] == [0]
    assert [page.total async for page in directory.changed_since(NOW)] == [2]
    assert [page.total async for page in directory.changed_since(clock.now())] == [0]
    (everything,) = [page async for page in directory.all()]
    assert [one.refs for one in everything.meetings] == [(), (ADA,)]


async def test_a_scheduled_meeting_may_have_no_name() -> None:
    hubspot, ports, _ = fresh()
    change = ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin")
    assert await ports.writer.schedule(change, mark="a") in hubspot.kept
    hubspot.names_scheduled = False
    assert await ports.writer.schedule(change, mark="b") is None
    assert len(hubspot.kept) == 2


async def test_edits_deletions_and_their_failures() -> None:
    hubspot, ports, clock = fresh()
    one, two, three = [await ports.writer.log(LOG, mark=mark) for mark in "abc"]
    await clock.advance(1)
    edited = await ports.writer.edit(one.id, RENAME)
    assert (edited.details.title, edited.updated_at) == ("Renamed", clock.now())
    with pytest.raises(Gone):
        await ports.writer.edit(NOBODY, RENAME)
    hubspot.row_problems[two.id] = Rejected("no")
    hubspot.silent_rows.add(three.id)
    result = await ports.writer.edit_many(dict.fromkeys((one.id, two.id, three.id, NOBODY), RENAME))
    assert [meeting.id for meeting in result.done] == [one.id]
    assert {key: type(problem) for key, problem in result.failed.items()} == {two.id: Rejected, NOBODY: Gone}
    await ports.writer.pin(ADA, one.id)
    await ports.writer.delete_many([one.id, NOBODY])
    await ports.writer.delete_many([one.id])
    assert list(hubspot.bin) == [one.id]
    assert hubspot.pins == {}
    with pytest.raises(Gone):
        await ports.directory.meeting(one.id)


async def test_links_pins_and_files() -> None:
    hubspot, ports, _ = fresh()
    made = await ports.writer.log(LOG, mark="m")
    with pytest.raises(Rejected):
        await ports.writer.pin(FIRM, made.id)
    assert await ports.writer.link(made.id, Association(FIRM)) == (Association(ADA), Association(FIRM))
    assert await ports.writer.link(made.id, Association(FIRM)) == (Association(ADA), Association(FIRM))
    await ports.writer.pin(FIRM, made.id)
    await ports.writer.pin(ADA, made.id)
    await ports.writer.pin(ADA, None)
    assert [one.pinned for one in await ports.records.records([FIRM, ADA])] == [made.id, ""]
    assert await ports.writer.unlink(made.id, FIRM) == (Association(ADA),)
    assert hubspot.pins == {}
    told: list[tuple[int, int]] = []

    async def upload(path: str, name: str, folder: str) -> FileId:
        return await ports.files.upload(
            Path(path), name, folder=folder, on_progress=lambda sent, total: told.append((sent, total))
        )

    file_id = await upload("spool/1", "a.pdf", "/one")
    assert await upload("spool/1", "a.pdf", "/one") == file_id
    assert await upload("spool/1", "a.pdf", "/two") != file_id
    assert told[:2] == [(0, 10), (10, 10)]
    hubspot.missing_files.add(Path("spool/2"))
    with pytest.raises(Gone):
        await upload("spool/2", "b.pdf", "/one")
    for _ in range(2):
        assert (await ports.writer.attach(made.id, file_id)).attachments == (file_id,)
    named, gone = await ports.files.attachments([file_id, FileId("f-0")])
    assert (named.name, gone.name) == ("a.pdf", "f-0")
    assert (await ports.files.signed_address(file_id)).startswith("https://")
    assert (await ports.writer.detach(made.id, file_id)).attachments == ()


async def test_records_and_options() -> None:
    hubspot, ports, _ = fresh()
    ada, firm = CrmRecord(ADA, "Ada Okafor"), CrmRecord(FIRM, "Northwind")
    hubspot.known_records = {ADA: ada, FIRM: firm}
    assert [kind.type for kind in await ports.records.kinds()][:2] == [CONTACT, COMPANY]
    assert await ports.records.search(CONTACT, "oka", limit=5) == (ada,)
    assert await ports.records.search(COMPANY, "oka", limit=5) == ()
    assert await ports.records.related(ADA) == (firm,)
    assert await ports.directory.options() == hubspot.known_options
    assert [label.name for label in await ports.directory.labels(CONTACT)] == [""]


async def test_calls_fail_before_or_lose_their_answer_after() -> None:
    hubspot, ports, _ = fresh()
    hubspot.fail("log", Offline())
    hubspot.lose("log", None, Unknown())
    with pytest.raises(Offline):
        await ports.writer.log(LOG, mark="a")
    assert hubspot.kept == {}
    await ports.writer.log(LOG, mark="b")
    with pytest.raises(Unknown):
        await ports.writer.log(LOG, mark="c")
    assert [kept.mark for kept in hubspot.kept.values()] == ["b", "c"]
    assert hubspot.count("log") == 3


async def test_the_fake_disk_keeps_recovers_and_forgets() -> None:
    disk = FakeOutboxStore()
    store: OutboxStore = disk
    states = (ChangeState.SENDING, ChangeState.VERIFYING, ChangeState.QUEUED, ChangeState.DONE)
    rows = [
        PendingChange(ChangeId(f"{number}"), ACCOUNT, LOG, NOW, state, done_at=NOW)
        for number, state in enumerate(states)
    ]
    await store.write(rows[::-1], discarded_drafts=["log/new"], identities={LOCAL: MeetingId("7")})
    await store.recover(ACCOUNT)
    recovered = [row.state for row in await store.open_rows(ACCOUNT)]
    assert recovered == [ChangeState.UNKNOWN, ChangeState.UNKNOWN, ChangeState.QUEUED]
    assert await store.history(ACCOUNT, limit=5) == (rows[3],)
    assert await store.history(ACCOUNT, limit=0) == ()
    await store.forget_done(ACCOUNT, NOW)
    assert len(disk.kept) == 4
    await store.forget_done(ACCOUNT, NOW + timedelta(seconds=1))
    await store.write((), removed=[rows[0].id, ChangeId("unknown")])
    assert [row.id for row in disk.kept.values()] == ["2", "1"]
    assert await store.identities(ACCOUNT) == {LOCAL: "7"}
    assert await store.unreadable(ACCOUNT) == 0
    assert disk.forgotten_drafts == ["log/new"]
    disk.wipe(ACCOUNT)
    assert (disk.kept, await store.identities(ACCOUNT)) == ({}, {})


async def test_the_fake_spool_keeps_copies() -> None:
    folder = FakeSpool()
    spool: Spool = folder
    names = [(await spool.take(Path("notes") / name))[0] for name in ("a", "b", "c")]
    assert len({spool.path(name) for name in names}) == 3
    await spool.remove([names[0], "unknown"])
    await spool.keep_only([names[1]])
    assert list(folder.kept) == [names[1]]
