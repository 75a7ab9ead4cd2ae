"""The meeting ports against the sandbox over real HTTP: records, labels, pins, files, the calendar."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from app.domain.changes import ScheduleMeeting
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    RECORD_TYPES,
    Association,
    FileId,
    MeetingDetails,
    RecordRef,
    local_meeting_id,
)
from app.domain.problems import Gone, NotAllowed, Problem, Rejected, SlowDown, Unknown
from app.sandbox.faults import Fault, FaultKind, RetryAfter
from tests.gateways.meeting_desk import NOBODY, SITES, START, Desk


async def test_associations_are_put_labelled_and_taken(desk: Desk) -> None:
    contact, site = desk.ref(CONTACT, 7), desk.ref(SITES)
    made = await desk.logged("link-1", contact)
    directory, writer = desk.ports.directory, desk.ports.writer
    plain, *others = await directory.labels(CONTACT)
    assert (plain.name, plain.type_id) == ("", 200)
    label = others[0]
    assert await writer.link(made.id, Association(contact, (label,))) == (Association(contact, (label,)),)
    assert await writer.link(made.id, Association(contact)) == (Association(contact),)
    both = await writer.link(made.id, Association(site, (await directory.labels(SITES))[1:]))
    assert {each.ref for each in both} == {contact, site}
    assert [bool(each.labels) for each in both] == [False, True]
    found = await directory.associations([made.id, NOBODY, local_meeting_id("x")])
    assert found == {made.id: both, NOBODY: ()}
    assert await writer.unlink(made.id, contact) == both[1:]
    assert await writer.unlink(made.id, site) == ()
    assert await directory.associations([]) == {}
    with pytest.raises(Problem):
        await writer.link(made.id, Association(RecordRef(CONTACT, "404")))


async def test_a_grant_that_may_not_unlink_singly_does_it_by_batch(desk: Desk) -> None:
    contact = desk.ref(CONTACT, 8)
    made = await desk.logged("unlink-1", contact)
    desk.server.faults.add(Fault(FaultKind.MISSING_SCOPE, method="DELETE", path="*/associations/*"))
    assert await desk.ports.writer.unlink(made.id, contact) == ()


async def test_the_meetings_of_a_record_come_newest_first(desk: Desk) -> None:
    contact = desk.ref(CONTACT, 9)
    made = await desk.logged("of-1", contact)
    found = await desk.ports.directory.meetings_of(contact)
    assert made.id in {meeting.id for meeting in found}
    starts = [meeting.details.start for meeting in found if meeting.details.start]
    assert starts == sorted(starts, reverse=True)
    with pytest.raises(Gone):
        await desk.ports.directory.meetings_of(RecordRef(CONTACT, "404"))


async def test_a_pin_is_set_moved_shown_and_taken(desk: Desk) -> None:
    contact = desk.ref(CONTACT, 11)
    first, second = await desk.logged("pin-1", contact), await desk.logged("pin-2", contact)
    for wanted in (first.id, second.id, None):
        await desk.ports.writer.pin(contact, wanted)
        (record,) = await desk.ports.records.records([contact])
        assert record.pinned == (wanted or "")
    stranger = await desk.logged("pin-3")
    with pytest.raises(Rejected):
        await desk.ports.writer.pin(contact, stranger.id)
    with pytest.raises(Gone):
        await desk.ports.writer.pin(RecordRef(CONTACT, "404"), None)


async def test_a_file_is_uploaded_once_attached_opened_and_detached(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "angebot.pdf"
    path.write_bytes(b"%PDF" + b"x" * 200_000)
    progress: list[tuple[int, int]] = []
    files = desk.ports.files

    async def upload() -> FileId:
        return await files.upload(
            path, "Angebot.pdf", folder="/slotdesk/c1", on_progress=lambda *told: progress.append(told)
        )

    file_id = await upload()
    assert await upload() == file_id
    assert progress[-1] == (200_004, 200_004)
    made = await desk.logged("file-1")
    attached = await desk.ports.writer.attach(made.id, file_id)
    assert attached.attachments == (file_id,)
    assert (await desk.ports.writer.attach(made.id, file_id)).attachments == (file_id,)
    both = await desk.ports.writer.attach(made.id, FileId("17"))
    assert both.attachments == (file_id, FileId("17"))
    known, gone = await files.attachments(both.attachments)
    assert (known.name, known.size, gone.name, gone.size) == ("Angebot.pdf", 200_004, "17", None)
    address = await files.signed_address(file_id)
    assert urlsplit(address).hostname in {"127.0.0.1", "localhost"}
    async with httpx.AsyncClient(trust_env=False) as browser:
        assert (await browser.get(address)).content == path.read_bytes()
    assert (await desk.ports.writer.detach(made.id, file_id)).attachments == (FileId("17"),)
    assert (await desk.ports.writer.detach(made.id, FileId("17"))).attachments == ()
    with pytest.raises(Gone):
        await files.upload(tmp_path / "gone", "a", folder="/x", on_progress=lambda *_: None)
    with pytest.raises(Gone):
        await files.signed_address(FileId("17"))


async def test_a_file_that_is_too_large_is_refused_with_hubspots_sentence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(25 * 1024 * 1024)
    with pytest.raises(Rejected) as refusal:
        await desk.ports.files.upload(path, "large.bin", folder="/x", on_progress=lambda *_: None)
    assert refusal.value.message


async def test_a_meeting_is_put_into_the_calendar(desk: Desk) -> None:
    user = desk.world.signed_in
    details = MeetingDetails(
        title="Plain meeting",
        start=START + timedelta(days=9),
        end=START + timedelta(days=9, minutes=30),
        owner_id=str(user.owner_id),  # type: ignore[arg-type]
        location="+49 30 901820",
        body="Agenda:\none",
        notes="private",
    )
    change = ScheduleMeeting(
        local_meeting_id("s"),
        details,
        organizer_user_id=str(user.user_id),
        zone="Europe/Berlin",
        associations=(Association(desk.ref(CONTACT, 12)), Association(desk.ref(DEAL, 1))),
        location_type="PHONE",
        reminders=(15, 60),
    )
    made = await desk.ports.writer.schedule(change, mark="cal-1")
    assert made is not None
    read = await desk.ports.directory.meeting(made)
    assert read.details == replace(details, outcome="SCHEDULED", external_url=read.details.external_url)
    assert set(read.refs) == {desk.ref(CONTACT, 12), desk.ref(DEAL, 1)}
    found = await desk.ports.directory.find("cal-1", change)
    assert found is not None
    assert found.id == made
    desk.server.faults.add(Fault(FaultKind.GARBAGE_JSON, method="POST", path="*/meetings/calendar"))
    with pytest.raises(Unknown):
        await desk.ports.writer.schedule(change, mark="cal-2")


async def test_the_accounts_own_values_and_types_are_known(desk: Desk) -> None:
    options = await desk.ports.directory.options()
    assert "SCHEDULED" in {option.value for option in options.outcomes}
    assert options.activity_types or options.types_are_open
    kinds = await desk.ports.records.kinds()
    assert [kind.type for kind in kinds] == [*RECORD_TYPES, SITES]
    assert all((kind.singular and kind.plural) or kind.type in RECORD_TYPES for kind in kinds)


async def test_records_of_every_type_are_found_named_and_related(desk: Desk) -> None:
    finder = desk.ports.records
    for kind in (*RECORD_TYPES, SITES):
        (record,) = await finder.records([desk.ref(kind), RecordRef(kind, "404"), desk.ref(kind)])
        assert record.ref == desk.ref(kind)
        assert record.name
        found = await finder.search(kind, record.name.split()[0], limit=5)
        assert 0 < len(found) <= 5
    contact = next(
        RecordRef(CONTACT, each.id)
        for each in desk.world.store.all(CONTACT)
        if desk.world.store.associated(CONTACT, each.id, DEAL)
    )
    related = await finder.related(contact)
    assert {COMPANY, DEAL} <= {record.ref.type for record in related}
    company = next(record.ref for record in related if record.ref.type == COMPANY)
    assert contact in {record.ref for record in await finder.related(company)}
    assert await finder.related(RecordRef(CONTACT, "404")) == ()
    assert await finder.related(RecordRef(CONTACT, "")) == ()


async def test_a_missing_scope_and_a_pause_are_told(desk: Desk) -> None:
    desk.server.faults.add(Fault(FaultKind.MISSING_SCOPE, method="POST", path="*/meetings", scopes=("x.y",)))
    with pytest.raises(NotAllowed) as refusal:
        await desk.logged("scope-1")
    assert refusal.value.missing_scopes == ("x.y",)
    desk.server.faults.add(
        Fault(
            FaultKind.RATE_LIMITED,
            method="POST",
            path="*/meetings",
            retry_after=RetryAfter.SECONDS,
            seconds=700,
        )
    )
    with pytest.raises(SlowDown):
        await desk.logged("scope-2")
