"""Writing records as HubSpot's SimplePublicObject, with the properties and associations asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.sandbox.crm.object_types import OBJECT_TYPES, ObjectType, object_type
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.instants import object_instant

_ASSOCIATION_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller asked to see: property names (none: the default ones), history, associated type names."""

    properties: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()


class Renderer:
    """Renders records of one type for one request."""

    def __init__(self, store: RecordStore, kind: ObjectType, wanted: Wanted) -> None:
        self._store = store
        self._kind = kind
        self._definitions = DEFINITIONS[kind.type_id]
        own = (kind.created_property, kind.modified_property, "hs_object_id")
        asked = (*wanted.properties, *wanted.history)
        self._names = tuple(sorted({*asked, *own})) if asked else kind.default_properties
        self._history = tuple(name for name in wanted.history if name in self._definitions)
        found = (object_type(name) for name in wanted.associations)
        self._associated = tuple(dict.fromkeys(other for other in found if other is not None))

    def render(self, record: Record) -> dict[str, Any]:
        """Return one record; names that do not exist are left out without a word."""
        values = record.properties
        known = self._definitions
        data: dict[str, Any] = {
            "id": record.id,
            "properties": {name: values.get(name) for name in self._names if name in known or name in values},
            "createdAt": object_instant(record.created_at),
            "updatedAt": object_instant(record.updated_at),
            "archived": record.archived,
        }
        if record.archived_at is not None:
            data["archivedAt"] = object_instant(record.archived_at)
        if self._history:
            data["propertiesWithHistory"] = {name: self._versions(record, name) for name in self._history}
        if self._associated:
            linked = {other.name: self._links(record, other) for other in self._associated}
            shown = {name: one for name, one in linked.items() if one["results"]}
            if shown:
                data["associations"] = shown
        return data

    def _versions(self, record: Record, name: str) -> list[dict[str, Any]]:
        return [
            {
                "value": version.value or "",
                "timestamp": object_instant(version.written_at),
                "sourceType": "INTEGRATION",
                "sourceId": "sandbox",
            }
            for version in reversed(self._store.history(record, name))
        ]

    def _links(self, record: Record, other: ObjectType) -> dict[str, Any]:
        ids = self._store.associated(record.type_id, record.id, other.type_id)
        name = association_name(record.type_id, other.type_id)
        page: dict[str, Any] = {
            "results": [{"id": number, "type": name} for number in ids[:_ASSOCIATION_PAGE]]
        }
        if len(ids) > _ASSOCIATION_PAGE:
            page["paging"] = {"next": {"after": ids[_ASSOCIATION_PAGE - 1]}}
        return page

    def render_all(self, records: Sequence[Record]) -> list[dict[str, Any]]:
        """Return several records."""
        return [self.render(record) for record in records]


def association_name(from_type: str, to_type: str) -> str:
    """Return v3's name of an association, irregular as HubSpot has it: `meeting_event_to_contact`."""
    start, end = (
        "meeting_event" if kind.singular == "meeting" else kind.singular
        for kind in (OBJECT_TYPES[from_type], OBJECT_TYPES[to_type])
    )
    return f"{start}_to_{end}"
