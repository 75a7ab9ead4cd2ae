"""Two versions, no network, an expired token, a lost answer: nothing is lost, nothing is doubled."""

import pytest

from app.sandbox.faults import Fault, FaultKind
from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_both_versions_are_shown_and_the_rep_chooses(house: House, crm: Crm) -> None:
    meeting = crm.hold("Review of the pilot", hours_ago=20)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.picks("Review of the pilot")
        await log.writes("location", "Room 7")
        await log.writes("notes", "Mine")
        crm.change(meeting, hs_internal_meeting_notes="Theirs", hs_meeting_title="Review, renamed")
        await log.saves()
        await rep.hands.until(
            lambda: any(row.state == "conflict" for row in log.services.outbox.state.value.rows), "a conflict"
        )
        await log.shows("all")
        await log.picks("Review of the pilot", waits=False)
        await rep.hands.until(lambda: rep.hands.is_there("log.conflict"), "both versions")
        said = log.says("log.conflict")
        assert "Mine" in said
        assert "Theirs" in said
        await rep.hands.click("log.conflict.decide")
        await log.has_sent()
    assert crm.text(meeting, "hs_internal_meeting_notes") == "Mine"
    assert crm.text(meeting, "hs_meeting_location") == "Room 7"
    assert crm.text(meeting, "hs_meeting_title") == "Review, renamed"


async def test_what_is_logged_offline_is_sent_once_after_the_return(house: House, crm: Crm) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        house.unplug()
        await rep.hands.click("rail.book")
        await rep.hands.click("links.refresh")
        await rep.sees_banner("Offline")
        await rep.hands.click("rail.log")
        await log.begins()
        await log.writes("title", "Call from the train")
        assert log.button("log.save").label == "Send when online"
        await log.saves()
        await rep.sees_toast("It is sent when you are online")
        await log.shows("all")
        await log.sees("Call from the train")
        assert log.waiting == 1
    async with house.open() as rep:
        log = LogRep(rep)
        await rep.hands.click("rail.log")
        await log.shows("all")
        await log.sees("Call from the train")
        assert log.waiting == 1
        house.mend_the_cable()
        house.clock.push(90)
        await log.has_sent()
    assert len(crm.titled("Call from the train")) == 1


async def test_a_lost_answer_is_looked_up_and_nothing_is_logged_twice(house: House, crm: Crm) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        house.trouble(Fault(FaultKind.RESET_AFTER, "POST", "*/meetings"))
        await log.begins()
        await log.writes("title", "Kick-off")
        await log.saves()
        await rep.sees_toast("Meeting logged")
        await rep.hands.until(
            lambda: any(row.state != "sending" for row in log.services.outbox.state.value.rows), "the look-up"
        )
        for _ in range(3):
            house.clock.push(70)
            await rep.hands.rest()
        await log.has_sent()
    assert len(crm.titled("Kick-off")) == 1
    assert house.logged == 1


async def test_an_expired_token_is_renewed_in_the_middle(house: House, crm: Crm) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.begins()
        await log.writes("title", "Kick-off")
        house.server.requests.clear()
        assert house.server.sandbox.tokens.expire_access_tokens() == 1
        await log.saves()
        await rep.sees_toast("Meeting logged")
        await log.has_sent()
        assert not rep.banners
    assert house.asked("POST", "/oauth/") == 1
    assert len(crm.titled("Kick-off")) == 1
