"""The record store: every CRM record of one account, by type and id, with its history and associations."""

import itertools
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.sandbox.crm.association_table import AssociationTable, Specs
from app.sandbox.crm.object_types import CONTACT, OBJECT_TYPES
from app.sandbox.instants import property_instant

_FIRST_ID = 51_000_000_001
_ID_STEP = 7


@dataclass(slots=True)
class Record:
    """One CRM record. Property values are text or None as on the wire; instants are aware UTC."""

    id: str
    type_id: str
    properties: dict[str, str | None]
    created_at: datetime
    updated_at: datetime
    archived: bool = False
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PropertyVersion:
    """One earlier or current value of a property and the instant it was written."""

    value: str | None
    written_at: datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


class RecordStore:
    """All records of one account; fast for 100,000 records of a type.

    `clock` returns aware UTC instants. Ids are digits beyond 32 bits, rising in order of creation.
    """

    def __init__(self, *, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._records: dict[str, dict[str, Record]] = {type_id: {} for type_id in OBJECT_TYPES}
        self._order: dict[str, list[int]] = {type_id: [] for type_id in OBJECT_TYPES}
        self._archived: dict[str, list[int]] = {type_id: [] for type_id in OBJECT_TYPES}
        self._emails: dict[str, str] = {}
        self._history: dict[tuple[str, str], dict[str, list[PropertyVersion]]] = {}
        self._ids = itertools.count(_FIRST_ID, _ID_STEP)
        self._watchers: list[Callable[[Record], None]] = []
        self.associations = AssociationTable()

    def create(
        self,
        type_id: str,
        properties: Mapping[str, str | None],
        *,
        record_id: str | None = None,
        created_at: datetime | None = None,
    ) -> Record:
        """Add a record and return it; HubSpot's own properties (id, created, modified) are filled in.

        `record_id` must be digits that the type does not use yet; ValueError otherwise.
        """
        kind = OBJECT_TYPES[type_id]
        number = record_id or self._next_id(type_id)
        if not number.isdigit() or number in self._records[type_id]:
            message = f"{type_id} record id {number!r} is not free digits"
            raise ValueError(message)
        moment = created_at or self._clock()
        stamp = property_instant(moment)
        values: dict[str, str | None] = {
            kind.created_property: stamp,
            kind.modified_property: stamp,
            **{name: value for name, value in properties.items() if value},
            "hs_object_id": number,
        }
        record = Record(number, type_id, values, moment, moment)
        self._records[type_id][number] = record
        insort(self._order[type_id], int(number))
        self._index_email(record, values.get("email"))
        self._announce(record)
        return record

    def get(self, type_id: str, record_id: str) -> Record | None:
        """Return a record by id, archived ones too (look at `archived`); None when there never was one."""
        return self._records.get(type_id, {}).get(record_id)

    def find_by(self, type_id: str, property_name: str, value: str) -> Record | None:
        """Return the first live record whose property equals `value`, case ignored; e-mail is indexed."""
        if property_name == "hs_object_id":
            found = self.get(type_id, value)
            return found if found is not None and not found.archived else None
        wanted = value.strip().casefold()
        if type_id == CONTACT and property_name == "email":
            return self.get(type_id, self._emails.get(wanted, ""))
        for record in self.all(type_id):
            if (record.properties.get(property_name) or "").casefold() == wanted:
                return record
        return None

    def update(self, record: Record, properties: Mapping[str, str | None]) -> Record:
        """Write property values (None or "" clears one) and move `updated_at`; return the record."""
        moment = self._clock()
        versions = self._history.setdefault((record.type_id, record.id), {})
        old_email = record.properties.get("email")
        values = {**properties, OBJECT_TYPES[record.type_id].modified_property: property_instant(moment)}
        for name, value in values.items():
            chain = versions.setdefault(
                name, [PropertyVersion(record.properties.get(name), record.created_at)]
            )
            chain.append(PropertyVersion(value or None, moment))
            record.properties[name] = value or None
        record.updated_at = moment
        if record.type_id == CONTACT and "email" in properties:
            self._forget_email(record, old_email)
            self._index_email(record, record.properties["email"])
        self._announce(record)
        return record

    def archive(self, record: Record) -> None:
        """Move a record to the recycle bin; it keeps its associations but is no longer listed or found."""
        if record.archived:
            return
        record.archived = True
        record.archived_at = self._clock()
        self._order[record.type_id].remove(int(record.id))
        insort(self._archived[record.type_id], int(record.id))
        self._forget_email(record, record.properties.get("email"))
        self._announce(record)

    def all(self, type_id: str) -> Iterable[Record]:
        """Return the live records of a type, lowest id first; do not archive while iterating."""
        records = self._records[type_id]
        return (records[str(number)] for number in self._order[type_id])

    def count(self, type_id: str) -> int:
        """Return how many live records a type has."""
        return len(self._order[type_id])

    def page(
        self, type_id: str, *, after: int = 0, limit: int, archived: bool = False
    ) -> tuple[list[Record], int | None]:
        """Return up to `limit` records with ids above `after`, and the next page's cursor if any."""
        order = (self._archived if archived else self._order)[type_id]
        start = bisect_right(order, after)
        chosen = order[start : start + limit]
        records = self._records[type_id]
        more = start + limit < len(order)
        return [records[str(number)] for number in chosen], chosen[-1] if more and chosen else None

    def history(self, record: Record, name: str) -> list[PropertyVersion]:
        """Return the versions of a property, oldest first; one version for a property never changed."""
        chain = self._history.get((record.type_id, record.id), {}).get(name)
        if chain is not None:
            return chain
        return [PropertyVersion(record.properties.get(name), record.created_at)]

    def values_at(self, record: Record, moment: datetime) -> dict[str, str | None] | None:
        """Return the values a lagging search index would know; None before the record existed."""
        if record.created_at > moment:
            return None
        if record.updated_at <= moment:
            return record.properties
        values = dict(record.properties)
        for name, chain in self._history.get((record.type_id, record.id), {}).items():
            known = [version.value for version in chain if version.written_at <= moment]
            values[name] = known[-1] if known else None
        return values

    def associate(
        self,
        from_type: str,
        from_id: str,
        to_type: str,
        to_id: str,
        category: str = "HUBSPOT_DEFINED",
        type_ids: tuple[int, ...] = (),
    ) -> Specs:
        """Associate two records in both directions, by default with the pair's default; return all labels."""
        wanted = self.associations.resolve(from_type, to_type, category, type_ids)
        return self.associations.add((from_type, from_id), (to_type, to_id), wanted)

    def associated(self, from_type: str, from_id: str, to_type: str) -> list[str]:
        """Return the ids of the live records of one type associated with a record, oldest link first."""
        linked = self.associations.of((from_type, from_id), to_type)
        return [number for number in linked if self._is_live(to_type, number)]

    def watch(self, watcher: Callable[[Record], None]) -> None:
        """Call `watcher` with every record created, updated or archived from now on (search indexes)."""
        self._watchers.append(watcher)

    def _announce(self, record: Record) -> None:
        for watcher in self._watchers:
            watcher(record)

    def _is_live(self, type_id: str, record_id: str) -> bool:
        record = self.get(type_id, record_id)
        return record is not None and not record.archived

    def _next_id(self, type_id: str) -> str:
        return next(number for number in map(str, self._ids) if number not in self._records[type_id])

    def _index_email(self, record: Record, email: str | None) -> None:
        if record.type_id == CONTACT and email:
            self._emails.setdefault(email.strip().casefold(), record.id)

    def _forget_email(self, record: Record, email: str | None) -> None:
        key = (email or "").strip().casefold()
        if record.type_id == CONTACT and self._emails.get(key) == record.id:
            del self._emails[key]
