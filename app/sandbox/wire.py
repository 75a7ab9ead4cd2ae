"""Reading requests and writing replies as HubSpot does: JSON bodies, bounded numbers, comma lists."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.errors import HubSpotError, validation_error

BODY_LIMIT: Final = 10 * 1024 * 1024
_JSON: Final = "application/json;charset=utf-8"


def reply(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON reply."""
    return Response(msgspec.json.encode(data), status, headers, media_type=_JSON)


def no_content() -> Response:
    """Return a 204."""
    return Response(status_code=204)


def refusal(error: HubSpotError) -> Response:
    """Return the reply for a refusal."""
    return reply(error.body(), error.status, error.headers)


def parse_json(body: bytes) -> Any:
    """Decode a JSON body; HubSpotError 400 "Invalid input JSON …" when it is not JSON."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError as problem:
        raise invalid_json(body, str(problem)) from problem
    except RecursionError as problem:
        raise invalid_json(body, "nested too deeply") from problem
    except UnicodeDecodeError as problem:
        raise invalid_json(body, "not UTF-8") from problem


def invalid_json(body: bytes, reason: str) -> HubSpotError:
    """Return the 400 for a body that cannot be read, with the line and column where reading stopped."""
    digits = reason.rpartition("(byte ")[2].rstrip(")")
    stop = int(digits) if digits.isdigit() else len(body)
    line = body.count(b"\n", 0, stop) + 1
    column = stop - (body.rfind(b"\n", 0, stop) + 1) + 1
    return validation_error(f"Invalid input JSON on line {line}, column {column}: {reason}")


async def read_object(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request's body; HubSpotError 400 for anything else, 413 beyond 10 MB."""
    body = await read_body(request)
    data = parse_json(body)
    if not isinstance(data, dict):
        raise invalid_json(b"", "Cannot deserialize the request body: an object is expected")
    return data


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Return a request's body; HubSpotError 413 when it is larger than `limit` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HubSpotError(413, "VALIDATION_ERROR", "The request entity is too large.")
    return bytes(body)


def int_parameter(request: Request, name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole-number query parameter within bounds; HubSpotError 400 outside them."""
    text = request.query_params.get(name)
    if text is None or not text.strip():
        return default
    number = whole_number(text, name)
    if not low <= number <= high:
        raise validation_error(
            f"Invalid value for {name}: {number} is not between {low} and {high}.", context={name: [text]}
        )
    return number


def whole_number(text: str, name: str) -> int:
    """Read a whole number of at most 18 digits; HubSpotError 400 for anything else."""
    body = text.strip()
    digits = body.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise validation_error(
            f"Invalid value for {name}: it must be a whole number.", context={name: [text]}
        )
    return int(body)


def bool_parameter(request: Request, name: str) -> bool:
    """Return a true/false query parameter, false when absent; HubSpotError 400 for another word."""
    text = request.query_params.get(name, "false").strip().lower()
    if text not in ("true", "false", ""):
        raise validation_error(f"Invalid value for {name}: it must be true or false.", context={name: [text]})
    return text == "true"


def list_parameter(request: Request, name: str) -> list[str]:
    """Return a list query parameter, given as commas or by repeating the name; empty when absent."""
    texts = request.query_params.getlist(name)
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def text_list(body: Mapping[str, Any], name: str) -> list[str]:
    """Return a list of texts from a JSON body, empty when absent; HubSpotError 400 for another shape."""
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid_json(b"", f"Cannot deserialize '{name}': a list of strings is expected")
    return value


def object_list(
    body: Mapping[str, Any], name: str, *, most: int | None = None, required: bool = False
) -> list[dict[str, Any]]:
    """Return a list of objects from a JSON body; HubSpotError 400 for another shape or more than `most`."""
    value = body.get(name)
    if value is None and not required:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise invalid_json(b"", f"Cannot deserialize '{name}': a list of objects is expected")
    if most is not None and len(value) > most:
        raise validation_error(
            f"The maximum number of {name} in a batch request is {most}, but {len(value)} were given."
        )
    return value


def id_text(value: Any, name: str) -> str:
    """Return an id given as text or whole number; HubSpotError 400 for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise invalid_json(b"", f"Cannot deserialize '{name}': an id is expected")
    return str(value).strip()


def record_reference(value: Any, name: str) -> str:
    """Return the id inside `{"id": …}`; HubSpotError 400 for another shape."""
    if not isinstance(value, dict) or "id" not in value:
        raise invalid_json(b"", f"Cannot deserialize '{name}': an object with an id is expected")
    return id_text(value["id"], f"{name}.id")
