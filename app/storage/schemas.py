"""The two database files: what is in them, and how each is opened."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from app.storage.database import Database, open_database
from app.storage.migrations import Schema
from app.storage.repair import OutboxRescue, discard_cache, finish_rescue

CACHE: Final = Schema(
    name="cache",
    synchronous="NORMAL",
    page_cache_kb=16_000,
    migrations=(
        (
            """CREATE TABLE link_lists (
                account_id TEXT PRIMARY KEY, fetched_at INTEGER NOT NULL, body BLOB NOT NULL
            ) STRICT""",
            """CREATE TABLE booking_infos (
                account_id TEXT NOT NULL, slug TEXT NOT NULL, fetched_at INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (account_id, slug)
            ) STRICT""",
            """CREATE TABLE pages (
                account_id TEXT NOT NULL, slug TEXT NOT NULL, zone TEXT NOT NULL, month INTEGER NOT NULL,
                body BLOB NOT NULL, PRIMARY KEY (account_id, slug, zone, month)
            ) STRICT""",
        ),
        (
            """CREATE TABLE meetings (
                number INTEGER PRIMARY KEY, account_id TEXT NOT NULL, meeting_id TEXT NOT NULL,
                start INTEGER NOT NULL, ended INTEGER, outcome TEXT NOT NULL, activity_type TEXT NOT NULL,
                owner_id TEXT NOT NULL, UNIQUE (account_id, meeting_id)
            ) STRICT""",
            """CREATE INDEX meetings_by_start ON meetings
                (account_id, start, meeting_id, outcome, ended, owner_id, activity_type)""",
            """CREATE TABLE meeting_bodies (
                number INTEGER PRIMARY KEY, account_id TEXT NOT NULL, words TEXT NOT NULL, body BLOB NOT NULL
            ) STRICT""",
            """CREATE TABLE meeting_records (
                account_id TEXT NOT NULL, record_type TEXT NOT NULL, record_id TEXT NOT NULL,
                number INTEGER NOT NULL, PRIMARY KEY (account_id, record_type, record_id, number)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE records (
                number INTEGER PRIMARY KEY, account_id TEXT NOT NULL, record_type TEXT NOT NULL,
                record_id TEXT NOT NULL, fetched_at INTEGER NOT NULL, words TEXT NOT NULL, body BLOB NOT NULL,
                UNIQUE (account_id, record_type, record_id)
            ) STRICT""",
            """CREATE TABLE sync_notes (
                account_id TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
                PRIMARY KEY (account_id, name)
            ) STRICT""",
        ),
    ),
)
"""Instants are microseconds since 1970 UTC; `pages.month` is year * 12 + month - 1; bodies are JSON.

Of a meeting, what lists sort and filter by stands in `meetings` and, whole, in its index; `start` is 0 where
there is none, `ended` is the end or else the start. `words` are the searched texts as `words_of` makes them;
the full-text index over them belongs to `app.storage.word_index`. The pages of the index over 100,000
meetings fit into the page cache; without that, taking them over costs several times the time.
"""

OUTBOX: Final = Schema(
    name="outbox",
    synchronous="FULL",
    migrations=(
        (
            """CREATE TABLE accounts (
                number INTEGER PRIMARY KEY, account_id TEXT NOT NULL UNIQUE,
                is_active INTEGER NOT NULL DEFAULT 0,
                body TEXT NOT NULL CHECK (json_valid(body) AND json_type(body) = 'object')
            ) STRICT""",
            """CREATE TABLE marks (
                account_id TEXT NOT NULL, slug TEXT NOT NULL,
                body TEXT NOT NULL CHECK (json_valid(body) AND json_type(body) = 'object'),
                PRIMARY KEY (account_id, slug)
            ) STRICT""",
            """CREATE TABLE drafts (
                account_id TEXT NOT NULL, key TEXT NOT NULL,
                body TEXT NOT NULL CHECK (json_valid(body) AND json_type(body) = 'object'),
                PRIMARY KEY (account_id, key)
            ) STRICT""",
        ),
        (
            """CREATE TABLE changes (
                id TEXT PRIMARY KEY, account_id TEXT NOT NULL, meeting_id TEXT NOT NULL,
                group_id TEXT NOT NULL, state TEXT NOT NULL, kind TEXT NOT NULL,
                created_at INTEGER NOT NULL, done_at INTEGER,
                body TEXT NOT NULL CHECK (json_valid(body) AND json_type(body) = 'object'),
                progress TEXT NOT NULL CHECK (json_valid(progress) AND json_type(progress) = 'object')
            ) STRICT""",
            "CREATE INDEX changes_by_state ON changes (account_id, state, done_at)",
            "CREATE INDEX changes_by_meeting ON changes (account_id, meeting_id)",
            """CREATE TABLE identities (
                account_id TEXT NOT NULL, local_id TEXT NOT NULL, server_id TEXT NOT NULL,
                PRIMARY KEY (account_id, local_id)
            ) STRICT""",
            """CREATE TABLE templates (
                account_id TEXT NOT NULL, template_id TEXT NOT NULL,
                body TEXT NOT NULL CHECK (json_valid(body) AND json_type(body) = 'object'),
                PRIMARY KEY (account_id, template_id)
            ) STRICT""",
        ),
    ),
)
"""Every table that belongs to an account has `account_id`: that is how sign-out finds its rows.

The checks on JSON are there for the salvage: a row that was half overwritten is refused, so that the backup's
takes its place. Instants are microseconds since 1970 UTC.
"""


@asynccontextmanager
async def open_cache(path: Path) -> AsyncIterator[Database]:
    """The disposable database; a damaged one is renamed aside and made anew. Raises StorageFailed."""
    async with open_database(path, CACHE, discard_cache) as database:
        yield database


@asynccontextmanager
async def open_outbox(
    path: Path, backup_dir: Path, *, now: Callable[[], datetime]
) -> AsyncIterator[Database]:
    """The database that must not be lost; a damaged one is kept and salvaged. Raises StorageFailed."""
    finish_rescue(path)
    async with open_database(path, OUTBOX, OutboxRescue(backup_dir, now)) as database:
        yield database
