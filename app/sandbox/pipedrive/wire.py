"""Reading Pipedrive requests: JSON bodies, query values, and paging as each version has it."""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.errors import HubSpotError
from app.sandbox.pipedrive.company import Record
from app.sandbox.pipedrive.errors import PipedriveError, generic, not_a_value
from app.sandbox.wire import read_body, reply

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_MOST: Final = 500


def answer(data: Any, **more: Any) -> Response:
    """Return the success envelope; `more` goes beside `data`."""
    return reply({"success": True, "data": data, **more})


async def read_json(request: Request) -> Record:
    """Return the JSON object of a body; PipedriveError 400 for anything else, 413 beyond 10 MB."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = msgspec.json.decode(await read_body(request))
    except HubSpotError as problem:
        raise generic(413, "Request entity too large", "") from problem
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise generic(400, "Bad request", "The request body is not valid JSON.") from problem
    if kind != "application/json" or not isinstance(body, dict):
        raise generic(400, "Bad request", "The request body must be a JSON object.")
    return body


def whole(text: str, name: str, *, low: int = 1, high: int = 2**53) -> int:
    """Read a whole number within bounds; PipedriveError 400 otherwise."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 17 and low <= int(text) <= high):
        raise not_a_value(name, "must be a whole number within its limits")
    return int(text)


def number_of(request: Request, name: str) -> int | None:
    """Return a numeric query value; None when absent."""
    text = request.query_params.get(name)
    return None if text is None else whole(text, name)


def flag_of(request: Request, name: str) -> bool | None:
    """Return a boolean query value; None when absent."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if text.lower() not in ("true", "false", "1", "0"):
        raise not_a_value(name, "must be a boolean")
    return text.lower() in ("true", "1")


def choice_of(request: Request, name: str, allowed: Sequence[str], default: str) -> str:
    """Return a query value out of a list of words."""
    text = request.query_params.get(name, default)
    if text not in allowed:
        raise not_a_value(name, f"must be one of {', '.join(allowed)}")
    return text


def choices_of(request: Request, name: str, allowed: Sequence[str]) -> list[str]:
    """Return a comma list of words; empty when absent."""
    text = request.query_params.get(name, "")
    words = [part.strip() for part in text.split(",") if part.strip()]
    if not set(words) <= set(allowed):
        raise not_a_value(name, f"must be a list of {', '.join(allowed)}")
    return words


def ids_of(request: Request) -> list[int] | None:
    """Return the `ids` of a list call, at most 100; None when absent."""
    text = request.query_params.get("ids")
    if text is None:
        return None
    ids = [whole(part.strip(), "ids") for part in text.split(",")]
    if len(ids) > 100:
        raise not_a_value("ids", "at most 100")
    return ids


def instant_of(request: Request, name: str) -> str | None:
    """Return an RFC 3339 instant with whole seconds, written in UTC; PipedriveError 400 for another form."""
    text = request.query_params.get(name)
    if text is None:
        return None
    text = text.replace(" ", "+")
    if not _INSTANT.fullmatch(text):
        raise not_a_value(name, "must be an RFC 3339 date-time")
    try:
        return f"{datetime.fromisoformat(text).astimezone(UTC).isoformat()[:19]}Z"
    except (ValueError, OverflowError) as problem:
        raise not_a_value(name, "must be an RFC 3339 date-time") from problem


def day_of(text: str) -> str | None:
    """Return a `YYYY-MM-DD` when it is a day of the calendar; None otherwise."""
    try:
        return text if len(text) == 10 and date.fromisoformat(text) else None
    except ValueError:
        return None


def v2_page(
    request: Request, rows: list[Record], key: str = "id", *, down: bool = False, most: int = _MOST
) -> tuple[list[Record], str | None]:
    """Return one page in the order of `key`, and the cursor of the next; PipedriveError 400 for a bad one."""
    text = request.query_params.get("limit")
    limit = 100 if text is None else whole(text, "limit", high=most)
    ordered = sorted(rows, key=lambda row: (row[key] or "", row["id"]), reverse=down)
    cursor = request.query_params.get("cursor")
    if cursor:
        place = _place(cursor, key, down=down)
        ordered = [row for row in ordered if _follows((row[key] or "", row["id"]), place, down=down)]
    page = ordered[:limit]
    if len(ordered) <= limit:
        return page, None
    mark = msgspec.json.encode([key, down, page[-1][key] or "", page[-1]["id"]])
    return page, base64.urlsafe_b64encode(mark).decode().rstrip("=")


def _place(cursor: str, key: str, *, down: bool) -> tuple[Any, int]:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        name, turned, value, number = msgspec.json.decode(raw, type=tuple[str, bool, str | int, int])
    except (msgspec.DecodeError, binascii.Error, UnicodeError, ValueError) as problem:
        raise not_a_value("cursor", "is not valid") from problem
    if (name, turned) != (key, down) or isinstance(value, int) != (key == "id"):
        raise not_a_value("cursor", "is not valid")
    return value, number


def _follows(mark: tuple[Any, int], place: tuple[Any, int], *, down: bool) -> bool:
    return mark < place if down else mark > place


def v1_page(request: Request, rows: list[Record]) -> Response:
    """Return the reply for one page of a v1 list; `data` is null when it is empty."""
    start = whole(request.query_params.get("start", "0"), "start", low=0)
    limit = min(_MOST, whole(request.query_params.get("limit", "100"), "limit"))
    page, more = rows[start : start + limit], start + limit < len(rows)
    pagination: Record = {"start": start, "limit": limit, "more_items_in_collection": more}
    if more:
        pagination["next_start"] = start + limit
    return answer(page or None, additional_data={"pagination": pagination})


def path_id(request: Request, name: str = "id") -> int:
    """Return a numeric id of the path; PipedriveError 400 for another text."""
    try:
        return whole(request.path_params[name], name)
    except PipedriveError as problem:
        raise generic(400, "Bad request", f"{name} must be a positive number.") from problem
