"""Pipedrive's API host, its sign-in pages and the stage as one ASGI application.

OAuth, the stage and the steering need no bearer; everything else does, even paths that do not exist.
"""

from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.sandbox.errors import HubSpotError
from app.sandbox.hubspot.api import json_application
from app.sandbox.pipedrive.activities import activity_operations
from app.sandbox.pipedrive.activity_types import type_operations
from app.sandbox.pipedrive.comments import comment_operations
from app.sandbox.pipedrive.company import Company, PipedriveUser
from app.sandbox.pipedrive.directory import directory_operations
from app.sandbox.pipedrive.errors import PipedriveError, generic, refusal, unauthorized
from app.sandbox.pipedrive.links import link_operations
from app.sandbox.pipedrive.notes import note_operations
from app.sandbox.pipedrive.oauth import oauth_routes
from app.sandbox.pipedrive.operations import Operation
from app.sandbox.pipedrive.pages import problem_page
from app.sandbox.pipedrive.search import search_operations
from app.sandbox.pipedrive.service import PipedriveService
from app.sandbox.pipedrive.stage import is_foreign, stage_routes
from app.sandbox.pipedrive.steering import ROOT, steering_routes
from app.sandbox.pipedrive.users import user_operations
from app.sandbox.web_pages import refuse_web_pages
from app.sandbox.wire import refusal as hubspot_refusal


@dataclass(frozen=True, slots=True)
class Session:
    """Who calls: a user of a company, with what scopes."""

    bearer: str
    company: Company
    user: PipedriveUser
    scopes: frozenset[str]


def operations() -> list[Operation]:
    """Return every operation of the API, searches before the reads that their paths resemble."""
    return [
        *user_operations(),
        *link_operations(),
        *note_operations(),
        *comment_operations(),
        *type_operations(),
        *activity_operations(),
        *search_operations(),
        *directory_operations(),
    ]


class PipedriveApplication:
    """Answers what Pipedrive would answer."""

    def __init__(self, service: PipedriveService) -> None:
        self._service = service
        self._open = _application([*oauth_routes(), *stage_routes()], service)
        self._steering = json_application([*steering_routes()])
        self._steering.state.service = service
        routes: list[BaseRoute] = []
        for operation in operations():
            routes += operation.routes(service.budget)
        self._api = _application(routes, service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"]
        if path == ROOT or path.startswith(f"{ROOT}/"):
            try:
                refuse_web_pages(scope["headers"])
            except HubSpotError as problem:
                await hubspot_refusal(problem)(scope, receive, send)
                return
            await self._steering(scope, receive, send)
            return
        if any(route.matches(scope)[0] is not Match.NONE for route in self._open.routes):
            if scope["method"] == "POST" and path.startswith(("/play", "/oauth/authorize")):
                host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
                if is_foreign(scope["headers"], host):
                    await problem_page("Pages of other sites may not do this.", 403)(scope, receive, send)
                    return
            await self._open(scope, receive, send)
            return
        try:
            scope["state"]["session"] = self._session(scope)
        except PipedriveError as problem:
            await refusal(problem)(scope, receive, send)
            return
        await self._api(scope, receive, send)

    def _session(self, scope: Scope) -> Session:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        kind, _, bearer = headers.get(b"authorization", "").partition(" ")
        install = self._service.desk.access(bearer.strip()) if kind.lower() == "bearer" else None
        company = None if install is None else self._service.desk.company(install.company_id)
        user = None if install is None or company is None else company.user(install.user_id)
        if install is None or company is None or user is None:
            raise unauthorized()
        return Session(bearer.strip(), company, user, frozenset(install.scopes))


def _application(routes: list[BaseRoute], service: PipedriveService) -> Starlette:
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _http_refused, ClientDisconnect: _gone, Exception: _failed},
    )
    app.router.redirect_slashes = False
    app.state.service = service
    app.state.desk = service.desk
    return app


async def _http_refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    words = {404: "Not found", 405: "Method not allowed"}.get(error.status_code, "Bad request")
    return refusal(generic(error.status_code, words, "No such resource.", error.headers))


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)


async def _failed(_: Request, __: Exception) -> Response:
    return refusal(generic(500, "Internal error", "Something went wrong in the sandbox."))
