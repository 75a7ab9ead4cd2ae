"""A sign-in that ended while the app was closed: all comes back with it, the half-done booking too."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_reconnect_brings_back_times_links_and_the_guest_of_the_draft(house: House) -> None:
    async with house.open() as rep:
        slot = await rep.prepares("Roadmap talk")
        drafts = rep.running.services.drafts.state
        await rep.hands.until(lambda: bool(drafts.value.drafts), "the draft to be kept")
    tokens = house.server.sandbox.tokens
    assert tokens.revoke(house.refresh_token)
    tokens.expire_access_tokens()
    async with house.open() as rep:
        await rep.sees_banner("no longer accepts this sign-in")
        await rep.settles()
        assert rep.running.book.desk.inputs.contact is None
        await rep.act_on_banner("Reconnect HubSpot")
        await rep.no_banner()
        await rep.knows_guest()
        await rep.sees_times()
        assert slot.key in {one.key for one in rep.week.props.slots}
        assert rep.running.services.links.state.value.problem is None
        await rep.book()
        await rep.sees_booked()
    assert house.sent == 1


async def test_without_a_key_store_the_sandbox_is_open_again_after_a_restart(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "keys", None)
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        drafts = rep.running.services.drafts.state
        await rep.hands.until(lambda: bool(drafts.value.drafts), "the draft to be kept")
    house.server.requests.clear()
    async with house.open() as rep:
        await rep.sees_links()
        await rep.knows_guest()
        await rep.sees_times()
        assert not rep.banners
        assert rep.hands.find(QLabel, "status.account").text() == "Sandbox account"
    assert house.asked("GET", "/oauth/authorize") == 1
