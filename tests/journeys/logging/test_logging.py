"""Log a past meeting on four records; edit and clear what is there."""

import pytest

from tests.journeys.house import VERSIONS, House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_past_meeting_is_logged_on_four_records(house: House, crm: Crm, version: str) -> None:
    house.use_version(version)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.begins()
        await log.writes("title", "Kick-off at Northwind")
        await log.associates("Contact", "ada okaf", "Ada Okafor")
        await log.associates("Company", "northwind", "Northwind")
        await log.associates("Deal", "northwind roll", "Northwind rollout")
        ticket = next(iter(house.server.store.all("0-5"))).properties["subject"] or ""
        await log.associates("Ticket", ticket[:20], ticket)
        await log.writes("notes", "Budget is approved.")
        await log.saves()
        await rep.sees_toast("Meeting logged")
        await log.has_sent()
    meeting = crm.only("Kick-off at Northwind")
    assert crm.text(meeting, "hs_meeting_outcome") == "COMPLETED"
    assert crm.text(meeting, "hs_timestamp") == crm.text(meeting, "hs_meeting_start_time")
    assert "Budget is approved." in crm.text(meeting, "hs_internal_meeting_notes")
    assert [len(crm.records_of(meeting, kind)) for kind in ("contact", "company", "deal", "ticket")] == [
        1
    ] * 4
    assert house.logged == 1


async def test_fields_are_edited_and_cleared(house: House, crm: Crm) -> None:
    meeting = crm.hold("Review of the pilot", hours_ago=20)
    crm.change(meeting, hs_meeting_location="Room 4", hs_meeting_body="Agenda", hs_activity_type="Renewal")
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.picks("Review of the pilot")
        await log.writes("title", "Review of the second pilot")
        await log.clears("location")
        await log.writes("notes", "Two teams.")
        await log.presses_outcome("COMPLETED")
        await log.saves()
        await rep.sees_toast("Saved")
        await log.has_sent()
        await log.sees_no("Review of the second pilot")
    assert crm.text(meeting, "hs_meeting_title") == "Review of the second pilot"
    assert crm.text(meeting, "hs_meeting_location") == ""
    assert crm.text(meeting, "hs_meeting_body") == "Agenda"
    assert crm.text(meeting, "hs_activity_type") == "Renewal"
    assert crm.text(meeting, "hs_meeting_outcome") == "COMPLETED"
    assert crm.text(meeting, "hs_internal_meeting_notes") == "Two teams."
