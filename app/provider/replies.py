"""The one envelope of every answer, and the refusals: `{success, data: {message, code}}`.

The error shape follows reference/pipedrive.md 8.3.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import JSONResponse, Response

_NO_STORE: Final = {"Cache-Control": "no-store"}


class Refused(Exception):  # noqa: N818
    """A request that is answered with an error; `message` goes to the caller."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def answer(data: Mapping[str, Any], status: int = 200) -> Response:
    """A success with its data."""
    return JSONResponse({"success": True, "data": dict(data)}, status, headers=_NO_STORE)


def nothing() -> Response:
    """204: done, and there is nothing to say."""
    return Response(status_code=204)


def refusal(refused: Refused) -> Response:
    """The answer to a refused request."""
    data = {"message": refused.message, "code": refused.code}
    headers = {**_NO_STORE, **refused.headers}
    return JSONResponse({"success": False, "data": data}, refused.status, headers=headers)


def invalid_body(message: str) -> Refused:
    """400."""
    return Refused(400, "INVALID_BODY", message)


def not_found(message: str) -> Refused:
    """404."""
    return Refused(404, "NOT_FOUND", message)


def unavailable() -> Refused:
    """503: the caller may try again."""
    message = "The service cannot reach its database. Try again shortly."
    return Refused(503, "UNAVAILABLE", message, headers={"Retry-After": "2"})
