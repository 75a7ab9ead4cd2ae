"""Pipedrive's refusals, in each of the envelopes that its different parts answer with."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import HTMLResponse, Response

from app.sandbox.wire import reply

BAD_REQUEST: Final = "ERR_BAD_REQUEST"
SCHEMA: Final = "ERR_SCHEMA_VALIDATION_FAILED"
_BLOCKED: Final = (
    "<!doctype html><html lang=en><title>Attention Required! | Cloudflare</title>"
    "<h1>Sorry, you have been blocked</h1><p>You are unable to access this site."
)


class PipedriveError(Exception):
    """A refusal: the HTTP status and the whole JSON body."""

    def __init__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(str(body.get("error") or body.get("message")))
        self.status = status
        self.body = dict(body)
        self.headers = dict(headers or {})


def refusal(problem: PipedriveError) -> Response:
    """Return the reply for a refusal."""
    return reply(problem.body, problem.status, problem.headers)


def generic(status: int, error: str, info: str, headers: Mapping[str, str] | None = None) -> PipedriveError:
    """The envelope of "core-api-concepts-responses": error, error_info, and empty data."""
    body = {"success": False, "error": error, "error_info": info, "data": None, "additional_data": None}
    return PipedriveError(status, body, headers)


def semantic(error: str, code: str = BAD_REQUEST) -> PipedriveError:
    """A 400 of API v2, with its code."""
    return PipedriveError(400, {"success": False, "error": error, "code": code})


def not_a_value(name: str, value: str) -> PipedriveError:
    """A 400 of API v2 for a value outside the schema."""
    return semantic(f"Validation failed: {name}: {value}", SCHEMA)


def link_refusal(status: int, message: str) -> PipedriveError:
    """The meetings endpoints' envelope: `message` instead of `error`."""
    return PipedriveError(status, {"success": False, "message": message})


def unauthorized() -> PipedriveError:
    """The gateway's 401."""
    body = {
        "success": False,
        "error": "unauthorized access",
        "errorCode": 401,
        "error_info": "Please check developers.pipedrive.com",
    }
    return PipedriveError(401, body, {"x-401-by-gw": "true", "x-correlation-id": str(uuid.uuid4())})


def scope_mismatch() -> PipedriveError:
    """The gateway's 403 for a token without the scope."""
    body = {
        "success": False,
        "error": "Scope and URL mismatch",
        "errorCode": 403,
        "error_info": "Please check developers.pipedrive.com",
    }
    return PipedriveError(403, body)


def not_open() -> PipedriveError:
    """The 402 of a company whose account is not open."""
    return generic(402, "Payment required", "Company account is not open.")


def too_many() -> PipedriveError:
    """The 429 of a burst or of a used-up day; its body is not documented."""
    return generic(429, "request over limit", "The request is over the rate limit.")


def not_found(what: str = "No such resource.") -> PipedriveError:
    """A 404."""
    return generic(404, "Not found", what)


def blocked() -> Response:
    """Cloudflare's page for those who ignore 429s."""
    return HTMLResponse(_BLOCKED, 403)
