"""Playing Pipedrive: calls are added, moved and taken away through a provider's endpoints."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.sandbox.pipedrive.client import CLIENT_ID, CLIENT_SECRET
from tests.sandbox.pipedrive.calling import LINK, Caller
from tests.sandbox.pipedrive.providing import MADE, Provider, providing

BASIC = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
FORM = {"subject": "Moved <b>", "due_date": "2026-12-01", "due_time": "10:15", "duration": "01:30"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture
def number(pipedrive: Caller, provider: Provider) -> int:
    """An activity of a linked user, with the manifest registered."""
    pipedrive.post("/v1/meetings/userProviderLinks", pipedrive.link_body()).raise_for_status()
    pipedrive.steer("manifest", provider.manifest())
    body = {"subject": "Demo", "due_date": "2026-11-24", "due_time": "09:30", "duration": "00:45"}
    made: int = pipedrive.post("/api/v2/activities", body).json()["data"]["id"]
    return made


def play(caller: Caller, do: str, number: int, **more: Any) -> httpx.Response:
    return caller.post("/__pipedrive__/play", {"do": do, "activityId": number, "linkId": LINK, **more})


def conference(caller: Caller, number: int) -> list[str | None]:
    row = caller.get(f"/api/v2/activities/{number}").json()["data"]
    return [row[f"conference_meeting_{name}"] for name in ("client", "url", "id")]


def test_a_call_is_added_moved_and_removed(pipedrive: Caller, provider: Provider, number: int) -> None:
    added = play(pipedrive, "add", number).json()
    assert (added["status"], added["finding"]) == (201, "")
    assert conference(pipedrive, number) == [CLIENT_ID, "https://meet.example/1", "room/1"]
    changes = {"subject": "Later", "due_time": "23:00:00"}
    assert play(pipedrive, "move", number, changes=changes).json()["finding"] == ""
    assert play(pipedrive, "delete", number).json()["finding"] == ""
    assert conference(pipedrive, number) == [None, None, None]
    body = {"topic": "Demo", "start_time": "2026-11-24 09:30", "duration": 45}
    root = f"/p/{LINK}/meetings"
    assert provider.seen == [
        ("POST", root, BASIC, body),
        ("PATCH", f"{root}/room%2F1", BASIC, {**body, "topic": "Later", "start_time": "2026-11-24 23:00"}),
        ("DELETE", f"{root}/room%2F1", BASIC, None),
    ]
    told = pipedrive.get("/__pipedrive__/exchanges").json()["exchanges"]
    assert [one["method"] for one in told] == ["DELETE", "PATCH", "POST"]


def test_deleting_the_activity_deletes_its_call(pipedrive: Caller, provider: Provider, number: int) -> None:
    play(pipedrive, "add", number)
    assert play(pipedrive, "delete_activity", number).json()["status"] == 204
    assert pipedrive.get(f"/api/v2/activities/{number}").json()["data"]["is_deleted"] is True
    assert provider.seen[-1][0] == "DELETE"


@pytest.mark.parametrize(
    ("status", "body", "finding"),
    [
        (200, json.dumps(MADE), "Pipedrive expects 201."),
        (500, "oops", "Pipedrive expects 201."),
        (201, "{", "The answer is not valid JSON."),
        (201, "[]", "The answer must have success true, and data."),
        (201, '{"success": true, "data": {"meeting_id": "1"}}', "data.join_url must be a text."),
        (201, '{"success": true, "data": {"meeting_id": 1}}', "data.meeting_id must be a text."),
    ],
)
def test_wrong_answers_are_found(
    pipedrive: Caller, provider: Provider, number: int, status: int, body: str, finding: str
) -> None:
    provider.answers.append((status, body.encode()))
    assert play(pipedrive, "add", number).json()["finding"] == finding
    assert conference(pipedrive, number) == [None, None, None]
    assert play(pipedrive, "add", number).json()["finding"] == ""


def test_a_wrong_status_of_a_move_is_found(pipedrive: Caller, provider: Provider, number: int) -> None:
    play(pipedrive, "add", number)
    provider.answers.append((404, b"{}"))
    assert play(pipedrive, "move", number, changes={"subject": "X"}).json()["finding"] == (
        "Pipedrive expects 204."
    )


def test_nobody_answering_is_said(pipedrive: Caller, provider: Provider, number: int) -> None:
    endpoints = dict.fromkeys(provider.manifest()["endpoints"], "http://127.0.0.1:9/:linkId/:meetingId")
    pipedrive.steer("manifest", provider.manifest(endpoints=endpoints))
    done = play(pipedrive, "add", number).json()
    assert (done["status"], done["reply"].startswith("No answer")) == (0, True)
    far = dict.fromkeys(endpoints, "https://calls.example/:linkId/:meetingId")
    pipedrive.steer("manifest", provider.manifest(endpoints=far))
    assert play(pipedrive, "add", number).json()["reply"].startswith("Not sent")


def test_what_cannot_be_played(pipedrive: Caller, provider: Provider, number: int) -> None:
    assert play(pipedrive, "add", number, linkId="x").status_code == 400
    assert play(pipedrive, "delete", number).status_code == 400
    assert play(pipedrive, "dance", number).status_code == 400
    assert play(pipedrive, "add", 1).status_code == 400
    assert play(pipedrive, "move", number, changes={"colour": "red"}).status_code == 400
    assert play(pipedrive, "move", number, changes={"subject": "No call yet"}).status_code == 204
    allday = pipedrive.post("/api/v2/activities", {"due_date": "2026-11-24"}).json()["data"]["id"]
    assert play(pipedrive, "add", allday).status_code == 400
    play(pipedrive, "add", number)
    assert play(pipedrive, "add", number).status_code == 400
    assert [seen[0] for seen in provider.seen] == ["POST"]


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "1"},
        {"clientId": "another"},
        {"endpoints": None},
        {"endpoints": {"postMeeting": "http://localhost/:linkId"}},
        {"endpoints": {"postMeeting": "http://localhost/", "patchUpdateMeeting": "x", "deleteMeeting": "x"}},
    ],
)
def test_wrong_manifests_are_not_registered(pipedrive: Caller, changes: dict[str, Any]) -> None:
    manifest = {**Provider(url="http://localhost:1").manifest(), **changes}
    assert pipedrive.post("/__pipedrive__/manifest", manifest).status_code == 400
    assert pipedrive.service.player.manifest is None


def test_uninstalling_ends_tokens_and_is_announced(pipedrive: Caller, provider: Provider) -> None:
    issued = pipedrive.service.grant()
    done = pipedrive.post("/__pipedrive__/uninstall", {"callback": f"{provider.url}/callback"}).json()
    assert done["status"] == 204
    method, path, auth, body = provider.seen[0]
    assert (method, path, auth) == ("DELETE", "/callback", BASIC)
    assert body == {
        "client_id": CLIENT_ID,
        "company_id": 7741203,
        "user_id": 14430217,
        "timestamp": "2026-11-23T08:00:00Z",
    }
    assert pipedrive.using(issued.access_token).get("/v1/users/me").status_code == 401
    assert pipedrive.post("/__pipedrive__/uninstall", {}).status_code == 204


def test_the_stage_plays_all_of_it(pipedrive: Caller, provider: Provider, number: int) -> None:
    path = f"/play/activity/{number}"
    assert f'value="{LINK}"' in pipedrive.get("/play").text
    assert "answered 201" in pipedrive.form(path, {"do": "add", "link": LINK}).text
    page = pipedrive.form(path, {"do": "move", **FORM}).text
    assert "answered 204" in page
    assert "Moved &lt;b&gt;" in page
    assert "Join: <code>https://meet.example/1</code>" in page
    assert provider.seen[-1][3]["start_time"] == "2026-12-01 10:15"
    assert "answered 204" in pipedrive.form(path, {"do": "delete"}).text
    assert "has no video call" in pipedrive.form(path, {"do": "delete"}).text
    assert "nobody was told" in pipedrive.form(path, {"do": "move", **FORM}).text
    assert "no such thing" in pipedrive.form(path, {"do": "dance"}).text
    assert "must be like" in pipedrive.form(path, {"do": "move"}).text


def test_the_stage_saves_activities_and_manifests(pipedrive: Caller, provider: Provider) -> None:
    assert "No user is linked" in pipedrive.get("/play").text
    page = pipedrive.form("/play/manifest", {"manifest": json.dumps(provider.manifest())})
    assert "is registered" in page.text
    assert "not valid JSON" in pipedrive.form("/play/manifest", {"manifest": "{"}).text
    before = len(pipedrive.company.activities.rows)
    assert "is saved" in pipedrive.form("/play/activity", FORM).text
    assert len(pipedrive.company.activities.rows) == before + 1
    assert "must be like" in pipedrive.form("/play/activity", {**FORM, "duration": "1h"}).text
    assert "could not be read" in pipedrive.post("/play/activity", {}).text


def test_every_company_has_its_stage(pipedrive: Caller) -> None:
    assert 'href="/play?company=7741950"' in pipedrive.get("/play").text
    second = pipedrive.service.companies[1]
    before = len(second.activities.rows)
    page = pipedrive.form("/play/activity?company=7741950", FORM).text
    assert "Play Pipedrive: Northwind Partners &lt;US&gt;" in page
    assert len(second.activities.rows) == before + 1
    closed = pipedrive.form("/play/activity?company=7742008", FORM).text
    assert "is saved" in closed
    assert "Northwind Sales</h1>" in pipedrive.get("/play", company="1").text


def test_pages_of_other_sites_can_neither_play_nor_steer(pipedrive: Caller) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/play/activity", "/__pipedrive__/budget"):
            assert pipedrive.call("POST", path, json={}, headers=headers).status_code == 403
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert pipedrive.form("/play/activity", FORM, headers=own).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("app", {"redirectUrl": "http://evil.example"}),
        ("rotation", {"rotates": 1}),
        ("grant", {"companyId": 1}),
        ("redirect", {"at": "moon"}),
        ("budget", {"left": -1}),
        ("budget", {"left": 1, "companyId": 5}),
        ("open", {}),
        ("play", {"do": "add"}),
        ("uninstall", {"userId": 5}),
    ],
)
def test_wrong_steering_is_refused(pipedrive: Caller, path: str, body: dict[str, Any]) -> None:
    assert pipedrive.post(f"/__pipedrive__/{path}", body).status_code == 400


def test_the_steering_says_what_there_is(pipedrive: Caller) -> None:
    pipedrive.post("/v1/meetings/userProviderLinks", pipedrive.link_body())
    about = pipedrive.get("/__pipedrive__").json()
    assert about["clientId"] == CLIENT_ID
    assert about["companies"][0]["links"] == [{"id": LINK, "userId": 14430217}]
    assert about["companies"][0]["tokensLeft"] == 90_000 - 12
    pair = pipedrive.steer("grant", {"companyId": 7741950}).json()
    me = pipedrive.using(pair["access_token"]).get("/v1/users/me").json()["data"]
    assert me["company_id"] == 7741950
