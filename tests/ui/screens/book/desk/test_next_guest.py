"""After a booking, another link is another conversation: the last guest does not follow to it."""

import pytest

from tests.ui.screens.book.bench import Bench
from tests.ui.screens.book.desk.steps import book, ready
from tests.ui.screens.book.stage import DEMO, Stage, quiet

pytestmark = pytest.mark.qt_loop


async def test_another_link_after_a_booking_begins_with_an_empty_desk(stage: Stage) -> None:
    bench: Bench = await ready(stage)
    await book(bench)
    assert bench.desk.props.booked is not None
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    assert bench.desk.props.booked is None
    assert bench.desk.prospect.contact is None
    assert bench.desk.inputs.answers.email == ""
    assert bench.selection.prospect is None
