"""Several HubSpot accounts side by side, one of them in use."""

from functools import partial

import pytest

from tests.journeys import browser
from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
PARTNERS = "8412913"


async def test_two_portals_live_side_by_side_and_are_left_one_by_one(house: House) -> None:
    person = browser.Person(browser.allows)
    async with house.open(browser=person) as rep:
        await rep.sign_in()
        accounts, links = rep.running.services.accounts.state, rep.running.services.links.state
        first = accounts.value.active
        assert first is not None
        person.answers_with(partial(browser.allows, account=PARTNERS))
        await rep.hands.click("rail.settings")
        await rep.hands.click("settings.accounts.add")
        await rep.hands.click("openSandbox")
        await rep.hands.until(lambda: len(accounts.value.accounts) == 2, "the second account")
        await rep.hands.until(lambda: len(links.value.links) == 6, "its links")
        second = accounts.value.active
        assert second is not None
        assert str(second.portal_id) == PARTNERS
        await rep.hands.click("rail.settings")
        await rep.hands.click(f"settings.account.use.{first.id}")
        await rep.hands.click("rail.book")
        await rep.hands.until(lambda: len(links.value.links) == 42, "the links of the first")
        await rep.sees_times()
        await rep.hands.click("rail.settings")
        await rep.hands.click(f"settings.account.signOut.{first.id}")
        await rep.hands.until(lambda: accounts.value.accounts == (second,), "the second account alone")
        await rep.hands.until(lambda: len(links.value.links) == 6, "its links again")
    async with house.open() as rep:
        await rep.hands.click("rail.book")
        await rep.sees_links()
        active = rep.running.services.accounts.state.value.active
        assert active is not None
        assert active.id == second.id
        assert len(house.keys.items) == 1
