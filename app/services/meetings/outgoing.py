"""What the meeting services ask of the outbox."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from app.domain.changes import Change, ChangeId, PendingChange
from app.domain.meetings import Association, Meeting, MeetingId

T_co = TypeVar("T_co", covariant=True)

SentCallback = Callable[[PendingChange, Meeting | None, tuple[Association, ...] | None], Awaitable[None]]
"""Told of a change that was done, with what HubSpot answered: the meeting, or its records after a link."""


class Watched(Protocol[T_co]):
    """A published snapshot, as far as it is read here."""

    @property
    def value(self) -> T_co:
        """The newest snapshot."""
        ...

    def subscribe(self, callback: Callable[[T_co], None]) -> Callable[[], None]:
        """Call back with every later snapshot until the returned callable is called."""
        ...


class WaitingRows(Protocol):
    """The changes that are not done yet."""

    @property
    def rows(self) -> tuple[PendingChange, ...]:
        """In the order in which they were decided."""
        ...


class Outgoing(Protocol):
    """The outbox of the active account."""

    @property
    def state(self) -> Watched[WaitingRows]:
        """The rows, published."""
        ...

    def resolve(self, meeting_id: MeetingId) -> MeetingId:
        """HubSpot's id of a meeting that was local, else the id itself."""
        ...

    async def add(
        self,
        changes: Sequence[Change],
        *,
        group: str | None = None,
        hold_seconds: float = 0,
        discard_drafts: Sequence[str] = (),
    ) -> tuple[ChangeId, ...]:
        """Keep the changes durably and forget the drafts in the same transaction. Raises Problem."""
        ...

    def subscribe_sent(self, callback: SentCallback) -> None:
        """Await the callback for every change that was done, before its row goes."""
        ...
