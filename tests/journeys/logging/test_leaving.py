"""Signing out with changes that were not sent: the rep is asked, and nothing of the account stays behind."""

from pathlib import Path

import pytest

from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep
from tests.journeys.test_sign_out import traces_in

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
TRACES = ("Call from the train", "Ada Okafor", "Northwind", "Wants SSO", "8412770")


async def test_signing_out_asks_about_changes_and_wipes_everything(
    house: House, crm: Crm, tmp_path: Path
) -> None:
    notes = tmp_path / "call-notes.txt"
    notes.write_text("Wants SSO and an audit log.", encoding="utf-8")
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await log.opens()
        house.unplug()
        await log.begins()
        await log.writes("title", "Call from the train")
        await log.attaches(notes)
        await log.saves()
        await rep.hands.until(lambda: log.waiting == 2, "the log and its file in the outbox")
        assert traces_in(house.folder, TRACES)
        account = rep.running.services.accounts.state.value.active
        assert account is not None
        await rep.hands.click("rail.settings")
        await rep.hands.click(f"settings.account.signOut.{account.id}")
        await rep.hands.click("ask.confirm")
        await rep.hands.until(lambda: rep.hands.is_there("openSandbox"), "the cards")
        await rep.hands.until(lambda: traces_in(house.folder, ("Wants SSO",)) == [], "the copies to go")
    assert traces_in(house.folder, TRACES) == []
    house.mend_the_cable()
    assert crm.titled("Call from the train") == []
