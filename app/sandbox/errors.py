"""HubSpot's error body: what went wrong, its category and a correlation id, for every refused request."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

VALIDATION_ERROR = "VALIDATION_ERROR"
OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND"
CONFLICT = "CONFLICT"
MISSING_SCOPES = "MISSING_SCOPES"
INVALID_AUTHENTICATION = "INVALID_AUTHENTICATION"
EXPIRED_AUTHENTICATION = "EXPIRED_AUTHENTICATION"
RATE_LIMITS = "RATE_LIMITS"


class HubSpotError(Exception):
    """A refusal: HTTP status, `category`, `message`, and the optional parts of the `Error` body."""

    def __init__(
        self,
        status: int,
        category: str,
        message: str,
        *,
        sub_category: str | None = None,
        context: Mapping[str, Sequence[str]] | None = None,
        errors: Sequence[Mapping[str, Any]] | None = None,
        links: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.category = category
        self.message = message
        self.sub_category = sub_category
        self.context = context
        self.errors = errors
        self.links = links
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """Return the `Error` body; absent parts are left out, never null."""
        body: dict[str, Any] = {
            "status": "error",
            "message": self.message,
            "correlationId": str(uuid.uuid4()),
            "category": self.category,
        }
        if self.sub_category is not None:
            body["subCategory"] = self.sub_category
        if self.errors:
            body["errors"] = [dict(error) for error in self.errors]
        if self.context:
            body["context"] = {name: list(values) for name, values in self.context.items()}
        if self.links:
            body["links"] = dict(self.links)
        return body


def validation_error(
    message: str, *, sub_category: str | None = None, context: Mapping[str, Sequence[str]] | None = None
) -> HubSpotError:
    """Return a 400 VALIDATION_ERROR."""
    return HubSpotError(400, VALIDATION_ERROR, message, sub_category=sub_category, context=context)


def not_found(message: str = "resource not found") -> HubSpotError:
    """Return a 404 OBJECT_NOT_FOUND."""
    return HubSpotError(404, OBJECT_NOT_FOUND, message)
