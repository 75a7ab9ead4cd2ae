"""What can be wrong with the database, and the library's errors that mean so."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class StoreTrouble(Exception):  # noqa: N818
    """The database cannot be used; the sentence is safe to show and holds no address and no password."""


class StoreUnavailable(StoreTrouble):
    """The database does not answer now; the change was not made, or it is kept and its answer was lost."""


class StoreTooNew(StoreTrouble):
    """A newer program has written the database; `version` is its schema's."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the database has schema {version}, written by a newer version of this service")
        self.version = version


class UnusableUrl(StoreTrouble):
    """The address of the database cannot be used."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's errors about a database that does not answer into StoreUnavailable."""
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, PoolTimeoutError) as error:
        cause = getattr(error, "orig", None) or error
        # SQLite's own words name no person and no secret; PostgreSQL's may.
        words = str(cause) if type(cause).__module__ == "sqlite3" else type(cause).__name__
        raise StoreUnavailable(f"the database does not answer ({words})") from error


@contextmanager
def translated_url() -> Iterator[None]:
    """Turn the library's errors about an address into UnusableUrl."""
    try:
        yield
    except (ArgumentError, ValueError) as error:
        raise UnusableUrl("the database URL cannot be read") from error
