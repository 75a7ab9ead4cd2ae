"""Forms as typed."""

import json
from collections.abc import Mapping

from app.domain.accounts import AccountId
from app.storage.database import Database


class SqliteDraftStore:
    """Fulfils `DraftStore` on the outbox database: a saved draft survives a crash and a power cut."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, account_id: AccountId, key: str) -> Mapping[str, object] | None:
        """The draft under `key`, or None."""
        return (await self.drafts(account_id)).get(key)

    async def drafts(self, account_id: AccountId) -> Mapping[str, Mapping[str, object]]:
        """All drafts of the account by key."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT key, body FROM drafts WHERE account_id = ? ORDER BY rowid", (account_id,)
            ).fetchall()
        )
        decoded = ((key, _decode(body)) for key, body in rows)
        return {key: payload for key, payload in decoded if payload is not None}

    async def save(self, account_id: AccountId, key: str, payload: Mapping[str, object]) -> None:
        """Keep it durably; raises ValueError or TypeError where `payload` is not JSON-ready."""
        row = (account_id, key, json.dumps(dict(payload), allow_nan=False, separators=(",", ":")))
        await self._database.write(
            lambda connection: connection.execute("REPLACE INTO drafts VALUES (?, ?, ?)", row)
        )

    async def discard(self, account_id: AccountId, key: str) -> None:
        """Forget it."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM drafts WHERE account_id = ? AND key = ?", (account_id, key)
            )
        )


def _decode(body: str) -> dict[str, object] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
