"""Which records belong to which: reading, linking and unlinking (reference section 7)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from app.api.addresses import segment
from app.api.decoding import Decoded, Decoder, Rows, WireId
from app.api.hubspot.object_payloads import BatchErrorPayload, ObjectType
from app.api.hubspot.paging_payloads import PagingPayload, following
from app.api.paging import Page, Walk, walk_list
from app.api.request import delete, get, post, put
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

LARGEST_READ: Final = 1_000
_LARGEST_PAGE: Final = 500


class AssociatedRowPayload(msgspec.Struct, frozen=True, rename="camel"):
    """One associated record."""

    to_object_id: WireId


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
    """A batch answer; records that failed are in `errors`."""

    results: tuple[BatchReadRowPayload, ...] = ()
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()


class LinkedPayload(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to linking: `errors` may be filled even with a status of 200."""

    status: str = ""
    num_errors: int = 0
    errors: tuple[BatchErrorPayload, ...] = ()


_PAGES: Final = Decoder(AssociatedRowsPayload, Rows(("results",), AssociatedRowPayload))
_BATCHES: Final = Decoder(
    BatchReadPayload,
    Rows(("results", "*", "to"), AssociatedRowPayload),
    Rows(("results",), BatchReadRowPayload),
    Rows(("errors",), BatchErrorPayload),
)
_LINKED: Final = Decoder(LinkedPayload, Rows(("errors",), BatchErrorPayload))


class AssociationsClient:
    """The associations of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._records = paths.record_associations
        self._batches = paths.associations

    async def list_page(
        self,
        kind: ObjectType,
        record_id: str,
        to: ObjectType,
        *,
        after: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Page[str]:
        """Up to 500 ids of `to` records that are associated with a record; not delayed as a search is."""
        query = [("limit", str(_LARGEST_PAGE))]
        if after is not None:
            query.append(("after", after))
        path = f"{self._records}/{kind}/{segment(record_id)}/associations/{to}"
        found = await self._session.fetch(get(path, query=tuple(query), urgency=urgency), _PAGES)
        ids = tuple(str(row.to_object_id) for row in found.value.results)
        return Page(ids, following(found.value.paging), None, found.skipped)

    def walk(
        self,
        kind: ObjectType,
        record_id: str,
        to: ObjectType,
        *,
        urgency: Urgency = Urgency.USER,
    ) -> Walk[str]:
        """All pages of associated ids."""
        return walk_list(lambda after: self.list_page(kind, record_id, to, after=after, urgency=urgency))

    async def batch_read(
        self,
        kind: ObjectType,
        to: ObjectType,
        record_ids: Sequence[str],
        *,
        urgency: Urgency = Urgency.USER,
    ) -> Decoded[BatchReadPayload]:
        """The first page of associated ids for each of up to 1,000 records (ValueError for more)."""
        if len(record_ids) > LARGEST_READ:
            raise ValueError(f"a batch read takes at most {LARGEST_READ} records")
        request = post(
            f"{self._batches}/{kind}/{to}/batch/read",
            {"inputs": [{"id": record_id} for record_id in record_ids]},
            request_class=RequestClass.SAFE,
            urgency=urgency,
        )
        return await self._session.fetch(request, _BATCHES)

    async def link(self, kind: ObjectType, record_id: str, to: ObjectType, to_id: str) -> LinkedPayload:
        """Associate two records by the default type; check `errors` of the answer."""
        path = f"{self._pair(kind, record_id, 'default/' + to, to_id)}"
        return (await self._session.fetch(put(path), _LINKED)).value

    async def unlink(self, kind: ObjectType, record_id: str, to: ObjectType, to_id: str) -> None:
        """Remove every association and label between two records."""
        await self._session.send(delete(self._pair(kind, record_id, to, to_id)))

    def _pair(self, kind: ObjectType, record_id: str, to: str, to_id: str) -> str:
        return f"{self._records}/{kind}/{segment(record_id)}/associations/{to}/{segment(to_id)}"
