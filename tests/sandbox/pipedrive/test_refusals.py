"""Who may call, how much, and what trouble looks like in Pipedrive's words."""

import pytest

from app.sandbox.faults import Fault, FaultKind, RetryAfter
from app.sandbox.pipedrive.app import operations
from app.sandbox.pipedrive.operations import Operation
from tests.sandbox.pipedrive.calling import Caller

ME = "/api/v1/users/me"
NAMES = [f"{one.method} {one.path}" for one in operations()]


def address(one: Operation) -> str:
    return f"/api/v{one.version}{one.path}".replace("{id}", "1").replace("{comment_id}", "1")


@pytest.mark.parametrize("one", operations(), ids=NAMES)
def test_nothing_answers_without_a_token_or_its_scope(pipedrive: Caller, one: Operation) -> None:
    reply = pipedrive.using(None).call(one.method, address(one))
    assert reply.json()["error"] == "unauthorized access"
    assert (reply.status_code, reply.json()["errorCode"]) == (401, 401)
    assert reply.headers["x-401-by-gw"] == "true"
    assert reply.headers["x-correlation-id"]
    reply = pipedrive.with_scopes("nothing").call(one.method, address(one))
    assert (reply.status_code, reply.json()["error"]) == (403, "Scope and URL mismatch")


def test_unknown_paths_and_methods(standing: Caller) -> None:
    assert standing.get("/api/v2/nowhere").status_code == 404
    assert standing.get("/v2/activities").status_code == 404
    assert standing.call("PATCH", "/v1/notes/4001").status_code == 405
    assert standing.using(None).get("/api/v2/nowhere").status_code == 401
    assert standing.call("GET", ME, headers={"Authorization": "Basic x"}).status_code == 401


def test_a_closed_company_answers_402(pipedrive: Caller) -> None:
    closed = pipedrive.using(pipedrive.service.grant(company_id=7742008).access_token)
    reply = closed.get(ME)
    assert (reply.status_code, reply.json()["success"]) == (402, False)
    pipedrive.steer("open", {"open": True, "companyId": 7742008})
    assert closed.get(ME).status_code == 200


def test_every_call_costs_its_tokens(pipedrive: Caller) -> None:
    before = int(pipedrive.get(ME).headers["x-daily-ratelimit-token-remaining"])
    reply = pipedrive.get("/v1/activityTypes")
    assert int(reply.headers["x-daily-ratelimit-token-remaining"]) == before - 20
    assert reply.headers["x-daily-ratelimit-token-limit"] == "90000"
    refused = pipedrive.get("/api/v2/persons/search", term="a")
    assert int(refused.headers["x-daily-ratelimit-token-remaining"]) == before - 40


def test_a_spent_day_refuses_until_midnight(pipedrive: Caller) -> None:
    pipedrive.steer("budget", {"left": 3})
    assert pipedrive.get(ME).status_code == 200
    reply = pipedrive.get(ME)
    assert (reply.status_code, reply.headers["x-daily-ratelimit-token-remaining"]) == (429, "1")
    other = pipedrive.using(pipedrive.service.grant(company_id=7741950).access_token)
    assert other.get(ME).status_code == 200
    pipedrive.sandbox.clock.advance(16 * 3600)
    assert pipedrive.get(ME).status_code == 200


def test_bursts_are_counted_for_each_token_and_apart_for_search(pipedrive: Caller) -> None:
    pipedrive.sandbox.limits.enforced = True
    search = "/api/v2/persons/search"
    assert [pipedrive.get(search, term="ada").status_code for _ in range(11)] == [200] * 10 + [429]
    replies = [pipedrive.get(ME) for _ in range(81)]
    assert [reply.status_code for reply in replies] == [200] * 80 + [429]
    assert replies[0].headers["x-ratelimit-limit"] == "80"
    assert replies[0].headers["x-ratelimit-remaining"] == "79"
    assert replies[80].headers["x-ratelimit-remaining"] == "0"
    assert replies[80].headers["x-ratelimit-reset"] == "2"
    other = pipedrive.using(pipedrive.service.grant().access_token)
    assert other.get(ME).status_code == 200
    pipedrive.sandbox.clock.advance(2)
    assert pipedrive.get(ME).status_code == 200


def test_limits_only_count_while_they_are_not_enforced(pipedrive: Caller) -> None:
    assert {pipedrive.get(ME).status_code for _ in range(90)} == {200}


@pytest.mark.parametrize(
    ("fault", "status", "key"),
    [
        (Fault(FaultKind.UNAUTHORIZED), 401, "errorCode"),
        (Fault(FaultKind.EXPIRED), 401, "errorCode"),
        (Fault(FaultKind.MISSING_SCOPE), 403, "errorCode"),
        (Fault(FaultKind.RATE_LIMITED, retry_after=RetryAfter.SECONDS, seconds=4), 429, "error_info"),
        (Fault(FaultKind.SERVER_ERROR, status=402), 402, "error_info"),
        (Fault(FaultKind.SERVER_ERROR, status=503), 503, "error_info"),
        (Fault(FaultKind.CONFLICT), 409, "error_info"),
    ],
)
def test_scripted_trouble_speaks_as_pipedrive(pipedrive: Caller, fault: Fault, status: int, key: str) -> None:
    pipedrive.sandbox.faults.add(fault)
    reply = pipedrive.get(ME)
    assert reply.status_code == status
    assert reply.json()["success"] is False
    assert key in reply.json()
    assert ("retry-after" in reply.headers) is (status == 429)
    assert pipedrive.get(ME).status_code == 200


def test_the_block_is_a_page_and_no_json(pipedrive: Caller) -> None:
    pipedrive.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, status=403))
    reply = pipedrive.get(ME)
    assert (reply.status_code, reply.headers["content-type"]) == (403, "text/html; charset=utf-8")


def test_trouble_with_links_is_said_in_message(pipedrive: Caller) -> None:
    pipedrive.sandbox.faults.add(Fault(FaultKind.UNAUTHORIZED, path="*/meetings/*"))
    reply = pipedrive.post("/v1/meetings/userProviderLinks", pipedrive.link_body())
    assert reply.status_code == 401
    assert set(reply.json()) == {"success", "message"}


def test_a_lost_answer_takes_effect(pipedrive: Caller) -> None:
    body = pipedrive.link_body()
    pipedrive.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, status=503, applied=True, method="POST"))
    assert pipedrive.post("/v1/meetings/userProviderLinks", body).status_code == 503
    assert len(pipedrive.company.links) == 1
    pipedrive.sandbox.faults.add(Fault(FaultKind.TRUNCATED_JSON))
    assert not pipedrive.get(ME).text.endswith("}")
