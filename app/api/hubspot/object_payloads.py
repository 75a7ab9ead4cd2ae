"""CRM records, searches and batches as HubSpot sends and takes them (reference 6.1, 6.4, 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.api.decoding import Rows, WireId
from app.api.hubspot.instants import WireInstant, instant_of
from app.api.hubspot.paging_payloads import PagingPayload

PropertyValue = str | int | float | bool | None


class AssociatedPayload(msgspec.Struct, frozen=True):
    """One associated record."""

    id: WireId
    type: str = ""


class AssociatedListPayload(msgspec.Struct, frozen=True):
    """The first page of associated records of one type; a record stands once for each of its labels."""

    results: tuple[AssociatedPayload, ...] = ()
    paging: PagingPayload | None = None


class ObjectPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`SimplePublicObject`; ask by name for every property that is to be read.

    `associations` has a key for each type, spelt as HubSpot likes (see `known_type`);
    `object_write_trace_id` is what a batch's input row was labelled with.
    """

    id: WireId
    properties: dict[str, PropertyValue] = msgspec.field(default_factory=dict)
    created_at: WireInstant = None
    updated_at: WireInstant = None
    archived: bool = False
    archived_at: WireInstant = None
    associations: dict[str, AssociatedListPayload] = msgspec.field(default_factory=dict)
    object_write_trace_id: str | None = None
    url: str | None = None

    def text(self, name: str) -> str:
        """A property as text; empty where it is missing or null."""
        value = self.properties.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def instant(self, name: str) -> datetime | None:
        """A datetime property as a UTC instant."""
        value = self.properties.get(name)
        return None if isinstance(value, bool) else instant_of(value or None)

    def filled(self, sent: Mapping[str, str]) -> "ObjectPayload":
        """A copy that has the values just sent wherever the answer is silent about them."""
        told = {name: value for name, value in self.properties.items() if value is not None}
        return msgspec.structs.replace(self, properties={**sent, **told})

    @property
    def created(self) -> datetime | None:
        """The UTC instant it was made."""
        return instant_of(self.created_at)

    @property
    def updated(self) -> datetime | None:
        """The UTC instant of the last change."""
        return instant_of(self.updated_at)


class ObjectListPayload(msgspec.Struct, frozen=True):
    """One page of a list or a search."""

    results: tuple[ObjectPayload, ...]
    total: int | None = None
    paging: PagingPayload | None = None


class ErrorDetailPayload(msgspec.Struct, frozen=True, rename="camel"):
    """What was wrong with one part of a row."""

    message: str = ""
    code: str | None = None
    context: dict[str, list[WireId]] = msgspec.field(default_factory=dict)


class BatchErrorPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`StandardError`: one row of a batch that failed; `context` often names its ids."""

    category: str = ""
    sub_category: WireId | None = None
    message: str = ""
    context: dict[str, list[WireId]] = msgspec.field(default_factory=dict)
    errors: tuple[ErrorDetailPayload, ...] = ()


class BatchPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A batch answer; with 207 some rows are in `errors` instead of `results`."""

    results: tuple[ObjectPayload, ...] = ()
    status: str = ""
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()


ASSOCIATED_ROWS = Rows(("associations", "*", "results"), AssociatedPayload)
OBJECT_ROWS = (
    Rows(("results", "*", "associations", "*", "results"), AssociatedPayload),
    Rows(("results",), ObjectPayload),
)
ERROR_ROWS = (Rows(("errors", "*", "errors"), ErrorDetailPayload), Rows(("errors",), BatchErrorPayload))
BATCH_ROWS = (*OBJECT_ROWS, *ERROR_ROWS)


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
class AssociationType:
    """One type (label) in one direction; `category` is `HUBSPOT_DEFINED`, `USER_DEFINED` and so on."""

    type_id: int
    category: str = "HUBSPOT_DEFINED"

    def payload(self) -> Mapping[str, object]:
        """As association calls and create bodies take it."""
        return {"associationCategory": self.category, "associationTypeId": self.type_id}


@dataclass(frozen=True, slots=True)
class Association:
    """A record to associate with, by one type or several of this direction (reference 7.1).

    `category` belongs to `type_id`; `labels` are further types between the same two records.
    """

    to_id: str
    type_id: int
    category: str = "HUBSPOT_DEFINED"
    labels: tuple[AssociationType, ...] = ()

    def payload(self) -> Mapping[str, object]:
        """As a create body takes it."""
        types = (AssociationType(self.type_id, self.category), *self.labels)
        return {"to": {"id": self.to_id}, "types": [each.payload() for each in types]}
