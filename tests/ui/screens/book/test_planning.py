"""The Book screen's ways to a meeting without a link: the command, and the card of an empty calendar."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.meetings import CONTACT, CrmRecord, MeetingDetails, RecordRef
from app.ui.kit.calendar.empty import EmptyCard
from app.ui.kit.routes import NewMeeting
from app.ui.screens.book.calendar.empty import derive_empty
from app.ui.screens.book.screen import BookScreen
from tests.ui.screens.book.at_the_desk import TUESDAY, ready
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.snapshots import calendar
from tests.ui.screens.book.stage import ADA, Stage, furnish, quiet

pytestmark = pytest.mark.qt_loop
WORDS = "Plan a meeting without a link"


def asked_of(stage: Stage) -> list[NewMeeting]:
    """What the Log screen is asked to plan."""
    asked: list[NewMeeting] = []
    stage.context.routes.plan_requested.connect(asked.append)
    return asked


async def test_the_command_takes_guest_and_time_along(screen: BookScreen, stage: Stage) -> None:
    asked = asked_of(stage)
    command = next(one for one in screen.commands if one.id == "book.plan")
    assert [one.id for one in screen.commands if one.shortcut == "M"] == ["book.plan"]
    command.run()
    assert asked == [NewMeeting()]
    await ready(screen)
    command.run()
    guest = CrmRecord(RecordRef(CONTACT, ADA.id), ADA.full_name, ADA.email)
    details = MeetingDetails(start=TUESDAY.start, end=TUESDAY.end)
    assert asked[1:] == [NewMeeting(details, (guest,))]


async def test_an_empty_calendar_offers_it_in_every_look(stage: Stage) -> None:
    furnish(stage, week=())
    stage.scheduler.slots.clear()
    made = BookScreen(stage.context, stage.tasks.child("book"))
    hands = Hands(made.widget)
    await hands.show()
    made.start()
    await quiet(200)
    asked = asked_of(stage)
    for look in ("1", "2", "3", "4"):
        next(one for one in made.commands if one.shortcut == look).run()
        await quiet()
        cards = [card for card in hands.window.findChildren(EmptyCard) if card.isVisible()]
        assert len(cards) == 1
        other = next(one for one in cards[0].findChildren(QPushButton) if one.accessibleName() == WORDS)
        await hands.click(other)
    assert asked == [NewMeeting()] * 4
    made.widget.close()
    await stage.tasks.close()
    made.widget.deleteLater()


def test_the_card_offers_it_wherever_the_calendar_has_nothing() -> None:
    notice = derive_empty(calendar(), ())
    assert notice is not None
    assert notice.other == WORDS
