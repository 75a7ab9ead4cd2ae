"""A search body, read and held to HubSpot's limits (CRM search guide: groups, filters, page sizes)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.sandbox.crm.object_types import ObjectType, object_type
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.wire import id_text, object_list, text_list, whole_number

MOST_GROUPS: Final = 5
MOST_FILTERS_IN_GROUP: Final = 6
MOST_FILTERS: Final = 18
MOST_RESULTS: Final = 10_000
LARGEST_PAGE: Final = 200
DEFAULT_PAGE: Final = 10
LONGEST_QUERY: Final = 3000
ASSOCIATION_PREFIX: Final = "associations."

ONE_VALUE: Final = frozenset({"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"})
SEVERAL_VALUES: Final = frozenset({"IN", "NOT_IN"})
NO_VALUE: Final = frozenset({"HAS_PROPERTY", "NOT_HAS_PROPERTY"})
OPERATORS: Final = (*sorted(ONE_VALUE), *sorted(SEVERAL_VALUES), *sorted(NO_VALUE), "BETWEEN")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; BETWEEN has two values, IN and NOT_IN any number, HAS_PROPERTY and its opposite none."""

    name: str
    operator: str
    values: tuple[str, ...]

    @property
    def associated_type(self) -> ObjectType | None:
        """The record type of an `associations.contact` pseudo-property; None for a real property."""
        if not self.name.startswith(ASSOCIATION_PREFIX):
            return None
        return object_type(self.name.removeprefix(ASSOCIATION_PREFIX))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: groups joined by OR, filters in one by AND; `after` is an offset, `sort` a property."""

    groups: tuple[tuple[Filter, ...], ...]
    text: str
    sort: str | None
    descending: bool
    limit: int
    after: int
    properties: tuple[str, ...]


def parse_search(kind: ObjectType, body: Mapping[str, Any]) -> SearchQuery:
    """Read a search body; HubSpotError 400 for anything HubSpot would not search."""
    groups = object_list(body, "filterGroups")
    if "filters" in body:  # the guide's example of an association search has one group without its wrapping
        groups = [*groups, {"filters": body["filters"]}]
    if len(groups) > MOST_GROUPS:
        raise validation_error(f"The number of filter groups {len(groups)} is greater than {MOST_GROUPS}.")
    parsed = tuple(tuple(_filter(kind, one) for one in object_list(group, "filters")) for group in groups)
    if any(len(filters) > MOST_FILTERS_IN_GROUP for filters in parsed):
        raise validation_error(f"A filter group has more than {MOST_FILTERS_IN_GROUP} filters.")
    if sum(map(len, parsed)) > MOST_FILTERS:
        raise validation_error(f"The search has more than {MOST_FILTERS} filters.")
    text = body.get("query") or ""
    if not isinstance(text, str) or len(text) > LONGEST_QUERY:
        raise validation_error(f"The query must be a text of at most {LONGEST_QUERY} characters.")
    sort, descending = _sort(kind, body.get("sorts") or [])
    limit = _count(body, "limit", DEFAULT_PAGE)
    after = _count(body, "after", 0)
    if limit > LARGEST_PAGE:
        raise validation_error(f"limit {limit} is greater than the maximum of {LARGEST_PAGE}.")
    if after + limit > MOST_RESULTS:
        raise validation_error(f"Paging through more than {MOST_RESULTS} results is not supported.")
    return SearchQuery(parsed, text, sort, descending, limit, after, tuple(text_list(body, "properties")))


def _count(body: Mapping[str, Any], name: str, default: int) -> int:
    value = body.get(name)
    if value is None or value == "":
        return default
    number = whole_number(id_text(value, name), name)
    if number < 0:
        raise validation_error(f"Invalid value for {name}: it must not be negative.")
    return number


def _filter(kind: ObjectType, data: Mapping[str, Any]) -> Filter:
    name = data.get("propertyName")
    operator = data.get("operator")
    if not isinstance(name, str) or not name:
        raise validation_error("A filter needs a propertyName.")
    if operator not in OPERATORS:
        raise validation_error(f"Invalid operator {operator}: it must be one of {', '.join(OPERATORS)}.")
    one = Filter(name, operator, _values(data, name, operator))
    if name.startswith(ASSOCIATION_PREFIX):
        if one.associated_type is None:
            raise _no_property(name, kind)
    elif name not in DEFINITIONS[kind.type_id]:
        raise _no_property(name, kind)
    return one


def _values(data: Mapping[str, Any], name: str, operator: str) -> tuple[str, ...]:
    if operator in NO_VALUE:
        return ()
    if operator in SEVERAL_VALUES:
        values = text_list(data, "values")
        if not values:
            raise validation_error(f"The operator {operator} on {name} needs values.")
        return tuple(values)
    wanted = ("value", "highValue") if operator == "BETWEEN" else ("value",)
    for field in wanted:
        if data.get(field) is None or isinstance(data[field], dict | list):
            raise validation_error(f"The operator {operator} on {name} needs a {field}.")
    return tuple(str(data[field]) for field in wanted)


def _sort(kind: ObjectType, sorts: Any) -> tuple[str | None, bool]:
    if not isinstance(sorts, list):
        raise validation_error("sorts must be a list.")
    if len(sorts) > 1:
        raise validation_error("Only one sort is supported.")
    if not sorts:
        return None, False
    match sorts[0]:
        case {"propertyName": str(name), **rest}:
            direction = rest.get("direction") or "ASCENDING"
            if direction not in ("ASCENDING", "DESCENDING"):
                raise validation_error(f"Invalid sort direction {direction}.")
            descending = direction == "DESCENDING"
        case str(text):
            name, descending = text.removeprefix("-"), text.startswith("-")
        case _:
            raise validation_error("A sort is an object with a propertyName, or a property name.")
    if name not in DEFINITIONS[kind.type_id]:
        raise _no_property(name, kind)
    return name, descending


def _no_property(name: str, kind: ObjectType) -> HubSpotError:
    return validation_error(
        f'There was a problem with the request: property "{name}" does not exist on {kind.name}.',
        context={"propertyName": [name]},
    )
