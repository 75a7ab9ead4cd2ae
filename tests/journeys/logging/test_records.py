"""A meeting's files and pins, and the meeting that is there already."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.domain.meetings import CrmRecord, MeetingDetails, RecordRef, RecordType
from app.ui.kit.routes import NewMeeting
from tests.journeys.clock import START
from tests.journeys.house import House
from tests.journeys.logging.crm import TYPES, Crm
from tests.journeys.logging.log_rep import LogRep
from tests.journeys.opened import OpenedAddresses

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_file_is_attached_opened_and_taken_off(house: House, crm: Crm, tmp_path: Path) -> None:
    meeting = crm.hold("Review of the pilot", hours_ago=20)
    notes = tmp_path / "call-notes.txt"
    notes.write_text("Wants SSO and an audit log.", encoding="utf-8")
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.picks("Review of the pilot")
        await log.attaches(notes)
        notes.unlink()
        await log.has_sent()
        file_id = crm.text(meeting, "hs_attachment_ids")
        stored = house.server.sandbox.portals[0].files.get(file_id)
        assert stored is not None
        assert stored.content == b"Wants SSO and an audit log."
        await log.is_open("Review of the pilot")
        await rep.hands.until(lambda: log.editor.files.chip("call-notes.txt") is not None, "the chip")
        chip = log.editor.files.chip("call-notes.txt")
        assert chip is not None
        await rep.hands.until(lambda: chip.name.isVisible(), "a file that can be opened")
        with OpenedAddresses() as opened:
            chip.name.click()
            await rep.hands.until(lambda: bool(opened.seen), "the file to be opened")
        async with httpx.AsyncClient() as client:
            reply = await client.get(opened.seen[0])
        assert reply.content == b"Wants SSO and an audit log."
        chip.remove.click()
        await rep.hands.until(lambda: not crm.text(meeting, "hs_attachment_ids"), "the file to be taken off")
        await log.has_sent()


async def test_a_pin_is_set_and_moved_to_another_meeting(house: House, crm: Crm) -> None:
    first, second = crm.hold("First call", hours_ago=40), crm.hold("Second call", hours_ago=20)
    deal = crm.record("deal", "Fabrikam pilot")
    for meeting in (first, second):
        house.server.store.associate("0-47", meeting.id, "0-3", deal.id)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.picks("First call")
        await log.stands_on("Fabrikam pilot")
        await log.pins("Fabrikam pilot")
        await log.has_sent()
        assert crm.pinned("deal", deal) == first.id
        await log.picks("Second call")
        await log.stands_on("Fabrikam pilot")
        assert not log.is_pinned("Fabrikam pilot")
        await log.pins("Fabrikam pilot")
        await log.has_sent()
        assert crm.pinned("deal", deal) == second.id
        await log.pins("Fabrikam pilot")
        await log.has_sent()
        assert crm.pinned("deal", deal) == ""


async def test_a_meeting_that_is_there_already_is_found_before_it_is_logged_twice(
    house: House, crm: Crm
) -> None:
    there = crm.hold("Intro call", hours_ago=20)
    ada = crm.record("contact", "Okafor")
    house.server.store.associate("0-47", there.id, "0-1", ada.id)
    start = START - timedelta(hours=20, minutes=-10)
    ref = RecordRef(RecordType(TYPES["contact"]), ada.id)
    prefill = NewMeeting(
        MeetingDetails(title="Call with Ada", start=start, end=start + timedelta(minutes=30)),
        (CrmRecord(ref, "Ada Okafor"),),
    )
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        rep.running.window.screens["log"].selection.open_new(prefill)  # type: ignore[attr-defined]
        await rep.hands.until(lambda: log.editor.viewmodel.inputs.is_new, "the form")
        await log.writes("notes", "She wants a pilot.")
        await log.saves()
        await rep.hands.until(lambda: rep.hands.is_there("log.duplicates"), "the meeting that is there")
        assert "Intro call" in log.says("log.duplicates")
        await rep.hands.click(f"log.use.{there.id}")
        await log.is_open("Intro call")
        await log.saves()
        await rep.sees_toast("Saved")
        await log.has_sent()
    assert house.logged == 0
    assert crm.text(there, "hs_internal_meeting_notes") == "She wants a pilot."
