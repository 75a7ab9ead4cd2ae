"""Reading request bodies: JSON of at most 64 KB within ten seconds, and calls with words for each fault."""

import asyncio
import json
from typing import Any, Final, NoReturn

from starlette.requests import ClientDisconnect, Request

from app.domain.provider import MOST_DURATION_MIN, BodyFault, CallRequest, FieldFault, read_call
from app.provider.replies import Refused, invalid_body

BODY_LIMIT: Final = 64 * 1024
_PATIENCE_S: Final = 10.0
_WORDS: Final = {
    BodyFault.NOT_AN_OBJECT: "must be a JSON object",
    BodyFault.MISSING: "is required",
    BodyFault.NOT_TEXT: "must be a string",
    BodyFault.BLANK: "must not be blank",
    BodyFault.NOT_A_START: "must be an existing time in UTC, written YYYY-MM-DD HH:mm",
    BodyFault.NOT_A_NUMBER: "must be a number of minutes",
    BodyFault.NOT_POSITIVE: "must be more than 0 minutes",
    BodyFault.TOO_LONG: f"must be at most {MOST_DURATION_MIN} minutes",
}


async def read_json(request: Request) -> Any:
    """The decoded body; Refused 400 (no JSON), 408 (too slow) or 413 (too long)."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > BODY_LIMIT:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise _too_large()
    except TimeoutError:
        raise Refused(408, "TOO_SLOW", "The body did not arrive in time.") from None
    except ClientDisconnect:
        raise invalid_body("The body was cut off.") from None
    try:
        return json.loads(bytes(body), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise invalid_body("The body is not JSON.") from None


async def read_object(request: Request) -> dict[str, Any]:
    """The decoded body when it is an object; Refused as `read_json`, and 400 otherwise."""
    body = await read_json(request)
    if not isinstance(body, dict):
        raise invalid_body("The body must be a JSON object.")
    return body


async def read_call_body(request: Request) -> CallRequest:
    """The call in a request's body; Refused 400 with every fault named, and as `read_json`."""
    call = read_call(await read_json(request))
    if isinstance(call, CallRequest):
        return call
    raise invalid_body(" ".join(_sentence(fault) for fault in call))


def _sentence(fault: FieldFault) -> str:
    return f"{fault.field or 'The body'} {_WORDS[fault.fault]}."


def _too_large() -> Refused:
    message = f"The body is longer than {BODY_LIMIT} bytes."
    return Refused(413, "TOO_LARGE", message, headers={"Connection": "close"})


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
