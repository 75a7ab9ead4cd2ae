"""Changes that wait to be sent to the CRM, and what became of them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from app.domain.accounts import AccountId
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
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import FileId, MeetingId
from app.storage.codec import Codec, from_microseconds, to_microseconds
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class _Progress:
    """What of a `PendingChange` moves while it is on its way, beside its state."""

    attempt: int = 0
    started_at: datetime | None = None
    looks: int = 0
    not_before: datetime | None = None
    refusal: Refusal | None = None
    file_id: FileId | None = None
    theirs: Mapping[str, str] = field(default_factory=dict)
    their_update: datetime | None = None
    server_id: MeetingId | None = None


_KINDS: Final[Mapping[type[Change], str]] = MappingProxyType(
    {
        LogMeeting: "log",
        ScheduleMeeting: "schedule",
        EditMeeting: "edit",
        DeleteMeeting: "delete",
        LinkRecord: "link",
        UnlinkRecord: "unlink",
        PinMeeting: "pin",
        AttachFile: "attach",
        DetachFile: "detach",
    }
)
_CODECS: Final[Mapping[str, Codec[Any]]] = MappingProxyType(
    {kind: Codec(change) for change, kind in _KINDS.items()}
)
_PROGRESS: Final = Codec(_Progress)

_COLUMNS: Final = "id, account_id, group_id, state, kind, created_at, done_at, body, progress"
_OPEN: Final = f"SELECT {_COLUMNS} FROM changes WHERE account_id = ? AND state <> 'done' ORDER BY id"  # noqa: S608

_Row = tuple[Any, ...]


class SqliteOutboxStore:
    """Fulfils `OutboxStore` on the outbox database: what a call has written survives a power cut.

    A row that cannot be read (damaged, or written by another version) stays in its table until its account
    is forgotten; it is left out of `open_rows` and counted by `unreadable`, so that the rep can be told.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_rows(self, account_id: AccountId) -> tuple[PendingChange, ...]:
        """Everything that is not done and can be read, in the order of ids."""
        return _readable(await self._open(account_id))

    async def unreadable(self, account_id: AccountId) -> int:
        """How many rows that are not done cannot be read."""
        rows = await self._open(account_id)
        return len(rows) - len(_readable(rows))

    async def recover(self, account_id: AccountId) -> None:
        """Turn every `sending` and `verifying` into `unknown`."""
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE changes SET state = ? WHERE account_id = ? AND state IN (?, ?)",
                (ChangeState.UNKNOWN, account_id, ChangeState.SENDING, ChangeState.VERIFYING),
            )
        )

    async def write(
        self,
        rows: Sequence[PendingChange],
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """All of it in one transaction; a row that is both removed and given is there afterwards.

        Drafts and identities belong to the account of the rows, or of the removed ones where there are none.
        Raises ValueError where that names no account or several, StorageFailed.
        """
        encoded = [_encode(row) for row in rows]
        owners = {row.account_id for row in rows}
        known = dict(identities or {})

        def work(connection: sqlite3.Connection) -> None:
            found = owners | _remove(connection, removed)
            connection.executemany(
                f"REPLACE INTO changes (meeting_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                encoded,
            )
            if len(found) > 1 or (not found and (discarded_drafts or known)):
                raise ValueError(f"{len(found)} accounts in one write")
            for owner in found:
                connection.executemany(
                    "DELETE FROM drafts WHERE account_id = ? AND key = ?",
                    [(owner, key) for key in discarded_drafts],
                )
                connection.executemany(
                    "REPLACE INTO identities VALUES (?, ?, ?)", [(owner, *pair) for pair in known.items()]
                )

        await self._database.write(work)

    async def identities(self, account_id: AccountId) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id by local id."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT local_id, server_id FROM identities WHERE account_id = ?", (account_id,)
            ).fetchall()
        )
        return {MeetingId(local): MeetingId(server) for local, server in rows}

    async def history(self, account_id: AccountId, *, limit: int) -> tuple[PendingChange, ...]:
        """Done rows, newest first."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_COLUMNS} FROM changes WHERE account_id = ? AND state = 'done'"  # noqa: S608
                " ORDER BY done_at DESC, id DESC LIMIT ?",
                (account_id, limit),
            ).fetchall()
        )
        return _readable(rows)

    async def forget_done(self, account_id: AccountId, before: datetime) -> None:
        """Remove rows done before this instant, and identities that no row and no draft names any more."""
        edge = to_microseconds(before)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM changes WHERE account_id = ? AND state = 'done'"
                " AND coalesce(done_at, created_at) < ?",
                (account_id, edge),
            )
            connection.execute(
                "DELETE FROM identities AS i WHERE account_id = ?"
                " AND NOT EXISTS (SELECT 1 FROM changes AS c"
                "  WHERE c.account_id = i.account_id AND c.meeting_id = i.local_id)"
                " AND NOT EXISTS (SELECT 1 FROM drafts AS d"
                "  WHERE d.account_id = i.account_id AND instr(d.key, i.local_id))",
                (account_id,),
            )

        await self._database.write(work)

    async def _open(self, account_id: AccountId) -> list[_Row]:
        return await self._database.read(
            lambda connection: connection.execute(_OPEN, (account_id,)).fetchall()
        )


def _remove(connection: sqlite3.Connection, removed: Iterable[ChangeId]) -> set[AccountId]:
    """Delete these rows; the accounts they belonged to."""
    owners = set()
    for change_id in removed:
        row = connection.execute("SELECT account_id FROM changes WHERE id = ?", (change_id,)).fetchone()
        if row is not None:
            owners.add(AccountId(row[0]))
            connection.execute("DELETE FROM changes WHERE id = ?", (change_id,))
    return owners


def _encode(row: PendingChange) -> _Row:
    kind = _KINDS[type(row.change)]
    progress = _Progress(
        attempt=row.attempt,
        started_at=row.started_at,
        looks=row.looks,
        not_before=row.not_before,
        refusal=row.refusal,
        file_id=row.file_id,
        theirs=row.theirs,
        their_update=row.their_update,
        server_id=row.server_id,
    )
    return (
        row.change.meeting_id,
        row.id,
        row.account_id,
        row.group,
        row.state,
        kind,
        to_microseconds(row.created_at),
        None if row.done_at is None else to_microseconds(row.done_at),
        _CODECS[kind].encode_text(row.change),
        _PROGRESS.encode_text(progress),
    )


def _readable(rows: Iterable[_Row]) -> tuple[PendingChange, ...]:
    decoded = (_decode(row) for row in rows)
    return tuple(row for row in decoded if row is not None)


def _decode(row: _Row) -> PendingChange | None:
    change_id, account_id, group, state, kind, created_at, done_at, body, moving = row
    codec = _CODECS.get(kind)
    change = None if codec is None else codec.decode(body)
    progress = _PROGRESS.decode(moving)
    if change is None or progress is None:
        return None
    try:
        found = PendingChange(
            id=ChangeId(change_id),
            account_id=AccountId(account_id),
            change=change,
            created_at=from_microseconds(created_at),
            state=ChangeState(state),
            group=group,
            done_at=None if done_at is None else from_microseconds(done_at),
        )
    except (ValueError, OverflowError):
        return None
    return replace(found, **{name: getattr(progress, name) for name in _Progress.__slots__})
