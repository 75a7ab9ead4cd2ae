"""What the Log screen needs of the meetings and of the outbox."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.domain.changes import ChangeId, PendingChange
from app.domain.conflicts import Side
from app.domain.meetings import CrmRecord, MeetingField, MeetingId, MeetingIndex, MeetingQuery, RecordType
from app.domain.ports_meetings import RecordKind
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.outbox.snapshot import OutboxState
from app.services.published import Published


class Meetings(Protocol):
    """Reading and changing the active account's meetings; changes raise Problem, and are durable after."""

    @property
    def state(self) -> Published[MeetingsState]:
        """What is known; its revision grows with every change."""
        ...

    @property
    def sync(self) -> Published[SyncState]:
        """How far the reading of HubSpot's meetings is."""
        ...

    async def load(self) -> None:
        """Show what this computer knows of the active account."""
        ...

    async def index(self, query: MeetingQuery) -> MeetingIndex:
        """Which meetings match, changes under way included."""
        ...

    async def rows(self, ids: Sequence[MeetingId]) -> tuple[MeetingRow, ...]:
        """The known ones of these."""
        ...

    async def details_needed(self, ids: Sequence[MeetingId]) -> None:
        """These are on screen: read the records they stand on where they are not known."""
        ...

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The record types a meeting may stand on, the account's own among them."""
        ...

    async def search_records(self, record_type: RecordType, text: str) -> tuple[CrmRecord, ...]:
        """Records of a type that match a text."""
        ...

    async def set_outcome(self, ids: Sequence[MeetingId], outcome: str) -> str:
        """Set the outcome of these; the group of the gesture, for its undo."""
        ...

    async def change_many(self, ids: Sequence[MeetingId], edits: Mapping[MeetingField, str]) -> str:
        """Set these fields (canonical text) of all of these; the group of the gesture."""
        ...

    async def start_sync(self, *, full: bool = False) -> None:
        """Read what changed in HubSpot."""
        ...

    def cancel_sync(self) -> None:
        """Stop reading; what was read stays."""
        ...


class Outbox(Protocol):
    """The changes on their way."""

    @property
    def state(self) -> Published[OutboxState]:
        """The rows and how they stand."""
        ...

    @property
    def identities(self) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id of the meetings that were local, by local id."""
        ...

    async def retry(self, change_id: ChangeId) -> None:
        """Try a failed change again."""
        ...

    async def discard(self, change_id: ChangeId) -> tuple[ChangeId, ...]:
        """Give a change up, and say which later ones went with it; the list shows HubSpot's version again."""
        ...

    async def resolve_conflict(self, change_id: ChangeId, choices: Mapping[MeetingField, Side]) -> None:
        """Go on with whose value the rep has chosen, field by field."""
        ...

    async def decide(self, change_id: ChangeId, *, send_again: bool) -> None:
        """Say of a change that nobody can find whether it is there or has to be sent again."""
        ...

    async def undo(self, group: str) -> bool:
        """Take a gesture back; False where there was nothing to take back."""
        ...

    async def history(self, limit: int = 200) -> tuple[PendingChange, ...]:
        """What has been done, newest first."""
        ...

    def cancel_upload(self, change_id: ChangeId) -> bool:
        """Stop an upload; its change can be tried again or discarded."""
        ...
