"""How new changes join the rows that wait: pure, so that one transaction can carry it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.changes import Change, ChangeId, ChangeState, PendingChange
from app.domain.merging import superseding
from app.services.outbox.grouping import Resolve


@dataclass(frozen=True, slots=True)
class Entry:
    """What to write: `rows` are new or changed, `ids` name the rows that now stand for the new changes."""

    rows: tuple[PendingChange, ...] = ()
    removed: tuple[PendingChange, ...] = ()
    ids: tuple[ChangeId, ...] = ()


def entered(
    open_rows: Sequence[PendingChange],
    changes: Sequence[Change],
    *,
    fresh: Callable[[Change], PendingChange],
    resolve: Resolve,
) -> Entry:
    """The rows after the changes were added in their order; `fresh` makes a row with the next id.

    A change that supersedes a waiting one takes its place in the queue, with its id and so its mark.
    """
    before = {row.id: row for row in open_rows}
    rows = {row.id: _as_merged(row, resolve) for row in open_rows}
    touched: dict[ChangeId, None] = {}
    stand_ins: dict[ChangeId, None] = {}
    for change in changes:
        new = fresh(replace(change, meeting_id=resolve(change.meeting_id)))
        merge = superseding(tuple(rows.values()), new.change, is_held=new.not_before is not None)
        for change_id in merge.removed:
            del rows[change_id]
        if merge.change is None:
            continue
        row = replace(new, change=merge.change)
        if merge.place is not None:
            row = _in_place(rows[merge.place], row)
        rows[row.id] = row
        touched[row.id] = stand_ins[row.id] = None
    return Entry(
        rows=tuple(rows[change_id] for change_id in touched if change_id in rows),
        removed=tuple(row for row in before.values() if row.id not in rows),
        ids=tuple(change_id for change_id in stand_ins if change_id in rows),
    )


def _as_merged(row: PendingChange, resolve: Resolve) -> PendingChange:
    """The row with HubSpot's id of its meeting; a pause after a failed attempt is no hold for an undo."""
    change = replace(row.change, meeting_id=resolve(row.change.meeting_id))
    return replace(row, change=change, not_before=None if row.attempt else row.not_before)


def _in_place(old: PendingChange, new: PendingChange) -> PendingChange:
    """Nothing of the old row is at HubSpot: it waits again, as if nothing had been tried."""
    return replace(
        old,
        change=new.change,
        state=ChangeState.QUEUED,
        not_before=new.not_before,
        started_at=None,
        looks=0,
        refusal=None,
        theirs={},
        their_update=None,
    )
