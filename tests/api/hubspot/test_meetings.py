"""Meeting engagements: finding, reading, logging."""

from datetime import UTC, datetime, timedelta

from app.api.hubspot.meetings import MEETING_PROPERTIES, MEETING_TO, MeetingsClient
from app.api.hubspot.object_payloads import Association, ObjectType
from app.api.paging import Ending
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MS = 1_795_176_000_000
BASE_PATH = "/crm/objects/2026-03/meetings"


def test_a_booked_meeting_is_looked_for_by_contact_and_start() -> None:
    page, seen = use(
        MeetingsClient, lambda client: client.search_of_contact("70124", START), replied("contact_search")
    )
    assert target_of(seen[0]) == f"{BASE_PATH}/search"
    body = json_of(seen[0])
    assert body["filterGroups"] == [
        {
            "filters": [
                {"propertyName": "associations.contact", "operator": "EQ", "value": "70124"},
                {
                    "propertyName": "hs_meeting_start_time",
                    "operator": "BETWEEN",
                    "value": str(MS - 60_000),
                    "highValue": str(MS + 60_000),
                },
            ]
        }
    ]
    assert body["properties"] == list(MEETING_PROPERTIES)
    assert len(page.rows) == 2


def test_a_range_is_walked_in_order_for_one_owner_or_all() -> None:
    async def work(client: MeetingsClient) -> list[Ending | None]:
        mine = client.walk_between(START, START + timedelta(days=7), owner_id="4401")
        everybodys = client.walk_between(START, START + timedelta(days=7))
        for walk in (mine, everybodys):
            async for _ in walk:
                pass
        return [mine.ending, everybodys.ending]

    empty = {"total": 0, "results": []}
    endings, seen = use(MeetingsClient, work, answer(200, empty), answer(200, empty))
    assert endings == [Ending.COMPLETE, Ending.COMPLETE]
    mine, everybodys = (json_of(each) for each in seen)
    assert mine["filterGroups"][0]["filters"][1] == {
        "propertyName": "hubspot_owner_id",
        "operator": "EQ",
        "value": "4401",
    }
    assert len(everybodys["filterGroups"][0]["filters"]) == 1
    assert mine["sorts"] == [{"propertyName": "hs_meeting_start_time", "direction": "ASCENDING"}]


def test_a_meeting_is_read_logged_changed_and_removed() -> None:
    async def work(client: MeetingsClient) -> list[str]:
        read = await client.read("66001", associations=(ObjectType.CONTACTS,))
        links = [Association("70124", MEETING_TO[ObjectType.CONTACTS])]
        made = await client.create({"hs_meeting_title": "t"}, associations=links)
        changed = await client.update("66001", {"hs_meeting_outcome": "COMPLETED"})
        await client.archive("66001")
        return [read.id, made.id, changed.id]

    none = answer(204, b"", content_type="")
    ids, seen = use(
        MeetingsClient, work, replied("contact"), replied("contact", 201), replied("contact"), none
    )
    assert ids == ["70124"] * 3
    assert target_of(seen[0]).startswith(f"{BASE_PATH}/66001?properties=hs_meeting_title%2C")
    assert target_of(seen[0]).endswith("&associations=contacts")
    assert json_of(seen[1])["associations"][0]["types"][0]["associationTypeId"] == 200
    assert [each.method for each in seen] == ["GET", "POST", "PATCH", "DELETE"]


def test_meetings_in_batches() -> None:
    async def work(client: MeetingsClient) -> int:
        found = await client.batch_read(["66001", "66002"])
        await client.batch_create([({"hs_meeting_title": "t"}, [])])
        await client.batch_update({"66001": {"hs_meeting_outcome": "NO_SHOW"}})
        await client.batch_archive(["66001"])
        return found.value.num_errors

    none = answer(204, b"", content_type="")
    partial = [replied("batch_partial", status) for status in (207, 201, 200)]
    errors, seen = use(MeetingsClient, work, *partial, none)
    assert errors == 1
    assert [target_of(each).removeprefix(f"{BASE_PATH}/batch/") for each in seen] == [
        "read",
        "create",
        "update",
        "archive",
    ]
