"""CRM records, searches and batches as HubSpot sends and takes them (reference 6.1, 6.4, 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from app.api.decoding import Rows, WireId
from app.api.hubspot.instants import WireInstant, instant_of
from app.api.hubspot.paging_payloads import PagingPayload

PropertyValue = str | int | float | bool | None


class ObjectType(StrEnum):
    """The CRM object types as they stand in paths; deals by their id, as every spec version has it."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    DEALS = "0-3"
    TICKETS = "tickets"
    MEETINGS = "meetings"


class AssociatedPayload(msgspec.Struct, frozen=True):
    """One associated record."""

    id: WireId
    type: str = ""


class AssociatedListPayload(msgspec.Struct, frozen=True):
    """The first page of associated records of one type."""

    results: tuple[AssociatedPayload, ...] = ()


class ObjectPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`SimplePublicObject`; ask by name for every property that is to be read."""

    id: WireId
    properties: dict[str, PropertyValue] = msgspec.field(default_factory=dict)
    created_at: WireInstant = None
    updated_at: WireInstant = None
    archived: bool = False
    associations: dict[str, AssociatedListPayload] = msgspec.field(default_factory=dict)

    def text(self, name: str) -> str:
        """A property as text; empty where it is missing or null."""
        value = self.properties.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def instant(self, name: str) -> datetime | None:
        """A datetime property as a UTC instant."""
        value = self.properties.get(name)
        return None if isinstance(value, bool) else instant_of(value or None)

    @property
    def updated(self) -> datetime | None:
        """The UTC instant of the last change."""
        return instant_of(self.updated_at)


class ObjectListPayload(msgspec.Struct, frozen=True):
    """One page of a list or a search."""

    results: tuple[ObjectPayload, ...]
    total: int | None = None
    paging: PagingPayload | None = None


class BatchErrorPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`StandardError`: one row of a batch that failed; `context` often names its ids."""

    category: str = ""
    sub_category: WireId | None = None
    message: str = ""
    context: dict[str, list[WireId]] = msgspec.field(default_factory=dict)


class BatchPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A batch answer; with 207 some rows are in `errors` instead of `results`."""

    results: tuple[ObjectPayload, ...] = ()
    status: str = ""
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()


OBJECT_ROWS = (Rows(("results",), ObjectPayload),)
BATCH_ROWS = (*OBJECT_ROWS, Rows(("errors",), BatchErrorPayload))


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: `value` for most operators, `high_value` with BETWEEN, `values` with IN and NOT_IN."""

    property_name: str
    operator: str
    value: str | None = None
    high_value: str | None = None
    values: tuple[str, ...] = ()

    def payload(self) -> Mapping[str, object]:
        """As the search takes it."""
        body: dict[str, object] = {"propertyName": self.property_name, "operator": self.operator}
        if self.value is not None:
            body["value"] = self.value
        if self.high_value is not None:
            body["highValue"] = self.high_value
        if self.values:
            body["values"] = self.values
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A CRM search: groups are joined by OR (at most 5), the filters of one by AND (at most 6).

    `sort` is (property, is descending); `query` is free text of at most 3,000 characters.
    """

    properties: Sequence[str]
    query: str | None = None
    groups: Sequence[Sequence[Filter]] = ()
    sort: tuple[str, bool] | None = None

    def payload(self, *, limit: int, after: str | None) -> Mapping[str, object]:
        """As the search takes it; `after` is left out on the first page."""
        body: dict[str, object] = {
            "filterGroups": [{"filters": [each.payload() for each in group]} for group in self.groups],
            "properties": list(self.properties),
            "limit": limit,
        }
        if self.query:
            body["query"] = self.query[:3_000]
        if self.sort is not None:
            name, is_descending = self.sort
            direction = "DESCENDING" if is_descending else "ASCENDING"
            body["sorts"] = [{"propertyName": name, "direction": direction}]
        if after is not None:
            body["after"] = after
        return body


@dataclass(frozen=True, slots=True)
class Association:
    """A record to associate with, and HubSpot's own type id for this direction (reference 7.1)."""

    to_id: str
    type_id: int

    def payload(self) -> Mapping[str, object]:
        """As a create body takes it."""
        kind = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": self.type_id}
        return {"to": {"id": self.to_id}, "types": [kind]}
