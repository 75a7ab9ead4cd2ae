"""Scripted trouble in this process: which requests it strikes, and what they get."""

import json
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.faults import Fault, FaultKind, FaultScript, RetryAfter
from app.sandbox.trouble import cut
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller

PATH = "/account-info/2026-03/details"
CONTACTS = "/crm/v3/objects/contacts"
NEW = {"properties": {"email": "fault@person.example"}}


def statuses(caller: Caller, count: int, path: str = PATH) -> list[int]:
    return [caller.get(path).status_code for _ in range(count)]


@pytest.mark.parametrize(
    ("fault", "status", "category"),
    [
        (Fault(FaultKind.UNAUTHORIZED), 401, "INVALID_AUTHENTICATION"),
        (Fault(FaultKind.EXPIRED), 401, "EXPIRED_AUTHENTICATION"),
        (Fault(FaultKind.MISSING_SCOPE), 403, "MISSING_SCOPES"),
        (Fault(FaultKind.CONFLICT), 409, "CONFLICT"),
        (Fault(FaultKind.SERVER_ERROR), 500, "INTERNAL_ERROR"),
        (Fault(FaultKind.SERVER_ERROR, status=502), 502, "INTERNAL_ERROR"),
        (Fault(FaultKind.SERVER_ERROR, status=503), 503, "INTERNAL_ERROR"),
        (Fault(FaultKind.SERVER_ERROR, status=504), 504, "INTERNAL_ERROR"),
    ],
)
def test_refusals_come_before_any_effect(hubspot: Caller, fault: Fault, status: int, category: str) -> None:
    before = hubspot.store.count(CONTACT)
    hubspot.sandbox.faults.add(fault)
    reply = hubspot.post(CONTACTS, NEW)
    assert reply.status_code == status
    tables.ERROR(reply.json())
    assert reply.json()["category"] == category
    assert hubspot.store.count(CONTACT) == before
    assert hubspot.post(CONTACTS, NEW).status_code == 201


def test_missing_scope_names_the_scopes(hubspot: Caller) -> None:
    hubspot.sandbox.faults.add(Fault(FaultKind.MISSING_SCOPE, scopes=("tickets",)))
    assert hubspot.get(PATH).json()["context"] == {"missingScopes": ["tickets"]}


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(RetryAfter.NONE, None), (RetryAfter.SECONDS, 7), (RetryAfter.DATE, 7)]
)
def test_429_and_503_in_all_forms(hubspot: Caller, retry_after: RetryAfter, seconds: int | None) -> None:
    for kind, status in ((FaultKind.RATE_LIMITED, 429), (FaultKind.SERVER_ERROR, 503)):
        hubspot.sandbox.faults.add(Fault(kind, status=503, retry_after=retry_after, seconds=7))
        asked = datetime.now(UTC).replace(microsecond=0)
        reply = hubspot.get(PATH)
        assert reply.status_code == status
        given = reply.headers.get("retry-after")
        if retry_after is RetryAfter.NONE:
            assert given is None
        elif retry_after is RetryAfter.SECONDS:
            assert given == str(seconds)
        else:
            assert given.endswith("GMT")
            assert timedelta(seconds=7) <= parsedate_to_datetime(given) - asked <= timedelta(seconds=10)


def test_a_rate_limit_names_its_policy(hubspot: Caller) -> None:
    hubspot.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, policy="DAILY"))
    reply = hubspot.get(PATH)
    tables.LIMIT(reply.json())
    assert reply.json()["policyName"] == "DAILY"


def test_latency_delays_and_lets_through(hubspot: Caller) -> None:
    hubspot.sandbox.faults.add(Fault(FaultKind.LATENCY, seconds=0.02))
    assert statuses(hubspot, 2) == [200, 200]
    slow, fast = hubspot.sandbox.requests.rows()
    assert (slow.fault, fast.fault) == ("latency", None)
    assert slow.took_ms >= 20


def test_latency_goes_with_another_fault(hubspot: Caller) -> None:
    script = hubspot.sandbox.faults
    script.add(Fault(FaultKind.LATENCY, seconds=0.01))
    script.add(Fault(FaultKind.CONFLICT))
    script.add(Fault(FaultKind.SERVER_ERROR))
    assert statuses(hubspot, 3) == [409, 500, 200]


def test_damaged_replies_come_after_the_effect(hubspot: Caller) -> None:
    kinds = (
        FaultKind.TRUNCATED_JSON,
        FaultKind.GARBAGE_JSON,
        FaultKind.WRONG_CONTENT_TYPE,
        FaultKind.HUGE_BODY,
    )
    for number, kind in enumerate(kinds):
        before = hubspot.store.count(CONTACT)
        hubspot.sandbox.faults.add(Fault(kind, size=3_000_000))
        reply = hubspot.post(CONTACTS, {"properties": {"email": f"f{number}@person.example"}})
        assert reply.status_code == 201
        assert hubspot.store.count(CONTACT) == before + 1
        if kind is FaultKind.HUGE_BODY:
            assert len(reply.content) > 3_000_000
        else:
            with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
                json.loads(reply.content)
        html = reply.headers["content-type"].startswith("text/html")
        assert html is (kind is FaultKind.WRONG_CONTENT_TYPE)


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.RATE_LIMITED, FaultKind.CONFLICT])
def test_a_refusal_can_hide_an_effect(hubspot: Caller, kind: FaultKind) -> None:
    hubspot.sandbox.faults.add(Fault(kind, applied=True))
    assert hubspot.post(CONTACTS, NEW).status_code >= 409
    assert hubspot.store.find_by(CONTACT, "email", "fault@person.example") is not None


def test_resets_need_a_real_connection(hubspot: Caller) -> None:
    for kind in (FaultKind.RESET_BEFORE, FaultKind.RESET_AFTER):
        hubspot.sandbox.faults.add(Fault(kind))
        with pytest.raises(RuntimeError, match="no connection to cut"):
            hubspot.get(PATH)


def test_addressed_by_method_and_path(hubspot: Caller) -> None:
    hubspot.sandbox.faults.add(Fault(FaultKind.CONFLICT, "POST", "/crm/*/contacts*", times=None))
    assert hubspot.get(CONTACTS).status_code == 200
    assert hubspot.post(CONTACTS, NEW).status_code == 409
    assert hubspot.post(f"{CONTACTS}/search", {}).status_code == 409
    assert hubspot.post("/crm/v3/objects/companies/search", {}).status_code == 200


def test_oauth_and_unauthenticated_calls_can_be_struck(hubspot: Caller) -> None:
    hubspot.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, path="/oauth/*", times=2))
    stranger = hubspot.anonymous()
    assert stranger.form("/oauth/v3/token", {}).status_code == 500
    assert stranger.get("/oauth/authorize").status_code == 500
    assert stranger.get("/oauth/authorize").status_code == 400


def test_nth_and_times(hubspot: Caller) -> None:
    number = hubspot.sandbox.faults.add(Fault(FaultKind.CONFLICT, nth=3, times=2))
    assert statuses(hubspot, 6) == [200, 200, 409, 409, 200, 200]
    row = hubspot.sandbox.faults.rows()[0]
    assert (row["id"], row["seen"], row["struck"]) == (number, 6, 2)


def test_removing(hubspot: Caller) -> None:
    script = hubspot.sandbox.faults
    number = script.add(Fault(FaultKind.CONFLICT, times=None))
    assert statuses(hubspot, 1) == [409]
    assert script.remove(number)
    assert not script.remove(number)
    assert statuses(hubspot, 1) == [200]
    script.add(Fault(FaultKind.CONFLICT, times=None))
    script.clear()
    assert statuses(hubspot, 1) == [200]
    assert script.rows() == []


def test_probability_follows_the_seed() -> None:
    def struck(seed: int) -> list[bool]:
        script = FaultScript(seed=seed)
        script.add(Fault(FaultKind.CONFLICT, times=None, probability=0.3))
        return [bool(script.strike("GET", "/x")) for _ in range(1000)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert 220 < Counter(struck(1))[True] < 380


def test_one_row_of_a_batch_can_be_refused(hubspot: Caller) -> None:
    base = "/crm/objects/2026-03/meetings"
    ids = [record.id for record in hubspot.store.all(MEETING)][:3]
    rows = [{"id": number, "properties": {"hs_meeting_outcome": "COMPLETED"}} for number in ids]
    hubspot.sandbox.faults.add(Fault(FaultKind.ROW_REFUSED, path=f"{base}/batch/*", row=2))
    reply = hubspot.post(f"{base}/batch/update", {"inputs": rows})
    assert reply.status_code == 207
    assert [one["id"] for one in reply.json()["results"]] == [ids[0], ids[2]]
    assert reply.json()["numErrors"] == 1
    assert reply.json()["errors"][0]["context"] == {"ids": [ids[1]]}
    assert hubspot.post(f"{base}/batch/update", {"inputs": rows}).status_code == 200

    before = hubspot.store.count(MEETING)
    hubspot.sandbox.faults.add(Fault(FaultKind.ROW_REFUSED, row=1))
    new = {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z"}, "associations": []}
    made = hubspot.post(f"{base}/batch/create", {"inputs": [{**new, "objectWriteTraceId": "a"}, new]})
    assert made.status_code == 207
    assert made.json()["errors"][0]["context"] == {"objectWriteTraceId": ["a"]}
    assert hubspot.store.count(MEETING) == before + 1

    hubspot.sandbox.faults.add(Fault(FaultKind.ROW_REFUSED, row=1))
    pair = {"from": {"id": ids[0]}, "to": {"id": hubspot.first_id(CONTACT)}}
    linked = hubspot.post(
        "/crm/associations/2026-03/meetings/contacts/batch/associate/default", {"inputs": [pair]}
    )
    assert linked.json()["numErrors"] == 1


async def test_a_peer_that_has_gone_already_is_no_trouble() -> None:
    here, there = socket.socketpair()
    here.close()
    there.close()
    transport = FakeTransport(here)

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    await cut({"state": {"transport": transport}}, receive)
    assert transport.is_aborted


class FakeTransport:
    """The transport of a socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.is_aborted = False

    def get_extra_info(self, name: str) -> socket.socket:
        assert name == "socket"
        return self._connection

    def abort(self) -> None:
        self.is_aborted = True
