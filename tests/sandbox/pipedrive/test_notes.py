"""Notes and the comments under them."""

from typing import Any

import pytest

from tests.sandbox.pipedrive.calling import Caller

NOTES = "/api/v1/notes"


def ids(caller: Caller) -> dict[str, Any]:
    company = caller.company
    return {
        "person_id": company.persons.all()[0]["id"],
        "org_id": company.organizations.all()[0]["id"],
        "deal_id": company.deals.all()[0]["id"],
        "lead_id": next(iter(company.leads)),
    }


def made(caller: Caller, **fields: Any) -> dict[str, Any]:
    body = {"content": "<p>hi</p>", "person_id": ids(caller)["person_id"], **fields}
    reply = caller.post(NOTES, body)
    assert reply.status_code == 200, reply.text
    data: dict[str, Any] = reply.json()["data"]
    return data


@pytest.mark.parametrize(
    ("target", "pin"),
    [
        ("person_id", "pinned_to_person_flag"),
        ("org_id", "pinned_to_organization_flag"),
        ("deal_id", "pinned_to_deal_flag"),
        ("lead_id", "pinned_to_lead_flag"),
    ],
)
def test_a_note_on_each_kind_of_record_can_be_pinned_there(pipedrive: Caller, target: str, pin: str) -> None:
    value = ids(pipedrive)[target]
    reply = pipedrive.post(NOTES, {"content": "x", target: value, pin: 1})
    data = reply.json()["data"]
    assert (data[target], data[pin]) == (value, True)
    refused = pipedrive.post(NOTES, {"content": "x", "person_id": ids(pipedrive)["person_id"], pin: 1})
    assert refused.status_code == (200 if target == "person_id" else 400)
    found = pipedrive.get(NOTES, **{target: value, pin: 1}).json()["data"]
    assert data["id"] in [note["id"] for note in found]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "x"},
        {"content": "", "person_id": 6001},
        {"content": 5, "person_id": 6001},
        {"content": "x" * 100_001, "person_id": 6001},
        {"content": "x", "person_id": 1},
        {"content": "x", "person_id": "6001"},
        {"content": "x", "person_id": True},
        {"content": "x", "lead_id": "no"},
        {"content": "x", "person_id": 6001, "project_id": 4},
        {"content": "x", "person_id": 6001, "pinned_to_person_flag": 2},
        {"content": "x", "person_id": 6001, "pinned_to_person_flag": "1"},
        {"content": "x", "person_id": 6001, "user_id": 1},
        {"content": "x", "person_id": 6001, "add_time": "2026-11-23T08:00:00Z"},
        {"content": "x", "person_id": 6001, "add_time": "2026-02-31 08:00:00"},
        ["content"],
    ],
)
def test_wrong_notes_are_refused(pipedrive: Caller, body: Any) -> None:
    before = len(pipedrive.company.notes.rows)
    reply = pipedrive.post(NOTES, body)
    assert reply.status_code == 400
    assert set(reply.json()) == {"success", "error", "error_info", "data", "additional_data"}
    assert len(pipedrive.company.notes.rows) == before


def test_only_an_admin_writes_for_another(pipedrive: Caller) -> None:
    assert made(pipedrive, user_id=14430288)["user"]["is_you"] is False
    other = pipedrive.using(pipedrive.service.grant(user_id=14430288).access_token)
    body = {"content": "x", "person_id": 6001, "user_id": 14430217}
    assert other.post(NOTES, body).status_code == 403


def test_scripts_do_not_survive_and_the_rest_does(pipedrive: Caller) -> None:
    content = '<p onclick="x()">a &amp; ש</p><script>alert(1)</script><ul><li>b</li></ul>'
    assert made(pipedrive, content=content)["content"] == "<p>a &amp; ש</p><ul><li>b</li></ul>"


def test_a_note_is_read_changed_and_deleted(pipedrive: Caller) -> None:
    note = made(pipedrive, add_time="2026-01-02 03:04:05")
    assert note["add_time"] == "2026-01-02 03:04:05"
    path = f"{NOTES}/{note['id']}"
    pipedrive.sandbox.clock.advance(60)
    changed = pipedrive.put(path, {"content": "new", "deal_id": ids(pipedrive)["deal_id"]}).json()["data"]
    assert (changed["content"], changed["update_time"]) == ("new", "2026-11-23 08:01:00")
    assert changed["deal"]["title"]
    assert pipedrive.put(path, {"person_id": None, "deal_id": None}).status_code == 400
    assert pipedrive.get(path).json()["data"] == changed
    assert pipedrive.delete(path).json() == {"success": True, "data": True}
    assert pipedrive.get(path).status_code == 404
    assert pipedrive.delete(path).status_code == 404


def test_v1_pages_by_start_and_limit(pipedrive: Caller) -> None:
    total = len(pipedrive.company.notes.rows)
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        body = pipedrive.get(NOTES, start=start, limit=7).json()
        page = body["additional_data"]["pagination"]
        assert (page["start"], page["limit"]) == (start, 7)
        assert page["more_items_in_collection"] is ("next_start" in page)
        seen += [note["id"] for note in body["data"]]
        start = page.get("next_start")
    assert len(set(seen)) == len(seen) == total
    beyond = pipedrive.get(NOTES, start=total).json()
    assert beyond["data"] is None


def test_lists_sort_and_filter(pipedrive: Caller) -> None:
    note = made(pipedrive)
    times = [row["add_time"] for row in pipedrive.get(NOTES, sort="add_time DESC, id").json()["data"]]
    assert times == sorted(times, reverse=True)
    since = pipedrive.get(NOTES, updated_since="2026-11-23T08:00:00Z").json()["data"]
    assert [row["id"] for row in since] == [note["id"]]
    days = pipedrive.get(NOTES, start_date="2026-11-23", end_date="2026-11-23").json()["data"]
    assert [row["id"] for row in days] == [note["id"]]
    for wrong in (
        {"sort": "colour"},
        {"sort": "id UP"},
        {"updated_since": "2026-11-23T08:00:00.5Z"},
        {"start_date": "monday"},
        {"pinned_to_deal_flag": "2"},
        {"person_id": "x"},
        {"start": "-1"},
    ):
        assert pipedrive.get(NOTES, **wrong).status_code == 400, wrong


def test_comments_live_under_their_note(pipedrive: Caller) -> None:
    note, other = made(pipedrive), made(pipedrive)
    root = f"{NOTES}/{note['id']}/comments"
    comment = pipedrive.post(root, {"content": "<b>yes</b>"}).json()["data"]
    assert comment["add_time"] == "2026-11-23T08:00:00.000Z"
    assert comment["object_id"] == str(note["id"])
    path = f"{root}/{comment['uuid']}"
    assert pipedrive.put(path, {"content": "no"}).json()["data"]["content"] == "no"
    assert [row["content"] for row in pipedrive.get(root).json()["data"]] == ["no"]
    assert pipedrive.get(path.replace(str(note["id"]), str(other["id"]))).status_code == 404
    assert pipedrive.get(f"{root}/none").status_code == 404
    assert pipedrive.post(root, {}).status_code == 400
    assert pipedrive.delete(path).json() == {"success": True, "data": True}
    assert pipedrive.get(path).status_code == 404
    assert pipedrive.get(root).json()["data"] is None
