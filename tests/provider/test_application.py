"""The composition: how a worker's application begins, tidies and ends, and how it is handed to the server."""

import asyncio
import socket
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy
import uvicorn
from starlette.applications import Starlette

from app.provider import serving
from app.provider.application import ApplicationFactory, tidy_for_ever, tidy_once, utc_now
from app.provider.serving import Listening, serve
from app.provider.settings import BadSetting, ProviderSettings
from app.provider.store.engine import open_engine
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable
from tests.provider.asking import HandClock


async def test_an_application_tidies_when_it_begins_and_closes_its_store(
    settings: ProviderSettings, sqlite_url: str
) -> None:
    application = ApplicationFactory(replace(settings, database_url=sqlite_url))()
    async with application.router.lifespan_context(application):
        await asyncio.sleep(0)
    ProviderStore.open(sqlite_url).close()


async def test_tidying_goes_on_when_the_store_was_away(
    sqlite_store: ProviderStore, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, tried = asyncio.Event(), list[int]()
    loop = asyncio.get_running_loop()

    def away_once(**_: object) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise StoreUnavailable("away")
        loop.call_soon_threadsafe(done.set)

    monkeypatch.setattr(sqlite_store, "tidy", away_once)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(tidy_for_ever(sqlite_store, clock.now, every_s=0.0))
        await done.wait()
        task.cancel()
    assert len(tried) >= 2


def test_the_clock_is_utc(sqlite_store: ProviderStore) -> None:
    offset = utc_now().utcoffset()
    assert offset is not None
    assert not offset
    tidy_once(sqlite_store, utc_now)


class Handed:
    """What was handed to the server, in place of serving."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket] | None = None) -> None:
        self.config = config
        self.sockets = sockets or []
        self.started = True

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what would be listened at, and end as Ctrl+C does."""
        for one in sockets or self.sockets:
            one.close()
        if sockets is not None:
            raise KeyboardInterrupt


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Handed]:
    """Every server that `serve` made."""
    made: list[Handed] = []

    def make(config: uvicorn.Config, sockets: list[socket.socket] | None = None) -> Handed:
        made.append(Handed(config, sockets))
        return made[-1]

    monkeypatch.setattr(uvicorn, "Server", make)
    monkeypatch.setattr(serving, "Multiprocess", make)
    monkeypatch.setattr(serving, "start_logging", lambda: None)
    return made


def made_by(one: Handed) -> Any:
    """What the server would serve."""
    factory: Any = one.config.app
    return factory


def test_one_process_serves_the_application_with_its_own_address(
    settings: ProviderSettings, sqlite_url: str, handed: list[Handed], capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = replace(settings, database_url=sqlite_url)
    assert serve(chosen, Listening("127.0.0.1", 0, 1), base_url="") == 0
    factory = made_by(handed[0])
    address = factory.make.settings.base_url
    assert capsys.readouterr().out == f'{{"provider": "{address}"}}\n'
    assert address.startswith("http://127.0.0.1:")
    application = factory()
    assert isinstance(application, Starlette)
    assert any(getattr(route, "path", "") == "/callback" for route in application.routes)


def test_a_server_that_did_not_start_is_told_by_the_exit_code(
    settings: ProviderSettings, sqlite_url: str, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(one: Handed, sockets: list[socket.socket]) -> None:
        sockets[0].close()
        one.started = False

    monkeypatch.setattr(Handed, "run", fail)
    chosen = replace(settings, database_url=sqlite_url)
    assert serve(chosen, Listening("127.0.0.1", 0, 1), base_url="https://a.example") == 1
    assert made_by(handed[0]).make.settings.base_url == "https://a.example"


def test_workers_get_the_bound_socket(
    settings: ProviderSettings, postgres_url: str, handed: list[Handed]
) -> None:
    chosen = replace(settings, database_url=postgres_url)
    assert serve(chosen, Listening("127.0.0.1", 0, 3), base_url="") == 0
    assert (handed[0].config.workers, len(handed[0].sockets)) == (3, 1)


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_spelled_in_brackets(
    settings: ProviderSettings, sqlite_url: str, handed: list[Handed]
) -> None:
    chosen = replace(settings, database_url=sqlite_url)
    try:
        serve(chosen, Listening("::1", 0, 1), base_url="")
    except BadSetting:
        pytest.skip("IPv6 loopback is off on this computer")
    assert made_by(handed[0]).make.settings.base_url.startswith("http://[::1]:")


def test_an_interrupted_statement_is_a_database_that_does_not_answer(postgres_url: str) -> None:
    store = ProviderStore(open_engine(postgres_url))

    def overrun() -> None:
        with store._transaction() as connection:
            connection.execute(sqlalchemy.text("SET LOCAL statement_timeout = 1"))
            connection.execute(sqlalchemy.text("SELECT pg_sleep(5)"))

    with pytest.raises(StoreUnavailable) as caught:
        overrun()
    assert "QueryCanceled" in str(caught.value)
    store.close()
