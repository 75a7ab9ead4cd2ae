"""Merging: how a new change of a meeting supersedes the ones that still wait in the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import FieldEdit, MeetingField, MeetingId, RecordRef
from app.domain.projection import edited, linked, unlinked

Creation = LogMeeting | ScheduleMeeting


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write instead of simply adding a row, in one transaction.

    `removed` rows go. `change`, unless None, is written queued: as a new row, or, with `place`, under the id
    of that row (keeping its group and its `created_at`), because rows behind it rely on its order. The undo
    of a deletion has to put the removed rows back.
    """

    removed: tuple[ChangeId, ...] = ()
    change: Change | None = None
    place: ChangeId | None = None


def superseding(queued: Sequence[PendingChange], new: Change, *, is_held: bool = False) -> Merge:
    """How `new` joins the open rows of the account, given in the order of ids, local ids resolved.

    Only rows that no attempt has been made for (queued, `started_at` None) and refused ones (dead) are
    touched; a refused row that is superseded waits again. As a row that was tried may have happened after
    all, going back to the start cancels it out only where it was never tried. A change that is held back for
    its undo is not merged into others, nor others into it, unless the meeting as a whole is deleted before
    it was sent; but it replaces refused edits of the same fields, which would hold it up.
    """
    rows = [row for row in queued if row.state is not ChangeState.DONE]
    mine = [row for row in rows if row.change.meeting_id == new.meeting_id]
    match new:
        case LogMeeting() | ScheduleMeeting() | AttachFile():
            return Merge(change=new)
        case EditMeeting():
            return _held_edit(mine, new) if is_held else _edit(mine, new)
        case DeleteMeeting():
            return _delete(mine, new)
        case LinkRecord() | UnlinkRecord():
            return _link(mine, new)
        case PinMeeting():
            return _pin(rows, new)
        case DetachFile():
            return _in_place([row for row in mine if row.change == new and _is_idle(row)], new)
        case _:
            assert_never(new)


def _is_idle(row: PendingChange) -> bool:
    """Nothing of it can be on its way or at HubSpot."""
    return row.state is ChangeState.DEAD or (row.state is ChangeState.QUEUED and row.started_at is None)


def _is_open_to_merging(row: PendingChange) -> bool:
    return _is_idle(row) and (row.state is ChangeState.DEAD or row.not_before is None)


def _was_tried(row: PendingChange) -> bool:
    return row.attempt > 0 or row.state is ChangeState.DEAD


def _edit(mine: Sequence[PendingChange], new: EditMeeting) -> Merge:
    """Into the edits that still wait and, if it does too, the creation; links, pins and files do not mind."""
    chain: list[PendingChange] = []
    base, edits = new, new.edits
    for row in reversed(mine):
        match row.change:
            case LogMeeting() | ScheduleMeeting() as creation if _is_open_to_merging(row):
                removed = tuple(one.id for one in chain)
                details = edited(creation.details, edits)
                return Merge(removed, replace(creation, details=details), place=row.id)
            case EditMeeting() as earlier if _is_open_to_merging(row) and _is_like(earlier, new):
                base, edits = earlier, _joined(earlier.edits, edits, can_cancel=not _was_tried(row))
                chain.insert(0, row)
            case LogMeeting() | ScheduleMeeting() | EditMeeting() | DeleteMeeting():
                break
            case _:
                continue
    if not edits:
        return Merge(removed=tuple(one.id for one in chain))
    return _in_place(chain, replace(base, edits=edits))


def _held_edit(mine: Sequence[PendingChange], new: EditMeeting) -> Merge:
    """A row of its own, in place of refused edits of which it leaves nothing."""
    names = {edit.name for edit in new.edits}
    removed: list[ChangeId] = []
    befores: dict[MeetingField, str] = {}
    for row in mine:
        if isinstance(row.change, EditMeeting) and row.state is ChangeState.DEAD:
            refused = row.change.edits
            if names.issuperset(edit.name for edit in refused):
                removed.append(row.id)
                befores = {edit.name: edit.before for edit in refused} | befores
    edits = tuple(
        replace(edit, before=befores[edit.name]) if befores.get(edit.name, edit.after) != edit.after else edit
        for edit in new.edits
    )
    return Merge(tuple(removed), replace(new, edits=edits))


def _is_like(earlier: EditMeeting, new: EditMeeting) -> bool:
    """Conflicts of the two can be looked for at once: the earlier one's base and wish hold for both."""
    has_same_base = (earlier.base_updated_at is None) == (new.base_updated_at is None)
    return has_same_base and earlier.is_forced == new.is_forced


def _joined(
    earlier: Sequence[FieldEdit], later: Sequence[FieldEdit], *, can_cancel: bool
) -> tuple[FieldEdit, ...]:
    """Both as one; a field that is back at its start is left out, or kept as the later edit has it."""
    by_name = {edit.name: edit for edit in earlier}
    for edit in later:
        first = by_name.get(edit.name, edit)
        if first.before != edit.after:
            by_name[edit.name] = replace(edit, before=first.before)
        elif can_cancel:
            by_name.pop(edit.name, None)
        else:
            by_name[edit.name] = edit
    return tuple(by_name[name] for name in MeetingField if name in by_name)


def _delete(mine: Sequence[PendingChange], new: DeleteMeeting) -> Merge:
    """An unsent meeting just goes; otherwise rows that would hold the deletion up go, waiting ones stay."""
    if any(isinstance(row.change, LogMeeting | ScheduleMeeting) and _is_idle(row) for row in mine):
        return Merge(removed=tuple(row.id for row in mine if _is_idle(row)))
    moot = (ChangeState.DEAD, ChangeState.CONFLICT)
    removed = tuple(row.id for row in mine if row.state in moot)
    is_known = any(row.change == new and row.id not in removed for row in mine)
    return Merge(removed=removed, change=None if is_known else new)


def _link(mine: Sequence[PendingChange], new: LinkRecord | UnlinkRecord) -> Merge:
    """Into the creation, or in place of what was to happen between the two before."""
    ref = new.association.ref if isinstance(new, LinkRecord) else new.ref
    is_link = isinstance(new, LinkRecord)
    pins = [] if is_link else [row for row in mine if _is_idle(row) and _is_pin_on(row, ref, new.meeting_id)]
    replaced = _links_on(mine, ref)
    for row in mine:
        if isinstance(row.change, LogMeeting | ScheduleMeeting) and _is_idle(row):
            removed = tuple(one.id for one in (*replaced, *pins))
            return Merge(removed, _associated(row.change, new), place=row.id)
    return _in_place(replaced, new, also=pins)


def _associated(creation: Creation, new: LinkRecord | UnlinkRecord) -> Creation:
    if isinstance(new, LinkRecord):
        return replace(creation, associations=linked(creation.associations, new.association))
    return replace(creation, associations=unlinked(creation.associations, new.ref) or ())


def _links_on(mine: Sequence[PendingChange], ref: RecordRef) -> list[PendingChange]:
    """The idle rows between meeting and record, back to the last one that may already be on its way."""
    found: list[PendingChange] = []
    for row in reversed(mine):
        if _linked_ref(row.change) == ref:
            if not _is_idle(row):
                break
            found.insert(0, row)
    return found


def _linked_ref(change: Change) -> RecordRef | None:
    match change:
        case LinkRecord(association=association):
            return association.ref
        case UnlinkRecord(ref=ref):
            return ref
        case _:
            return None


def _is_pin_on(row: PendingChange, ref: RecordRef, meeting_id: MeetingId | None = None) -> bool:
    change = row.change
    if not isinstance(change, PinMeeting) or change.ref != ref:
        return False
    return meeting_id is None or change.meeting_id == meeting_id


def _pin(rows: Sequence[PendingChange], new: PinMeeting) -> Merge:
    """A record has one pin: the last wish counts, also against other meetings; back to the start is nothing.

    The row is a new one at the end, where the meeting is on the record already.
    """
    replaced: list[PendingChange] = []
    for row in reversed([row for row in rows if _is_pin_on(row, new.ref)]):
        if not _is_idle(row):
            break
        replaced.insert(0, row)
    first = replaced[0].change if replaced else new
    before = first.before if isinstance(first, PinMeeting) else None
    removed = tuple(row.id for row in replaced)
    wanted = new.meeting_id if new.is_pinned else ""
    if replaced and before == wanted and not any(map(_was_tried, replaced)):
        return Merge(removed=removed)
    return Merge(removed=removed, change=replace(new, before=before))


def _in_place(replaced: Sequence[PendingChange], new: Change, *, also: Sequence[PendingChange] = ()) -> Merge:
    removed = tuple(row.id for row in (*replaced[1:], *also))
    return Merge(removed=removed, change=new, place=replaced[0].id if replaced else None)
