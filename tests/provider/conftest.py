"""Databases of both kinds, a store in one, and the service around it."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from app.provider.application import build, rooms_of
from app.provider.settings import ProviderSettings
from app.provider.store.store import ProviderStore
from tests.provider.asking import ADMIN_TOKEN, CLIENT_ID, CLIENT_SECRET, Asking, HandClock
from tests.provider.postgres import OwnPostgres, find_programs, running_postgres


@pytest.fixture(scope="session")
def _postgres() -> Iterator[OwnPostgres]:
    programs = find_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL on this computer: apt-get install postgresql")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture
def postgres_url(_postgres: OwnPostgres) -> str:
    """An empty PostgreSQL database."""
    return _postgres.new_database()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'provider.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def store(database_url: str) -> Iterator[ProviderStore]:
    """An empty store on each kind of database."""
    opened = ProviderStore.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still."""
    return HandClock()


@pytest.fixture
def settings() -> ProviderSettings:
    """Settings with an address of their own."""
    return ProviderSettings(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        admin_token=ADMIN_TOKEN,
        base_url="https://calls.acme.example",
    )


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[ProviderStore]:
    """An empty store for what does not depend on the kind of database."""
    opened = ProviderStore.open(sqlite_url)
    yield opened
    opened.close()


@contextlib.asynccontextmanager
async def service(
    store: ProviderStore, settings: ProviderSettings, clock: HandClock
) -> AsyncIterator[Asking]:
    """The service in this process, asked without a socket."""
    application = build(settings, store, rooms_of(settings), clock.now)
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://provider") as client:
        yield Asking(client)


@pytest.fixture
async def asking(store: ProviderStore, settings: ProviderSettings, clock: HandClock) -> AsyncIterator[Asking]:
    """The service on each kind of database."""
    async with service(store, settings, clock) as opened:
        yield opened


@pytest.fixture
async def sqlite_asking(
    sqlite_store: ProviderStore, settings: ProviderSettings, clock: HandClock
) -> AsyncIterator[tuple[Asking, ProviderStore]]:
    """The service on SQLite, with its store."""
    async with service(sqlite_store, settings, clock) as opened:
        yield opened, sqlite_store
