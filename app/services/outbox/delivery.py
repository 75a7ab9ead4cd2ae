"""What became of one change that was sent or looked for."""

from dataclasses import dataclass

from app.domain.changes import PendingChange
from app.domain.meetings import Association, Meeting
from app.services.outbox.states import Event, moved


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row, what happens to it, and what HubSpot answered: the meeting, or its records after a link."""

    row: PendingChange
    event: Event
    meeting: Meeting | None = None
    associations: tuple[Association, ...] | None = None

    @property
    def outcome(self) -> PendingChange:
        """The row after the event."""
        return moved(self.row, self.event)
