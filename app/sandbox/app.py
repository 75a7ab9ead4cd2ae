"""HubSpot's API host and its sign-in pages as one ASGI application.

OAuth's own paths are open; everything else needs a bearer, even paths that do not exist. A bearer leads to
the API of the portal it belongs to, past that portal's rate limits.
"""

from starlette.datastructures import MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.sandbox.auth import authenticate
from app.sandbox.errors import HubSpotError
from app.sandbox.hubspot.api import json_application, portal_application
from app.sandbox.oauth.authorize import authorize_routes
from app.sandbox.oauth.introspect import introspect_routes
from app.sandbox.oauth.token import token_routes
from app.sandbox.sandbox import Sandbox
from app.sandbox.wire import refusal


class HubSpotApplication:
    """Answers what HubSpot would answer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._oauth = json_application([*authorize_routes(), *token_routes(), *introspect_routes()])
        self._oauth.state.desk = sandbox.desk
        self._portals = {portal.hub_id: portal_application(portal) for portal in sandbox.portals}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if any(route.matches(scope)[0] is not Match.NONE for route in self._oauth.routes):
            await self._oauth(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        try:
            token = authenticate(scope, self._sandbox.tokens)
        except HubSpotError as problem:
            await refusal(problem)(scope, receive, send)
            return
        scope["state"]["token"] = token
        limits = self._sandbox.limits
        refused = limits.admit(token.hub_id, method, path)
        app: ASGIApp = self._portals[token.hub_id] if refused is None else refused

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(limits.headers(token.hub_id, method, path))
            await send(message)

        await app(scope, receive, with_headers)
