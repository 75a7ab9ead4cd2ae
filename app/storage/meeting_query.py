"""Which cached meetings a list shows, as one SQL statement that answers with ids and starts."""

import json
from array import array
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from app.domain.accounts import AccountId
from app.domain.matching import words_of
from app.domain.meetings import MeetingId, MeetingIndex, MeetingQuery, Outcome
from app.storage.codec import to_microseconds
from app.storage.word_index import MEETING_WORDS, RECORD_WORDS

MOST_WORDS: Final = 64
"""Of a longer search only the longest words count: they rule out most."""

_NARROWING: Final = 3
"""A word of so many letters is expected to leave few of many meetings."""

_IDS: Final = msgspec.json.Decoder(tuple[str, ...])
_NUMBERS: Final = msgspec.json.Decoder(list[int])

_OF_RECORD: Final = (
    "number IN (SELECT number FROM meeting_records"
    " WHERE account_id = :account AND record_type = :record_type AND record_id = :record_id)"
)
_INDEXED: Final = (
    f"number IN (SELECT rowid FROM {MEETING_WORDS.name} WHERE {MEETING_WORDS.name} MATCH :{{word}}"  # noqa: S608
    f" UNION ALL SELECT m.number FROM (SELECT rowid AS number FROM {RECORD_WORDS.name}"
    f" WHERE {RECORD_WORDS.name} MATCH :{{word}}) CROSS JOIN records AS r USING (number)"
    " CROSS JOIN meeting_records AS m"
    " ON m.account_id = r.account_id AND m.record_type = r.record_type AND m.record_id = r.record_id"
    " WHERE r.account_id = :account)"
)
"""CROSS JOIN keeps SQLite from turning the order round, which would cost seconds."""

_SCANNED: Final = (
    "number IN (SELECT number FROM meeting_bodies"
    " WHERE account_id = :account AND instr(' ' || words, :{word})"
    " UNION ALL SELECT m.number FROM records AS r CROSS JOIN meeting_records AS m"
    " USING (account_id, record_type, record_id)"
    " WHERE r.account_id = :account AND instr(' ' || r.words, :{word}))"
)

Statement = tuple[str, dict[str, Any]]


def statement_of(account_id: AccountId, query: MeetingQuery, *, has_words: bool) -> Statement:
    """The statement and its values; `has_words` says that the full-text indexes can be used.

    The rows are folded into two JSON arrays inside SQLite, which keeps a hundred thousand of them out of the
    interpreter's way. The plus keeps SQLite from walking through all starts where few are left by a record
    or a word.
    """
    values: dict[str, Any] = {"account": account_id}
    words = _telling(words_of(query.text).split())
    is_narrow = query.record is not None or any(len(word) >= _NARROWING for word in words)
    conditions = [
        "+account_id = :account" if is_narrow else "account_id = :account",
        *_filters(query, values),
        *_ranges(query, values),
    ]
    if query.record is not None:
        values |= {"record_type": query.record.type, "record_id": query.record.id}
        conditions.append(_OF_RECORD)
    for number, word in enumerate(words):
        name = f"word{number}"
        values[name] = f'"{word}"*' if has_words else f" {word}"
        conditions.append((_INDEXED if has_words else _SCANNED).format(word=name))
    way = "ASC" if query.is_ascending else "DESC"
    return (
        "SELECT json_group_array(meeting_id), json_group_array(start / 1000) FROM ("  # noqa: S608
        f"SELECT meeting_id, start FROM meetings WHERE {' AND '.join(conditions)}"
        f" ORDER BY start {way}, meeting_id {way})",
        values,
    )


def index_of(ids: str, starts: str) -> MeetingIndex:
    """The statement's answer; starts in epoch milliseconds, eight bytes each."""
    return MeetingIndex(
        tuple(map(MeetingId, _IDS.decode(ids))),
        array("q", _NUMBERS.decode(starts)),
    )


def _filters(query: MeetingQuery, values: dict[str, Any]) -> Iterable[str]:
    wanted = (
        ("outcome", query.outcomes),
        ("activity_type", query.activity_types),
        ("owner_id", query.owner_ids),
    )
    for column, allowed in wanted:
        if allowed:
            values[column] = json.dumps(sorted(allowed))
            yield f"{column} IN (SELECT value FROM json_each(:{column}))"  # noqa: S608 - our own words


def _ranges(query: MeetingQuery, values: dict[str, Any]) -> Iterable[str]:
    if query.earliest is not None:
        values["earliest"] = to_microseconds(query.earliest)
        yield "start >= :earliest"
    if query.latest is not None:
        values["latest"] = to_microseconds(query.latest)
        yield "start <= :latest"
    if query.earliest is not None or query.latest is not None:
        yield "start <> 0"
    if query.to_log_before is not None:
        values |= {"over": to_microseconds(query.to_log_before), "scheduled": Outcome.SCHEDULED.value}
        yield "outcome = :scheduled"
        yield "ended < :over"


def _telling(words: Iterable[str]) -> list[str]:
    """The words without those that begin another one, the longest first."""
    kept: list[str] = []
    for word in sorted(set(words), key=len, reverse=True):
        if len(kept) < MOST_WORDS and not any(longer.startswith(word) for longer in kept):
            kept.append(word)
    return kept
