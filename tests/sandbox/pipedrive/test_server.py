"""Pipedrive over real connections: lost answers, and calls to a provider from the running server."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.sandbox.faults import Fault, FaultKind
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from tests.sandbox.calling import TOKEN
from tests.sandbox.pipedrive.calling import LINK, QUERY
from tests.sandbox.pipedrive.providing import providing

LINKS = "/api/v1/meetings/userProviderLinks"


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(links=4, meetings=4, token=TOKEN)) as running:
        yield running


@pytest.fixture
def client(server: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=server.pipedrive_url, headers=headers, trust_env=False) as opened:
        yield opened


def body_of(client: httpx.Client) -> dict[str, Any]:
    me = client.get("/api/v1/users/me").json()["data"]
    return {
        "user_provider_id": LINK,
        "user_id": me["id"],
        "company_id": me["company_id"],
        "marketplace_client_id": QUERY["client_id"],
    }


def test_an_answer_that_is_lost_leaves_a_link_behind(server: SandboxServer, client: httpx.Client) -> None:
    body = body_of(client)
    server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST"))
    with pytest.raises(httpx.TransportError):
        client.post(LINKS, json=body)
    assert list(server.sandbox.pipedrive.main.links) == [LINK]
    assert client.post(LINKS, json=body).status_code == 200
    assert client.delete(f"{LINKS}/{LINK}").status_code == 200
    assert server.sandbox.pipedrive.main.links == {}


def test_a_call_is_played_from_the_running_server(client: httpx.Client) -> None:
    assert client.post(LINKS, json=body_of(client)).status_code == 200
    activity = {"due_date": "2026-11-24", "due_time": "09:30", "duration": "00:45"}
    number = client.post("/api/v2/activities", json=activity).json()["data"]["id"]
    with providing() as provider:
        assert client.post("/__pipedrive__/manifest", json=provider.manifest()).status_code == 204
        deed = {"do": "add", "activityId": number, "linkId": LINK}
        assert client.post("/__pipedrive__/play", json=deed).json()["status"] == 201
        assert [seen[0] for seen in provider.seen] == ["POST"]


def test_refresh_tokens_outlive_a_restart_with_the_same_seed(server: SandboxServer) -> None:
    pair = server.sandbox.pipedrive.grant()
    with SandboxServer(SandboxOptions(links=4, meetings=4)) as again:
        desk = again.sandbox.pipedrive.desk
        assert desk.refresh(pair.refresh_token).install == pair.install
        assert desk.install_of(pair.refresh_token[:-1] + "x") is None
    with SandboxServer(SandboxOptions(links=4, meetings=4, seed=5)) as other:
        assert other.sandbox.pipedrive.desk.install_of(pair.refresh_token) is None
