"""Tokens end in the middle of the work: they are renewed unseen, or the rep is asked to reconnect."""

import pytest

from tests.journeys.house import VERSIONS, House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_expired_token_is_renewed_once_and_nobody_notices(house: House, version: str) -> None:
    house.use_version(version)
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        house.server.requests.clear()
        assert house.server.sandbox.tokens.expire_access_tokens() == 1
        await rep.book()
        await rep.sees_booked()
        assert not rep.banners
        assert not rep.notice
    assert house.asked("POST", "/oauth/") == 1
    assert house.sent == 1
    assert len(house.meetings("Roadmap talk with Ada Okafor")) == 1


async def test_a_lost_grant_asks_to_reconnect_and_keeps_the_data(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        before = {slot.key for slot in rep.week.props.slots}
        tokens = house.server.sandbox.tokens
        assert tokens.revoke(house.refresh_token)
        tokens.expire_access_tokens()
        await rep.hands.click("links.refresh")
        await rep.sees_banner("no longer accepts this sign-in")
        assert len(rep.running.services.links.state.value.links) == 42
        assert {slot.key for slot in rep.week.props.slots} == before
        await rep.act_on_banner("Reconnect HubSpot")
        await rep.no_banner()
        await rep.sees_links()
        await rep.open_link("Roadmap talk")
        assert tokens.grant_of(house.refresh_token) is not None
        assert len(rep.running.services.accounts.state.value.accounts) == 1
