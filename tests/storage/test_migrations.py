"""Forward only, all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.migrations import Schema, migrate, version_of
from app.storage.schemas import CACHE, OUTBOX

STEPS = (
    ("CREATE TABLE words (word TEXT)", "INSERT INTO words VALUES ('first')"),
    ("ALTER TABLE words ADD COLUMN tongue TEXT NOT NULL DEFAULT 'en'",),
    ("UPDATE words SET tongue = 'de'", "CREATE TABLE more (x INTEGER)"),
)
HERE = Path("words.db")


def schema(versions: int) -> Schema:
    return Schema(name="words", synchronous="NORMAL", migrations=STEPS[:versions])


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


@pytest.mark.parametrize("old", range(4))
def test_every_old_version_becomes_the_newest_and_keeps_its_rows(
    connection: sqlite3.Connection, old: int
) -> None:
    migrate(connection, schema(old), HERE)
    assert version_of(connection) == old
    migrate(connection, schema(3), HERE)
    assert version_of(connection) == 3
    assert connection.execute("SELECT * FROM words").fetchall() == [("first", "de")]
    migrate(connection, schema(3), HERE)
    assert connection.execute("SELECT * FROM words").fetchall() == [("first", "de")]


def test_a_version_on_the_way_can_be_asked_for(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(3), HERE, to=1)
    assert version_of(connection) == 1


def test_a_step_that_fails_undoes_all_of_them(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(1), HERE)
    broken = Schema(name="words", synchronous="NORMAL", migrations=(STEPS[0], STEPS[1], ("SELECT nothing",)))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken, HERE)
    assert version_of(connection) == 1
    assert connection.execute("SELECT * FROM words").fetchall() == [("first",)]


def test_a_fault_after_the_transaction_ended_is_told_as_it_is(connection: sqlite3.Connection) -> None:
    broken = Schema(name="words", synchronous="NORMAL", migrations=(("COMMIT", "SELECT nothing"),))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken, HERE)
    assert not connection.in_transaction


def test_a_newer_version_is_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(3), HERE)
    with pytest.raises(StorageFailed) as caught:
        migrate(connection, schema(2), HERE)
    assert caught.value.trouble is StorageTrouble.NEWER_VERSION
    assert version_of(connection) == 3


@pytest.mark.parametrize("real", [CACHE, OUTBOX])
def test_rows_of_an_account_can_be_found_in_every_table(connection: sqlite3.Connection, real: Schema) -> None:
    migrate(connection, real, HERE)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert names
    for name in names:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        assert "account_id" in columns, name
