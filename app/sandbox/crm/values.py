"""Checking and normalising property values on the way in, as HubSpot does before it stores them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec

from app.sandbox.crm.properties import PropertyDefinition
from app.sandbox.errors import VALIDATION_ERROR, HubSpotError
from app.sandbox.instants import parse_instant, property_instant

_LONGEST: Final = 65_536
_EMAIL: Final = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]{2,}")
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why one property was refused: HubSpot's `error` code and words about it."""

    name: str
    code: str
    message: str


class BadValueError(Exception):
    """A value that its property does not take."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def property_errors(bad: list[BadValue]) -> HubSpotError:
    """Return the 400 that names every refused property, in the message and in `errors`."""
    detail = [
        {
            "isValid": False,
            "message": one.message,
            "error": one.code,
            "name": one.name,
            "localizedErrorMessage": one.message,
        }
        for one in bad
    ]
    return HubSpotError(
        400,
        VALIDATION_ERROR,
        f"Property values were not valid: {msgspec.json.encode(detail).decode()}",
        errors=[
            {"message": one.message, "code": one.code, "context": {"propertyName": [one.name]}} for one in bad
        ],
    )


def wire_text(value: Any) -> str | None:
    """Return a JSON value as property text; None clears. TypeError for a list or an object."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise TypeError


def normalised(definition: PropertyDefinition, value: str, owners: frozenset[str]) -> str:
    """Return a value as it is stored; BadValueError when the property does not take it."""
    match definition.type:
        case "datetime":
            return property_instant(_instant(value))
        case "date":
            return _day(value).isoformat()
        case "number":
            if not _NUMBER.fullmatch(value):
                raise BadValueError("INVALID_NUMBER", f"{value} was not a valid number.")
            return value
        case "bool":
            return _choice(value.lower(), ["true", "false"])
        case "enumeration":
            return _enumeration(definition, value, owners)
        case _:
            return _text(definition, value)


def _text(definition: PropertyDefinition, value: str) -> str:
    if len(value) > _LONGEST:
        raise BadValueError("TOO_LONG", f"The value is longer than {_LONGEST} characters.")
    if definition.name == "email":
        if not _EMAIL.fullmatch(value.strip()):
            raise BadValueError("INVALID_EMAIL", f"Email address {value} is invalid")
        return value.strip().lower()
    return value


def _instant(value: str) -> datetime:
    moment = parse_instant(value)
    if moment is None:
        raise BadValueError("INVALID_LONG", f"{value} was not a valid long.")
    return moment


def _day(value: str) -> date:
    moment = _instant(value)
    if moment != moment.replace(hour=0, minute=0, second=0, microsecond=0):
        raise BadValueError("INVALID_DATE", f"{value} is at {moment.time().isoformat()} UTC, not midnight!")
    return moment.date()


def _enumeration(definition: PropertyDefinition, value: str, owners: frozenset[str]) -> str:
    if definition.name in ("hubspot_owner_id", "hs_attendee_owner_ids"):
        for part in value.split(";"):
            if part not in owners:
                raise BadValueError("INVALID_OWNER_ID", f"Owner {part} does not exist")
        return value
    if definition.external_options:
        return value
    allowed = [option.value for option in definition.options]
    parts = [part for part in value.split(";") if part] if definition.takes_several else [value]
    return ";".join(_choice(part, allowed) for part in parts)


def _choice(value: str, allowed: list[str]) -> str:
    if value not in allowed:
        raise BadValueError(
            "INVALID_OPTION", f"{value} was not one of the allowed options: [{', '.join(allowed)}]"
        )
    return value


def checked(
    definitions: Mapping[str, PropertyDefinition], given: Mapping[str, Any], owners: frozenset[str]
) -> dict[str, str | None]:
    """Return the values to store; HubSpotError 400 naming every unknown, read-only or malformed property."""
    values: dict[str, str | None] = {}
    bad: list[BadValue] = []
    for name, raw in given.items():
        definition = definitions.get(name)
        if definition is None:
            bad.append(BadValue(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
            continue
        if definition.read_only:
            message = f'"{name}" is a read only property; its value cannot be set'
            bad.append(BadValue(name, "READ_ONLY_VALUE", message))
            continue
        try:
            text = wire_text(raw)
            values[name] = text if text is None else normalised(definition, text, owners)
        except TypeError:
            bad.append(BadValue(name, "INVALID_VALUE", f"The value of {name} is not a text"))
        except BadValueError as problem:
            bad.append(BadValue(name, problem.code, problem.message))
    if bad:
        raise property_errors(bad)
    return values
