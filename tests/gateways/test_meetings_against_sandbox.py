"""The meeting ports against the sandbox over real HTTP, each of them at least once."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from app.api.http_client import make_http_client
from app.api.pacing import FlightGate
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.api.versions import PATHS, ApiVersion
from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    RECORD_TYPES,
    TICKET,
    Association,
    FieldEdit,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    RecordType,
    edits_between,
    local_meeting_id,
)
from app.domain.ports_meetings import MeetingPorts
from app.domain.problems import Gone, NotAllowed, Problem, Rejected, SlowDown, Unknown
from app.gateways.hubspot.meeting_ports import meeting_ports
from app.gateways.problems import Calls
from app.sandbox.crm.object_types import MEETING, SITE
from app.sandbox.faults import Fault, FaultKind, RetryAfter
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from app.sandbox.world.world import World
from tests.gateways.service import ACCOUNT

TOKEN = "every-scope"
SITES = RecordType(SITE)
START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
NOBODY = MeetingId("9")


@dataclass
class Desk:
    """A rep's meeting ports at a sandbox."""

    server: SandboxServer
    ports: MeetingPorts

    @property
    def world(self) -> World:
        """What the sandbox holds."""
        return self.server.world

    def stored(self, meeting_id: str) -> dict[str, str | None]:
        """The properties of a meeting as HubSpot keeps them."""
        record = self.world.store.get(MEETING, meeting_id)
        assert record is not None
        return dict(record.properties)

    def ref(self, kind: RecordType, place: int = 0) -> RecordRef:
        """One of the sandbox's records."""
        return RecordRef(kind, tuple(self.world.store.all(kind))[place].id)

    async def logged(self, mark: str, *refs: RecordRef, **details: str) -> Meeting:
        """A new meeting on these records."""
        values = MeetingDetails(start=START, end=START + timedelta(hours=1), **details)  # type: ignore[arg-type]
        change = LogMeeting(local_meeting_id(mark), values, tuple(map(Association, refs)))
        return await self.ports.writer.log(change, mark=mark)


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(meetings=250, token=TOKEN, search_lag_s=0)) as running:
        yield running


@pytest.fixture(params=[ApiVersion.V2026_03, ApiVersion.V2026_09, ApiVersion.V3])
async def desk(server: SandboxServer, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    async with await make_http_client(user_agent="Test", is_local=True) as http:
        session = ApiSession(http, server.hubspot_url, FixedToken(TOKEN), Throttle(FlightGate()))
        account = replace(ACCOUNT, scopes=frozenset())
        calls = Calls(ACCOUNT.id, lambda: datetime.now(UTC))
        yield Desk(server, meeting_ports(session, PATHS[request.param], account, calls))
    server.faults.clear()
    server.clock.advance(11)


async def test_every_meeting_comes_with_its_records(desk: Desk) -> None:
    pages = [page async for page in desk.ports.directory.all()]
    meetings = [meeting for page in pages for meeting in page.meetings]
    assert {meeting.id for meeting in meetings} == {each.id for each in desk.world.store.all(MEETING)}
    assert sum(page.skipped for page in pages) == 0
    store = desk.world.store
    for kind in (*RECORD_TYPES, SITES):
        found = {ref.id for meeting in meetings for ref in meeting.refs if ref.type == kind}
        assert found == {number for each in meetings for number in store.associated(MEETING, each.id, kind)}
        assert found


async def test_a_range_and_the_changes_since_come_whole(desk: Desk) -> None:
    directory = desk.ports.directory
    everything = {m.id: m async for page in directory.all() for m in page.meetings}
    starts = sorted(m.details.start for m in everything.values() if m.details.start)
    low, high = starts[10], starts[-10]
    within = [m.id async for page in directory.between(low, high) for m in page.meetings]
    assert len(within) == len(set(within)) >= len(starts) - 19
    owner = next(m.details.owner_id for m in everything.values() if m.details.owner_id)
    mine = [m async for page in directory.between(low, high, owner_id=owner) for m in page.meetings]
    assert mine
    assert {m.details.owner_id for m in mine} == {owner}
    assert await directory.count() == len(everything)

    made = await desk.logged("since-1", title="New")
    assert made.updated_at is not None
    changed = [m async for page in directory.changed_since(made.updated_at) for m in page.meetings]
    assert made.id in {m.id for m in changed}
    assert all(m.updated_at and m.updated_at >= made.updated_at for m in changed)
    assert all(m.associations is None for m in changed)


async def test_a_meeting_is_logged_on_five_records_and_read_back_as_it_was_typed(desk: Desk) -> None:
    refs = [desk.ref(kind) for kind in (CONTACT, COMPANY, DEAL, TICKET, SITES)]
    typed = {
        "title": "Kick-off <b>&amp; more",
        "outcome": "COMPLETED",
        "location": "Room 1",
        "body": "Hello,\n\n  - one\n  - two & three",
        "notes": "They said <yes>\nreally",
        "external_url": "https://calendar.example/1",
    }
    made = await desk.logged("log-5", *refs, **typed)
    read = await desk.ports.directory.meeting(made.id)
    for meeting in (made, read):
        assert {name: getattr(meeting.details, name) for name in typed} == typed
        assert (meeting.details.start, meeting.details.end) == (START, START + timedelta(hours=1))
    assert set(made.refs) == set(read.refs) == set(refs)
    stored = desk.stored(made.id)
    assert stored["hs_timestamp"] == stored["hs_meeting_start_time"] == "2026-11-18T09:00:00Z"
    assert stored["hs_internal_meeting_notes"] == "They said &lt;yes&gt;<br>really<br>[slotdesk:log-5]"
    assert read.updated_at is not None
    (again,) = await desk.ports.directory.meetings([made.id, NOBODY, local_meeting_id("x"), made.id])
    assert again == replace(read, associations=None)


async def test_a_meeting_is_found_by_its_mark(desk: Desk) -> None:
    find = desk.ports.directory.find
    first, second = uuid4().hex, uuid4().hex
    linked = await desk.logged(first, desk.ref(CONTACT, 3), title="On a record")
    alone = await desk.logged(second, title="On none")
    details = MeetingDetails(start=START)
    on_it = LogMeeting(local_meeting_id("a"), details, (Association(desk.ref(CONTACT, 3)),))
    off_it = LogMeeting(local_meeting_id("b"), details, (Association(RecordRef(CONTACT, "404")),))
    undated = LogMeeting(local_meeting_id("c"), MeetingDetails(title="?"))
    assert [found.id for found in [await find(first, on_it)] if found] == [linked.id]
    assert [found.id for found in [await find(second, off_it)] if found] == [alone.id]
    assert await find("no-such-mark", on_it) is None
    assert await find("no-such-mark", undated) is None
    by_the_mark_alone = await find(second, undated)
    assert by_the_mark_alone is not None
    assert by_the_mark_alone.id == alone.id


async def test_a_log_whose_answer_is_lost_is_unknown_and_found(desk: Desk) -> None:
    ref = desk.ref(CONTACT, 5)
    desk.server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST", path="*/objects*/meetings"))
    before = sum(1 for _ in desk.world.store.all(MEETING))
    with pytest.raises(Unknown):
        await desk.logged("lost-1", ref)
    assert sum(1 for _ in desk.world.store.all(MEETING)) == before + 1
    sent = LogMeeting(local_meeting_id("a"), MeetingDetails(start=START), (Association(ref),))
    assert await desk.ports.directory.find("lost-1", sent) is not None


async def test_only_what_is_edited_is_written(desk: Desk) -> None:
    made = await desk.logged("edit-1", title="Before", notes="keep")
    html = "<p>Line <b>one</b></p><p>Line two</p>"
    record = desk.world.store.get(MEETING, made.id)
    assert record is not None
    desk.world.store.update(record, {"hs_meeting_body": html, "hs_meeting_outcome": "OUR_OWN"})
    before = await desk.ports.directory.meeting(made.id)
    assert before.details.body == "Line one\nLine two"
    assert before.details.outcome == "OUR_OWN"
    later = START + timedelta(days=1)
    wanted = replace(before.details, title="After", start=later, end=later + timedelta(hours=1), location="")
    edited = await desk.ports.writer.edit(made.id, edits_between(before.details, wanted))
    assert edited.details == wanted
    stored = desk.stored(made.id)
    assert stored["hs_meeting_body"] == html
    assert "[slotdesk:edit-1]" in (stored["hs_internal_meeting_notes"] or "")
    assert stored["hs_timestamp"] == stored["hs_meeting_start_time"] == "2026-11-19T09:00:00Z"
    cleared = await desk.ports.writer.edit(
        made.id, [FieldEdit(MeetingField.NOTES, "keep", ""), FieldEdit(MeetingField.BODY, "x", "a\nb")]
    )
    assert (cleared.details.notes, cleared.details.body) == ("", "a\nb")
    assert not desk.stored(made.id)["hs_internal_meeting_notes"]
    assert await desk.ports.writer.edit(made.id, []) == cleared


async def test_what_hubspot_refuses_is_told_by_field(desk: Desk) -> None:
    made = await desk.logged("refuse-1")
    with pytest.raises(Rejected) as refusal:
        await desk.ports.writer.edit(made.id, [FieldEdit(MeetingField.OUTCOME, "", "NONSENSE")])
    assert set(refusal.value.fields) <= {"outcome"}
    assert "NONSENSE" in refusal.value.message
    with pytest.raises(Gone):
        await desk.ports.writer.edit(NOBODY, [FieldEdit(MeetingField.TITLE, "", "x")])
    with pytest.raises(Gone):
        await desk.ports.directory.meeting(NOBODY)
    with pytest.raises(Gone):
        await desk.ports.directory.meeting(local_meeting_id("x"))


async def test_many_are_edited_and_deleted_at_once_row_by_row(desk: Desk) -> None:
    made = [await desk.logged(f"many-{number}") for number in range(3)]
    done = [FieldEdit(MeetingField.OUTCOME, "", "COMPLETED")]
    bad = [FieldEdit(MeetingField.OUTCOME, "", "NONSENSE")]
    result = await desk.ports.writer.edit_many(
        {made[0].id: done, made[1].id: bad, NOBODY: done, made[2].id: done}
    )
    assert {meeting.id for meeting in result.done} == {made[0].id, made[2].id}
    assert {meeting.details.outcome for meeting in result.done} == {"COMPLETED"}
    assert set(result.failed) == {made[1].id, NOBODY}
    assert isinstance(result.failed[NOBODY], Gone)
    rejected = result.failed[made[1].id]
    assert isinstance(rejected, Rejected)
    assert "NONSENSE" in rejected.message

    await desk.ports.writer.delete_many([meeting.id for meeting in made])
    await desk.ports.writer.delete_many([made[0].id, NOBODY])
    assert await desk.ports.directory.meetings([meeting.id for meeting in made]) == ()


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
