"""Connecting: one connection to an SQLite file that no other process may open, or a pool to PostgreSQL."""

from typing import Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from app.provider.store.troubles import UnusableUrl, translated_url

_POSTGRES: Final = frozenset({"postgres", "postgresql", "postgresql+psycopg"})
_WAIT_S: Final = 5
_CONNECTIONS: Final = 10


def read_url(text: str) -> URL:
    """A database's address as SQLAlchemy takes it; UnusableUrl unless a file of SQLite or PostgreSQL."""
    with translated_url():
        url = make_url(text)
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite":
        raise UnusableUrl("the database URL has to begin with sqlite:/// or postgresql://")
    if url.database in (None, "", ":memory:"):
        raise UnusableUrl("the SQLite URL has to name a file, for example sqlite:///provider.db")
    return url


def is_sqlite(text: str) -> bool:
    """Whether only one process can serve from this database."""
    return read_url(text).drivername == "sqlite"


def open_engine(text: str) -> Engine:
    """An engine that has not connected yet; UnusableUrl when there is no driver for the address."""
    url = read_url(text)
    if url.drivername == "sqlite":
        return _sqlite(url)
    options = f"-c statement_timeout={_WAIT_S * 1000} -c lock_timeout={_WAIT_S * 1000}"
    return create_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
        pool_timeout=_WAIT_S,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": _WAIT_S,
            "options": options,
            "application_name": "slotdesk-provider",
        },
    )


def _sqlite(url: URL) -> Engine:
    # One connection: SQLite before 3.51.3 can lose writes when two share a write-ahead log.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 1.0},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    # From here on the driver begins nothing by itself; `_begin` does.
    connection.isolation_level = None
    for pragma in (
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
