"""HubSpot's rate limits: the headers, the refusals, and what does not count."""

import pytest

from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller, calling

PATH = "/account-info/2026-03/details"
SEARCH = "/crm/objects/2026-03/contacts/search"


def test_headers_on_every_reply_but_search(hubspot: Caller) -> None:
    for remaining in (109, 108):
        headers = hubspot.get(PATH).headers
        assert headers["X-HubSpot-RateLimit-Max"] == "110"
        assert headers["X-HubSpot-RateLimit-Remaining"] == str(remaining)
        assert headers["X-HubSpot-RateLimit-Interval-Milliseconds"] == "10000"
        assert not [name for name in headers if "daily" in name.lower() or "secondly" in name.lower()]
    assert hubspot.get("/nope").headers["X-HubSpot-RateLimit-Remaining"] == "107"
    for path in (SEARCH, "/crm/v3/objects/0-47/search"):
        assert not [name for name in hubspot.post(path, {}).headers if "ratelimit" in name.lower()]


def test_without_the_switch_nothing_is_refused(hubspot: Caller) -> None:
    assert {hubspot.get(PATH).status_code for _ in range(130)} == {200}
    assert hubspot.get(PATH).headers["X-HubSpot-RateLimit-Remaining"] == "0"
    assert {hubspot.post(SEARCH, {}).status_code for _ in range(12)} == {200}


def test_110_in_ten_seconds_rolling() -> None:
    with calling(limits=True) as hubspot:
        for number in range(110):
            assert hubspot.get(PATH).status_code == 200
            if number == 54:
                hubspot.sandbox.clock.advance(5)
        refused = hubspot.get(PATH)
        assert refused.status_code == 429
        tables.LIMIT(refused.json())
        assert refused.json()["policyName"] == "TEN_SECONDLY_ROLLING"
        assert refused.json()["message"] == "You have reached your ten_secondly_rolling limit."
        assert "retry-after" not in refused.headers
        hubspot.sandbox.clock.advance(5)
        assert [hubspot.get(PATH).status_code for _ in range(56)] == [200] * 55 + [429]


def test_five_searches_a_second_on_their_own_counter() -> None:
    with calling(limits=True) as hubspot:
        assert [hubspot.post(SEARCH, {}).status_code for _ in range(5)] == [200] * 5
        refused = hubspot.post("/crm/v3/objects/meetings/search", {})
        assert refused.status_code == 429
        tables.LIMIT(refused.json())
        assert refused.json()["policyName"] == "SECONDLY"
        assert refused.json()["message"] == "You have reached your secondly limit."
        assert hubspot.get(PATH).headers["X-HubSpot-RateLimit-Remaining"] == "109"
        hubspot.sandbox.clock.advance(1)
        assert hubspot.post(SEARCH, {}).status_code == 200


@pytest.mark.parametrize("base", ["/crm/v4/associations", "/crm/associations/2026-03"])
def test_association_batches_are_exempt(base: str) -> None:
    with calling(limits=True) as hubspot:
        for _ in range(3):
            hubspot.post(f"{base}/meetings/contacts/batch/read", {"inputs": []})
        assert hubspot.get(PATH).headers["X-HubSpot-RateLimit-Remaining"] == "109"


def test_every_account_has_its_own_counters() -> None:
    with calling(limits=True) as hubspot:
        pair = hubspot.sandbox.grant(hub_id=8412913)
        other = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, pair.access_token)
        for _ in range(110):
            hubspot.get(PATH)
        assert hubspot.get(PATH).status_code == 429
        assert other.get(PATH).headers["X-HubSpot-RateLimit-Remaining"] == "109"
