"""The install flow: begun here or in the marketplace, gone right, gone wrong, and undone."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from app.provider.links import LinkOrigin, LinkState
from app.provider.pipedrive import PipedriveClient, PipedriveUnclear
from app.provider.settings import ProviderSettings
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable
from tests.provider.asking import (
    CLIENT_ID,
    CLIENT_SECRET,
    LINK_ID,
    OTHER_ID,
    Asking,
    HandClock,
    a_link,
    basic,
    is_refusal,
)
from tests.provider.conftest import service
from tests.provider.pretend_pipedrive import LINK, ME, TOKEN, PretendPipedrive, pretend_pipedrive

BODY = {"client_id": CLIENT_ID, "company_id": 9, "user_id": 7, "timestamp": "2026-11-20 09:00:00"}


@pytest.fixture
def pipedrive() -> Iterator[PretendPipedrive]:
    """Pipedrive, on loopback."""
    with pretend_pipedrive() as pretend:
        yield pretend


@pytest.fixture
async def installing(
    sqlite_store: ProviderStore, settings: ProviderSettings, clock: HandClock, pipedrive: PretendPipedrive
) -> AsyncIterator[Asking]:
    """The service with that Pipedrive."""
    async with service(sqlite_store, replace(settings, oauth_url=pipedrive.url), clock) as opened:
        yield opened


async def test_an_install_from_the_marketplace(
    installing: Asking, sqlite_store: ProviderStore, pipedrive: PretendPipedrive
) -> None:
    answer = await installing.client.get("/callback?code=c0de")
    assert answer.status_code == 200
    assert "Installed" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    (link,) = sqlite_store.links()
    assert (link.user_id, link.company_id, link.zone, link.language) == (7, 9, "Europe/Berlin", "de")
    assert (link.state, link.origin) == (LinkState.LINKED, LinkOrigin.INSTALL)
    (_, token_headers, token_body), (_, me_headers, _), (_, _, link_body) = pipedrive.asked
    assert parse_qs(token_body.decode()) == {
        "grant_type": ["authorization_code"],
        "code": ["c0de"],
        "redirect_uri": ["https://calls.acme.example/callback"],
    }
    assert token_headers["Authorization"] == basic()["Authorization"]
    assert me_headers["Authorization"] == "Bearer at-1"
    assert json.loads(link_body) == {
        "user_provider_id": link.link_id,
        "user_id": 7,
        "company_id": 9,
        "marketplace_client_id": CLIENT_ID,
    }
    assert (await installing.create(link_id=link.link_id)).status_code == 201


async def test_an_install_that_begins_here_has_a_state(installing: Asking, clock: HandClock) -> None:
    begun = await installing.client.get("/install")
    assert begun.status_code == 302
    target = urlsplit(begun.headers["location"])
    query = parse_qs(target.query)
    assert (target.path, set(query)) == ("/oauth/authorize", {"client_id", "redirect_uri", "state"})
    state = query["state"][0]
    assert (await installing.client.get("/callback", params={"code": "c", "state": state})).status_code == 200
    clock.advance(minutes=11)
    late = await installing.client.get("/callback", params={"code": "c", "state": state})
    assert late.status_code == 400


@pytest.mark.parametrize("state", ["", "x", "9999999999.x.y", "é.é.é", "..", "9999999999.."])
async def test_a_forged_state_gets_nowhere(
    installing: Asking, pipedrive: PretendPipedrive, state: str
) -> None:
    refused = await installing.client.get("/callback", params={"code": "c", "state": state})
    assert refused.status_code == 400
    assert pipedrive.asked == []


async def test_pipedrives_own_page_comes_next(installing: Asking, pipedrive: PretendPipedrive) -> None:
    onward = f"{pipedrive.url}/settings"
    for said in (
        {"data": {"redirectUrl": onward}},
        {"data": {"redirect_url": onward}},
        {"redirectUrl": onward},
    ):
        pipedrive.replies[LINK] = (200, said)
        answer = await installing.client.get("/callback?code=c")
        assert (answer.status_code, answer.headers["location"]) == (303, onward)


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "https://pipedrive.com.evil.example", "javascript:1", 5, "http://[", ""],
)
async def test_nobody_is_sent_anywhere_else(
    installing: Asking, pipedrive: PretendPipedrive, onward: object
) -> None:
    pipedrive.replies[LINK] = (200, {"data": {"redirectUrl": onward}})
    assert (await installing.client.get("/callback?code=c")).status_code == 200


async def test_a_denied_install_changes_nothing(installing: Asking, pipedrive: PretendPipedrive) -> None:
    answer = await installing.client.get("/callback?error=user_denied")
    assert "did not allow" in answer.text
    assert (await installing.client.get("/callback")).status_code == 400
    assert pipedrive.asked == []


@pytest.mark.parametrize(
    ("path", "status", "content"),
    [
        (TOKEN, 400, {"error": "invalid_grant"}),
        (TOKEN, 200, {"access_token": ""}),
        (TOKEN, 200, {"access_token": "a\r\nb"}),
        (TOKEN, 200, {"access_token": "a", "api_domain": "https://evil.example"}),
        (TOKEN, 200, {"access_token": "a", "api_domain": 5}),
        (TOKEN, 200, b"<html>"),
        (TOKEN, 200, b"[]"),
        (TOKEN, 302, b""),
        (TOKEN, 0, b""),
        (ME, 200, {"data": None}),
        (ME, 200, {"data": {"id": True, "company_id": 9}}),
        (ME, 500, {}),
        (LINK, 401, {"success": False, "message": "Missing user id or company id"}),
    ],
)
async def test_an_install_that_goes_wrong_leaves_nothing(
    installing: Asking,
    sqlite_store: ProviderStore,
    pipedrive: PretendPipedrive,
    path: str,
    status: int,
    content: object,
) -> None:
    pipedrive.replies[path] = (status, content)
    answer = await installing.client.get("/callback?code=c")
    assert answer.status_code == 502
    assert "Not installed" in answer.text
    assert sqlite_store.links() == ()


async def test_a_lost_answer_leaves_a_link_that_works_and_is_taken_up_again(
    installing: Asking, sqlite_store: ProviderStore, pipedrive: PretendPipedrive
) -> None:
    good = pipedrive.replies[LINK]
    pipedrive.replies[LINK] = (0, b"")
    assert (await installing.client.get("/callback?code=c")).status_code == 502
    (link,) = sqlite_store.links()
    assert link.state is LinkState.PENDING
    assert (await installing.create(link_id=link.link_id)).status_code == 201
    pipedrive.replies[LINK] = (403, {"success": False, "message": "no"})
    assert (await installing.client.get("/callback?code=c")).status_code == 502
    assert sqlite_store.links() == (link,)
    pipedrive.replies[LINK] = good
    assert (await installing.client.get("/callback?code=c")).status_code == 200
    assert sqlite_store.links() == (replace(link, state=LinkState.LINKED),)


async def test_who_has_no_language_gets_none(
    installing: Asking, sqlite_store: ProviderStore, pipedrive: PretendPipedrive
) -> None:
    pipedrive.replies[ME] = (200, {"data": {"id": 7, "company_id": 9, "language": "de"}})
    await installing.client.get("/callback?code=c")
    (link,) = sqlite_store.links()
    assert (link.language, link.zone) == ("", "")


async def test_a_store_that_is_away_is_said(
    installing: Asking, sqlite_store: ProviderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(sqlite_store, "claim_link", away)
    assert (await installing.client.get("/callback?code=c")).status_code == 503


async def test_an_uninstall_removes_everything_of_that_user(asking: Asking, store: ProviderStore) -> None:
    store.put_link(a_link())
    store.put_link(a_link(OTHER_ID, user_id=8))
    await asking.create()
    gone = await asking.client.request("DELETE", "/callback", json=BODY, headers=basic())
    assert gone.json() == {"success": True, "data": {"removed_links": 1}}
    assert store.link(LINK_ID) is None
    assert store.totals().meetings == 0
    assert is_refusal(await asking.create(), 404, "NOT_FOUND")
    assert (await asking.create(link_id=OTHER_ID)).status_code == 201


@pytest.mark.parametrize(
    "change",
    [{"client_id": "other"}, {"user_id": "7"}, {"company_id": None}, {"user_id": True}, {"user_id": 2**70}],
)
async def test_an_unusable_uninstall_removes_nothing(
    sqlite_asking: tuple[Asking, ProviderStore], change: dict[str, object]
) -> None:
    asking, store = sqlite_asking
    store.put_link(a_link())
    refused = await asking.client.request("DELETE", "/callback", json=BODY | change, headers=basic())
    assert is_refusal(refused, 400, "INVALID_BODY")
    assert len(store.links()) == 1


def test_without_an_api_domain_the_general_one_is_asked(pipedrive: PretendPipedrive) -> None:
    client = PipedriveClient(pipedrive.url, client_id="a", client_secret="b", redirect_uri="c")
    pipedrive.replies[TOKEN] = (200, {"access_token": "at"})
    assert client.exchange("code").api_base == "https://api.pipedrive.com/v1"
    pipedrive.replies[TOKEN] = (200, {"access_token": "at", "api_domain": "https://acme.pipedrive.com"})
    assert client.exchange("code").api_base == "https://acme.pipedrive.com/api/v1"


def test_nobody_listens() -> None:
    client = PipedriveClient("http://127.0.0.1:9", client_id="a", client_secret="b", redirect_uri="c")
    with pytest.raises(PipedriveUnclear, match="could not be reached"):
        client.exchange("code")


def test_the_pair_is_spelled_as_http_basic_wants_it(pipedrive: PretendPipedrive) -> None:
    client = PipedriveClient(
        pipedrive.url, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, redirect_uri="c"
    )
    client.exchange("code")
    sent = pipedrive.asked[0][1]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == f"{CLIENT_ID}:{CLIENT_SECRET}"
