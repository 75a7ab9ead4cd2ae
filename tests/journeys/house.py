"""The surroundings of a story: a sandbox of its own, a data folder, a key store, a clock and a browser."""

import asyncio
import contextlib
import gc
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QApplication

from app.compose import Options, PracticeAddress, compose
from app.compose.options import OpenBrowser
from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.crm.store import Record
from app.sandbox.faults import Fault
from app.sandbox.server import SandboxServer
from tests.journeys.clock import JourneyClock
from tests.journeys.keys import OpenKeyStore
from tests.journeys.rep import Rep

SIZE = QSize(1440, 900)
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
ZONE = "Europe/Berlin"
VERSIONS = ("2026-03", "v3")
"""The versions of HubSpot's API that the core stories are played on."""

BOOKINGS = "/scheduler/*/meetings/meeting-links/book"


class House:
    """Opens the app, again and again, in the same surroundings."""

    def __init__(
        self, folder: Path, server: SandboxServer, ports: tuple[int, ...], stack: contextlib.ExitStack
    ) -> None:
        self._stack = stack
        self._port = 0
        self.folder = folder
        self.server = server
        self.ports = ports
        self.keys = OpenKeyStore()
        self.clock = JourneyClock()
        self.closing_s = 0.0

    @contextlib.asynccontextmanager
    async def open(
        self,
        *,
        browser: OpenBrowser | None = None,
        patience_s: float | None = None,
        debug: bool = False,
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
            debug=debug,
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
        try:
            async with compose(application, executor, options) as running:
                yield Rep(running)
                leaving = loop.time()
            self.closing_s = loop.time() - leaving
        finally:
            executor.shutdown(wait=True)
            with _sockets_that_anyio_loses():
                gc.collect()

    def unplug(self) -> None:
        """Stop the sandbox: its port refuses from now on."""
        self._port = int(self.server.hubspot_url.rpartition(":")[2])
        self.server.__exit__(None, None, None)

    def plug_in(self) -> None:
        """Start a sandbox of the same world at the same port; grants outlive that, records do not."""
        options = replace(self.server.sandbox.options, now=self.server.clock.now())
        self.server = self._stack.enter_context(SandboxServer(options, hubspot_port=self._port))

    def mend_the_cable(self) -> None:
        """Answer again where `unplug` stopped, with every record and grant as it was."""
        mended = SandboxServer(self.server.sandbox.options, hubspot_port=self._port)
        mended.sandbox = self.server.sandbox
        self.server = self._stack.enter_context(mended)

    @property
    def refresh_token(self) -> str:
        """The only refresh token in the key store."""
        (token,) = (value for (_, name), value in self.keys.items.items() if "client" not in name)
        return token

    def use_version(self, version: str) -> None:
        """Choose HubSpot's API version in the settings file, before the app is opened."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = f'[hubspot]\napi_version = "{version}"\n'
        (self.folder / "settings.toml").write_text(text, encoding="utf-8")

    def spoken_versions(self) -> set[str]:
        """The versions in the paths of what was asked of the scheduler, the CRM and the token endpoint."""
        paths = {row.path for row in self.server.requests.rows()}
        return {version for version in VERSIONS for path in paths if f"/{version}/" in path}

    def trouble(self, fault: Fault) -> None:
        """Let the sandbox misbehave from now on, as the fault says."""
        self.server.faults.add(fault)

    def asked(self, method: str, part: str) -> int:
        """How many requests of this method, with `part` in their path, the sandbox has answered or cut."""
        return sum(part in row.path for row in self.server.requests.rows(method=method))

    @property
    def sent(self) -> int:
        """How many bookings left the app."""
        return self.asked("POST", "/meeting-links/book")

    @property
    def logged(self) -> int:
        """How many requests to create one meeting left the app."""
        return sum(row.path.endswith("/meetings") for row in self.server.requests.rows(method="POST"))

    def meetings(self, title: str) -> list[Record]:
        """The meetings of that title in the CRM."""
        store = self.server.store
        return [one for one in store.all(MEETING) if one.properties["hs_meeting_title"] == title]

    def allow_guests(self, link: str, most: int) -> None:
        """Let the owner of a link change how many guests it takes."""
        links = self.server.world.links
        before = links.named(link)
        links._by_slug[before.slug] = replace(before, settings=replace(before.settings, max_guests=most))

    def contact(self, email: str) -> Record | None:
        """The contact of that address in the CRM."""
        return self.server.store.find_by(CONTACT, "email", email)


@contextlib.contextmanager
def _sockets_that_anyio_loses() -> Iterator[None]:
    """A connection that is cancelled just when it stands is dropped by `anyio.connect_tcp` without closing.

    It happens to a request that is under way when the rep signs out; the collector closes the socket.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "unclosed transport <_SelectorSocketTransport", ResourceWarning)
        warnings.filterwarnings("ignore", "unclosed <socket.socket .*raddr=", ResourceWarning)
        yield


def start_of(meeting: Record) -> str | None:
    """When a meeting starts, as the CRM writes it."""
    return meeting.properties["hs_meeting_start_time"]
