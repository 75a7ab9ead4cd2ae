"""Everything behind the first frame: stores, services, screens and the network, plugged into one another."""

import asyncio
import importlib
import platform
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Executor
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial

import PySide6
from PySide6.QtCore import QLocale, QTimeZone, qVersion

from app import __version__
from app.compose.clock import SystemClock
from app.compose.deferred import DeferredConnections, DeferredSignIn, NetworkPorts
from app.compose.garbage import collect_now_and_then
from app.compose.opening import Opened
from app.compose.options import Options
from app.compose.running import ErrorRoad, RunningApp
from app.compose.storage import Stores, open_stores
from app.compose.use_cases import Ports, build_services
from app.domain.accounts import Workspace
from app.domain.ports import Clock
from app.domain.zones import zone_name
from app.services.preferences import PreferencesState
from app.storage.paths import AppPaths
from app.ui.context import Facts, Manners, Services, UiContext
from app.ui.kit.callback_words import callback_words
from app.ui.kit.notices import Notices
from app.ui.kit.opening import Opener
from app.ui.kit.routes import Routes
from app.ui.kit.tasks import TaskScope
from app.ui.kit.theme import Theme
from app.ui.shell.banners import tell_mended
from app.ui.shell.frame import WindowFrame
from app.ui.shell.loading import REST, load
from app.ui.shell.window import MainWindow

CACHE_FIRST_S = 0.25
"""How long what is remembered has the processor for itself before the network code is loaded."""


@asynccontextmanager
async def furnished(opened: Opened, executor: Executor, options: Options) -> AsyncIterator[RunningApp]:
    """Put the app into the opened window and run it until the block is left. Raises StorageFailed."""
    async with AsyncExitStack() as stack:
        clock = options.clock or SystemClock()
        notices = Notices()
        errors = ErrorRoad(notices)
        stores = await open_stores(stack, opened, options, executor, clock)
        ready: asyncio.Future[NetworkPorts] = asyncio.get_running_loop().create_future()
        services = _services(stores, clock, ready, errors)
        await services.preferences.load()
        tasks = TaskScope("app", errors.report)
        context = _context(options, services, stores, opened.theme, notices, clock)
        window = MainWindow(context, tasks)
        errors.window = window
        opened.frame.hold(window)
        running = RunningApp(
            window,
            theme=opened.theme,
            services=services,
            notices=notices,
            crash_file=stores.paths.log_dir / "crash.txt",
        )
        tell_mended(notices, stores.troubles)
        if opened.frame.is_unwanted:
            running.request_close()
        try:
            connect = partial(_open_network, stack, options, executor, stores, context, tasks, ready)
            tasks.start(_begin(window, services, tasks, options, connect), key="network")
            for run in (
                services.connectivity.run,
                services.links.run,
                services.availability.run,
                services.outbox.run,
                services.meetings.run,
                services.agenda.run,
            ):
                tasks.start(run())
            tasks.start(stores.backups.run(), key="backups")
            yield running
        finally:
            await _shut_down(opened.frame, window, services, tasks)
            ready.cancel()


def _services(
    stores: Stores, clock: Clock, ready: asyncio.Future[NetworkPorts], errors: ErrorRoad
) -> Services:
    ports = Ports(
        sign_in=DeferredSignIn(ready),
        connections=DeferredConnections(ready),
        accounts=stores.accounts,
        vault=stores.vault,
        cache=stores.cache,
        marks=stores.marks,
        drafts=stores.drafts,
        preferences=stores.preferences,
        outbox=stores.outbox,
        meetings=stores.meetings,
        templates=stores.templates,
        spool=stores.spool,
        clock=clock,
    )
    return build_services(ports, rng=random.Random(), on_error=errors.report)


async def _practise(services: Services, options: Options) -> None:
    active = services.accounts.state.value.active
    if options.practice and (active is None or active.workspace is not Workspace.PRACTICE):
        await services.accounts.sign_in(Workspace.PRACTICE)


async def _begin(
    window: MainWindow,
    services: Services,
    tasks: TaskScope,
    options: Options,
    connect: Callable[[], Awaitable[None]],
) -> None:
    """The window first, then what is remembered, then the network, then what may never be looked at."""
    with closing(window.prepare()) as preparing:
        await services.accounts.load()
        tasks.start(_practise(services, options), key="accounts")
        await preparing
    if services.accounts.state.value.active is not None:
        await asyncio.sleep(CACHE_FIRST_S)
    await connect()
    await load(REST)
    tasks.start(collect_now_and_then(), key="garbage")


async def _open_network(
    stack: AsyncExitStack,
    options: Options,
    executor: Executor,
    stores: Stores,
    context: UiContext,
    tasks: TaskScope,
    ready: asyncio.Future[NetworkPorts],
) -> None:
    """Load the network code off the window's thread, then let the waiting calls through."""
    loop = asyncio.get_running_loop()
    network = await loop.run_in_executor(executor, importlib.import_module, "app.compose.network")
    manners = context.manners
    needs = network.NetworkNeeds(
        options=options,
        executor=executor,
        vault=stores.vault,
        credentials=stores.credentials,
        api_version=lambda: manners.preferences.api_version,
        open_url=context.opener.open,
        clock=context.clock,
        callback_words=callback_words(manners.words.locale),
    )
    ready.set_result(await network.open_network(needs, stack))
    _follow_api_version(context, tasks, ready)
    await stores.vault.prepare()
    context.services.accounts.note_key_store()


def _follow_api_version(context: UiContext, tasks: TaskScope, ready: asyncio.Future[NetworkPorts]) -> None:
    """Connect anew when another API version is chosen; a connection keeps the one it was made with."""
    chosen = context.manners.preferences.api_version

    def look(state: PreferencesState) -> None:
        nonlocal chosen
        if state.preferences.api_version != chosen:
            chosen = state.preferences.api_version
            tasks.start(ready.result().reset(), key="api-version")

    context.services.preferences.state.subscribe(look)


async def _shut_down(frame: WindowFrame, window: MainWindow, services: Services, tasks: TaskScope) -> None:
    place = window.place()
    frame.hide()
    await tasks.close()
    await services.preferences.change(window=place)
    window.close_for_good()


def _context(
    options: Options,
    services: Services,
    stores: Stores,
    theme: Theme,
    notices: Notices,
    clock: Clock,
) -> UiContext:
    loopback = frozenset({options.practice_at.hubspot}) if options.practice_at is not None else frozenset()
    manners = Manners(
        services.preferences, locale=options.locale or _locale(), system_zone=options.zone or _system_zone()
    )
    return UiContext(
        services=services,
        theme=theme,
        notices=notices,
        opener=Opener(loopback=loopback),
        manners=manners,
        clock=clock,
        zones=stores.zones,
        calendar_writer=stores.calendar_writer,
        credentials=stores.credentials,
        facts=_facts(stores.paths, options),
        routes=Routes(),
    )


def _facts(paths: AppPaths, options: Options) -> Facts:
    return Facts(
        paths=(
            ("settings", str(paths.settings_file)),
            ("data", str(paths.data_dir)),
            ("cache", str(paths.cache_dir)),
            ("logs", str(paths.log_dir)),
            ("administrator", str(paths.administrator_file)),
        ),
        versions=(
            ("Slotdesk", __version__),
            ("Python", platform.python_version()),
            ("Qt", qVersion()),
            ("PySide", PySide6.__version__),
        ),
        redirect_addresses=tuple(
            f"http://localhost:{port}/oauth/callback" for port in options.redirect_ports
        ),
    )


def _system_zone() -> str:
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return zone_name(name) or "UTC"


def _locale() -> QLocale:
    system = QLocale.system()
    if system.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return system
