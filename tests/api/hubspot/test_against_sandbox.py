"""The clients against the sandbox over real HTTP, and what went over the wire."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.api.errors import Invalid, OutcomeUnknown, SourceFailed
from app.api.http_client import make_http_client
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.calendar_events import CalendarEvent, CalendarEventsClient
from app.api.hubspot.files import FilesClient, Upload
from app.api.hubspot.meetings import MEETING_PROPERTIES, MeetingsClient
from app.api.hubspot.object_payloads import Association, AssociationType
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.properties import PropertiesClient
from app.api.hubspot.records import PINNED, RECORD_TYPES, RecordsClient
from app.api.hubspot.schemas import SchemasClient
from app.api.pacing import FlightGate, Rate
from app.api.paging import Ending
from app.api.session import ApiSession, FixedToken
from app.api.throttle import CallKind, Throttle
from app.api.versions import DEFAULT_VERSION, PATHS, ApiPaths, ApiVersion
from app.sandbox.crm.object_types import CONTACT, MEETING, SITE
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.request_log import LoggedRequest
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer

TOKEN = "every-scope"
MANY = 10_300
START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
FAST = {kind: Rate(limit=100_000, seconds=1.0) for kind in CallKind}
MEETINGS, CONTACTS = ObjectType.MEETINGS, ObjectType.CONTACTS


@dataclass
class Line:
    """One session to a sandbox."""

    server: SandboxServer
    session: ApiSession
    paths: ApiPaths

    def wire(self) -> list[LoggedRequest]:
        """What was asked since this session began."""
        return self.server.requests.rows()

    def contact(self) -> str:
        """The id of one of the sandbox's contacts."""
        return next(iter(self.server.world.store.all(CONTACT))).id

    async def logged(self, title: str) -> str:
        """The id of a new meeting."""
        values = {"hs_meeting_title": title, "hs_timestamp": "2026-11-18T09:00:00.000Z"}
        return str((await MeetingsClient(self.session, self.paths).create(values)).id)


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(meetings=MANY, token=TOKEN)) as running:
        yield running


@pytest.fixture(params=list(ApiVersion))
async def line(server: SandboxServer, request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    async with await make_http_client(user_agent="Test", is_local=True) as http:
        throttle = Throttle(FlightGate(), rates=FAST)
        session = ApiSession(http, server.hubspot_url, FixedToken(TOKEN), throttle)
        server.requests.clear()
        yield Line(server, session, PATHS[request.param])
    server.faults.clear()
    server.clock.advance(11)


def live(line: Line) -> set[str]:
    return {each.id for each in line.server.world.store.all(MEETING)}


@pytest.mark.parametrize("way", ["list", "range", "change"])
@pytest.mark.parametrize("line", [DEFAULT_VERSION], indirect=True)
async def test_more_meetings_than_a_search_reaches_come_once(line: Line, way: str) -> None:
    meetings = MeetingsClient(line.session, line.paths)
    everything = live(line)
    assert len(everything) > 10_000
    walk = {
        "list": lambda: meetings.walk_all(associations=(CONTACTS, SITE)),
        "range": lambda: meetings.walk_between(START - timedelta(days=9_000), START + timedelta(days=9_000)),
        "change": lambda: meetings.walk_changed(START - timedelta(days=9_000)),
    }[way]()
    ids = [str(row.id) async for page in walk for row in page.rows]
    assert walk.ending is Ending.COMPLETE
    assert len(ids) == len(set(ids))
    assert everything - set(ids) == (dateless(line) if way == "range" else set())
    assert {row.status for row in line.wire()} == {200}


async def test_a_list_is_asked_for_with_its_records(line: Line) -> None:
    walk = MeetingsClient(line.session, line.paths).walk_all(associations=(CONTACTS, SITE))
    async with aclosing(walk) as pages:
        rows = (await anext(aiter(pages))).rows
    assert len(rows) == 100
    assert any("contacts" in row.associations for row in rows)
    (asked,) = line.wire()
    assert (asked.method, asked.path) == ("GET", f"{line.paths.objects}/meetings")
    assert asked.query.endswith(f"associations=contacts%2C{SITE}")


def dateless(line: Line) -> set[str]:
    rows = line.server.world.store.all(MEETING)
    return {each.id for each in rows if not each.properties.get("hs_meeting_start_time")}


async def test_a_meeting_lives_and_goes_to_the_recycle_bin(line: Line) -> None:
    meetings = MeetingsClient(line.session, line.paths)
    values = {"hs_meeting_title": "t", "hs_timestamp": "2026-11-18T09:00:00.000Z"}
    made = await meetings.create(values, associations=[Association(line.contact(), 200)])
    number = str(made.id)
    assert made.text("hs_meeting_title") == "t"
    changed = await meetings.update(number, {"hs_meeting_title": "", "hs_meeting_location": "Room"})
    assert (changed.text("hs_meeting_title"), changed.text("hs_meeting_location")) == ("", "Room")
    read = await meetings.read(number, associations=[CONTACTS])
    assert [str(each.id) for each in read.associations["contacts"].results] == [line.contact()]
    await meetings.archive(number)
    binned = await meetings.read(number, archived=True)
    assert binned.archived
    assert number in {row.id async for page in meetings.walk_all(archived=True) for row in page.rows}
    path = f"{line.paths.objects}/meetings"
    assert [(row.method, row.path, row.status) for row in line.wire()][:5] == [
        ("POST", path, 201),
        ("PATCH", f"{path}/{number}", 200),
        ("GET", f"{path}/{number}", 200),
        ("DELETE", f"{path}/{number}", 204),
        ("GET", f"{path}/{number}", 200),
    ]


async def test_batches_tell_which_row_failed(line: Line) -> None:
    meetings = MeetingsClient(line.session, line.paths)
    good = {"hs_meeting_title": "b", "hs_timestamp": "2026-11-18T09:00:00.000Z"}
    made = await meetings.batch_create(
        [(good, []), ({**good, "hs_meeting_outcome": "NONSENSE"}, []), (good, [])]
    )
    assert [(row.record is not None, row.error is not None) for row in made] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert made[1].error is not None
    assert "NONSENSE" in made[1].error.message
    ids = [str(row.record.id) for row in made if row.record]
    changed = await meetings.batch_update(
        {ids[0]: {"hs_meeting_title": "c"}, "404": {}, ids[1]: {"no_such": "1"}}
    )
    assert [row.error is None for row in changed] == [True, False, False]
    found = (await meetings.batch_read([*ids, "404"])).value
    assert {str(row.id) for row in found.results} == set(ids)
    assert found.errors[0].category == "OBJECT_NOT_FOUND"
    await meetings.batch_archive([*ids, "404"])
    assert (await meetings.batch_read(ids)).value.results == ()
    assert [row.status for row in line.wire()] == [207, 207, 207, 204, 207]


async def test_a_lost_answer_is_not_sent_again(line: Line) -> None:
    line.server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST", path="*/meetings"))
    before = len(live(line))
    with pytest.raises(OutcomeUnknown):
        await line.logged("once")
    assert len(live(line)) == before + 1


async def test_associations_in_every_form(line: Line) -> None:
    client = AssociationsClient(line.session, line.paths)
    meeting, contact = await line.logged("a"), line.contact()
    plain, label = (await client.types(MEETINGS, CONTACTS))[:2]
    assert (plain.type_id, plain.label) == (200, None)
    assert not (await client.link(MEETINGS, meeting, CONTACTS, contact)).errors
    assert (await client.link(MEETINGS, meeting, CONTACTS, "404")).errors
    labelled = await client.link_as(MEETINGS, meeting, CONTACTS, contact, [label.sent])
    assert labelled.labels == (label.label,)
    rows = await client.read_all(MEETINGS, CONTACTS, [meeting, "404"])
    assert {each.label for each in rows[meeting][0].association_types} == {None, label.label}
    assert rows["404"] == ()
    assert not (await client.batch_unlabel(MEETINGS, CONTACTS, [((meeting, contact), [label.sent])])).errors
    page = await client.rows_page(MEETINGS, meeting, CONTACTS)
    assert [each.label for each in page.rows[0].association_types] == [None]
    await client.unlink(MEETINGS, meeting, CONTACTS, contact)
    pairs = [(meeting, contact), (meeting, "404")]
    assert len((await client.batch_link(MEETINGS, CONTACTS, pairs)).errors) == 1
    types = [AssociationType(200)]
    assert len((await client.batch_link_as(MEETINGS, CONTACTS, [(p, types) for p in pairs])).errors) == 1
    assert (await client.list_page(CONTACTS, contact, MEETINGS)).rows
    assert not (await client.batch_unlink(MEETINGS, CONTACTS, {meeting: [contact]})).errors
    assert (await client.list_page(MEETINGS, meeting, CONTACTS)).rows == ()
    records, batches = line.paths.record_associations, f"{line.paths.associations}/meetings/contacts"
    stem = f"{records}/meetings/{meeting}/associations"
    assert [(row.method, row.path) for row in line.wire()[1:9]] == [
        ("GET", f"{batches}/labels"),
        ("PUT", f"{stem}/default/contacts/{contact}"),
        ("PUT", f"{stem}/default/contacts/404"),
        ("PUT", f"{stem}/contacts/{contact}"),
        ("POST", f"{batches}/batch/read"),
        ("POST", f"{batches}/batch/labels/archive"),
        ("GET", f"{stem}/contacts"),
        ("DELETE", f"{stem}/contacts/{contact}"),
    ]


async def test_records_of_every_type_are_read_with_their_pin(line: Line) -> None:
    records = RecordsClient(line.session, line.paths)
    schemas = (await SchemasClient(line.session, line.paths).list_all()).value.results
    assert [each.object_type_id for each in schemas] == [SITE]
    for kind in (*RECORD_TYPES, SITE):
        (row,) = (await records.search_text(kind, "", properties=(PINNED,), limit=1)).rows
        assert (await records.of(kind).read(str(row.id), properties=(PINNED,))).id == row.id
    meeting, contact = await line.logged("pin"), line.contact()
    await AssociationsClient(line.session, line.paths).link(MEETINGS, meeting, CONTACTS, contact)
    for wanted in (meeting, None):
        await records.pin(CONTACTS, contact, wanted)
        pinned = await records.of(CONTACTS).read(contact, properties=(PINNED,))
        assert pinned.text(PINNED) == (wanted or "")


async def test_owners_options_and_definitions(line: Line) -> None:
    owners = OwnersClient(line.session, line.paths)
    active = [owner async for page in owners.walk() for owner in page.rows]
    gone = [owner async for page in owners.walk(archived=True) for owner in page.rows]
    assert active
    assert not {owner.id for owner in active} & {owner.id for owner in gone}
    assert all(owner.archived for owner in gone)
    properties = PropertiesClient(line.session, line.paths)
    outcomes = (await properties.read(MEETINGS, "hs_meeting_outcome")).value
    assert {"SCHEDULED", "CANCELED"} <= {option.value for option in outcomes.options}
    names = {each.name for each in (await properties.list_all(MEETINGS)).value.results}
    assert set(MEETING_PROPERTIES) <= names


async def test_a_calendar_event_makes_a_meeting(line: Line) -> None:
    user = line.server.world.signed_in
    event = CalendarEvent(
        organizer_user_id=str(user.user_id),
        owner_id=str(user.owner_id),
        title="Plain",
        start=START + timedelta(days=30),
        end=START + timedelta(days=30, hours=1),
        timezone="Europe/Berlin",
        associations=(Association(line.contact(), 200),),
        reminders=((1, "HOURS"),),
    )
    made = await CalendarEventsClient(line.session, line.paths).create(event)
    assert (made.starts_at, made.ends_at) == (event.start, event.end)
    (row,) = line.wire()
    assert (row.path, row.query) == (f"{line.paths.scheduler}/calendar", f"organizerUserId={user.user_id}")


async def test_a_file_goes_up_once_and_can_be_stopped(line: Line, tmp_path: Path) -> None:
    files = FilesClient(line.session, line.paths)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF" + bytes(line.paths.files, "ascii") * 10_000)
    wanted = Upload(path=path, file_name="ä & b.pdf", folder_path=line.paths.files)
    line.server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST", path="/files/*"))
    progress: list[int] = []
    stored = await files.upload(wanted, progress=lambda sent, _: progress.append(sent))
    assert progress.count(path.stat().st_size) == 2
    read = await files.read(str(stored.id))
    assert (read.full_name, read.size, read.access) == ("ä & b.pdf", path.stat().st_size, "PRIVATE")
    assert (await files.upload(wanted)).id == stored.id
    signed = await files.signed_url(str(stored.id), seconds=60)
    assert signed.url.startswith("http")
    assert signed.expires is not None
    kept = len(line.server.requests.rows(method="POST"))

    stopping = asyncio.current_task()
    assert stopping is not None
    path.write_bytes(b"x" * 5_000_000)

    def stop(sent: int, _: int) -> None:
        if sent > 1_000_000:
            stopping.cancel()

    with pytest.raises(asyncio.CancelledError):
        await files.upload(wanted, progress=stop)
    stopping.uncancel()
    assert not [row for row in line.server.requests.rows(method="POST")[kept:] if row.status == 201]
    assert (await files.read(str(stored.id))).size == read.size

    with path.open("wb") as file:
        file.truncate(25 * 1024 * 1024)
    with pytest.raises(Invalid) as refused:
        await files.upload(wanted)
    assert refused.value.message


async def test_a_file_that_changes_while_it_is_sent_leaves_nothing_there(line: Line, tmp_path: Path) -> None:
    files = FilesClient(line.session, line.paths)
    path = tmp_path / "growing.txt"
    path.write_bytes(b"x" * 200_000)

    def grow(sent: int, total: int) -> None:
        if sent < total:
            with path.open("ab") as file:
                file.write(b"y")

    wanted = Upload(path=path, file_name="growing.txt", folder_path=line.paths.objects)
    with pytest.raises(SourceFailed):
        await files.upload(wanted, progress=grow)
    assert (await files.upload(wanted)).size == path.stat().st_size
    assert [row.status for row in line.server.requests.rows(method="POST") if row.status == 201] == [201]
