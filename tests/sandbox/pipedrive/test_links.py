"""User provider links, and what their answers say."""

from typing import Any

import pytest

from tests.sandbox.pipedrive.calling import LINK, Caller

ROOT = "/v1/meetings/userProviderLinks"
ADDED = {"success": True, "data": {"message": "The user was added successfully"}}


def test_linking_twice_with_one_id_is_one_link(pipedrive: Caller) -> None:
    for _ in range(2):
        reply = pipedrive.post(f"/api{ROOT}", pipedrive.link_body())
        assert (reply.status_code, reply.json()) == (200, ADDED)
    assert list(pipedrive.company.links) == [LINK]


def test_removing_is_once(pipedrive: Caller) -> None:
    pipedrive.post(ROOT, pipedrive.link_body())
    reply = pipedrive.delete(f"{ROOT}/{LINK.upper()}")
    assert reply.json() == {
        "success": True,
        "data": {"message": "The user data was successfully removed"},
    }
    again = pipedrive.delete(f"{ROOT}/{LINK}")
    assert again.status_code == 403
    assert set(again.json()) == {"success", "message"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"user_id": None}, 401),
        ({"company_id": "7741203"}, 401),
        ({"user_id": True}, 401),
        ({"user_id": 14430288}, 401),
        ({"company_id": 7741950}, 401),
        ({"marketplace_client_id": "another"}, 403),
        ({"user_provider_id": "no-uuid"}, 400),
        ({"user_provider_id": "z" * 36}, 400),
        ({"user_provider_id": LINK.replace("-", "0")}, 400),
        ({"user_provider_id": 7}, 400),
    ],
)
def test_wrong_links_say_why_in_message(pipedrive: Caller, changes: dict[str, Any], status: int) -> None:
    reply = pipedrive.post(ROOT, pipedrive.link_body(**changes))
    assert reply.status_code == status
    assert set(reply.json()) == {"success", "message"}
    assert pipedrive.company.links == {}


def test_links_belong_to_their_user(pipedrive: Caller) -> None:
    pipedrive.post(ROOT, pipedrive.link_body())
    other = pipedrive.using(pipedrive.service.grant(user_id=14430288).access_token)
    assert other.post(ROOT, other.link_body()).status_code == 403
    assert other.delete(f"{ROOT}/{LINK}").status_code == 401


def test_no_link_without_the_scope_or_json(pipedrive: Caller) -> None:
    plain = pipedrive.with_scopes("base")
    reply = plain.post(ROOT, plain.link_body())
    assert (reply.status_code, reply.json()["error"]) == (403, "Scope and URL mismatch")
    assert pipedrive.call("POST", ROOT, content=b"{").json()["message"] == "Bad request"


@pytest.mark.parametrize(
    ("at", "path"),
    [
        ("data.redirectUrl", ("data", "redirectUrl")),
        ("data.redirect_url", ("data", "redirect_url")),
        ("redirectUrl", ("redirectUrl",)),
        ("foreign", ("data", "redirectUrl")),
    ],
)
def test_the_redirect_address_in_each_of_its_places(
    pipedrive: Caller, at: str, path: tuple[str, ...]
) -> None:
    pipedrive.steer("redirect", {"at": at})
    value = pipedrive.post(ROOT, pipedrive.link_body()).json()
    for name in path:
        value = value[name]
    inside = value.startswith("https://northwind-sales.pipedrive.com/")
    assert inside is (at != "foreign")


def test_a_revoked_token_cannot_remove_its_link(pipedrive: Caller) -> None:
    issued = pipedrive.service.grant()
    mine = pipedrive.using(issued.access_token)
    mine.post(ROOT, mine.link_body())
    pipedrive.form("/oauth/revoke", {"token": issued.refresh_token})
    assert mine.delete(f"{ROOT}/{LINK}").status_code == 401
    assert list(pipedrive.company.links) == [LINK]
