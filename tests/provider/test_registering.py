"""What the desktop app can do: register links, see and remove them, and see how the service is."""

from typing import Any

import pytest

from app.provider.store.store import ProviderStore
from tests.provider.asking import CALL, LINK_ID, NOW, OTHER_ID, Asking, is_refusal

Service = tuple[Asking, ProviderStore]
PATH = f"/api/links/{LINK_ID}"
BODY: dict[str, Any] = {"user_id": 7, "company_id": 9}


async def test_a_link_is_registered_shown_and_removed(sqlite_asking: Service) -> None:
    asking, store = sqlite_asking
    body = {**BODY, "language": "de", "zone": "Europe/Berlin", "room_url": "https://a.example/r"}
    made = await asking.desktop("PUT", PATH.upper().replace("/API/LINKS", "/api/links"), body)
    assert made.status_code == 201
    shown = {**body, "link_id": LINK_ID, "state": "linked", "origin": "desktop", "created": NOW.isoformat()}
    assert made.json() == {"success": True, "data": shown}
    again = await asking.desktop("PUT", PATH, {**body, "room_password": "pw"})
    assert (again.status_code, again.json()["data"]) == (200, shown)
    listed = await asking.desktop("GET", "/api/links")
    assert listed.json()["data"] == {"links": [shown]}
    assert (await asking.create()).status_code == 201
    assert (await asking.desktop("DELETE", PATH)).status_code == 204
    assert is_refusal(await asking.desktop("DELETE", PATH), 404, "NOT_FOUND")
    assert is_refusal(await asking.create(), 404, "NOT_FOUND")
    assert store.totals().meetings == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_id", None),
        ("user_id", "7"),
        ("user_id", True),
        ("company_id", 0),
        ("company_id", 2**63),
        ("language", "deu"),
        ("zone", "Mars/Olympus"),
        ("zone", "../../etc/passwd"),
        ("zone", "/etc/passwd"),
        ("room_url", "http://a.example/r"),
        ("room_url", "javascript:alert(1)"),
        ("room_url", 5),
        ("room_password", "a\x00b"),
        ("room_password", "x" * 3_000),
    ],
)
async def test_unusable_values_are_refused(sqlite_asking: Service, field: str, value: object) -> None:
    asking, store = sqlite_asking
    refused = await asking.desktop("PUT", PATH, {**BODY, field: value})
    assert is_refusal(refused, 400, "INVALID_BODY")
    assert field in refused.json()["data"]["message"]
    assert store.links() == ()


async def test_what_is_no_link(sqlite_asking: Service) -> None:
    asking, _ = sqlite_asking
    assert is_refusal(await asking.desktop("PUT", "/api/links/x", BODY), 404, "NOT_FOUND")
    assert is_refusal(await asking.desktop("PUT", PATH, [BODY]), 400, "INVALID_BODY")


async def test_the_status_shows_counts_and_the_last_requests(sqlite_asking: Service) -> None:
    asking, _ = sqlite_asking
    await asking.desktop("PUT", PATH, BODY)
    await asking.create()
    await asking.create({**CALL, "duration": -1})
    await asking.create(link_id=OTHER_ID)
    data = (await asking.desktop("GET", "/api/status")).json()["data"]
    assert (data["database"], data["links"], data["meetings"]) == ("sqlite", 1, 1)
    assert data["started"] == data["now"] == NOW.isoformat()
    assert data["requests"] == [
        {"kind": "create", "status": 201, "total": 1},
        {"kind": "create", "status": 400, "total": 1},
        {"kind": "create", "status": 404, "total": 1},
        {"kind": "register", "status": 201, "total": 1},
    ]
    assert sorted(one["status"] for one in data["last_requests"]) == [201, 201, 400, 404]


async def test_the_metrics_count_and_name_nobody(sqlite_asking: Service) -> None:
    asking, _ = sqlite_asking
    await asking.desktop("PUT", PATH, BODY)
    await asking.create()
    await asking.client.post(f"/pipedrive/{LINK_ID}/meetings")
    answer = await asking.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert any('kind="create",status="201"} 1' in line for line in lines)
    assert any('kind="create",status="401"} 1' in line for line in lines)
    assert any('kind="create",le="+Inf"} 2' in line for line in lines)
    assert "slotdesk_provider_links 1" in lines
    assert "slotdesk_provider_meetings 1" in lines
    assert LINK_ID not in answer.text


async def test_ready_and_alive(sqlite_asking: Service) -> None:
    asking, _ = sqlite_asking
    assert (await asking.client.get("/healthz")).json()["data"] == {"status": "ok"}
    assert (await asking.client.get("/readyz")).json()["data"] == {"status": "ready"}
