"""Reading form-urlencoded requests, and refusing in the words of RFC 6749 and of HubSpot at once."""

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.errors import VALIDATION_ERROR, HubSpotError
from app.sandbox.wire import read_body, reply

_FORM: Final = "application/x-www-form-urlencoded"
_FORM_LIMIT: Final = 64 * 1024


class OAuthError(Exception):
    """A refusal: RFC 6749 `error` beside HubSpot's older `status` word and `message`."""

    def __init__(self, error: str, status: str, message: str, *, http_status: int = 400) -> None:
        super().__init__(message)
        self.error = error
        self.status = status
        self.message = message
        self.http_status = http_status


def oauth_refusal(problem: OAuthError) -> Response:
    """Return the reply for an OAuth refusal; it carries the documented `Error` fields too."""
    common = HubSpotError(problem.http_status, VALIDATION_ERROR, problem.message).body()
    body = {
        **common,
        "status": problem.status,
        "error": problem.error,
        "error_description": problem.message,
    }
    return reply(body, problem.http_status, {"Cache-Control": "no-store"})


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form body, the last value of a repeated name; OAuthError when it is no form.

    No body at all counts as a form without fields: version 1's callers may send everything in the query.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_body(request, _FORM_LIMIT)
    if kind != _FORM and (kind or body):
        raise OAuthError("invalid_request", "BAD_REQUEST", "HTTP 415 Unsupported Media Type", http_status=415)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100)
    except ValueError as problem:
        raise OAuthError("invalid_request", "BAD_REQUEST", "the form has too many fields") from problem
    return dict(pairs)
