"""Favourites, tags and recent use of links."""

from collections.abc import Mapping
from typing import Final

from app.domain.accounts import AccountId
from app.domain.links import LinkMarks, Slug
from app.storage.codec import Codec
from app.storage.database import Database

_MARKS: Final = Codec(LinkMarks)


class SqliteLinkMarkStore:
    """Fulfils `LinkMarkStore` on the outbox database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def marks(self, account_id: AccountId) -> Mapping[Slug, LinkMarks]:
        """All marks of the account."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT slug, body FROM marks WHERE account_id = ?", (account_id,)
            ).fetchall()
        )
        decoded = ((Slug(slug), _MARKS.decode(body)) for slug, body in rows)
        return {slug: marks for slug, marks in decoded if marks is not None}

    async def save(self, account_id: AccountId, slug: Slug, marks: LinkMarks) -> None:
        """Replace the marks of one link."""
        row = (account_id, slug, _MARKS.encode_text(marks))
        await self._database.write(
            lambda connection: connection.execute("REPLACE INTO marks VALUES (?, ?, ?)", row)
        )
