"""No key store on this computer: it is said, and a sign-in lasts until the app quits."""

import pytest

from tests.journeys import browser
from tests.journeys.house import House
from tests.journeys.test_sign_in import enter_credentials, start_sign_in

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
SAID = "No key store on this computer"


async def test_a_live_sign_in_lasts_for_the_session_and_says_so(house: House) -> None:
    house.keys = None  # type: ignore[assignment]
    person = browser.Person(browser.allows)
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await rep.sees_times()
        await rep.sees_banner(SAID)
        house.server.sandbox.tokens.expire_access_tokens()
        await rep.open_link("Roadmap talk")
        await rep.sees_times()
    async with house.open(browser=person) as rep:
        await rep.sees_banner("no longer accepts this sign-in")
        await rep.sees_links()
        await rep.act_on_banner("Reconnect HubSpot")
        await enter_credentials(rep)
        await rep.sees_times()
        await rep.sees_banner(SAID)
    kept = b"".join(file.read_bytes() for file in house.folder.rglob("*") if file.is_file())
    assert b"refresh" not in kept.lower()


async def test_the_practice_world_does_not_mention_it(house: House) -> None:
    house.keys = None  # type: ignore[assignment]
    async with house.open() as rep:
        await rep.sign_in()
        assert not rep.banners
