"""The sandbox as a server on loopback: sockets, lost connections, many lives in one process."""

import json
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest

from app.sandbox.crm.object_types import CONTACT
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from app.sandbox.sockets import StartError, loopback_sockets
from tests.guards.network import is_loopback

TOKEN = "fixed"
SMALL = SandboxOptions(links=4, meetings=8, token=TOKEN)
CONTACTS = "/crm/v3/objects/contacts"


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(SMALL) as running:
        yield running


@pytest.fixture
def client(server: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=server.hubspot_url, headers=headers, trust_env=False) as opened:
        yield opened


def test_both_services_answer(server: SandboxServer, client: httpx.Client) -> None:
    assert client.get("/crm/v3/owners").status_code == 200
    for headers, status in (({}, 401), ({"Authorization": "Bearer x"}, 401), (client.headers, 200)):
        reply = httpx.get(f"{server.pipedrive_url}/api/v1/users/me", headers=headers, trust_env=False)
        assert reply.status_code == status
        assert reply.json()["success"] is (status == 200)
    assert [row.service for row in server.requests.rows()] == ["hubspot"] + ["pipedrive"] * 3
    assert server.world.portal.hub_id == 8412770
    assert server.store.count(CONTACT) == 600
    assert server.limits.enforced is False
    assert abs((server.clock.now() - server.requests.rows()[-1].at).total_seconds()) < 60


def test_one_port_on_both_address_families() -> None:
    bound = loopback_sockets(0)
    try:
        ports = {one.getsockname()[1] for one in bound}
        assert len(ports) == 1
        assert all(is_loopback(one.getsockname()[0]) for one in bound)
    finally:
        for one in bound:
            one.close()


def test_a_port_in_use_is_said_in_a_sentence(server: SandboxServer) -> None:
    port = int(server.hubspot_url.rpartition(":")[2])
    with pytest.raises(StartError, match=f"Port {port} is in use"), SandboxServer(SMALL, hubspot_port=port):
        pass
    with pytest.raises(StartError, match="is in use"), SandboxServer(SMALL, pipedrive_port=port):
        pass


def test_a_port_taken_on_the_other_family_only_is_in_use_too() -> None:
    bound = loopback_sockets(0)
    port = bound[0].getsockname()[1]
    if len(bound) > 1:
        bound[0].close()
        with pytest.raises(StartError, match="in use"):
            loopback_sockets(port)
    bound[-1].close()


def test_many_lives_in_one_process() -> None:
    before = threading.active_count()
    for _ in range(5):
        with SandboxServer(SMALL) as running:
            reply = httpx.get(f"{running.hubspot_url}/crm/v3/owners", trust_env=False)
            assert reply.status_code == 401
        port = int(running.hubspot_url.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)
    assert threading.active_count() == before


def test_two_at_once_do_not_mix() -> None:
    with SandboxServer(SMALL) as one, SandboxServer(SMALL) as other:
        pair = one.sandbox.grant()
        headers = {"Authorization": f"Bearer {pair.access_token}"}
        for running, status in ((one, 200), (other, 401)):
            reply = httpx.get(f"{running.hubspot_url}/crm/v3/owners", headers=headers, trust_env=False)
            assert reply.status_code == status


def contact(mail: str) -> dict[str, dict[str, str]]:
    return {"properties": {"email": mail}}


def test_reset_before_the_body_has_no_effect(server: SandboxServer, client: httpx.Client) -> None:
    server.faults.add(Fault(FaultKind.RESET_BEFORE, "POST"))
    with pytest.raises(httpx.TransportError):
        client.post(CONTACTS, json=contact("a@person.example"))
    assert server.store.find_by(CONTACT, "email", "a@person.example") is None
    assert client.post(CONTACTS, json=contact("a@person.example")).status_code == 201
    assert [(row.status, row.fault) for row in server.requests.rows()] == [(0, "reset_before"), (201, None)]


def test_reset_after_the_body_has_its_effect(server: SandboxServer, client: httpx.Client) -> None:
    server.faults.add(Fault(FaultKind.RESET_AFTER, "POST"))
    with pytest.raises(httpx.TransportError):
        client.post(CONTACTS, json=contact("a@person.example"))
    assert server.store.find_by(CONTACT, "email", "a@person.example") is not None
    again = client.post(CONTACTS, json=contact("a@person.example"))
    assert again.status_code == 409


def test_a_reset_is_a_reset_on_the_wire(server: SandboxServer) -> None:
    server.faults.add(Fault(FaultKind.RESET_BEFORE))
    port = int(server.hubspot_url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            raw.recv(1)


def test_stopping_does_not_wait_for_a_scripted_latency() -> None:
    with SandboxServer(SMALL) as running:
        running.faults.add(Fault(FaultKind.LATENCY, seconds=3000))
        failures: list[Exception] = []
        struck = threading.Event()

        def call() -> None:
            try:
                httpx.get(f"{running.hubspot_url}/x", timeout=3000, trust_env=False)
            except httpx.TransportError as problem:
                failures.append(problem)

        caller = threading.Thread(target=call)
        caller.start()
        while not struck.is_set():
            if running.faults.rows()[0]["struck"]:
                struck.set()
    caller.join()
    assert len(failures) == 1


def test_garbage_on_the_wire_is_refused(server: SandboxServer, client: httpx.Client) -> None:
    port = int(server.hubspot_url.rpartition(":")[2])
    for garbage in (b"\x16\x03\x01\x02\x00", b"GET /\r\n\r\n", b"A" * 70_000 + b"\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
            raw.sendall(garbage + b"\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert client.get("/crm/v3/owners").status_code == 200


def test_two_hosts_or_none_are_refused(server: SandboxServer) -> None:
    port = int(server.hubspot_url.rpartition(":")[2])
    head = b"GET /crm/v3/owners HTTP/1.0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(head)
        assert raw.recv(100).startswith(b"HTTP/1.1 421")


def test_ten_thousand_meetings_page_by_page() -> None:
    with SandboxServer(SandboxOptions(links=1, meetings=10_000, token=TOKEN)) as running:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        seen: set[str] = set()
        with httpx.Client(base_url=running.hubspot_url, headers=headers, trust_env=False) as client:
            query = {"limit": "100", "properties": "hs_meeting_title,hs_meeting_start_time"}
            while True:
                page = json.loads(client.get("/crm/v3/objects/meetings", params=query).content)
                seen.update(row["id"] for row in page["results"])
                if "paging" not in page:
                    break
                query["after"] = page["paging"]["next"]["after"]
        assert len(seen) == 10_000
