"""Batch replies: COMPLETE with results, and 207 with one StandardError for every row that failed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.instants import object_instant
from app.sandbox.wire import reply


def standard_error(error: HubSpotError, context: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
    """Return a refusal as a `StandardError`, where every part but `id` and `subCategory` is required."""
    data: dict[str, Any] = {
        "status": "error",
        "category": error.category,
        "message": error.message,
        "context": {
            name: list(values) for name, values in {**(error.context or {}), **(context or {})}.items()
        },
        "links": dict(error.links or {}),
        "errors": [dict(one) for one in error.errors or ()],
    }
    if error.sub_category is not None:
        data["subCategory"] = error.sub_category
    return data


def refuse_row(request: Request, place: int, ids: Sequence[str]) -> None:
    """HubSpotError 400 when a scripted fault refuses this row of a batch (`place` 0 is the first)."""
    if getattr(request.state, "refused_row", None) == place + 1:
        raise validation_error("The record could not be written.", context={"ids": ids} if ids else None)


def batch_reply(
    results: list[dict[str, Any]],
    errors: list[dict[str, Any]],
    *,
    started: datetime,
    ended: datetime,
    status: int = 200,
    error_status: int = 207,
) -> Response:
    """Return a batch reply: `status` when all went well, else `error_status` with the errors."""
    body: dict[str, Any] = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": object_instant(started),
        "completedAt": object_instant(ended),
    }
    if errors:
        body |= {"numErrors": len(errors), "errors": errors}
    return reply(body, error_status if errors else status)
