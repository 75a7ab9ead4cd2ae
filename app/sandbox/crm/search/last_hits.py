"""What the latest search found, so that its further pages need not be searched again."""

from dataclasses import replace

from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.search.query import SearchQuery
from app.sandbox.crm.store import Record, RecordStore


class LastHits:
    """Keeps the hits of one search until any record or association of the store changes."""

    def __init__(self, store: RecordStore) -> None:
        self._associations = store.associations
        self._key: tuple[str, SearchQuery, int] | None = None
        self._found: list[Record] = []
        store.watch(self._forget)

    def get(self, kind: ObjectType, query: SearchQuery) -> list[Record] | None:
        """Return the hits of a search that differs from the latest only in its page; None for another."""
        return self._found if self._key == self._key_of(kind, query) else None

    def put(self, kind: ObjectType, query: SearchQuery, found: list[Record]) -> None:
        """Keep all hits of a search, in order."""
        self._key, self._found = self._key_of(kind, query), found

    def _key_of(self, kind: ObjectType, query: SearchQuery) -> tuple[str, SearchQuery, int]:
        page = replace(query, after=0, limit=0, properties=())
        return kind.type_id, page, self._associations.version

    def _forget(self, _: Record) -> None:
        self._key, self._found = None, []
