"""The meeting ports where HubSpot answers oddly, denies, or says little."""

from pathlib import Path

import httpx
import pytest

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Attachment,
    FileId,
    MeetingOption,
    RecordRef,
)
from app.domain.problems import (
    Gone,
    Offline,
    Rejected,
    ServiceBroken,
)
from tests.gateways.scripted_meetings import (
    CONTACT_1,
    CUSTOM_TOO,
    FILES,
    LINKS,
    M1,
    MEETINGS,
    SCHEMAS,
    SITES,
    log,
    page,
    ports_at,
)
from tests.gateways.service import FakeHubSpot, JumpingTime, json_of, refusal, reply

SEARCH = f"{MEETINGS}/search"
SITE_SCHEMA = {
    "objectTypeId": "2-77",
    "name": "site",
    "fullyQualifiedName": "p4711_site",
    "labels": {"singular": "Site"},
}


async def test_a_walk_that_is_cut_short_is_no_whole_one(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("GET", MEETINGS, page(1, paging={"next": {"after": "a"}}))
    with pytest.raises(ServiceBroken):
        assert [each async for each in ports.directory.all()]


async def test_meetings_with_many_records_are_completed(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    listed = {"contacts": {"results": [{"id": 1}, {"id": 1}], "paging": {"next": {"after": "1"}}}}
    few = {
        "contact": {"results": [{"id": 5, "type": "a"}, {"id": 5, "type": "b"}], "paging": {}},
        "strange_things": {"results": [{"id": 6}]},
    }
    rows = [{"id": 71, "associations": listed}, {"id": 72, "associations": few}, {"id": 73}]
    hubspot.on("GET", MEETINGS, reply({"results": rows}))
    hubspot.on(
        "POST",
        f"{LINKS}/contacts/batch/read",
        reply({"results": [{"from": {"id": "71"}, "to": [{"toObjectId": 1}, {"toObjectId": 2}]}]}),
    )
    (found,) = [each async for each in ports.directory.all()]
    assert [[ref.id for ref in meeting.refs] for meeting in found.meetings] == [["1", "2"], ["5"], []]
    assert all(meeting.associations is not None for meeting in found.meetings)


async def test_custom_types_come_by_any_of_their_names(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time, CUSTOM_TOO)
    archived = {"objectTypeId": "2-78", "archived": True}
    car = {"objectTypeId": "2-79", "name": "car"}
    schemas = {"results": [car, SITE_SCHEMA, archived, {"objectTypeId": "0-4", "name": "lead"}]}
    hubspot.on("GET", SCHEMAS, reply(schemas))
    names = ("site", "P4711_site", "2-77")
    rows = [{"id": n, "associations": {name: {"results": [{"id": 9}]}}} for n, name in enumerate(names, 1)]
    hubspot.on("GET", MEETINGS, reply({"results": rows}))
    (found,) = [each async for each in ports.directory.all()]
    assert [meeting.refs for meeting in found.meetings] == [(RecordRef(SITES, "9"),)] * 3
    kinds = await ports.records.kinds()
    assert [(kind.type, kind.singular, kind.plural) for kind in kinds[1:]] == [
        ("2-79", "car", "car"),
        ("2-77", "Site", "Site"),
    ]
    assert len(hubspot.calls("schemas")) == 1


async def test_types_that_may_not_be_read_are_left_out(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time, frozenset({"crm.objects.contacts.read", "tickets"}))
    hubspot.on("POST", f"{LINKS}/tickets/batch/read", refusal(403, "MISSING_SCOPES"))
    assert [kind.type for kind in await ports.records.kinds()] == ["0-1", "0-5"]
    assert hubspot.calls("schemas") == []
    for scopes in (CUSTOM_TOO, frozenset[str]()):
        denied = ports_at(hubspot, time, scopes)
        assert all(kind.type.startswith("0-") for kind in await denied.records.kinds())
    assert len(hubspot.calls("schemas")) == 2
    assert await ports.directory.associations([M1]) == {M1: ()}


async def test_the_first_failure_of_several_questions_counts(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time, frozenset())
    for kind in ("companies", "0-3", "tickets"):
        hubspot.on("POST", f"{LINKS}/{kind}/batch/read", refusal(400))
    with pytest.raises(Rejected):
        await ports.directory.associations([M1])


async def test_records_that_are_gone_or_hidden_do_not_stop_the_search(
    hubspot: FakeHubSpot, time: JumpingTime
) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("GET", "/crm/objects/2026-03/contacts/1/associations/meetings", refusal(404))
    hubspot.on("GET", "/crm/objects/2026-03/0-3/2/associations/meetings", refusal(403))
    hubspot.on("GET", "/crm/objects/2026-03/companies/0/associations/meetings", reply({"results": []}))
    hubspot.on("POST", SEARCH, page())
    sent = log(CONTACT_1, RecordRef(DEAL, "2"), RecordRef(COMPANY, ""))
    assert await ports.directory.find("m", sent) is None
    assert [each.url.path for each in hubspot.asked[-1:]] == [SEARCH]


@pytest.mark.parametrize(
    ("types", "is_open", "values"),
    [
        (reply({"name": "a", "externalOptions": True}), True, ()),
        (reply({"name": "a"}), True, ()),
        (refusal(404), True, ()),
        (
            reply(
                {
                    "name": "a",
                    "options": [
                        {"value": "last", "displayOrder": -1},
                        {"value": "second", "label": "Second", "displayOrder": 5, "hidden": True},
                        {"value": "first", "displayOrder": 0},
                    ],
                }
            ),
            False,
            (
                MeetingOption("first", "first"),
                MeetingOption("second", "Second", is_hidden=True),
                MeetingOption("last", "last"),
            ),
        ),
    ],
)
async def test_activity_types_may_be_kept_elsewhere(
    hubspot: FakeHubSpot,
    time: JumpingTime,
    types: httpx.Response,
    is_open: bool,
    values: tuple[MeetingOption, ...],
) -> None:
    ports = ports_at(hubspot, time)
    base = "/crm/properties/2026-03/meetings"
    hubspot.on("GET", f"{base}/hs_activity_type", types)
    hubspot.on("GET", f"{base}/hs_meeting_outcome", reply({"name": "o", "options": [{"value": "SCHEDULED"}]}))
    options = await ports.directory.options()
    assert (options.types_are_open, options.activity_types) == (is_open, values)
    assert [option.value for option in options.outcomes] == ["SCHEDULED"]


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://files.test/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://files.test/x", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[broken", False),
    ],
)
async def test_only_safe_addresses_are_opened(
    hubspot: FakeHubSpot, time: JumpingTime, url: str, is_safe: bool
) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("GET", f"{FILES}/17/signed-url", reply({"url": url}))
    if is_safe:
        assert await ports.files.signed_address(FileId("17")) == url
    else:
        with pytest.raises(ServiceBroken):
            await ports.files.signed_address(FileId("17"))


async def test_files_without_an_id_a_name_or_a_permission(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    with pytest.raises(Gone):
        await ports.files.signed_address(FileId(""))
    hubspot.on("GET", f"{FILES}/1", reply({"id": 1, "size": 5}))
    hubspot.on("GET", f"{FILES}/2", refusal(403))
    found = await ports.files.attachments([FileId("1"), FileId("2"), FileId("1")])
    assert found == (Attachment(FileId("1"), "1", 5), Attachment(FileId("2"), "2"))


async def test_a_file_that_cannot_be_sent_in_the_end_is_offline(
    hubspot: FakeHubSpot, time: JumpingTime, tmp_path: Path
) -> None:
    ports = ports_at(hubspot, time)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    hubspot.on("POST", FILES, httpx.ReadError("x"))
    with pytest.raises(Offline):
        await ports.files.upload(path, "a.txt", folder="/x", on_progress=lambda *_: None)
    assert len(hubspot.calls(FILES)) > 1


async def test_records_are_named_by_what_they_have(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    base = "/crm/objects/2026-03"
    pinned = {"email": "a@b.test", "hs_pinned_engagement_id": 71, "hubspot_owner_id": 5}
    hubspot.on(
        "POST",
        f"{base}/contacts/batch/read",
        reply({"results": [{"id": 1, "properties": pinned}, {"id": 2, "properties": {"lastname": "Lee"}}]}),
    )
    hubspot.on("POST", f"{base}/companies/batch/read", refusal(403))
    hubspot.on("POST", f"{base}/2-77/batch/read", reply({"results": [{"id": 9}]}))
    refs = [
        RecordRef(SITES, "9"),
        CONTACT_1,
        RecordRef(CONTACT, "2"),
        RecordRef(CONTACT, ""),
        RecordRef(COMPANY, "3"),
    ]
    site, first, second = await ports.records.records(refs)
    assert (site.name, site.pinned, site.owner_id) == ("", None, None)
    assert (first.name, first.detail, first.pinned, first.owner_id) == ("a@b.test", "", "71", "5")
    assert (second.name, second.detail, second.pinned) == ("Lee", "", None)
    assert json_of(hubspot.calls("2-77/batch")[0])["properties"][0] == "name"


async def test_a_custom_record_is_named_by_its_schema(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time, CUSTOM_TOO)
    columns = {"primaryDisplayProperty": "plate", "secondaryDisplayProperties": ["town"]}
    hubspot.on("GET", SCHEMAS, reply({"results": [SITE_SCHEMA | columns]}))
    row = {"id": 9, "properties": {"plate": "B-1", "town": "Berlin"}}
    hubspot.on("POST", "/crm/objects/2026-03/2-77/search", reply({"results": [row]}))
    (site,) = await ports.records.search(SITES, "b", limit=3)
    assert (site.ref, site.name, site.detail) == (RecordRef(SITES, "9"), "B-1", "Berlin")
