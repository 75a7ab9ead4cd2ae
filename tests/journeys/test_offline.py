"""No connection: what was fetched stays readable, a wish becomes a draft, and nothing is sent by itself."""

import pytest

from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_an_offline_day_ends_in_a_draft_that_is_booked_the_next_morning(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        online = {slot.key for slot in rep.week.props.slots}
    house.unplug()
    async with house.open() as rep:
        await rep.sees_banner("Offline since")
        assert "Times are from" in rep.banners[0]
        await rep.open_link("Roadmap talk")
        await rep.sees_times()
        assert {slot.key for slot in rep.week.props.slots} == online
        await rep.pick_slot()
        assert rep.button("desk.book").label == "Save as draft"
        await rep.types_guest("Rosa", "Lindqvist", "rosa@fabrikam.example")
        await rep.book()
        await rep.sees_toast("Saved as a draft")
    house.plug_in()
    async with house.open() as rep:
        await rep.sees_links()
        await rep.open_link("Roadmap talk")
        await rep.sees_notice("A draft you saved while offline")
        form = rep.running.book.desk.props.form
        assert (form.first_name, form.last_name, form.email) == ("Rosa", "Lindqvist", "rosa@fabrikam.example")
        assert house.sent == 0
        await rep.pick_slot()
        await rep.book()
        await rep.sees_booked()
    assert len(house.meetings("Roadmap talk with Rosa Lindqvist")) == 1
    assert house.sent == 1


async def test_a_connection_that_breaks_and_returns_is_noticed(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        house.unplug()
        await rep.hands.click("links.refresh")
        await rep.sees_banner("Offline since")
        assert rep.week.props.slots
        house.plug_in()
        await rep.act_on_banner("Try now")
        await rep.no_banner()
        await rep.settles()
        await rep.pick_slot()
        assert rep.button("desk.book").label == "Book meeting"
