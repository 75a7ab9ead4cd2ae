"""The meeting of a booking whose answer was lost."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.records import MeetingEngagement, OwnerId
from app.gateways.hubspot.records import HubSpotRecordsGateway
from tests.gateways.graces_records import BY_EMAIL, GRACE, MEETINGS_OF, OBJECTS, record, records_gateway
from tests.gateways.service import (
    FakeHubSpot,
    JumpingTime,
    json_of,
    refusal,
    reply,
)

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
READ_MEETINGS = f"{OBJECTS}/meetings/batch/read"
SEARCH_MEETINGS = f"{OBJECTS}/meetings/search"
MISSING = refusal(404, "OBJECT_NOT_FOUND")


@pytest.fixture
def gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotRecordsGateway:
    return records_gateway(hubspot, time)


def meeting(number: int, start: datetime | None, outcome: str = "SCHEDULED") -> dict[str, object]:
    return record(
        str(number),
        hs_meeting_title="Demo with Grace",
        hs_meeting_start_time=None if start is None else start.isoformat().replace("+00:00", "Z"),
        hs_meeting_end_time="2026-11-24T09:30:00Z",
        hs_meeting_outcome=outcome,
        hubspot_owner_id="31",
        hs_meeting_location="Room 4",
        hs_video_conference_url="https://meet.test/1",
    )


def script(hubspot: FakeHubSpot, linked: list[dict[str, object]], searched: list[dict[str, object]]) -> None:
    hubspot.on("GET", BY_EMAIL, reply(GRACE))
    hubspot.on("GET", MEETINGS_OF, reply({"results": [{"toObjectId": row["id"]} for row in linked]}))
    hubspot.on("POST", READ_MEETINGS, reply({"results": linked}))
    hubspot.on("POST", SEARCH_MEETINGS, reply({"total": len(searched), "results": searched}))


async def test_a_meeting_is_found_through_its_contact(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(1, START + timedelta(hours=1)), meeting(2, START), meeting(3, None)], [])
    assert await gateway.find_meeting("grace@navy.test", START) == MeetingEngagement(
        id="2",
        title="Demo with Grace",
        start=START,
        end=START + timedelta(minutes=30),
        outcome="SCHEDULED",
        owner_id=OwnerId("31"),
        location="Room 4",
        join_url="https://meet.test/1",
    )
    assert hubspot.calls("search") == []


@pytest.mark.parametrize(
    ("offset", "is_found"),
    [
        (timedelta(0), True),
        (timedelta(seconds=60), True),
        (timedelta(seconds=-60), True),
        (timedelta(seconds=61), False),
        (timedelta(seconds=-61), False),
    ],
)
async def test_a_minute_is_close_enough(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, offset: timedelta, *, is_found: bool
) -> None:
    script(hubspot, [meeting(1, START + offset)], [])
    assert (await gateway.find_meeting("grace@navy.test", START) is not None) is is_found


async def test_of_several_the_nearest_that_is_not_canceled_counts(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    second = timedelta(seconds=1)
    rows = [meeting(1, START, "CANCELED"), meeting(2, START + 9 * second), meeting(3, START - 5 * second)]
    script(hubspot, rows, [])
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert found.id == "3"


@pytest.mark.parametrize("linked", [[], [meeting(1, START, "canceled")]])
async def test_what_is_not_associated_yet_is_searched(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, linked: list[dict[str, object]]
) -> None:
    script(hubspot, linked, [meeting(8, START + timedelta(hours=2)), meeting(9, START)])
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert found.id == "9"
    group = json_of(hubspot.calls("search")[0])["filterGroups"][0]["filters"]
    start_ms = int(START.timestamp() * 1000)
    assert group == [
        {"propertyName": "associations.contact", "operator": "EQ", "value": "501"},
        {
            "propertyName": "hs_meeting_start_time",
            "operator": "BETWEEN",
            "value": str(start_ms - 60_000),
            "highValue": str(start_ms + 60_000),
        },
    ]


async def test_the_newest_hundred_meetings_are_read(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(number, None) for number in range(90, 250)], [])
    assert await gateway.find_meeting("grace@navy.test", START) is None
    asked = [row["id"] for row in json_of(hubspot.calls("batch")[0])["inputs"]]
    assert asked == [str(number) for number in range(249, 149, -1)]


async def test_the_newest_meetings_may_be_on_a_later_page(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(9, START)], [])
    first = {"results": [{"toObjectId": n} for n in (1, 2)], "paging": {"next": {"after": "2"}}}
    hubspot.on("GET", MEETINGS_OF, reply(first), reply({"results": [{"toObjectId": 9}]}))
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert [row["id"] for row in json_of(hubspot.calls("batch")[0])["inputs"]] == ["9", "2", "1"]


@pytest.mark.parametrize("missing", [BY_EMAIL, MEETINGS_OF])
async def test_without_a_contact_there_is_no_meeting(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, missing: str
) -> None:
    script(hubspot, [], [])
    hubspot.on("GET", missing, MISSING)
    assert await gateway.find_meeting("grace@navy.test", START) is None
    assert await gateway.find_meeting("", START) is None
