"""A rep's meeting ports at a sandbox over real HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.changes import LogMeeting
from app.domain.meetings import (
    Association,
    Meeting,
    MeetingDetails,
    MeetingId,
    RecordRef,
    RecordType,
    local_meeting_id,
)
from app.domain.ports_meetings import MeetingPorts
from app.sandbox.crm.object_types import MEETING, SITE
from app.sandbox.server import SandboxServer
from app.sandbox.world.world import World

EVERY_SCOPE = "every-scope"
SITES = RecordType(SITE)
START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
NOBODY = MeetingId("9")


@dataclass
class Desk:
    """A rep's meeting ports at a sandbox."""

    server: SandboxServer
    ports: MeetingPorts

    @property
    def world(self) -> World:
        """What the sandbox holds."""
        return self.server.world

    def stored(self, meeting_id: str) -> dict[str, str | None]:
        """The properties of a meeting as HubSpot keeps them."""
        record = self.world.store.get(MEETING, meeting_id)
        assert record is not None
        return dict(record.properties)

    def ref(self, kind: RecordType, place: int = 0) -> RecordRef:
        """One of the sandbox's records."""
        return RecordRef(kind, tuple(self.world.store.all(kind))[place].id)

    async def logged(self, mark: str, *refs: RecordRef, **details: str) -> Meeting:
        """A new meeting on these records."""
        values = MeetingDetails(start=START, end=START + timedelta(hours=1), **details)  # type: ignore[arg-type]
        change = LogMeeting(local_meeting_id(mark), values, tuple(map(Association, refs)))
        return await self.ports.writer.log(change, mark=mark)
