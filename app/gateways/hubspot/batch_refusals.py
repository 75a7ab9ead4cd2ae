"""A row that failed in a batch as the error it would have been alone (reference 3, Batch)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.api.errors import (
    Conflict,
    ErrorDetails,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    Refused,
)
from app.api.hubspot.object_payloads import BatchErrorPayload

_PAUSE_S: Final = 10.0


def refusal_of(row: BatchErrorPayload) -> Refused:
    """The refusal of one row, by its category."""
    details = ErrorDetails(
        category=row.category,
        sub_category=row.sub_category,
        message=row.message,
        context=_texts(row.context),
        field_errors=tuple(
            FieldError(message=each.message, code=each.code, context=_texts(each.context))
            for each in row.errors
        ),
    )
    match row.category:
        case "OBJECT_NOT_FOUND":
            return NotFound(details)
        case "MISSING_SCOPES" | "FORBIDDEN":
            return Forbidden(details, details.context.get("missingScopes", ()))
        case "CONFLICT":
            return Conflict(details)
        case "RATE_LIMITS":
            return RateLimited(details, retry_after=_PAUSE_S, is_stated=False)
        case _:
            return Invalid(details)


def _texts(context: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(str(value) for value in values) for name, values in context.items()}
