"""CRM records of any type: search, read, batches, and the writes (reference sections 6 and 8)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from app.api.addresses import segment
from app.api.decoding import Decoded, Decoder
from app.api.hubspot.batch_rows import BatchRow, batch_rows
from app.api.hubspot.object_payloads import (
    ASSOCIATED_ROWS,
    BATCH_ROWS,
    OBJECT_ROWS,
    Association,
    BatchPayload,
    ObjectListPayload,
    ObjectPayload,
    Search,
)
from app.api.hubspot.object_types import type_segment
from app.api.hubspot.paging_payloads import following
from app.api.paging import Page, Walk, walk_list, walk_search
from app.api.request import delete, get, patch, post
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.throttle import CallKind
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

LARGEST_BATCH: Final = 100
LARGEST_PAGE: Final = 100
_OBJECTS: Final = Decoder(ObjectPayload, ASSOCIATED_ROWS)
_LISTS: Final = Decoder(ObjectListPayload, *OBJECT_ROWS)
_MOST_PAGES: Final = 20_000
_BATCHES: Final = Decoder(BatchPayload, *BATCH_ROWS)


class ObjectsClient:
    """The records of one type (ObjectType, or the id of a custom one). Every coroutine raises ApiError.

    Batches take at most 100 rows and raise ValueError for more.
    """

    def __init__(self, session: ApiSession, paths: ApiPaths, kind: str) -> None:
        self._session = session
        self._path = f"{paths.objects}/{type_segment(kind)}"

    async def list_page(
        self,
        *,
        properties: Sequence[str],
        associations: Sequence[str] = (),
        archived: bool = False,
        limit: int = LARGEST_PAGE,
        after: str | None = None,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Page[ObjectPayload]:
        """One page of all records (at most 100), live or archived; not delayed as a search is."""
        query = [("limit", str(limit)), ("archived", _flag(archived))]
        query += _columns(properties, associations)
        if after is not None:
            query.append(("after", after))
        found = await self._session.fetch(get(self._path, query=tuple(query), urgency=urgency), _LISTS)
        rows = found.value
        return Page(rows.results, following(rows.paging), rows.total, found.skipped)

    def walk_list(
        self,
        *,
        properties: Sequence[str],
        associations: Sequence[str] = (),
        archived: bool = False,
        limit: int = LARGEST_PAGE,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Walk[ObjectPayload]:
        """All pages of all records, without the search's cap of 10,000."""
        fetch = partial(
            self.list_page,
            properties=properties,
            associations=associations,
            archived=archived,
            limit=limit,
            urgency=urgency,
        )
        return walk_list(lambda after: fetch(after=after), most_pages=_MOST_PAGES)

    async def search(
        self,
        search: Search,
        *,
        limit: int = 100,
        after: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Page[ObjectPayload]:
        """One page (at most 200 rows); new and changed records appear here only after a moment."""
        request = post(
            f"{self._path}/search",
            search.payload(limit=limit, after=after),
            request_class=RequestClass.SAFE,
            kind=CallKind.SEARCH,
            urgency=urgency,
        )
        found = await self._session.fetch(request, _LISTS)
        rows = found.value
        return Page(rows.results, following(rows.paging), rows.total, found.skipped)

    def walk_search(
        self, search: Search, *, limit: int = 100, urgency: Urgency = Urgency.BACKGROUND
    ) -> Walk[ObjectPayload]:
        """All pages within a search's reach of 10,000 rows; see `Walk.ending`."""
        return walk_search(
            lambda after, rows: self.search(search, limit=rows, after=after, urgency=urgency),
            limit=limit,
        )

    async def read(
        self,
        record_id: str,
        *,
        properties: Sequence[str],
        associations: Sequence[str] = (),
        id_property: str | None = None,
        archived: bool = False,
        urgency: Urgency = Urgency.USER,
    ) -> ObjectPayload:
        """One record; `id_property` such as `email` when `record_id` is that property's value.

        A record in the recycle bin is only found with `archived`, and then no other one is.
        """
        query = _columns(properties, associations)
        if id_property is not None:
            query.append(("idProperty", id_property))
        if archived:
            query.append(("archived", "true"))
        request = get(f"{self._path}/{segment(record_id)}", query=tuple(query), urgency=urgency)
        return (await self._session.fetch(request, _OBJECTS)).value

    async def batch_read(
        self,
        record_ids: Sequence[str],
        *,
        properties: Sequence[str],
        id_property: str | None = None,
        archived: bool = False,
        urgency: Urgency = Urgency.USER,
    ) -> Decoded[BatchPayload]:
        """Many records at once, without associations; those that do not exist are missing or in `errors`."""
        body: dict[str, object] = {
            "inputs": [{"id": record_id} for record_id in record_ids],
            "properties": list(properties),
            "propertiesWithHistory": [],
        }
        if id_property is not None:
            body["idProperty"] = id_property
        query = (("archived", "true"),) if archived else ()
        return await self._batch("read", record_ids, body, RequestClass.SAFE, urgency, query)

    async def create(
        self, properties: Mapping[str, str], *, associations: Sequence[Association] = ()
    ) -> ObjectPayload:
        """Make a record; sent once. Conflict.existing_id names a contact with the same e-mail."""
        body = {
            "properties": properties,
            "associations": [each.payload() for each in associations],
        }
        request = post(self._path, body, request_class=RequestClass.AMBIGUOUS)
        return (await self._session.fetch(request, _OBJECTS)).value

    async def update(self, record_id: str, properties: Mapping[str, str]) -> ObjectPayload:
        """Set properties to these values; an empty text clears one. Only known, writable names."""
        request = patch(f"{self._path}/{segment(record_id)}", {"properties": properties})
        return (await self._session.fetch(request, _OBJECTS)).value

    async def archive(self, record_id: str) -> None:
        """Put a record into the recycle bin."""
        await self._session.send(delete(f"{self._path}/{segment(record_id)}"))

    async def batch_create(
        self, rows: Sequence[tuple[Mapping[str, str], Sequence[Association]]]
    ) -> tuple[BatchRow, ...]:
        """Make records from (properties, associations); sent once. The answer for each row, in order."""
        keys = [f"row-{number}" for number in range(len(rows))]
        inputs = [
            {
                "properties": properties,
                "associations": [each.payload() for each in associations],
                "objectWriteTraceId": key,
            }
            for key, (properties, associations) in zip(keys, rows, strict=True)
        ]
        found = await self._batch("create", rows, {"inputs": inputs}, RequestClass.AMBIGUOUS)
        return batch_rows(found.value, keys)

    async def batch_update(self, rows: Mapping[str, Mapping[str, str]]) -> tuple[BatchRow, ...]:
        """Set properties by record id. The answer for each row, in order; `key` is the record id."""
        inputs = [
            {"id": record_id, "properties": values, "objectWriteTraceId": record_id}
            for record_id, values in rows.items()
        ]
        found = await self._batch("update", inputs, {"inputs": inputs}, RequestClass.IDEMPOTENT)
        return batch_rows(found.value, tuple(rows))

    async def batch_archive(self, record_ids: Sequence[str]) -> None:
        """Put records into the recycle bin."""
        inputs = [{"id": record_id} for record_id in record_ids]
        _check_size(inputs)
        await self._session.send(
            post(
                f"{self._path}/batch/archive",
                {"inputs": inputs},
                request_class=RequestClass.IDEMPOTENT,
            )
        )

    async def _batch(
        self,
        name: str,
        rows: Sequence[object],
        body: Mapping[str, object],
        request_class: RequestClass,
        urgency: Urgency = Urgency.USER,
        query: tuple[tuple[str, str], ...] = (),
    ) -> Decoded[BatchPayload]:
        _check_size(rows)
        path = f"{self._path}/batch/{name}"
        request = post(path, body, request_class=request_class, urgency=urgency, query=query)
        return await self._session.fetch(request, _BATCHES)


def _columns(properties: Sequence[str], associations: Sequence[str]) -> list[tuple[str, str]]:
    query = [("properties", ",".join(properties))]
    if associations:
        query.append(("associations", ",".join(map(type_segment, associations))))
    return query


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _check_size(rows: Sequence[object]) -> None:
    if len(rows) > LARGEST_BATCH:
        raise ValueError(f"a batch takes at most {LARGEST_BATCH} rows")
