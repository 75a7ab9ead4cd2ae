"""What the outbox publishes: the rows on their way, and what holds them up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.changes import STUCK_STATES, WAITING_STATES, ChangeId, PendingChange
from app.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class OutboxState:
    """The active account's rows in their order.

    `paused` says why nothing is sent at present; `progress` has the bytes sent and the bytes in all of each
    upload under way; `elsewhere` counts rows of other accounts, which wait until their account is active;
    `unreadable` counts rows that are kept but cannot be read (damaged, or another version's).
    """

    rows: tuple[PendingChange, ...] = ()
    is_sending: bool = False
    paused: Problem | None = None
    progress: Mapping[ChangeId, tuple[int, int]] = field(default_factory=dict)
    elsewhere: int = 0
    unreadable: int = 0
    is_loaded: bool = False

    @property
    def waiting(self) -> int:
        """How many go on by themselves."""
        return sum(row.state in WAITING_STATES for row in self.rows)

    @property
    def stuck(self) -> int:
        """How many wait for the rep."""
        return sum(row.state in STUCK_STATES for row in self.rows)
