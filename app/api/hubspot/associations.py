"""Which records belong to which: reading, linking and unlinking (reference section 7)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.api.addresses import segment
from app.api.decoding import Decoded, Decoder
from app.api.errors import BadReply, ReplyFault
from app.api.hubspot.association_payloads import (
    BATCH_READ_ROWS,
    LINKED_ROWS,
    PAGE_ROWS,
    TYPE_ROWS,
    AssociatedRowPayload,
    AssociatedRowsPayload,
    AssociationTypePayload,
    AssociationTypesPayload,
    BatchReadPayload,
    LabelsPayload,
    LinkedPayload,
)
from app.api.hubspot.object_payloads import AssociationType
from app.api.hubspot.object_types import type_segment
from app.api.hubspot.paging_payloads import following
from app.api.paging import Page, Walk, walk_list
from app.api.request import ApiRequest, delete, get, post, put
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

LARGEST_READ: Final = 1_000
LARGEST_LINK: Final = 2_000
LARGEST_UNLINK: Final = 100
_LARGEST_PAGE: Final = 500

_PAGES: Final = Decoder(AssociatedRowsPayload, *PAGE_ROWS)
_BATCHES: Final = Decoder(BatchReadPayload, *BATCH_READ_ROWS)
_LINKED: Final = Decoder(LinkedPayload, *LINKED_ROWS)
_LABELS: Final = Decoder(LabelsPayload)
_TYPES: Final = Decoder(AssociationTypesPayload, *TYPE_ROWS)

Pair = tuple[str, str]
"""The ids of two records: from, to."""


class AssociationsClient:
    """The associations of one account. Every coroutine raises ApiError.

    Object types are members of ObjectType, or ids of custom ones such as `2-3456789`. Linking and unlinking
    end in the same state when repeated. Calls with too many rows raise ValueError.
    """

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._records = paths.record_associations
        self._batches = paths.associations

    async def rows_page(
        self,
        kind: str,
        record_id: str,
        to: str,
        *,
        after: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Page[AssociatedRowPayload]:
        """Up to 500 `to` records of a record, with their labels; not delayed as a search is."""
        query = [("limit", str(_LARGEST_PAGE))]
        if after is not None:
            query.append(("after", after))
        path = f"{self._record(kind, record_id)}/{type_segment(to)}"
        found = await self._session.fetch(get(path, query=tuple(query), urgency=urgency), _PAGES)
        return Page(found.value.results, following(found.value.paging), None, found.skipped)

    async def list_page(
        self,
        kind: str,
        record_id: str,
        to: str,
        *,
        after: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Page[str]:
        """Up to 500 ids of `to` records that are associated with a record."""
        page = await self.rows_page(kind, record_id, to, after=after, urgency=urgency)
        return Page(tuple(str(row.to_object_id) for row in page.rows), page.after, None, page.skipped)

    def walk(self, kind: str, record_id: str, to: str, *, urgency: Urgency = Urgency.USER) -> Walk[str]:
        """All pages of associated ids."""
        return walk_list(lambda after: self.list_page(kind, record_id, to, after=after, urgency=urgency))

    def walk_rows(
        self, kind: str, record_id: str, to: str, *, urgency: Urgency = Urgency.USER
    ) -> Walk[AssociatedRowPayload]:
        """All pages of associated records with their labels."""
        return walk_list(lambda after: self.rows_page(kind, record_id, to, after=after, urgency=urgency))

    async def batch_read(
        self,
        kind: str,
        to: str,
        record_ids: Sequence[str],
        *,
        after: Mapping[str, str] | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Decoded[BatchReadPayload]:
        """A page of associated records for each of up to 1,000 records; `after` holds cursors by record."""
        _check_size(record_ids, LARGEST_READ)
        cursors = after or {}
        inputs = [
            {"id": each, "after": cursors[each]} if each in cursors else {"id": each} for each in record_ids
        ]
        request = self._batch(kind, to, "batch/read", inputs, RequestClass.SAFE, urgency)
        return await self._session.fetch(request, _BATCHES)

    async def read_all(
        self, kind: str, to: str, record_ids: Sequence[str], *, urgency: Urgency = Urgency.USER
    ) -> Mapping[str, tuple[AssociatedRowPayload, ...]]:
        """Every associated record of up to 1,000 records, page after page for those that have many.

        Raises BadReply when some of them could not be read, or a cursor comes again.
        """
        found: dict[str, tuple[AssociatedRowPayload, ...]] = dict.fromkeys(record_ids, ())
        cursors: dict[str, str] = {}
        seen: set[Pair] = set()
        left = list(found)
        while left:
            batch = await self.batch_read(kind, to, left, after=cursors, urgency=urgency)
            if batch.value.failures:
                raise BadReply(ReplyFault.GARBAGE)
            cursors = {}
            for row in batch.value.results:
                record_id = str(row.from_.id)
                found[record_id] = found.get(record_id, ()) + row.to
                cursor = following(row.paging)
                if cursor is not None:
                    cursors[record_id] = cursor
            if not seen.isdisjoint(cursors.items()):
                raise BadReply(ReplyFault.GARBAGE)
            seen.update(cursors.items())
            left = list(cursors)
        return found

    async def types(
        self, kind: str, to: str, *, urgency: Urgency = Urgency.BACKGROUND
    ) -> tuple[AssociationTypePayload, ...]:
        """Every type and label there is in this direction, with the account's own ids."""
        request = get(f"{self._between(kind, to)}/labels", urgency=urgency)
        return (await self._session.fetch(request, _TYPES)).value.results

    async def link(self, kind: str, record_id: str, to: str, to_id: str) -> LinkedPayload:
        """Associate two records by the default type; check `errors` of the answer."""
        path = f"{self._record(kind, record_id)}/default/{type_segment(to)}/{segment(to_id)}"
        return (await self._session.fetch(put(path), _LINKED)).value

    async def link_as(
        self, kind: str, record_id: str, to: str, to_id: str, types: Sequence[AssociationType]
    ) -> LabelsPayload:
        """Associate two records by these types of this direction."""
        path = self._pair(kind, record_id, to, to_id)
        request = put(path, [each.payload() for each in types])
        return (await self._session.fetch(request, _LABELS)).value

    async def unlink(self, kind: str, record_id: str, to: str, to_id: str) -> None:
        """Remove every association and label between two records."""
        await self._session.send(delete(self._pair(kind, record_id, to, to_id)))

    async def batch_link(self, kind: str, to: str, pairs: Sequence[Pair]) -> LinkedPayload:
        """Associate up to 2,000 pairs by the default type; check `errors` of the answer."""
        _check_size(pairs, LARGEST_LINK)
        inputs = [_ends(pair) for pair in pairs]
        request = self._batch(kind, to, "batch/associate/default", inputs, RequestClass.IDEMPOTENT)
        return (await self._session.fetch(request, _LINKED)).value

    async def batch_link_as(
        self, kind: str, to: str, rows: Sequence[tuple[Pair, Sequence[AssociationType]]]
    ) -> LinkedPayload:
        """Associate up to 2,000 pairs, each by its types; check `errors` of the answer."""
        _check_size(rows, LARGEST_LINK)
        request = self._batch(kind, to, "batch/create", _labelled(rows), RequestClass.IDEMPOTENT)
        return (await self._session.fetch(request, _LINKED)).value

    async def batch_unlink(self, kind: str, to: str, rows: Mapping[str, Sequence[str]]) -> LinkedPayload:
        """Remove everything between up to 100 records and each of theirs; check `errors` of the answer."""
        _check_size(tuple(rows), LARGEST_UNLINK)
        inputs = [
            {"from": {"id": from_id}, "to": [{"id": to_id} for to_id in to_ids]}
            for from_id, to_ids in rows.items()
        ]
        return await self._emptied(kind, to, "batch/archive", inputs)

    async def batch_unlabel(
        self, kind: str, to: str, rows: Sequence[tuple[Pair, Sequence[AssociationType]]]
    ) -> LinkedPayload:
        """Take these labels from up to 2,000 pairs; taking the unlabelled type ends the association."""
        _check_size(rows, LARGEST_LINK)
        return await self._emptied(kind, to, "batch/labels/archive", _labelled(rows))

    async def _emptied(self, kind: str, to: str, verb: str, inputs: Sequence[object]) -> LinkedPayload:
        """Send what may be answered by 204, or by a body with `errors`."""
        request = self._batch(kind, to, verb, inputs, RequestClass.IDEMPOTENT)
        reply = await self._session.send(request)
        return _LINKED.decode(reply.body).value if reply.body else LinkedPayload()

    def _batch(
        self,
        kind: str,
        to: str,
        verb: str,
        inputs: Sequence[object],
        request_class: RequestClass,
        urgency: Urgency = Urgency.USER,
    ) -> ApiRequest:
        path = f"{self._between(kind, to)}/{verb}"
        return post(path, {"inputs": inputs}, request_class=request_class, urgency=urgency)

    def _between(self, kind: str, to: str) -> str:
        return f"{self._batches}/{type_segment(kind)}/{type_segment(to)}"

    def _record(self, kind: str, record_id: str) -> str:
        return f"{self._records}/{type_segment(kind)}/{segment(record_id)}/associations"

    def _pair(self, kind: str, record_id: str, to: str, to_id: str) -> str:
        return f"{self._record(kind, record_id)}/{type_segment(to)}/{segment(to_id)}"


def _ends(pair: Pair) -> dict[str, object]:
    return {"from": {"id": pair[0]}, "to": {"id": pair[1]}}


def _labelled(rows: Sequence[tuple[Pair, Sequence[AssociationType]]]) -> list[object]:
    return [{**_ends(pair), "types": [each.payload() for each in types]} for pair, types in rows]


def _check_size(rows: Sequence[object], most: int) -> None:
    if len(rows) > most:
        raise ValueError(f"such a batch takes at most {most} rows")
