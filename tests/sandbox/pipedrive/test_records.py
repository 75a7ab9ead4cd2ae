"""Searching and reading persons, organizations and deals."""

from typing import Any

import pytest

from tests.sandbox.pipedrive.calling import Caller


def items(caller: Caller, path: str, **query: Any) -> list[dict[str, Any]]:
    reply = caller.get(f"/api/v2/{path}", **query)
    assert reply.status_code == 200, reply.text
    return [row["item"] for row in reply.json()["data"]["items"]]


def test_a_booker_is_found_by_address(standing: Caller) -> None:
    query = {"term": "ADA@northwind.example", "fields": "email", "exact_match": "true"}
    found = items(standing, "persons/search", **query)
    assert [one["name"] for one in found] == ["Ada Okafor"]
    assert found[0]["organization"]["name"] == "Northwind"
    assert items(standing, "persons/search", **{**query, "fields": "name"}) == []
    assert items(standing, "persons/search", **{**query, "term": "ada@northwind"}) == []
    twins = items(standing, "persons/search", term="two.homes@curious.example", fields="email")
    assert len(twins) == 2


def test_contacts_of_the_other_service_are_here_too(standing: Caller) -> None:
    contact = next(iter(standing.sandbox.portals[0].store.all("0-1")))
    email = contact.properties["email"]
    assert items(standing, "persons/search", term=email, exact_match="true")[0]["emails"] == [email]


@pytest.mark.parametrize(
    ("path", "term", "query"),
    [
        ("persons/search", "ליאורה", {}),
        ("persons/search", "<script>", {"fields": "name"}),
        ("persons/search", "+1 212 555 0130", {"fields": "phone"}),
        ("persons/search", "20 seats", {"fields": "notes"}),
        ("persons/search", "prefers", {"fields": "custom_fields"}),
        ("organizations/search", "株式", {}),
        ("organizations/search", "New York", {"fields": "address"}),
        ("deals/search", "deal", {"status": "won"}),
        ("itemSearch", "lead", {"item_types": "lead,deal"}),
    ],
)
def test_what_search_finds(standing: Caller, path: str, term: str, query: dict[str, str]) -> None:
    found = items(standing, path, term=term, **query)
    assert found
    if "status" in query:
        assert {one["status"] for one in found} == {"won"}


def test_search_narrows_by_what_belongs_together(standing: Caller) -> None:
    person = items(standing, "persons/search", term="ada@northwind.example")[0]
    organization = person["organization"]["id"]
    colleagues = items(standing, "persons/search", term="northwind.example", organization_id=organization)
    assert {one["organization"]["id"] for one in colleagues} == {organization}
    deal = standing.company.deals.all()[0]
    mine = items(standing, "deals/search", term="deal", person_id=deal["person_id"])
    assert [one["id"] for one in mine] == [deal["id"]]
    addressed = items(
        standing, "deals/search", term="deal", organization_id=deal["org_id"], include_fields="deal.cc_email"
    )
    assert all(one["cc_email"].startswith("northwind-sales+deal") for one in addressed)


def test_related_items_come_along_when_asked(standing: Caller) -> None:
    query = {"term": "Northwind", "item_types": "organization"}
    plain = standing.get("/api/v2/itemSearch", **query).json()["data"]
    related = standing.get("/api/v2/itemSearch", search_for_related_items="true", **query).json()["data"]
    assert plain["related_items"] == []
    assert {row["item"]["type"] for row in related["related_items"]} >= {"person"}


def test_search_pages_by_cursor(standing: Caller) -> None:
    seen: list[int] = []
    query: dict[str, Any] = {"term": "example", "limit": 25}
    while True:
        body = standing.get("/api/v2/persons/search", **query).json()
        seen += [row["item"]["id"] for row in body["data"]["items"]]
        if body["additional_data"]["next_cursor"] is None:
            break
        query["cursor"] = body["additional_data"]["next_cursor"]
    assert len(seen) == len(set(seen)) > 50


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("persons/search", {}),
        ("persons/search", {"term": "a"}),
        ("persons/search", {"term": "ada", "fields": "title"}),
        ("persons/search", {"term": "ada", "exact_match": "perhaps"}),
        ("persons/search", {"term": "ada", "cursor": "!"}),
        ("persons/search", {"term": "ada", "cursor": "YWJj"}),
        ("persons/search", {"term": "ada", "limit": "501"}),
        ("deals/search", {"term": "deal", "status": "deleted"}),
        ("itemSearch", {"term": "ada", "limit": "101"}),
        ("itemSearch", {"term": "ada", "item_types": "moon"}),
        ("persons", {"include_fields": "moon"}),
        ("persons", {"custom_fields": ",".join("abcdefghijklmnop")}),
        ("deals", {"filter_id": "1"}),
        ("deals", {"status": "moon"}),
        ("persons/x", {}),
    ],
)
def test_wrong_queries(standing: Caller, path: str, query: dict[str, str]) -> None:
    assert standing.get(f"/api/v2/{path}", **query).status_code == 400


@pytest.mark.parametrize("kind", ["persons", "organizations", "deals"])
def test_reading_one_and_many(standing: Caller, kind: str) -> None:
    rows = standing.get(f"/api/v2/{kind}", sort_by="update_time", sort_direction="desc").json()["data"]
    times = [row["update_time"] for row in rows]
    assert times == sorted(times, reverse=True)
    one, two = rows[0], rows[1]
    assert standing.get(f"/api/v2/{kind}/{one['id']}").json()["data"] == one
    both = standing.get(f"/api/v2/{kind}", ids=f"{one['id']},{two['id']}").json()["data"]
    assert {row["id"] for row in both} == {one["id"], two["id"]}
    missing = standing.get(f"/api/v2/{kind}/1")
    assert (missing.status_code, missing.json()["success"]) == (404, False)


def test_lists_filter(standing: Caller) -> None:
    deal = next(row for row in standing.company.deals.all() if row["org_id"])
    people = standing.get("/api/v2/persons", org_id=deal["org_id"]).json()["data"]
    assert {row["org_id"] for row in people} == {deal["org_id"]}
    of_deal = standing.get("/api/v2/persons", deal_id=deal["id"]).json()["data"]
    assert [row["id"] for row in of_deal] == [deal["person_id"]]
    assert standing.get("/api/v2/persons", deal_id=1).json()["data"] == []
    lost = standing.get("/api/v2/deals", status="lost").json()["data"]
    assert {row["status"] for row in lost} == {"lost"}


def test_further_fields_are_counted(pipedrive: Caller) -> None:
    pipedrive.post("/api/v2/activities", {"participants": [{"person_id": 6060}], "due_date": "2026-11-30"})
    pipedrive.post("/v1/notes", {"content": "x", "person_id": 6060})
    names = (
        "activities_count,undone_activities_count,done_activities_count,notes_count,next_activity_id,"
        "last_activity_id,open_deals_count,closed_deals_count,files_count,smart_bcc_email,"
        "last_incoming_mail_time"
    )
    row = pipedrive.get("/api/v2/persons/6060", include_fields=names, include_labels="true").json()["data"]
    mine = [one for one in pipedrive.company.activities.all() if one["person_id"] == 6060]
    deals = [one for one in pipedrive.company.deals.all() if one["person_id"] == 6060]
    assert row["activities_count"] == len(mine)
    assert row["undone_activities_count"] + row["done_activities_count"] == len(mine)
    assert row["notes_count"] >= 1
    assert row["next_activity_id"] is not None
    assert row["open_deals_count"] + row["closed_deals_count"] == len(deals)
    assert (row["files_count"], row["last_incoming_mail_time"], row["labels"]) == (0, None, [])
    counted = pipedrive.get("/api/v2/organizations", include_fields="people_count").json()["data"]
    assert sum(one["people_count"] for one in counted) > 10
    deal = pipedrive.get("/api/v2/deals/301", include_fields="participants_count").json()["data"]
    assert deal["participants_count"] == 1


def test_custom_fields_can_be_chosen(standing: Caller) -> None:
    row = standing.company.persons.all()[0]
    key = next(iter(row["custom_fields"]))
    path = f"/api/v2/persons/{row['id']}"
    assert set(standing.get(path, custom_fields=key).json()["data"]["custom_fields"]) == {key}
    assert standing.get(path, custom_fields="other").json()["data"]["custom_fields"] == {}


def test_odd_texts_travel_whole(standing: Caller) -> None:
    names = {row["name"] for row in standing.get("/api/v2/persons").json()["data"]}
    assert any(name.startswith("<script>") for name in names)
    assert any("\u202e" in name for name in names)
    assert max(len(name) for name in names) > 300


def test_the_same_seed_makes_the_same_world(standing: Caller, pipedrive: Caller) -> None:
    for path in ("persons", "organizations", "deals"):
        assert standing.get(f"/api/v2/{path}").json() == pipedrive.get(f"/api/v2/{path}").json()
