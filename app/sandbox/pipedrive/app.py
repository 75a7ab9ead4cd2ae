"""Pipedrive's API host as one ASGI application: refusals in Pipedrive's envelope."""

from starlette.types import Receive, Scope, Send

from app.sandbox.wire import reply


class PipedriveApplication:
    """Refuses everything: 401 without credentials, 404 with any."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        names = {name for name, _ in scope["headers"]}
        if names.isdisjoint((b"authorization", b"x-api-token")):
            body = {"success": False, "error": "unauthorized access", "errorCode": 401}
            await reply(body, 401)(scope, receive, send)
            return
        body = {
            "success": False,
            "error": "Not found",
            "error_info": "No such resource.",
            "data": None,
            "additional_data": None,
        }
        await reply(body, 404)(scope, receive, send)
