"""How a database file gets from the schema it has to the schema this program wants."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.domain.problems import StorageFailed, StorageTrouble


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of database file; `migrations[n]` are the statements from version n to n + 1.

    `synchronous` FULL survives a power cut after each commit, NORMAL a crash of the program. `page_cache_kb`
    bounds what SQLite keeps of the file in memory.
    """

    name: str
    synchronous: Literal["NORMAL", "FULL"]
    migrations: tuple[tuple[str, ...], ...]
    page_cache_kb: int = 2_000

    @property
    def version(self) -> int:
        """The version this program writes."""
        return len(self.migrations)


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tables of our own in the file, without full-text indexes and the tables these are kept in."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    return tuple(name for (name,) in rows)


def columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The table's columns in order."""
    return tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))


def probes(schema: Schema) -> tuple[str, ...]:
    """Queries that a file of the present version answers: every table and column by name, no row."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        migrate(model, schema, Path(":memory:"))
        return tuple(
            f'SELECT {", ".join(f"t.{name}" for name in columns(model, table))} FROM "{table}" AS t LIMIT 0'  # noqa: S608 - our own names
            for table in tables(model)
        )


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version a file has; 0 for an empty one."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def migrate(connection: sqlite3.Connection, schema: Schema, path: Path, *, to: int | None = None) -> None:
    """Bring the file forward in one transaction, to version `to` or the newest.

    Raises StorageFailed(NEWER_VERSION) for a file of a newer program, which is left as it is.
    """
    present = version_of(connection)
    if present > schema.version:
        raise StorageFailed(StorageTrouble.NEWER_VERSION, str(path))
    target = schema.version if to is None else to
    if present >= target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in schema.migrations[present:target]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {target:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
