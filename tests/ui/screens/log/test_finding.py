"""The command palette finds meetings."""

import asyncio

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.widgets.rows import ListRow
from app.ui.screens.log.finding import TYPING_PAUSE_S
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.screen import LogScreen
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import row
from tests.ui.screens.log.stage import Stage, at

pytestmark = pytest.mark.qt_loop


async def found(screen: LogScreen, stage: Stage, text: str) -> tuple[ListRow, ...]:
    """What the palette shows for a text."""
    (finder,) = screen.finders
    rows, _ = await asyncio.gather(finder.find(text), _typing_pauses(stage))
    return rows


async def _typing_pauses(stage: Stage) -> None:
    await quiet()
    await stage.clock.advance(TYPING_PAUSE_S)


async def test_a_meeting_is_found_by_title_and_people_and_opened(screen: LogScreen, stage: Stage) -> None:
    (only,) = await found(screen, stage, " fabrikam ")
    assert (only.title, only.detail) == ("Renewal: Fabrikam", "Ravi Menon · Fabrikam")
    assert only.trailing == "Mon 23 Nov, 09:30, Berlin time"
    screen.listing.show_segment(Segment.OUTBOX)
    screen.finders[0].pick(only.id)
    await quiet()
    assert screen.selection.meeting_id == "2"
    assert screen.listing.props.segment is Segment.ALL


async def test_no_more_than_five_are_offered_and_a_failed_search_offers_none(
    screen: LogScreen, stage: Stage
) -> None:
    stage.meetings.put(*(row(f"s{n}", "Stand-up", at(-n, 9)) for n in range(1, 7)))
    assert len(await found(screen, stage, "stand")) == 5
    stage.meetings.refusal = StorageFailed(StorageTrouble.UNREADABLE, "/data")
    assert await found(screen, stage, "stand") == ()
    stage.meetings.refusal = None
