"""Reading typed values out of a JSON body; whatever has another shape is refused with 400."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.instants import from_epoch_ms, parse_instant

_LONGEST_TEXT: Final = 65_536
_INT64: Final = 2**63


def require(body: Mapping[str, Any], names: Iterable[str], *, inside: str = "") -> None:
    """Pass when every name is there and not null; HubSpotError 400 naming the missing ones."""
    missing = [f"{inside}{name}" for name in names if body.get(name) is None]
    if missing:
        raise validation_error(
            f"Invalid input JSON: some required fields were not set: {', '.join(missing)}",
            context={"missingFields": missing},
        )


def text(value: Any, name: str) -> str:
    """Return a string; HubSpotError 400 for anything else or more than 65,536 characters."""
    if not isinstance(value, str):
        raise wrong_shape(name, "a string")
    if len(value) > _LONGEST_TEXT:
        raise validation_error(f"The value of {name} is too long.", context={"field": [name]})
    return value


def optional_text(body: Mapping[str, Any], name: str) -> str | None:
    """Return a string or None when it is absent, null or empty."""
    value = body.get(name)
    return None if value is None else text(value, name) or None


def whole(value: Any, name: str) -> int:
    """Return a 64-bit whole number (a number without fraction counts); HubSpotError 400 for anything else."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not -_INT64 <= value < _INT64:
        raise wrong_shape(name, "a whole number")
    return value


def flag(value: Any, name: str) -> bool:
    """Return true or false; HubSpotError 400 for anything else."""
    if not isinstance(value, bool):
        raise wrong_shape(name, "true or false")
    return value


def instant(value: Any, name: str) -> datetime:
    """Return a UTC instant from ISO 8601 with a zone or from epoch ms; HubSpotError 400 for anything else."""
    if isinstance(value, str):
        moment = parse_instant(value)
    else:
        try:
            moment = from_epoch_ms(whole(value, name))
        except (OverflowError, ValueError, OSError):
            moment = None
    if moment is None:
        raise wrong_shape(name, "a date-time (ISO 8601 with a zone, or epoch milliseconds)")
    return moment


def texts(body: Mapping[str, Any], name: str) -> list[str]:
    """Return a list of strings, empty when absent; HubSpotError 400 for another shape."""
    return [text(item, name) for item in _items(body, name)]


def objects(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return a list of objects, empty when absent; HubSpotError 400 for another shape."""
    return [mapping(item, name) for item in _items(body, name)]


def mapping(value: Any, name: str) -> dict[str, Any]:
    """Return an object; HubSpotError 400 for anything else."""
    if not isinstance(value, dict):
        raise wrong_shape(name, "an object")
    return value


def wrong_shape(name: str, expected: str) -> HubSpotError:
    """Return the 400 for a value of the wrong type."""
    return validation_error(
        f"Invalid input JSON: the value of '{name}' must be {expected}.", context={"field": [name]}
    )


def _items(body: Mapping[str, Any], name: str) -> list[Any]:
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong_shape(name, "a list")
    return value
