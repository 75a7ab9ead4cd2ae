"""Records of every type as the domain sees them: found, named, and with what is pinned on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.api.errors import Forbidden, NotFound
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.object_payloads import ObjectPayload
from app.api.hubspot.objects import LARGEST_BATCH
from app.api.hubspot.records import PINNED, RecordsClient
from app.domain.meetings import COMPANY, CONTACT, DEAL, TICKET, CrmRecord, MeetingId, RecordRef, RecordType
from app.domain.ports_meetings import RecordKind
from app.domain.records import OwnerId
from app.gateways.hubspot.record_types import RecordTypes, wire_type
from app.gateways.hubspot.together import together
from app.gateways.problems import Calls

_OWNER: Final = "hubspot_owner_id"
_RELATED: Final = {CONTACT: (COMPANY, DEAL, TICKET)}
_RELATED_TO_OTHERS: Final = (CONTACT, COMPANY)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which properties name a record, and which ones say more of it, the first that is set."""

    names: tuple[str, ...]
    details: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.names, *self.details, _OWNER, PINNED)))


_COLUMNS: Final = {
    CONTACT: _Columns(("firstname", "lastname"), ("email", "company", "phone")),
    COMPANY: _Columns(("name",), ("domain", "city")),
    DEAL: _Columns(("dealname",), ("dealstage",)),
    TICKET: _Columns(("subject",), ("hs_pipeline_stage",)),
}


class HubSpotRecordFinderGateway:
    """Fulfils `RecordFinder`."""

    def __init__(
        self, records: RecordsClient, associations: AssociationsClient, types: RecordTypes, calls: Calls
    ) -> None:
        self._records = records
        self._associations = associations
        self._types = types
        self._calls = calls

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The record types the grant may read. Raises Problem."""
        with self._calls.reading("record types"):
            return await self._types.kinds()

    async def search(self, record_type: RecordType, text: str, *, limit: int) -> tuple[CrmRecord, ...]:
        """Records that match free text, best first. Raises Problem."""
        with self._calls.reading("records"):
            columns = await self._columns(record_type)
            kind = wire_type(record_type)
            page = await self._records.search_text(kind, text, properties=columns.wanted, limit=limit)
        return tuple(_record_of(record_type, row, columns) for row in page.rows)

    async def records(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """The records that there are, in the order asked for. Raises Problem."""
        wanted: dict[RecordType, list[str]] = {}
        for ref in dict.fromkeys(refs):
            if ref.id:
                wanted.setdefault(ref.type, []).append(ref.id)
        with self._calls.reading("records"):
            parts = await together(self._read(kind, ids) for kind, ids in wanted.items())
        found = {record.ref: record for part in parts for record in part}
        return tuple(found[ref] for ref in dict.fromkeys(refs) if ref in found)

    async def related(self, ref: RecordRef) -> tuple[CrmRecord, ...]:
        """The records a record belongs to, a hundred of each type at most. Raises Problem."""
        if not ref.id:
            return ()
        with self._calls.reading("record"):
            readable = await self._types.readable()
            kinds = [kind for kind in _RELATED.get(ref.type, _RELATED_TO_OTHERS) if kind != ref.type]
            parts = await together(self._related(ref, kind) for kind in kinds if kind in readable)
        return tuple(record for part in parts for record in part)

    async def _related(self, ref: RecordRef, kind: RecordType) -> tuple[CrmRecord, ...]:
        try:
            page = await self._associations.list_page(wire_type(ref.type), ref.id, wire_type(kind))
        except (NotFound, Forbidden):
            return ()
        return await self._read(kind, tuple(dict.fromkeys(page.rows))[:LARGEST_BATCH])

    async def _read(self, kind: RecordType, ids: Sequence[str]) -> tuple[CrmRecord, ...]:
        columns = await self._columns(kind)
        found: list[CrmRecord] = []
        for start in range(0, len(ids), LARGEST_BATCH):
            part = ids[start : start + LARGEST_BATCH]
            try:
                batch = await self._records.of(wire_type(kind)).batch_read(part, properties=columns.wanted)
            except (NotFound, Forbidden):
                continue
            found += (_record_of(kind, row, columns) for row in batch.value.results)
        return tuple(found)

    async def _columns(self, record_type: RecordType) -> _Columns:
        if record_type in _COLUMNS:
            return _COLUMNS[record_type]
        schema = await self._types.schema(record_type)
        if schema is None or not schema.primary_display_property:
            return _Columns(("name",))
        return _Columns((schema.primary_display_property,), schema.secondary_display_properties)


def _record_of(record_type: RecordType, payload: ObjectPayload, columns: _Columns) -> CrmRecord:
    parts = (payload.text(name) for name in columns.names)
    details = [text for name in columns.details if (text := payload.text(name))]
    name = " ".join(part for part in parts if part)
    owner = payload.text(_OWNER)
    return CrmRecord(
        ref=RecordRef(record_type, str(payload.id)),
        name=name or (details[0] if details else ""),
        detail=details[0] if name and details else "",
        owner_id=OwnerId(owner) if owner else None,
        pinned=MeetingId(payload.text(PINNED)) if PINNED in payload.properties else None,
    )
