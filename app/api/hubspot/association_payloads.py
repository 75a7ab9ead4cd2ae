"""Associations and their labels as HubSpot sends them (reference 7.2)."""

from typing import Final

import msgspec

from app.api.decoding import Rows, WireId
from app.api.hubspot.object_payloads import ERROR_ROWS, AssociationType, BatchErrorPayload
from app.api.hubspot.paging_payloads import PagingPayload

_NOTHING: Final = "OBJECT_NOT_FOUND"


class AssociationTypePayload(msgspec.Struct, frozen=True, rename="camel"):
    """A type two records can be associated by; without a label it is the plain one of its category."""

    type_id: int
    category: str = "HUBSPOT_DEFINED"
    label: str | None = None

    @property
    def sent(self) -> AssociationType:
        """The same type as calls take it."""
        return AssociationType(self.type_id, self.category)


class AssociationTypesPayload(msgspec.Struct, frozen=True):
    """All types from one object type to another."""

    results: tuple[AssociationTypePayload, ...]


class AssociatedRowPayload(msgspec.Struct, frozen=True, rename="camel"):
    """One associated record with every type (label) that holds between the two."""

    to_object_id: WireId
    association_types: tuple[AssociationTypePayload, ...] = ()


class AssociatedRowsPayload(msgspec.Struct, frozen=True):
    """One page of associated records."""

    results: tuple[AssociatedRowPayload, ...]
    paging: PagingPayload | None = None


class FromPayload(msgspec.Struct, frozen=True):
    """The record whose associations a batch row lists."""

    id: WireId


class BatchReadRowPayload(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """The associations of one record in a batch answer."""

    from_: FromPayload
    to: tuple[AssociatedRowPayload, ...] = ()
    paging: PagingPayload | None = None


class BatchReadPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A batch answer; records without associations, and those that failed, are in `errors`."""

    results: tuple[BatchReadRowPayload, ...] = ()
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()

    @property
    def failures(self) -> tuple[BatchErrorPayload, ...]:
        """The errors that mean more than that a record has no associations, or is gone."""
        return tuple(error for error in self.errors if error.category != _NOTHING)


class LinkedPayload(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to linking and unlinking: `errors` may be filled even with a status of 200."""

    status: str = ""
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()


class LabelsPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`LabelsBetweenObjectPair`: the answer to linking with labels."""

    from_object_id: WireId | None = None
    to_object_id: WireId | None = None
    labels: tuple[str, ...] = ()


TYPE_ROWS = (Rows(("results",), AssociationTypePayload),)
PAGE_ROWS = (
    Rows(("results", "*", "associationTypes"), AssociationTypePayload),
    Rows(("results",), AssociatedRowPayload),
)
BATCH_READ_ROWS = (
    Rows(("results", "*", "to", "*", "associationTypes"), AssociationTypePayload),
    Rows(("results", "*", "to"), AssociatedRowPayload),
    Rows(("results",), BatchReadRowPayload),
    *ERROR_ROWS,
)
LINKED_ROWS = ERROR_ROWS
