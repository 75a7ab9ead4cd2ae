"""The last known links, booking info and months of every account."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.accounts import AccountId
from app.domain.links import BookingInfo, MeetingLink, Slug
from app.domain.slots import AvailabilityPage, YearMonth
from app.storage.codec import Codec, from_microseconds, to_microseconds
from app.storage.database import Database

_LINKS: Final = Codec(tuple[MeetingLink, ...])
_INFO: Final = Codec(BookingInfo)
_PAGE: Final = Codec(AvailabilityPage)


class SqliteLinkCacheStore:
    """Fulfils `LinkCache` on the cache database; what cannot be read counts as never fetched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def links(self, account_id: AccountId) -> tuple[tuple[MeetingLink, ...], datetime | None]:
        """The links and when they were fetched; none and None before the first time."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT fetched_at, body FROM link_lists WHERE account_id = ?", (account_id,)
            ).fetchone()
        )
        links = None if row is None else _LINKS.decode(row[1])
        return ((), None) if links is None else (links, from_microseconds(row[0]))

    async def save_links(
        self, account_id: AccountId, links: Sequence[MeetingLink], fetched_at: datetime
    ) -> None:
        """Replace the account's links."""
        row = (account_id, to_microseconds(fetched_at), _LINKS.encode(tuple(links)))
        await self._database.write(
            lambda connection: connection.execute("REPLACE INTO link_lists VALUES (?, ?, ?)", row)
        )

    async def booking_info(self, account_id: AccountId, slug: Slug) -> tuple[BookingInfo, datetime] | None:
        """The last booking info of a link, and when it was fetched."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT fetched_at, body FROM booking_infos WHERE account_id = ? AND slug = ?",
                (account_id, slug),
            ).fetchone()
        )
        info = None if row is None else _INFO.decode(row[1])
        return None if info is None else (info, from_microseconds(row[0]))

    async def save_booking_info(self, account_id: AccountId, info: BookingInfo, fetched_at: datetime) -> None:
        """Replace the link's booking info."""
        row = (account_id, info.slug, to_microseconds(fetched_at), _INFO.encode(info))
        await self._database.write(
            lambda connection: connection.execute("REPLACE INTO booking_infos VALUES (?, ?, ?, ?)", row)
        )

    async def pages(self, account_id: AccountId, slug: Slug, zone: str) -> tuple[AvailabilityPage, ...]:
        """All cached months of a link in a zone, in order."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT body FROM pages WHERE account_id = ? AND slug = ? AND zone = ? ORDER BY month",
                (account_id, slug, zone),
            ).fetchall()
        )
        decoded = (_PAGE.decode(body) for (body,) in rows)
        return tuple(page for page in decoded if page is not None)

    async def save_page(self, account_id: AccountId, page: AvailabilityPage) -> None:
        """Replace one month, and drop the account's months that were over when it was fetched."""
        row = (account_id, page.slug, page.zone, _count(page.month), _PAGE.encode(page))
        over = _count(YearMonth.of(page.fetched_at)) - 1

        def replace(connection: sqlite3.Connection) -> None:
            connection.execute("REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", row)
            connection.execute("DELETE FROM pages WHERE account_id = ? AND month < ?", (account_id, over))

        await self._database.write(replace)


def _count(month: YearMonth) -> int:
    return month.year * 12 + month.month - 1
