"""Meeting engagements: finding, reading, logging."""

from datetime import UTC, datetime, timedelta

import httpx

from app.api.hubspot.meetings import MEETING_PROPERTIES, MEETING_TO, MeetingsClient, of_record
from app.api.hubspot.object_payloads import Association
from app.api.hubspot.object_types import ObjectType
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


def test_all_meetings_come_with_their_associations() -> None:
    async def work(client: MeetingsClient) -> list[str]:
        kinds = (ObjectType.CONTACTS, "2-77")
        return [
            row.id
            for archived in (False, True)
            async for page in client.walk_all(associations=kinds, archived=archived)
            for row in page.rows
        ]

    empty: object = {"results": []}
    ids, seen = use(MeetingsClient, work, answer(200, {"results": [{"id": 1}]}), answer(200, empty))
    assert ids == ["1"]
    assert target_of(seen[0]).startswith(f"{BASE_PATH}?limit=100&archived=false&properties=hs_meeting_title")
    assert target_of(seen[0]).endswith("&associations=contacts%2C2-77")
    assert "archived=true" in target_of(seen[1])


def test_a_range_beyond_the_reach_is_halved() -> None:
    async def work(client: MeetingsClient) -> list[str]:
        walk = client.walk_between(START, START + timedelta(milliseconds=3))
        return [row.id async for page in walk for row in page.rows]

    def found(total: int, *ids: int) -> httpx.Response:
        return answer(200, {"total": total, "results": [{"id": each} for each in ids]})

    ids, seen = use(MeetingsClient, work, found(10_001, 1), found(2, 1, 2), found(2, 2, 3))
    assert ids == ["1", "2", "3"]
    spans = [json_of(each)["filterGroups"][0]["filters"][0] for each in seen]
    assert [(each["value"], each["highValue"]) for each in spans] == [
        (str(MS), str(MS + 3)),
        (str(MS), str(MS + 1)),
        (str(MS + 2), str(MS + 3)),
    ]
    assert json_of(seen[1])["limit"] == 200


def test_changes_are_followed_from_the_oldest_to_the_newest() -> None:
    def changed(number: int, minute: int) -> dict[str, object]:
        return {"id": number, "properties": {"hs_lastmodifieddate": f"2026-11-20T12:0{minute}:00Z"}}

    async def work(client: MeetingsClient) -> tuple[list[str], Ending | None]:
        walk = client.walk_changed(START)
        return [row.id async for page in walk for row in page.rows], walk.ending

    more = {"next": {"after": "2"}}
    first = {"total": 4, "results": [changed(1, 0), changed(2, 3)], "paging": more}
    second = {"results": [changed(2, 3), {"id": 3, "updatedAt": "2026-11-20T12:05:00Z"}, {"id": 4}]}
    (ids, ending), seen = use(MeetingsClient, work, answer(200, first), answer(200, second))
    assert (ids, ending) == (["1", "2", "3", "4"], Ending.COMPLETE)
    assert [json_of(each)["filterGroups"] for each in seen] == [
        [{"filters": [{"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": str(MS + added)}]}]
        for added in (0, 180_000)
    ]
    assert json_of(seen[1])["sorts"] == [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}]
    assert "after" not in json_of(seen[1])


def test_meetings_are_looked_for_on_any_record() -> None:
    async def work(client: MeetingsClient) -> None:
        for kind in (ObjectType.DEALS, "2-77"):
            await client.search([of_record(kind, "5")], limit=1)

    _, seen = use(MeetingsClient, work, replied("contact_search"), replied("contact_search"))
    filters = [json_of(each)["filterGroups"][0]["filters"][0]["propertyName"] for each in seen]
    assert filters == ["associations.deal", "associations.2-77"]


def test_meetings_in_batches() -> None:
    async def work(client: MeetingsClient) -> list[bool]:
        found = await client.batch_read(["66001", "66002"])
        assert found.value.num_errors == 1
        made = await client.batch_create([({"hs_meeting_title": "t"}, [])])
        changed = await client.batch_update(
            {"66001": {"hs_meeting_outcome": "NO_SHOW"}, "66002": {"hs_meeting_outcome": "NO_SHOW"}}
        )
        await client.batch_archive(["66001"])
        return [row.record is not None for row in (*made, *changed)]

    none = answer(204, b"", content_type="")
    partial = [replied("batch_partial", status) for status in (207, 207, 207)]
    worked, seen = use(MeetingsClient, work, *partial, none)
    assert worked == [False, True, False]
    assert [target_of(each).removeprefix(f"{BASE_PATH}/batch/") for each in seen] == [
        "read",
        "create",
        "update",
        "archive",
    ]
