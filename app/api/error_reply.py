"""Turns an answer that is not 2xx into the error it means; every field of the body is optional.

HubSpot reference section 3 (error body, status codes, rate limits) and RFC 6749 section 5.2.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import msgspec

from app.api.errors import (
    ApiError,
    BadReply,
    Conflict,
    ErrorDetails,
    FieldError,
    Forbidden,
    Invalid,
    Locked,
    Maintenance,
    NotFound,
    OAuthRefused,
    RateLimited,
    ReplyFault,
    ServerFailed,
    Unauthorized,
)
from app.api.reply import Reply
from app.api.retry_after import LONGEST_MAINTENANCE, parse_retry_after, policy_wait

_LONGEST_TEXT: Final = 2_000
_MOST_ROWS: Final = 100
_LOCK_LASTS: Final = 2.0
_EXISTING_ID = re.compile(r"Existing ID:\s*([0-9]{1,20})", re.ASCII)
_SCOPE_KEYS: Final = ("missingScopes", "requiredScopes", "requiredGranularScopes")
_LEGACY_OAUTH_CODES: Final = {
    "BAD_REFRESH_TOKEN": "invalid_grant",
    "BAD_AUTH_CODE": "invalid_grant",
    "BAD_CLIENT_ID": "invalid_client",
    "BAD_CLIENT_SECRET": "invalid_client",
    "BAD_REDIRECT_URI": "invalid_request",
}


def error_of(reply: Reply, *, utc_now: datetime, is_oauth: bool = False) -> ApiError:
    """The error that `reply` (any status but 2xx) stands for; never raises."""
    body = _json_object(reply.body)
    details = _details(reply, body)
    status = reply.status
    if is_oauth and status in {400, 401, 403} and (code := _oauth_code(body)):
        return OAuthRefused(code, details)
    match status:
        case 401:
            return Unauthorized(details)
        case 403:
            return Forbidden(details, _missing_scopes(details))
        case 404 | 410:
            return NotFound(details)
        case 409:
            found = _EXISTING_ID.search(details.message)
            return Conflict(details, found[1] if found else None)
        case 423 | 429 | 477:
            return _pause(reply, details, utc_now)
    if status >= 500:
        retry_after = parse_retry_after(reply.headers.get("retry-after"), reference=reply.made_at(utc_now))
        return ServerFailed(details, retry_after)
    if status >= 400:
        return Invalid(details)
    return BadReply(ReplyFault.REDIRECT, details)


def _pause(reply: Reply, details: ErrorDetails, utc_now: datetime) -> ApiError:
    text, made_at = reply.headers.get("retry-after"), reply.made_at(utc_now)
    if reply.status == 477:
        asked = parse_retry_after(text, reference=made_at, longest=LONGEST_MAINTENANCE)
        return Maintenance(details, asked)
    asked = parse_retry_after(text, reference=made_at)
    if reply.status == 423:
        return Locked(details, max(asked or 0.0, _LOCK_LASTS))
    if asked is None:
        return RateLimited(details, retry_after=policy_wait(details.policy), is_stated=False)
    return RateLimited(details, retry_after=asked)


def _json_object(body: bytes) -> Mapping[str, object]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _details(reply: Reply, body: Mapping[str, object]) -> ErrorDetails:
    return ErrorDetails(
        status=reply.status,
        category=_text(body.get("category")) or _text(body.get("errorType")),
        sub_category=_text(body.get("subCategory")),
        message=_text(body.get("message")) or _text(body.get("error_description")) or "",
        correlation_id=_text(body.get("correlationId")) or reply.correlation_id,
        context=_context(body.get("context")),
        field_errors=tuple(_field_errors(body.get("errors"))),
        policy=_text(body.get("policyName")),
    )


def _text(value: object) -> str | None:
    if isinstance(value, str) and value:
        return value[:_LONGEST_TEXT]
    return None


def _context(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        return {}
    return {str(key): tuple(_texts(item)) for key, item in list(value.items())[:_MOST_ROWS]}


def _texts(value: object) -> Iterator[str]:
    rows = value if isinstance(value, list) else [value]
    for row in rows[:_MOST_ROWS]:
        text = _text(row)
        if text is not None:
            yield text


def _field_errors(value: object) -> Iterator[FieldError]:
    rows = value if isinstance(value, list) else []
    for row in rows[:_MOST_ROWS]:
        if isinstance(row, dict):
            yield FieldError(
                message=_text(row.get("message")) or "",
                code=_text(row.get("code")),
                sub_category=_text(row.get("subCategory")),
                location=_text(row.get("in")),
                context=_context(row.get("context")),
            )


def _missing_scopes(details: ErrorDetails) -> tuple[str, ...]:
    contexts = [details.context, *(row.context for row in details.field_errors)]
    named = [scope for context in contexts for key in _SCOPE_KEYS for scope in context.get(key, ())]
    return tuple(dict.fromkeys(named))


def _oauth_code(body: Mapping[str, object]) -> str | None:
    return _text(body.get("error")) or _LEGACY_OAUTH_CODES.get(_text(body.get("status")) or "")
