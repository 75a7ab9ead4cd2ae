"""The full-text index (SQLite FTS5) over the `words` of cached meetings and records."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MODULE: Final = "fts5"
_NO_MODULE: Final = "no such module"
_PRIMARY_CODE: Final = 0xFF


@dataclass(frozen=True, slots=True)
class WordIndex:
    """An index `name` over the column `words` of `table`, whose rows are numbered by `number`.

    The words are normalized already (`app.domain.matching.words_of`), so the tokenizer only splits at spaces
    and a prefix of the index is a prefix of the text. The index stores no text of its own: whoever changes
    the table tells it, in the same transaction, which words go and which come.
    """

    name: str
    table: str

    def make(self, connection: sqlite3.Connection) -> bool:
        """Make it from the rows that are there, unless it exists; False where SQLite has no FTS5."""
        if self._exists(connection):
            return True
        try:
            connection.execute(
                f"CREATE VIRTUAL TABLE {self.name} USING {_MODULE}(words, content='{self.table}',"
                " content_rowid='number', detail=none, columnsize=0, tokenize='ascii')"
            )
        except sqlite3.OperationalError as reason:
            if _NO_MODULE in str(reason):
                return False
            raise
        self.rebuild(connection)
        return True

    def rebuild(self, connection: sqlite3.Connection) -> None:
        """Index all rows anew, leaving no trace of those that are gone; nothing where there is no index."""
        if self._exists(connection):
            connection.execute(f"INSERT INTO {self.name} ({self.name}) VALUES ('rebuild')")  # noqa: S608

    def add(self, connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Index the words of these new numbers."""
        connection.executemany(f"INSERT INTO {self.name} (rowid, words) VALUES (?, ?)", rows)  # noqa: S608

    def drop(self, connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Forget these numbers, whose words must be the ones that were added."""
        connection.executemany(
            f"INSERT INTO {self.name} ({self.name}, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608
            rows,
        )

    def _exists(self, connection: sqlite3.Connection) -> bool:
        found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (self.name,)).fetchone()
        return found is not None


MEETING_WORDS: Final = WordIndex("meeting_words", "meeting_bodies")
RECORD_WORDS: Final = WordIndex("record_words", "records")
WORD_INDEXES: Final = (MEETING_WORDS, RECORD_WORDS)


def make_all(connection: sqlite3.Connection) -> bool:
    """Make the indexes that do not exist yet; False where there can be none."""
    return all(index.make(connection) for index in WORD_INDEXES)


def is_damage(reason: sqlite3.Error) -> bool:
    """Whether SQLite complains about what is stored in an index (or elsewhere in the file)."""
    return getattr(reason, "sqlite_errorcode", 0) & _PRIMARY_CODE == sqlite3.SQLITE_CORRUPT


def rebuild_all(connection: sqlite3.Connection) -> None:
    """Index everything anew in the indexes that exist."""
    for index in WORD_INDEXES:
        index.rebuild(connection)
