"""The API of one portal as an application: every route, and refusals in HubSpot's error body."""

from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from app.sandbox.errors import OBJECT_NOT_FOUND, VALIDATION_ERROR, HubSpotError
from app.sandbox.hubspot.account import account_routes
from app.sandbox.hubspot.association_batches import association_batch_routes
from app.sandbox.hubspot.association_labels import association_label_routes
from app.sandbox.hubspot.associations import association_routes
from app.sandbox.hubspot.associations_v3 import association_v3_routes
from app.sandbox.hubspot.batches import batch_routes
from app.sandbox.hubspot.files import file_routes
from app.sandbox.hubspot.objects import object_routes
from app.sandbox.hubspot.owners import owner_routes
from app.sandbox.hubspot.portal import Portal
from app.sandbox.hubspot.properties import property_routes
from app.sandbox.hubspot.scheduler import scheduler_routes
from app.sandbox.hubspot.schemas import schema_routes
from app.sandbox.hubspot.search import search_routes
from app.sandbox.wire import refusal

SCHEDULER_VERSIONS: Final = ("v3", "2025-09", "2026-03", "2026-09")


def json_application(routes: list[BaseRoute]) -> Starlette:
    """Return an application whose refusals (unknown path, wrong method, any fault) are HubSpot's."""
    app = Starlette(
        routes=routes,
        exception_handlers={
            HubSpotError: _refused,
            HTTPException: _http_refused,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False
    return app


def portal_application(portal: Portal) -> Starlette:
    """Return the API of one portal."""
    routes: list[BaseRoute] = [
        *(route for version in SCHEDULER_VERSIONS for route in scheduler_routes(version)),
        *search_routes(),
        *batch_routes(),
        *association_batch_routes(),
        *association_label_routes(),
        *association_v3_routes(),
        *association_routes(),
        *object_routes(),
        *owner_routes(),
        *property_routes(),
        *schema_routes(),
        *file_routes(),
        *account_routes(),
    ]
    app = json_application(routes)
    app.state.portal = portal
    app.state.world = portal.world
    app.state.store = portal.store
    app.state.clock = portal.clock
    return app


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HubSpotError):
        raise error
    return refusal(error)


async def _http_refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code
    if status == 404:
        return refusal(HubSpotError(404, OBJECT_NOT_FOUND, "resource not found"))
    message = f"HTTP {status} {error.detail}"
    return refusal(HubSpotError(status, VALIDATION_ERROR, message, headers=error.headers))


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)


async def _failed(_: Request, __: Exception) -> Response:
    return refusal(HubSpotError(500, "INTERNAL_ERROR", "internal error"))
