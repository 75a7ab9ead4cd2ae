"""A link with a few free slots from November to January."""

from datetime import date

from app.domain.links import Slug
from app.domain.problems import StorageFailed, StorageTrouble
from app.domain.slots import YearMonth
from app.services.availability_state import AvailabilityState
from tests.fakes.clock import ManualClock
from tests.fakes.crm import FakeScheduler
from tests.fakes.samples import (
    HALF_HOUR,
    QUARTER,
    at,
)
from tests.services.world import World

NOV, DEC, JAN = YearMonth(2026, 11), YearMonth(2026, 12), YearMonth(2027, 1)
NEW_YORK = "America/New_York"
OTHER = Slug("maria/other")
WEEK = (date(2026, 11, 23), date(2026, 11, 27))
EDGE_WEEK = (date(2026, 11, 30), date(2026, 12, 4))
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")


async def signed_in(clock: ManualClock | None = None) -> World:
    world = await World(clock).start()
    world.crm.scheduler.offer(
        HALF_HOUR, at(24, 9), at(24, 10), at(1, 9, month=12), at(5, 9, month=1, year=2027)
    )
    world.crm.scheduler.offer(QUARTER, at(24, 9, 30))
    world.crm.scheduler.last_month = JAN
    return world


def state_of(world: World) -> AvailabilityState:
    return world.availability.state.value


def asked(scheduler: FakeScheduler) -> list[tuple[object, ...]]:
    """(zone, month, offset) of every availability request."""
    return [call[2:] for call in scheduler.calls if call[0] == "availability"]
