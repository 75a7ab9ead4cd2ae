"""After a booking, another link is another conversation: the last guest does not follow to it."""

import pytest

from tests.fakes.samples import ZONE
from tests.ui.screens.book.bench import Bench
from tests.ui.screens.book.desk.steps import book, ready
from tests.ui.screens.book.stage import DEMO, NEW_YORK, Stage, quiet

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


@pytest.mark.parametrize(("preferred", "zone"), [("", ZONE), ("Asia/Kolkata", "Asia/Kolkata")])
async def test_the_last_guests_zone_goes_with_the_guest(stage: Stage, preferred: str, zone: str) -> None:
    await stage.services.preferences.change(guest_zone=preferred)
    bench = await ready(stage)
    await book(bench)
    assert bench.selection.guest_zone == NEW_YORK
    bench.desk.finish()
    await quiet()
    assert bench.selection.guest_zone == zone
    assert bench.calendar.inputs.guest_zone == zone


async def test_the_zone_of_a_guest_stays_for_the_next_step(stage: Stage) -> None:
    bench = await ready(stage)
    await book(bench)
    bench.desk.start_over()
    assert bench.selection.guest_zone == NEW_YORK


async def test_the_zone_of_a_guest_does_not_outlast_the_account(stage: Stage) -> None:
    bench = await ready(stage)
    assert bench.selection.guest_zone == NEW_YORK
    await stage.services.accounts.sign_out(stage.account.id)
    bench.desk.forget()
    assert bench.selection.guest_zone == ZONE
