"""Pipedrive's three calls: what is answered, what is refused, and that all refusals look alike."""

import json

import pytest
from starlette.requests import Request

from app.provider.bodies import BODY_LIMIT
from app.provider.store.store import ProviderStore
from tests.provider.asking import (
    CALL,
    LINK_ID,
    NOW,
    OTHER_ID,
    Asking,
    HandClock,
    a_link,
    basic,
    is_refusal,
    meetings_path,
)

NOBODY = "a" * 32


@pytest.fixture(autouse=True)
def linked(store: ProviderStore) -> None:
    """One linked user from Germany."""
    store.put_link(a_link(language="de", zone="Europe/Berlin"))


async def test_a_call_is_added_moved_and_taken_away(asking: Asking, store: ProviderStore) -> None:
    made = await asking.create()
    data = made.json()["data"]
    assert made.status_code == 201
    assert made.json()["success"] is True
    assert set(data) == {"meeting_id", "join_url", "invitation"}
    assert data["join_url"].startswith("https://meet.jit.si/")
    assert "23.11.2026 10:30–11:00 (Europe/Berlin, UTC+01:00)" in data["invitation"]
    moved = await asking.update(data["meeting_id"], {**CALL, "topic": "Moved", "duration": 45.5})
    assert (moved.status_code, moved.content) == (204, b"")
    (kept,) = store.meetings(LINK_ID)
    assert (kept.call.topic, kept.call.duration_min) == ("Moved", 45.5)
    for _ in range(2):
        gone = await asking.delete(data["meeting_id"])
        assert (gone.status_code, gone.content) == (204, b"")
    assert is_refusal(await asking.update(data["meeting_id"]), 404, "NOT_FOUND")


async def test_a_password_is_told(asking: Asking, store: ProviderStore) -> None:
    store.put_link(a_link(room_url="https://acme.zoom.us/j/1", room_password="4711"))
    data = (await asking.create()).json()["data"]
    assert (data["join_url"], data["password"]) == ("https://acme.zoom.us/j/1", "4711")
    assert "Password: 4711" in data["invitation"]


async def test_a_repeated_create_is_answered_alike_for_a_while(asking: Asking, clock: HandClock) -> None:
    first = await asking.create()
    assert (await asking.create()).json() == first.json()
    clock.advance(seconds=31)
    assert (await asking.create()).json() != first.json()


@pytest.mark.parametrize("link_id", [OTHER_ID, "nonsense", "%00", "a" * 3_000])
async def test_an_unknown_link(asking: Asking, link_id: str) -> None:
    assert is_refusal(await asking.create(link_id=link_id), 404, "NOT_FOUND")
    assert is_refusal(await asking.update(NOBODY, link_id=link_id), 404, "NOT_FOUND")
    assert is_refusal(await asking.delete(NOBODY, link_id=link_id), 404, "NOT_FOUND")


@pytest.mark.parametrize("meeting_id", [NOBODY, "x", "%00", "%2e%2e", "b" * 3_000])
async def test_an_unknown_meeting(asking: Asking, meeting_id: str) -> None:
    assert is_refusal(await asking.update(meeting_id), 404, "NOT_FOUND")
    assert is_refusal(await asking.delete(meeting_id), 404, "NOT_FOUND")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"duration": NaN}',
        b"9" * 6_000,
        json.dumps({**CALL, "duration": -1}).encode(),
        json.dumps({**CALL, "start_time": "2026-11-23T09:30Z"}).encode(),
        json.dumps({**CALL, "topic": "\x00"}).encode(),
    ],
)
async def test_bodies_that_cannot_be_used(asking: Asking, store: ProviderStore, content: bytes) -> None:
    headers = basic()
    for method, path in (("POST", meetings_path()), ("PATCH", f"{meetings_path()}/{NOBODY}")):
        refused = await asking.client.request(method, path, content=content, headers=headers)
        assert is_refusal(refused, 400, "INVALID_BODY")
    assert store.meetings(LINK_ID) == ()


async def test_every_fault_of_a_body_is_named(asking: Asking) -> None:
    message = (await asking.create({"topic": 1, "duration": 0})).json()["data"]["message"]
    assert message == (
        "topic must be a string. start_time is required. duration must be more than 0 minutes."
    )


async def test_hostile_topics_are_kept_as_clean_text(asking: Asking, store: ProviderStore) -> None:
    body = json.dumps({**CALL, "topic": "'; DROP TABLE links;--\u0000\ud800 <b>"}).encode()
    made = await asking.client.post(meetings_path(), content=body, headers=basic())
    assert made.status_code == 201
    assert store.meetings(LINK_ID)[0].call.topic == "'; DROP TABLE links;-- <b>"


async def test_a_body_longer_than_64_kb(asking: Asking, store: ProviderStore) -> None:
    announced = await asking.create({**CALL, "extra": "x" * BODY_LIMIT})
    assert is_refusal(announced, 413, "TOO_LARGE")

    async def chunks() -> object:
        for _ in range(80):
            yield b" " * 1024

    streamed = await asking.client.post(meetings_path(), content=chunks(), headers=basic())  # type: ignore[arg-type]
    assert is_refusal(streamed, 413, "TOO_LARGE")
    fits = await asking.create({**CALL, "extra": "x" * (BODY_LIMIT - 200)})
    assert fits.status_code == 201


async def test_other_addresses_and_methods_have_the_same_envelope(asking: Asking) -> None:
    assert is_refusal(await asking.client.get("/nowhere"), 404, "NOT_FOUND")
    assert is_refusal(await asking.client.get(meetings_path()), 405, "METHOD_NOT_ALLOWED")


async def test_a_database_that_went_away(
    asking: Asking, store: ProviderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.provider.store.troubles import StoreUnavailable

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("away")

    for name in ("create_meeting", "ping", "totals"):
        monkeypatch.setattr(store, name, away)
    refused = await asking.create()
    assert is_refusal(refused, 503, "UNAVAILABLE")
    assert refused.headers["retry-after"] == "2"
    assert is_refusal(await asking.client.get("/readyz"), 503, "UNAVAILABLE")
    assert (await asking.client.get("/healthz")).status_code == 200
    assert "slotdesk_provider_store_up 0" in (await asking.client.get("/metrics")).text


async def test_a_request_that_cannot_be_noted_is_answered_all_the_same(
    asking: Asking, store: ProviderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.provider.store.troubles import StoreUnavailable

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(store, "note_request", away)
    assert (await asking.create()).status_code == 201


async def test_a_mistake_of_ours_has_the_same_envelope(
    asking: Asking, store: ProviderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "create_meeting", broken)
    assert is_refusal(await asking.create(), 500, "INTERNAL")


async def test_a_body_that_is_cut_off_or_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from app.provider import bodies
    from app.provider.replies import Refused

    async def cut() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def never() -> dict[str, str]:
        await asyncio.Event().wait()
        return {}

    scope = {"type": "http", "headers": [], "method": "POST"}
    with pytest.raises(Refused) as found:
        await bodies.read_json(Request(scope, cut))
    assert found.value.status == 400
    monkeypatch.setattr(bodies, "_PATIENCE_S", 0.01)
    with pytest.raises(Refused) as found:
        await bodies.read_json(Request(scope, never))
    assert found.value.status == 408


def test_the_clock_of_these_tests_stands_still(clock: HandClock) -> None:
    assert clock.now() == NOW
