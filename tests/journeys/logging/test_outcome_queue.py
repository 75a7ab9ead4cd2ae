"""The end of the day: one key for each meeting, one undo, one batch; and many changed at once."""

import pytest
from PySide6.QtCore import Qt

from app.sandbox.faults import Fault, FaultKind
from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]

QUEUE = 30


async def test_thirty_outcomes_go_out_as_one_batch_and_one_is_taken_back(house: House, crm: Crm) -> None:
    for number in range(QUEUE - 1):
        crm.hold(f"Call {number:02}", hours_ago=2 + number / 2)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.sees("Call 00")
        await rep.hands.until(lambda: "…" not in log.titles, "every row")
        titles = log.titles
        assert len(titles) == QUEUE
        await log.picks(titles[0])
        log.rows.setFocus()
        for number, title in enumerate(titles):
            await log.is_open(title)
            await rep.hands.press(Qt.Key.Key_2 if number == 5 else Qt.Key.Key_1)
            await rep.sees_toast(title)
        await rep.hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await rep.hands.until(lambda: log.waiting == QUEUE - 1, "the last one to be taken back")
        house.server.requests.clear()
        house.clock.push(10)
        await log.has_sent()
    outcomes = [
        crm.text(crm.only(title), "hs_meeting_outcome") for title in titles if title.startswith("Call")
    ]
    decided = dict(zip(titles, ["COMPLETED"] * QUEUE, strict=True)) | {
        titles[5]: "NO_SHOW",
        titles[-1]: "SCHEDULED",
    }
    assert outcomes == [decided[title] for title in titles if title.startswith("Call")]
    assert house.asked("POST", "/meetings/batch/update") == 1
    assert house.asked("PATCH", "/meetings/") == 0


async def test_a_refused_row_of_a_bulk_change_is_shown_and_the_others_are_done(
    house: House, crm: Crm
) -> None:
    meetings = [crm.hold(f"Call {number}", hours_ago=2 + number) for number in range(3)]
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        await log.picks("Call 0")
        await log.picks("Call 1", also=True)
        await log.picks("Call 2", also=True)
        await rep.hands.click("log.changeMany")
        await rep.hands.until(lambda: rep.hands.is_there("bulk.apply"), "the preview")
        await log.chooses("bulk.outcome", "Completed")
        house.trouble(Fault(FaultKind.ROW_REFUSED, "POST", "*/meetings/batch/update", row=2))
        await rep.hands.click("bulk.apply")
        await rep.hands.until(lambda: log.waiting == 3, "three changes")
        house.clock.push(10)
        await rep.hands.until(lambda: log.waiting == 1, "one change that was refused")
        await log.shows("outbox")
        await rep.hands.until(lambda: bool(log.says("outbox.reason")), "the reason")
        (stuck,) = log.services.outbox.state.value.rows
        await rep.hands.click("outbox.retry")
        await log.has_sent()
    outcomes = [crm.text(meeting, "hs_meeting_outcome") for meeting in meetings]
    assert outcomes == ["COMPLETED"] * 3
    assert stuck.refusal is not None
