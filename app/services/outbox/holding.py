"""Gestures that are held back so that they can be undone: a run of them is sent as one batch when it ends."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.changes import ChangeId, ChangeState, DeleteMeeting, EditMeeting, PendingChange

LONGEST: Final = timedelta(minutes=2)
"""How long a row waits at most while the rep goes on and on."""


def is_held(row: PendingChange) -> bool:
    """Whether the row was kept back for an undo and has never been tried."""
    return (
        row.not_before is not None
        and row.state is ChangeState.QUEUED
        and row.attempt == 0
        and isinstance(row.change, EditMeeting | DeleteMeeting)
    )


def held_longer(
    rows: Sequence[PendingChange], until: datetime, *, besides: Collection[ChangeId] = ()
) -> tuple[PendingChange, ...]:
    """The held rows that now wait for the newest gesture's `until` (UTC), two minutes in all at most."""
    waiting = [row for row in rows if is_held(row) and row.id not in besides]
    later = [(row, min(until, row.created_at + LONGEST)) for row in waiting]
    return tuple(
        replace(row, not_before=moment) for row, moment in later if row.not_before and moment > row.not_before
    )
