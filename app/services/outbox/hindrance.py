"""What keeps the whole outbox from sending at present; pure."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.problems import Offline, Problem, SignInNeeded, SlowDown, StorageFailed
from app.services.accounts import AccountsState
from app.services.connectivity import ConnectionState, OfflineSince, PausedUntil


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nothing is sent, and until when (UTC) where that is known."""

    problem: Problem
    until: datetime | None = None


def hindrance(
    accounts: AccountsState,
    connection: ConnectionState,
    storage: Hindrance | None,
    *,
    now: datetime,
) -> Hindrance | None:
    """The weightiest reason: no grant, no connection, a pause, a disk that keeps nothing."""
    if accounts.active is None or accounts.is_lost:
        return Hindrance(SignInNeeded(accounts.active.id if accounts.active else ""))
    match connection:
        case OfflineSince():
            return Hindrance(Offline())
        case PausedUntil(until=until) if until > now:
            return Hindrance(SlowDown(until), until)
        case _:
            return storage


def steady(before: Problem | None, problem: Problem | None) -> Problem | None:
    """The problem, or the object from before where it says the same."""
    match before, problem:
        case (SignInNeeded() as old, SignInNeeded() as new) if old.account_id == new.account_id:
            return before
        case (Offline(), Offline()):
            return before
        case (SlowDown() as slow, SlowDown() as slower) if slow.until == slower.until:
            return before
        case (StorageFailed() as full, StorageFailed() as fuller) if (full.trouble, full.path) == (
            fuller.trouble,
            fuller.path,
        ):
            return before
        case _:
            return problem
