"""The last known meetings and records of every account."""

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeVar

from app.domain.accounts import AccountId
from app.domain.meetings import CrmRecord, Meeting, MeetingId, MeetingIndex, MeetingQuery, RecordRef
from app.storage import meeting_query, meeting_rows, word_index
from app.storage.database import Database
from app.storage.meeting_rows import MEETING, RECORD

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_log = logging.getLogger(__name__)

_MEETINGS: Final = (
    "SELECT b.body FROM meetings AS m JOIN meeting_bodies AS b USING (number)"
    " WHERE m.account_id = ? AND m.meeting_id IN (SELECT value FROM json_each(?))"
)
_OF_RECORD: Final = (
    "SELECT b.body FROM meeting_records AS r JOIN meetings AS m USING (number)"
    " JOIN meeting_bodies AS b USING (number)"
    " WHERE r.account_id = ? AND r.record_type = ? AND r.record_id = ?"
    " ORDER BY m.start DESC, m.meeting_id DESC"
)
_RECORDS: Final = (
    "SELECT r.body FROM json_each(?) AS wanted CROSS JOIN records AS r"
    " ON r.account_id = ? AND r.record_type = wanted.value ->> 0 AND r.record_id = wanted.value ->> 1"
)


class _Work(Protocol[T_co]):
    """A call on the database's thread that uses the full-text indexes where there are some."""

    def __call__(self, connection: sqlite3.Connection, *, has_words: bool) -> T_co: ...


class SqliteMeetingCacheStore:
    """Fulfils `MeetingCache` on the cache database; what cannot be read counts as never fetched.

    Searching uses SQLite's full-text index, and reads every text where SQLite was built without it: the
    answers are the same, later. A damaged index is made anew from the texts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._has_words: bool | None = None

    async def index(self, account_id: AccountId, query: MeetingQuery) -> MeetingIndex:
        """Ids and starts (epoch ms) of the meetings that match, by start and then by id."""

        def work(connection: sqlite3.Connection, *, has_words: bool) -> tuple[str, str]:
            statement, values = meeting_query.statement_of(account_id, query, has_words=has_words)
            found: tuple[str, str] = connection.execute(statement, values).fetchone()
            return found

        return meeting_query.index_of(*await self._read(work))

    async def meetings(self, account_id: AccountId, ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """The known ones of these, in the order asked for."""
        wanted = (account_id, json.dumps(ids))
        rows = await self._database.read(lambda connection: connection.execute(_MEETINGS, wanted).fetchall())
        known = {meeting.id: meeting for meeting in _meetings(rows)}
        return tuple(known[one] for one in ids if one in known)

    async def of_record(self, account_id: AccountId, ref: RecordRef) -> tuple[Meeting, ...]:
        """Known meetings on a record, newest first."""
        wanted = (account_id, ref.type, ref.id)
        rows = await self._database.read(lambda connection: connection.execute(_OF_RECORD, wanted).fetchall())
        return tuple(_meetings(rows))

    async def save(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        """Add or replace, by the rule of `meeting_rows.newest`."""

        def work(connection: sqlite3.Connection, *, has_words: bool) -> None:
            meeting_rows.save_meetings(connection, account_id, meetings, has_words=has_words)

        await self._write(work)

    async def remove(self, account_id: AccountId, ids: Sequence[MeetingId]) -> None:
        """Forget these."""

        def work(connection: sqlite3.Connection, *, has_words: bool) -> None:
            meeting_rows.remove_meetings(connection, account_id, ids, has_words=has_words)

        await self._write(work)

    async def count(self, account_id: AccountId) -> int:
        """How many are known."""
        (count,) = await self._database.read(
            lambda connection: connection.execute(
                "SELECT count(*) FROM meetings WHERE account_id = ?", (account_id,)
            ).fetchone()
        )
        return int(count)

    async def records(self, account_id: AccountId, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """The known ones of these, in the order asked for."""
        wanted = (json.dumps([(ref.type, ref.id) for ref in refs]), account_id)
        rows = await self._database.read(lambda connection: connection.execute(_RECORDS, wanted).fetchall())
        decoded = (RECORD.decode(body) for (body,) in rows)
        known = {record.ref: record for record in decoded if record is not None}
        return tuple(known[ref] for ref in refs if ref in known)

    async def save_records(
        self, account_id: AccountId, records: Sequence[CrmRecord], fetched_at: datetime
    ) -> None:
        """Add or replace; a None `pinned` leaves the known one."""

        def work(connection: sqlite3.Connection, *, has_words: bool) -> None:
            meeting_rows.save_records(connection, account_id, records, fetched_at, has_words=has_words)

        await self._write(work)

    async def note(self, account_id: AccountId, name: str) -> str | None:
        """The text under this name, or None."""
        row = await self._database.read(
            lambda connection: connection.execute(
                "SELECT text FROM sync_notes WHERE account_id = ? AND name = ?", (account_id, name)
            ).fetchone()
        )
        return None if row is None else str(row[0])

    async def save_note(self, account_id: AccountId, name: str, text: str | None) -> None:
        """Keep it, or forget it with None."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM sync_notes WHERE account_id = ? AND name = ?", (account_id, name))
            if text is not None:
                connection.execute("INSERT INTO sync_notes VALUES (?, ?, ?)", (account_id, name, text))

        await self._database.write(work)

    async def _read(self, work: _Work[T]) -> T:
        await self._make_words()
        return await self._database.read(lambda connection: self._mending(connection, work))

    async def _write(self, work: _Work[T]) -> T:
        await self._make_words()
        return await self._database.write(lambda connection: self._mending(connection, work))

    async def _make_words(self) -> None:
        if self._has_words is None:
            self._has_words = await self._database.write(word_index.make_all)

    def _mending(self, connection: sqlite3.Connection, work: _Work[T]) -> T:
        has_words = bool(self._has_words)
        try:
            return work(connection, has_words=has_words)
        except sqlite3.DatabaseError as reason:
            if not (has_words and word_index.is_damage(reason)):
                raise
            _log.info("the full-text index is damaged and made anew")
        word_index.rebuild_all(connection)
        return work(connection, has_words=has_words)


def _meetings(rows: Iterable[tuple[bytes]]) -> Iterator[Meeting]:
    decoded = (MEETING.decode(body) for (body,) in rows)
    return (meeting for meeting in decoded if meeting is not None)
