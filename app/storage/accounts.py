"""Which accounts are known on this computer, and how one of them is forgotten."""

import sqlite3
from pathlib import Path
from typing import Final

from app.domain.accounts import Account, AccountId
from app.storage import troubles, word_index
from app.storage.backups import BackupKeeper
from app.storage.codec import Codec
from app.storage.database import Database
from app.storage.migrations import columns, tables

_ACCOUNT: Final = Codec(Account)


class SqliteAccountStore:
    """Fulfils `AccountStore` on the outbox database; wiping reaches the cache and the backups too."""

    def __init__(self, outbox: Database, cache: Database, backups: BackupKeeper) -> None:
        self._outbox = outbox
        self._cache = cache
        self._backups = backups

    async def accounts(self) -> tuple[Account, ...]:
        """All accounts, oldest first; one that cannot be read is left out."""
        rows = await self._outbox.read(
            lambda connection: connection.execute("SELECT body FROM accounts ORDER BY number").fetchall()
        )
        decoded = (_ACCOUNT.decode(body) for (body,) in rows)
        return tuple(account for account in decoded if account is not None)

    async def active(self) -> AccountId | None:
        """The account that was active last."""
        row = await self._outbox.read(
            lambda connection: connection.execute(
                "SELECT account_id FROM accounts WHERE is_active = 1"
            ).fetchone()
        )
        return None if row is None else AccountId(row[0])

    async def save(self, account: Account) -> None:
        """Add, or replace without changing its place in the order."""
        row = (account.id, _ACCOUNT.encode_text(account))
        await self._outbox.write(
            lambda connection: connection.execute(
                "INSERT INTO accounts (account_id, body) VALUES (?, ?)"
                " ON CONFLICT (account_id) DO UPDATE SET body = excluded.body",
                row,
            )
        )

    async def activate(self, account_id: AccountId | None) -> None:
        """Remember which account is active; None and an unknown one leave none."""
        await self._outbox.write(
            lambda connection: connection.execute(
                "UPDATE accounts SET is_active = coalesce(account_id = ?, 0)", (account_id,)
            )
        )

    async def wipe(self, account_id: AccountId) -> None:
        """Remove every row that belongs to the account, and the space where it stood.

        The account's own row goes last, so that a wipe that was cut short can be repeated. Damaged files
        that were kept aside cannot be searched and are deleted. Raises StorageFailed.
        """

        def forget(connection: sqlite3.Connection) -> None:
            _forget(connection, account_id)

        await self._cache.read(forget)
        await self._cache.read(lambda _connection: _delete_asides(self._cache.path))
        await self._outbox.read(lambda _connection: _delete_asides(self._outbox.path))
        await self._backups.edit_all(forget)
        await self._outbox.read(forget)


def _forget(connection: sqlite3.Connection, account_id: AccountId) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in tables(connection):
            if "account_id" in columns(connection, table):
                connection.execute(
                    f'DELETE FROM "{table}" WHERE account_id = ?',  # noqa: S608 - our own names
                    (account_id,),
                )
        word_index.rebuild_all(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _delete_asides(path: Path) -> None:
    with troubles.writing(path):
        for aside in path.parent.glob(f"{path.stem}.damaged*"):
            aside.unlink(missing_ok=True)
