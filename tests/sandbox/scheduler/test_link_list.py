"""Listing meeting links: shape, filters, paging, refusals."""

import pytest

from app.sandbox.crm.store import RecordStore
from app.sandbox.world import build_world
from app.sandbox.world.people import AISHA, MEI, TOM
from tests.sandbox.scheduler.conftest import VERSIONS, WRITE, Clock, Scheduler, refused, serving
from tests.sandbox.scheduler.field_tables import LINK_LIST


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_lists_all_links_with_every_field_of_the_table(
    scheduler: Scheduler, version: str
) -> None:
    scheduler.version = version
    body = scheduler.get("meeting-links").json()
    LINK_LIST(body)
    assert body["total"] == len(body["results"]) == 42
    assert "paging" not in body
    assert [link["name"] for link in body["results"][:3]] == [
        "Intro call",
        "Product demo",
        "Technical scoping",
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_payment_link_is_shown_except_in_2025_09(scheduler: Scheduler, version: str) -> None:
    scheduler.version = version
    results = scheduler.get("meeting-links").json()["results"]
    paid = [link["slug"] for link in results if "paymentLinkId" in link]
    assert paid == ([] if version == "2025-09" else ["mei-nelson/consulting"])


def test_a_link_without_a_name_has_no_name_and_a_slug_may_hold_a_slash(scheduler: Scheduler) -> None:
    results = scheduler.get("meeting-links").json()["results"]
    assert [link["slug"] for link in results if "name" not in link] == ["mei-nelson/quick"]
    demo = next(link for link in results if link.get("name") == "Product demo")
    assert demo["slug"] == "sales/product-demo"
    assert demo["link"].endswith("/sales/product-demo")


def test_ids_of_users_are_user_ids_as_text(scheduler: Scheduler) -> None:
    results = scheduler.get("meeting-links").json()["results"]
    users = {str(user.user_id) for user in scheduler.world.users}
    for link in results:
        assert link["organizerUserId"] in users
        assert set(link["userIdsOfLinkMembers"]) <= users


def test_one_default_link_per_user(scheduler: Scheduler) -> None:
    results = scheduler.get("meeting-links").json()["results"]
    defaults = [link["organizerUserId"] for link in results if link["defaultLink"]]
    assert sorted(defaults) == sorted(str(user.user_id) for user in scheduler.world.users)


@pytest.mark.parametrize("limit", [1, 5, 7, 41, 42, 100])
def test_pages_follow_each_other_without_loss_or_repeat(scheduler: Scheduler, limit: int) -> None:
    slugs: list[str] = []
    after: str | None = None
    while True:
        body = scheduler.get("meeting-links", limit=limit, **({"after": after} if after else {})).json()
        LINK_LIST(body)
        assert body["total"] == 42
        assert len(body["results"]) <= limit
        slugs += [link["slug"] for link in body["results"]]
        if "paging" not in body:
            break
        after = body["paging"]["next"]["after"]
    assert len(slugs) == len(set(slugs)) == 42


def test_an_empty_cursor_is_the_first_page(scheduler: Scheduler) -> None:
    assert scheduler.get("meeting-links", after="").json()["results"][0]["name"] == "Intro call"


@pytest.mark.parametrize(
    ("kind", "count"), [("PERSONAL_LINK", 36), ("GROUP_CALENDAR", 4), ("ROUND_ROBIN_CALENDAR", 2)]
)
def test_filter_by_type_counts_the_filtered_set(scheduler: Scheduler, kind: str, count: int) -> None:
    body = scheduler.get("meeting-links", type=kind, limit=1).json()
    assert body["total"] == count
    assert body["results"][0]["type"] == kind


def test_filter_by_part_of_the_name_in_any_case(scheduler: Scheduler) -> None:
    body = scheduler.get("meeting-links", name="PRODUCT d").json()
    assert [link["name"] for link in body["results"]] == ["Product demo"]
    assert scheduler.get("meeting-links", name="nothing like it").json() == {"total": 0, "results": []}


def test_filter_by_organizer_takes_the_user_id_not_the_owner_id(scheduler: Scheduler) -> None:
    assert scheduler.get("meeting-links", organizerUserId=TOM.user_id).json()["total"] == 1
    for other in (TOM.owner_id, TOM.meetings_user_id, TOM.record_id, "somebody"):
        assert scheduler.get("meeting-links", organizerUserId=other).json()["total"] == 0


def test_filters_add_up(scheduler: Scheduler) -> None:
    query = {"organizerUserId": MEI.user_id, "type": "GROUP_CALENDAR", "name": "review"}
    assert [link["name"] for link in scheduler.get("meeting-links", **query).json()["results"]] == [
        "Security review"
    ]
    assert scheduler.get("meeting-links", organizerUserId=AISHA.user_id, name="demo").json()["total"] == 0


@pytest.mark.parametrize("limit", ["0", "-1", "101", "ten", "1.5", "1e1", "９", "99999999999999999999"])
def test_a_bad_limit_is_refused(scheduler: Scheduler, limit: str) -> None:
    refused(scheduler.get("meeting-links", limit=limit))


@pytest.mark.parametrize("kind", ["", "personal_link", "GROUP", "PERSONAL_LINK "])
def test_a_bad_type_is_refused(scheduler: Scheduler, kind: str) -> None:
    refused(scheduler.get("meeting-links", type=kind))


@pytest.mark.parametrize(
    "after", ["1", "xxxx", "bGlua3M6", "bGlua3M6LTE", "ÿ", "%%%", "bGlua3M6MTIzNDU2Nzg5MA"]
)
def test_a_bad_cursor_is_refused(scheduler: Scheduler, after: str) -> None:
    refused(scheduler.get("meeting-links", after=after))


def test_without_the_read_scope_the_missing_scope_is_named(scheduler: Scheduler) -> None:
    scheduler.bearer.scopes = {WRITE}
    body = refused(scheduler.get("meeting-links"), 403, "MISSING_SCOPES")
    assert body["context"]["missingScopes"] == ["scheduler.meetings.meeting-link.read"]


def test_five_thousand_links_are_paged(clock: Clock) -> None:
    world = build_world(seed=1, now=clock, store=RecordStore(clock=clock), links=5000, meetings=0)
    with serving(world) as big:
        slugs: set[str] = set()
        after: str | None = None
        pages = 0
        while True:
            body = big.get("meeting-links", limit=100, **({"after": after} if after else {})).json()
            assert body["total"] == 5000
            slugs |= {link["slug"] for link in body["results"]}
            pages += 1
            if "paging" not in body:
                break
            after = body["paging"]["next"]["after"]
        assert (len(slugs), pages) == (5000, 50)
        assert [link["slug"] for link in big.get("meeting-links", limit=42).json()["results"]] == [
            link.slug for link in list(world.links)[:42]
        ]
