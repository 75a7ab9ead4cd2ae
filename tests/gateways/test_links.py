"""The meeting-link list."""

from datetime import UTC, datetime

import httpx
import pytest

from app.api.hubspot.scheduler import SchedulerClient
from app.domain.links import LinkKind, MeetingLink
from app.domain.ports import LinkPage
from app.domain.problems import NotAllowed, Offline, SignInNeeded
from app.gateways.hubspot.links import HubSpotLinksGateway
from tests.gateways.service import (
    PATHS_NOW,
    FakeHubSpot,
    JumpingTime,
    calls,
    query_of,
    refusal,
    reply,
    session_on,
)

PATH = "/scheduler/2026-03/meetings/meeting-links"
ROW = {
    "id": "9",
    "slug": "team/demo",
    "link": "https://meetings.hubspot.com/team/demo",
    "type": "ROUND_ROBIN_CALENDAR",
    "organizerUserId": "77",
    "userIdsOfLinkMembers": ["77", 78],
    "defaultLink": True,
    "name": " Demo ",
    "createdAt": "2026-01-02T03:04:05.678Z",
    "updatedAt": 1_767_323_045_678,
}


@pytest.fixture
def gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotLinksGateway:
    return HubSpotLinksGateway(SchedulerClient(session_on(hubspot, time), PATHS_NOW), calls())


async def all_of(gateway: HubSpotLinksGateway) -> list[LinkPage]:
    return [page async for page in gateway.pages()]


async def test_a_row_is_read_whole(gateway: HubSpotLinksGateway, hubspot: FakeHubSpot) -> None:
    hubspot.on("GET", PATH, reply({"total": 1, "results": [ROW]}))
    when = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    (page,) = await all_of(gateway)
    assert page == LinkPage(
        (
            MeetingLink(
                id="9",
                slug="team/demo",  # type: ignore[arg-type]
                url="https://meetings.hubspot.com/team/demo",
                kind=LinkKind.ROUND_ROBIN,
                name="Demo",
                organizer_id="77",  # type: ignore[arg-type]
                member_ids=("77", "78"),  # type: ignore[arg-type]
                is_default=True,
                created_at=when,
                updated_at=when,
            ),
        ),
        total=1,
    )


async def test_what_a_row_leaves_out_is_empty_and_unknown_kinds_are_other(
    gateway: HubSpotLinksGateway, hubspot: FakeHubSpot
) -> None:
    rows = [
        {"id": 5, "slug": "x", "type": "NEW_KIND", "paymentLinkId": 12},
        {"id": 6, "slug": "y", "name": None},
    ]
    hubspot.on("GET", PATH, reply({"results": rows}))
    (page,) = await all_of(gateway)
    first, second = page.links
    assert (first.kind, first.payment_link_id, first.is_paid) == (LinkKind.OTHER, "12", True)
    assert (first.title, second.title) == ("x", "y")
    assert (first.organizer_id, first.member_ids, first.created_at) == ("", (), None)
    assert not second.is_paid
    assert page.total == 2
    assert {type(first.id), type(first.slug), type(first.payment_link_id)} == {str}


async def test_all_pages_come_with_the_count(gateway: HubSpotLinksGateway, hubspot: FakeHubSpot) -> None:
    hubspot.on(
        "GET",
        PATH,
        reply({"total": 3, "results": [ROW, {"slug": "unreadable"}], "paging": {"next": {"after": "a&b"}}}),
        reply({"results": [{**ROW, "id": "10"}]}),
    )
    first, second = await all_of(gateway)
    assert [len(first.links), first.total, first.skipped] == [1, 3, 1]
    assert [len(second.links), second.total, second.skipped] == [1, 3, 0]
    assert [query_of(request) for request in hubspot.asked] == [
        {"limit": "100"},
        {"limit": "100", "after": "a&b"},
    ]


async def test_a_reader_who_stops_is_not_served_on(
    gateway: HubSpotLinksGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", PATH, reply({"results": [ROW], "paging": {"next": {"after": "2"}}}))
    pages = gateway.pages()
    await anext(pages)
    await pages.aclose()  # type: ignore[attr-defined]
    assert len(hubspot.asked) == 1


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(403, "MISSING_SCOPES", context={"missingScopes": ["s"]}), NotAllowed),
        (refusal(401, "INVALID_AUTHENTICATION"), SignInNeeded),
        (httpx.ConnectError("no"), Offline),
    ],
)
async def test_failure_comes_as_a_problem(
    gateway: HubSpotLinksGateway,
    hubspot: FakeHubSpot,
    answer: httpx.Response | Exception,
    problem: type[Exception],
) -> None:
    hubspot.on("GET", PATH, answer)
    with pytest.raises(problem):
        await all_of(gateway)


async def test_a_failure_in_the_middle_keeps_what_came_before(
    gateway: HubSpotLinksGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on(
        "GET", PATH, reply({"results": [ROW], "paging": {"next": {"after": "2"}}}), httpx.ConnectError("no")
    )
    pages = gateway.pages()
    assert len((await anext(pages)).links) == 1
    with pytest.raises(Offline):
        await anext(pages)
