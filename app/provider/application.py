"""The composition of the service: settings in, a Starlette application out."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.provider.calls import CallEndpoints
from app.provider.credentials import Credentials
from app.provider.desk import Clock, Desk
from app.provider.install_state import InstallStates
from app.provider.installing import CALLBACK_PATH, InstallEndpoints
from app.provider.logs import log_event
from app.provider.metrics import RequestMetrics
from app.provider.pipedrive import PipedriveClient
from app.provider.registering import DesktopEndpoints
from app.provider.replies import Refused, refusal
from app.provider.rooms import FixedRooms, JitsiRooms, OwnRooms, Rooms
from app.provider.settings import ProviderSettings
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable
from app.provider.watching import WatchEndpoints

_TIDY_EVERY_S: Final = 600.0
_KEEP_REQUESTS: Final = timedelta(days=7)
_KEEP_MEETINGS: Final = timedelta(days=90)


def utc_now() -> datetime:
    """The present UTC instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ApplicationFactory:
    """Makes the application of one worker; it travels to the worker's process as a value."""

    settings: ProviderSettings

    def __call__(self) -> Starlette:
        """The application; it connects to the store at once, StoreTrouble when it cannot."""
        store = ProviderStore.open(self.settings.database_url)
        return build(self.settings, store, rooms_of(self.settings), utc_now)


def rooms_of(settings: ProviderSettings) -> Rooms:
    """The rooms that the settings choose."""
    if settings.room_url:
        return OwnRooms(FixedRooms(settings.room_url, settings.room_password))
    return OwnRooms(JitsiRooms(settings.jitsi_url))


def build(settings: ProviderSettings, store: ProviderStore, rooms: Rooms, now: Clock) -> Starlette:
    """The application; it closes the store when it ends."""
    metrics = RequestMetrics(worker=str(os.getpid()))
    return Starlette(
        routes=routes_of(settings, store, rooms, now, metrics),
        lifespan=lambda _app: _life(store, now),
        exception_handlers={HTTPException: _http_error, Exception: _unexpected},
    )


def routes_of(
    settings: ProviderSettings, store: ProviderStore, rooms: Rooms, now: Clock, metrics: RequestMetrics
) -> list[Route]:
    """Every address the service answers at."""
    desk = Desk(store, metrics, now)
    credentials = Credentials(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        admin_token=settings.admin_token,
    )
    pipedrive = PipedriveClient(
        settings.oauth_url,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        redirect_uri=settings.base_url + CALLBACK_PATH,
    )
    states = InstallStates(settings.client_secret)
    install = InstallEndpoints(store, pipedrive, states, now, settings.client_id)
    return [
        *CallEndpoints(store, rooms, now, settings.repeat_window).routes(desk, credentials),
        *install.routes(desk, credentials),
        *DesktopEndpoints(store, now).routes(desk, credentials),
        *WatchEndpoints(store, metrics).routes(desk),
    ]


@contextlib.asynccontextmanager
async def _life(store: ProviderStore, now: Clock) -> AsyncIterator[None]:
    try:
        async with asyncio.TaskGroup() as group:
            tidying = group.create_task(tidy_for_ever(store, now))
            yield
            tidying.cancel()
    finally:
        store.close()


async def tidy_for_ever(store: ProviderStore, now: Clock, every_s: float = _TIDY_EVERY_S) -> None:
    """Forget what is old, now and every ten minutes, until cancelled."""
    while True:
        try:
            await run_in_threadpool(tidy_once, store, now)
        except StoreUnavailable:
            log_event("the store could not be tidied")
        await asyncio.sleep(every_s)


def tidy_once(store: ProviderStore, now: Clock) -> None:
    """Forget requests of more than a week and meetings of more than 90 days ago."""
    store.tidy(now=now(), keep_requests=_KEEP_REQUESTS, keep_meetings=_KEEP_MEETINGS)


def _http_error(_request: Request, error: Exception) -> Response:
    """Unknown addresses and methods, in the envelope of everything else."""
    assert isinstance(error, HTTPException)
    codes = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}
    code = codes.get(error.status_code, "BAD_REQUEST")
    return refusal(Refused(error.status_code, code, error.detail, headers=error.headers))


def _unexpected(_request: Request, _error: Exception) -> Response:
    """A mistake of ours; the log has its place."""
    return refusal(Refused(500, "INTERNAL", "The service made a mistake."))
