"""The house every story plays in: a sandbox of its own, a data folder, a key store, a clock and a browser."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QApplication

from app.compose import Options, PracticeAddress, compose
from app.compose.options import OpenBrowser
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from app.sandbox.sockets import loopback_sockets
from tests.journeys.clock import START, JourneyClock
from tests.journeys.keys import OpenKeyStore
from tests.journeys.rep import Rep

SIZE = QSize(1440, 900)
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
ZONE = "Europe/Berlin"
MEETINGS = 40


class House:
    """Opens the app, again and again, in the same surroundings."""

    def __init__(self, folder: Path, server: SandboxServer, ports: tuple[int, ...]) -> None:
        self.folder = folder
        self.server = server
        self.ports = ports
        self.keys = OpenKeyStore()
        self.clock = JourneyClock()
        self.closing_s = 0.0

    @contextlib.asynccontextmanager
    async def open(
        self, *, browser: OpenBrowser | None = None, patience_s: float | None = None
    ) -> AsyncIterator[Rep]:
        """The running app with a rep before it; closed on leaving."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setQuitOnLastWindowClosed(False)
        loop = asyncio.get_running_loop()
        executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="journey")
        loop.set_default_executor(executor)
        options = Options(
            data_dir=self.folder,
            practice_at=PracticeAddress(self.server.hubspot_url),
            live_at=self.server.hubspot_url,
            browser=browser,
            key_store=lambda: self.keys,
            fixed_size=SIZE,
            locale=LOCALE,
            zone=ZONE,
            redirect_ports=self.ports,
            sign_in_patience_s=patience_s,
            clock=self.clock,
        )
        gc.disable()
        try:
            async with compose(application, executor, options) as running:
                yield Rep(running)
                leaving = loop.time()
            self.closing_s = loop.time() - leaving
        finally:
            executor.shutdown(wait=True)
            gc.collect()
            gc.enable()

    def settle(self, text: str) -> None:
        """Write the settings file before the app is opened."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "settings.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def redirect_ports() -> tuple[int, ...]:
    """Three ports that are free on both loopback addresses."""
    bound = [loopback_sockets(0) for _ in range(3)]
    ports = tuple(sockets[0].getsockname()[1] for sockets in bound)
    for sockets in bound:
        for one in sockets:
            one.close()
    return ports


@pytest.fixture
def server(redirect_ports: tuple[int, ...]) -> Iterator[SandboxServer]:
    """A sandbox on loopback that starts at `START`, with HubSpot's forty-two links and few meetings."""
    urls = tuple(f"http://localhost:{port}/oauth/callback" for port in redirect_ports)
    with SandboxServer(SandboxOptions(meetings=MEETINGS, now=START, redirect_urls=urls)) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: SandboxServer, redirect_ports: tuple[int, ...]) -> House:
    """The surroundings of one story."""
    return House(tmp_path / "slotdesk", server, redirect_ports)
