"""Who may ask: forged, missing and misspelled credentials never pass."""

import base64
import random

import pytest

from app.provider.credentials import Credentials
from app.provider.store.store import ProviderStore
from tests.guards.figures import Count, Report
from tests.provider.asking import (
    ADMIN_TOKEN,
    CALL,
    CLIENT_ID,
    CLIENT_SECRET,
    LINK_ID,
    Asking,
    a_link,
    basic,
    is_refusal,
    meetings_path,
)

RIGHT = f"{CLIENT_ID}:{CLIENT_SECRET}"


def forged(rng: random.Random) -> str | None:
    """An Authorization header that must not pass; None leaves it out."""
    letters = list(RIGHT)
    place = rng.randrange(len(letters))
    match rng.randrange(9):
        case 0:
            return None
        case 1:
            letters[place] = chr(ord(letters[place]) ^ 1)
        case 2:
            del letters[place]
        case 3:
            letters.insert(place, rng.choice("x:\x00é"))
        case 4:
            return f"Bearer {rng.choice([RIGHT, ADMIN_TOKEN, basic()['Authorization']])}"
        case 5:
            return "Basic " + rng.choice(
                ["", "====", "%%%", RIGHT, "A" * 5_000, base64.b64encode(b":").decode()]
            )
        case 6:
            return base64.b64encode(RIGHT.encode()).decode()
        case 7:
            letters = list(
                rng.choice([f":{CLIENT_SECRET}", f"{CLIENT_ID}:", CLIENT_SECRET, RIGHT.upper(), RIGHT + " "])
            )
        case _:
            return "Basic " + base64.b64encode(rng.randbytes(rng.randrange(80))).decode()
    return "Basic " + base64.b64encode("".join(letters).encode()).decode()


@pytest.mark.bar
async def test_no_forged_credentials_are_accepted(
    sqlite_asking: tuple[Asking, ProviderStore], rng: random.Random, figure: Report, count: Count
) -> None:
    asking, store = sqlite_asking
    store.put_link(a_link())
    accepted, tries = 0, count(1_000, 1_000)
    for _ in range(tries):
        header = forged(rng)
        headers = {"Authorization": header} if header is not None else {}
        method, path = rng.choice(
            [
                ("POST", meetings_path()),
                ("PATCH", f"{meetings_path()}/{'a' * 32}"),
                ("DELETE", f"{meetings_path()}/{'a' * 32}"),
                ("DELETE", "/callback"),
            ]
        )
        refused = await asking.client.request(method, path, json=CALL, headers=headers)
        accepted += not is_refusal(refused, 401, "UNAUTHORIZED")
    assert accepted == 0
    assert store.meetings(LINK_ID) == ()
    figure(f"forged or missing credentials accepted, of {tries}", accepted, 0)


async def test_the_right_credentials_pass_in_any_case_of_the_scheme(
    sqlite_asking: tuple[Asking, ProviderStore],
) -> None:
    asking, store = sqlite_asking
    store.put_link(a_link())
    header = basic()["Authorization"].replace("Basic", "bASIC")
    made = await asking.client.post(meetings_path(), json=CALL, headers={"Authorization": header})
    assert made.status_code == 201


async def test_two_headers_are_none(sqlite_asking: tuple[Asking, ProviderStore]) -> None:
    asking, _ = sqlite_asking
    header = basic()["Authorization"]
    headers = [("Authorization", header), ("Authorization", header)]
    refused = await asking.client.post(meetings_path(), json=CALL, headers=headers)
    assert is_refusal(refused, 401, "UNAUTHORIZED")
    assert refused.headers["www-authenticate"].startswith("Basic ")


async def test_the_desktop_needs_its_token(sqlite_asking: tuple[Asking, ProviderStore]) -> None:
    asking, _ = sqlite_asking
    for header in ("", "Bearer", "Bearer wrong", f"Basic {ADMIN_TOKEN}", basic()["Authorization"]):
        refused = await asking.client.get("/api/status", headers={"Authorization": header})
        assert is_refusal(refused, 401, "UNAUTHORIZED")
    assert (await asking.desktop("GET", "/api/status")).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer "])
def test_without_a_token_the_desktop_is_shut_out(given: str) -> None:
    from starlette.requests import Request

    from app.provider.replies import Refused

    shut = Credentials(client_id="a", client_secret="b", admin_token="")
    headers = [(b"authorization", given.encode())]
    with pytest.raises(Refused):
        shut.check_desktop(Request({"type": "http", "headers": headers}))
