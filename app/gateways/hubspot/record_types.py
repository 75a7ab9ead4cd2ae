"""Record types: the domain's type ids and HubSpot's names for them, custom objects included."""

import asyncio
from collections.abc import Collection
from typing import Final

from app.api.errors import Refused
from app.api.hubspot.object_types import ObjectType, known_type
from app.api.hubspot.schemas import SchemaPayload, SchemasClient
from app.domain.meetings import COMPANY, CONTACT, DEAL, RECORD_TYPES, TICKET, RecordType
from app.domain.ports_meetings import RecordKind

_WIRE: Final = {
    CONTACT: ObjectType.CONTACTS,
    COMPANY: ObjectType.COMPANIES,
    DEAL: ObjectType.DEALS,
    TICKET: ObjectType.TICKETS,
}
_DOMAIN: Final = {wire: record_type for record_type, wire in _WIRE.items()}
_READ_SCOPES: Final = {
    CONTACT: "crm.objects.contacts.read",
    COMPANY: "crm.objects.companies.read",
    DEAL: "crm.objects.deals.read",
    TICKET: "tickets",
}
_CUSTOM_SCOPES: Final = frozenset({"crm.objects.custom.read", "crm.schemas.custom.read"})
_CUSTOM_PREFIX: Final = "2-"


def wire_type(record_type: RecordType) -> str:
    """How HubSpot's paths call a record type."""
    return _WIRE.get(record_type, record_type)


class RecordTypes:
    """The record types of one account; custom ones are asked for once.

    `scopes` are the granted ones; with none of them known every type is tried.
    """

    def __init__(self, schemas: SchemasClient, scopes: Collection[str]) -> None:
        self._schemas = schemas
        self._scopes = frozenset(scopes)
        may_ask = not self._scopes or self._scopes >= _CUSTOM_SCOPES
        self._custom: tuple[SchemaPayload, ...] | None = None if may_ask else ()
        self._asking = asyncio.Lock()

    async def custom(self) -> tuple[SchemaPayload, ...]:
        """The account's own types; none where they may not be read. Raises ApiError."""
        async with self._asking:
            if self._custom is None:
                try:
                    found = await self._schemas.list_all()
                    self._custom = tuple(row for row in found.value.results if _is_custom(row))
                except Refused:
                    self._custom = ()
            return self._custom

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The standard types the grant may read, then the account's own. Raises ApiError."""
        standard = (RecordKind(each) for each in RECORD_TYPES if self._is_granted(each))
        own = (
            RecordKind(
                RecordType(each.object_type_id),
                each.labels.singular or each.name,
                each.labels.plural or each.labels.singular or each.name,
            )
            for each in await self.custom()
        )
        return (*standard, *own)

    async def readable(self) -> tuple[RecordType, ...]:
        """The ids of `kinds`. Raises ApiError."""
        return tuple(kind.type for kind in await self.kinds())

    async def schema(self, record_type: RecordType) -> SchemaPayload | None:
        """The definition of a custom type; None for the standard ones. Raises ApiError."""
        return next((each for each in await self.custom() if each.object_type_id == record_type), None)

    async def named(self, name: str) -> RecordType | None:
        """The type that an answer calls `contacts`, `0-1`, `p4711_vehicle` or so. Raises ApiError."""
        known = known_type(name)
        if known in _DOMAIN:
            return _DOMAIN[ObjectType(known)]
        for each in await self.custom():
            if name.lower() in _spellings(each):
                return RecordType(each.object_type_id)
        return None

    def _is_granted(self, record_type: RecordType) -> bool:
        return not self._scopes or _READ_SCOPES[record_type] in self._scopes


def _is_custom(row: SchemaPayload) -> bool:
    return row.object_type_id.startswith(_CUSTOM_PREFIX) and not row.archived


def _spellings(row: SchemaPayload) -> frozenset[str]:
    names = (row.object_type_id, row.name, row.fully_qualified_name)
    return frozenset(name.lower() for name in names if name)
