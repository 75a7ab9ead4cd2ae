"""The booking desk in front of a link with five free half hours."""

from app.domain.booking import (
    BookingReceipt,
    BookingRequest,
    BookingStage,
)
from app.domain.links import LinkKind
from app.domain.problems import (
    StorageFailed,
    StorageTrouble,
    Unknown,
)
from app.domain.records import MeetingEngagement
from tests.fakes.clock import FastClock, ManualClock
from tests.fakes.crm import FakeScheduler
from tests.fakes.samples import (
    HALF_HOUR,
    MARIA,
    OFFLINE_JONAS,
    SLUG,
    ZONE,
    at,
    sample_info,
    sample_request,
    slot,
)
from tests.services.world import Disk, World

START = at(24, 17, 30)
REQUEST = sample_request(START)
FREE = (at(24, 17), START, at(24, 18), at(24, 18, 30), at(24, 20))
NEAREST = (slot(at(24, 18)), slot(at(24, 17)), slot(at(24, 18, 30)))
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")
RECHECKING, SENDING, VERIFYING = BookingStage


class Stages(list[BookingStage]):
    """Collects the stages of a booking."""

    def __call__(self, stage: BookingStage) -> None:
        """Note the stage."""
        self.append(stage)


async def at_the_desk(
    kind: LinkKind = LinkKind.PERSONAL,
    *,
    disk: Disk | None = None,
    clock: ManualClock | FastClock | None = None,
    is_open: bool = True,
) -> World:
    """Signed in, the link open, five half hours free."""
    members = (MARIA,) if kind is LinkKind.PERSONAL else (MARIA, OFFLINE_JONAS)
    world = await World(clock or FastClock(), info=sample_info(kind=kind, members=members), disk=disk).start()
    world.crm.scheduler.offer(HALF_HOUR, *FREE)
    if is_open:
        await world.availability.open(SLUG, ZONE)
    return world


def note_meeting(world: World, *, outcome: str = "SCHEDULED", start_known: bool = True) -> MeetingEngagement:
    """The CRM shows the meeting of the request."""
    meeting = MeetingEngagement(
        "m-1",
        "Intro call",
        START if start_known else None,
        REQUEST.slot.end if start_known else None,
        outcome,
        None,
        "Room 1",
        "https://meet.example",
    )
    world.crm.records.meetings[REQUEST.email, START] = meeting
    return meeting


def loses_the_answer(scheduler: FakeScheduler, *, is_applied: bool) -> None:
    """The next booking is carried out or not, and nothing comes back."""

    def lose(request: BookingRequest) -> BookingReceipt:
        raise Unknown("c-1")

    if is_applied:
        scheduler.receipt = lose
    else:
        scheduler.fail("book", Unknown("c-1"))
