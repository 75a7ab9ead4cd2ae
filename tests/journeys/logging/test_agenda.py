"""The day on the Agenda: from a meeting that is over to its log and back, and the same list on a train."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.screens.agenda.listing.faces import RowAction, RowFace
from app.ui.screens.agenda.listing.list_view import AgendaList
from app.ui.screens.agenda.listing.model import AgendaModel
from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


def rows(rep: Rep) -> AgendaList:
    return rep.hands.find(AgendaList, "agenda.list")


def faces(rep: Rep) -> dict[str, RowFace]:
    """The rows of the list by title; none while the list is not shown."""
    if not rep.hands.is_there("agenda.list"):
        return {}
    model = rows(rep).model()
    assert isinstance(model, AgendaModel)
    return {item.title: item for item in model.items if isinstance(item, RowFace)}


async def opens_agenda(rep: Rep, title: str) -> None:
    """Show the Agenda and wait for a meeting."""
    await rep.hands.click("rail.agenda")
    await rep.hands.until(lambda: title in faces(rep), f"{title} on the agenda")
    await rep.hands.rest()


async def picks(rep: Rep, title: str) -> None:
    """Click a row of the list."""
    view = rows(rep)
    model = view.model()
    assert isinstance(model, AgendaModel)
    index = model.index(model.row_of(faces(rep)[title].key))
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    await rep.hands.rest()


async def test_a_meeting_that_is_over_is_logged_from_the_agenda(house: House, crm: Crm) -> None:
    crm.hold("Budget call", hours_ago=1)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await opens_agenda(rep, "Budget call")
        assert faces(rep)["Budget call"].action is RowAction.LOG
        await picks(rep, "Budget call")
        await rep.hands.press(Qt.Key.Key_L)
        await rep.hands.until(lambda: rep.hands.is_there("log.editor"), "the Log screen")
        await log.is_open("Budget call")
        await log.presses_outcome("COMPLETED")
        await log.saves()
        await log.has_sent()
        await rep.hands.click("rail.agenda")
        await rep.hands.until(lambda: faces(rep)["Budget call"].badge == "Completed", "the outcome")
        assert faces(rep)["Budget call"].action is RowAction.NONE
    assert crm.text(crm.only("Budget call"), "hs_meeting_outcome") == "COMPLETED"


async def test_the_agenda_stays_readable_without_a_network(house: House, crm: Crm) -> None:
    crm.hold("Budget call", hours_ago=1)
    async with house.open() as rep:
        await rep.sign_in()
        log = LogRep(rep)
        await opens_agenda(rep, "Budget call")
        await log.is_read()
        house.unplug()
        await rep.hands.press(Qt.Key.Key_F5)
        await rep.hands.until(lambda: log.says("agenda.note").startswith("Offline."), "the age of the rows")
        said = r"Offline\. Meetings are from 08:\d\d Berlin time\."
        assert re.fullmatch(said, log.says("agenda.note"))
        assert "Budget call" in faces(rep)
        house.mend_the_cable()
