"""Cached meetings and records as rows, and what changes in the tables when one is saved."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.accounts import AccountId
from app.domain.matching import words_of
from app.domain.meetings import CrmRecord, Meeting, MeetingId, RecordRef
from app.storage.codec import Codec, to_microseconds
from app.storage.word_index import MEETING_WORDS, RECORD_WORDS

MEETING: Final = Codec(Meeting)
RECORD: Final = Codec(CrmRecord)


@dataclass(frozen=True, slots=True)
class _Row:
    """A meeting under its number: no `words` where there are no rows, no `meeting` where it is unreadable."""

    number: int
    words: str | None = None
    meeting: Meeting | None = None

    @property
    def refs(self) -> frozenset[RecordRef]:
        """The records under which it is found, as far as that can be read."""
        return frozenset(self.meeting.refs) if self.meeting is not None else frozenset()


_Change = tuple[_Row, _Row]
"""What is there, and what shall be."""


def newest(known: Meeting | None, told: Meeting) -> Meeting:
    """What to keep: the newer version's fields, and associations that somebody has read.

    Associations do not count in `updated_at` (reference 7.2), so an equal version may bring others.
    """
    if known is None:
        return told
    if known.updated_at is not None and told.updated_at is not None and told.updated_at < known.updated_at:
        return known if known.associations is not None else replace(known, associations=told.associations)
    return told if told.associations is not None else replace(told, associations=known.associations)


def save_meetings(
    connection: sqlite3.Connection, account_id: AccountId, meetings: Iterable[Meeting], *, has_words: bool
) -> None:
    """Add or replace rows, inside the caller's transaction."""
    told: dict[MeetingId, Meeting] = {}
    for meeting in meetings:
        told[meeting.id] = newest(told.get(meeting.id), meeting)
    known = _known(connection, account_id, tuple(told))
    (free,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM meetings").fetchone()
    changes: list[_Change] = []
    for meeting in told.values():
        old = known.get(meeting.id)
        if old is None:
            old, free = _Row(free), free + 1
        kept = newest(old.meeting, meeting)
        if kept != old.meeting:
            changes.append((old, _Row(old.number, words_in(kept), kept)))
    _change(connection, account_id, changes, has_words=has_words)


def remove_meetings(
    connection: sqlite3.Connection, account_id: AccountId, ids: Sequence[MeetingId], *, has_words: bool
) -> None:
    """Delete rows, inside the caller's transaction."""
    known = _known(connection, account_id, ids)
    changes = [(old, _Row(old.number)) for old in known.values()]
    _change(connection, account_id, changes, has_words=has_words)


def save_records(
    connection: sqlite3.Connection,
    account_id: AccountId,
    records: Iterable[CrmRecord],
    fetched_at: datetime,
    *,
    has_words: bool,
) -> None:
    """Add or replace rows, inside the caller's transaction; a None `pinned` leaves the known one."""
    instant = to_microseconds(fetched_at)
    for record in records:
        key = (account_id, record.ref.type, record.ref.id)
        old = connection.execute(
            "SELECT number, words, body FROM records"
            " WHERE account_id = ? AND record_type = ? AND record_id = ?",
            key,
        ).fetchone()
        words = words_of(record.name)
        if old is None:
            number = connection.execute(
                "INSERT INTO records VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (*key, instant, words, RECORD.encode(record)),
            ).lastrowid
        else:
            number, old_words, body = old
            kept = with_known_pin(record, RECORD.decode(body))
            if has_words and words != old_words:
                RECORD_WORDS.drop(connection, [(number, old_words)])
            connection.execute(
                "UPDATE records SET fetched_at = ?, words = ?, body = ? WHERE number = ?",
                (instant, words, RECORD.encode(kept), number),
            )
        if has_words and number is not None and (old is None or words != old[1]):
            RECORD_WORDS.add(connection, [(number, words)])


def with_known_pin(record: CrmRecord, known: CrmRecord | None) -> CrmRecord:
    """The record with the known pin where nobody has looked for one."""
    return replace(record, pinned=known.pinned) if record.pinned is None and known is not None else record


def words_in(meeting: Meeting) -> str:
    """The words of title, description and notes."""
    details = meeting.details
    return " ".join([words_of(text) for text in (details.title, details.body, details.notes) if text])


def _known(
    connection: sqlite3.Connection, account_id: AccountId, ids: Sequence[MeetingId]
) -> Mapping[MeetingId, _Row]:
    rows = connection.execute(
        "SELECT m.meeting_id, number, b.words, b.body FROM meetings AS m JOIN meeting_bodies AS b"
        " USING (number) WHERE m.account_id = ? AND m.meeting_id IN (SELECT value FROM json_each(?))",
        (account_id, json.dumps(ids)),
    )
    return {
        MeetingId(found): _Row(number, words, MEETING.decode(body)) for found, number, words, body in rows
    }


def _change(
    connection: sqlite3.Connection, account_id: AccountId, changes: Sequence[_Change], *, has_words: bool
) -> None:
    """Bring every table from what is there to what shall be, table by table."""
    _change_records(connection, account_id, changes)
    reworded = [(old, new) for old, new in changes if old.words != new.words]
    if has_words:
        MEETING_WORDS.drop(connection, [(o.number, o.words) for o, _ in reworded if o.words is not None])
    connection.executemany(
        "REPLACE INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_columns(new.number, account_id, new.meeting) for _, new in changes if new.meeting is not None],
    )
    connection.executemany(
        "REPLACE INTO meeting_bodies VALUES (?, ?, ?, ?)",
        [
            (new.number, account_id, new.words, MEETING.encode(new.meeting))
            for _, new in changes
            if new.meeting is not None
        ],
    )
    gone = [(new.number,) for _, new in changes if new.meeting is None]
    connection.executemany("DELETE FROM meetings WHERE number = ?", gone)
    connection.executemany("DELETE FROM meeting_bodies WHERE number = ?", gone)
    if has_words:
        MEETING_WORDS.add(connection, [(n.number, n.words) for _, n in reworded if n.words is not None])


def _change_records(
    connection: sqlite3.Connection, account_id: AccountId, changes: Sequence[_Change]
) -> None:
    connection.executemany(
        "DELETE FROM meeting_records WHERE account_id = ? AND number = ?",
        [(account_id, old.number) for old, _ in changes if old.words is not None and old.meeting is None],
    )
    connection.executemany(
        "DELETE FROM meeting_records"
        " WHERE account_id = ? AND record_type = ? AND record_id = ? AND number = ?",
        [(account_id, ref.type, ref.id, old.number) for old, new in changes for ref in old.refs - new.refs],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO meeting_records VALUES (?, ?, ?, ?)",
        [(account_id, ref.type, ref.id, new.number) for old, new in changes for ref in new.refs - old.refs],
    )


def _columns(number: int, account_id: AccountId, meeting: Meeting) -> tuple[object, ...]:
    details = meeting.details
    end = details.end or details.start
    return (
        number,
        account_id,
        meeting.id,
        0 if details.start is None else to_microseconds(details.start),
        None if end is None else to_microseconds(end),
        details.outcome,
        details.activity_type,
        details.owner_id or "",
    )
