"""Reading the meetings of an account: walks, single ones, and the one that was sent with a mark."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Final

from app.api.errors import Forbidden, NotFound
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.object_payloads import Filter, ObjectPayload
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.objects import LARGEST_BATCH
from app.api.hubspot.properties import PropertiesClient
from app.api.paging import Ending, Page, Walk
from app.api.urgency import Urgency
from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    Meeting,
    MeetingId,
    MeetingOptions,
    RecordRef,
    RecordType,
    is_local,
)
from app.domain.ports_meetings import MeetingPage
from app.domain.problems import Gone, ServiceBroken
from app.domain.records import OwnerId
from app.gateways.hubspot.meeting_links import MeetingLinks
from app.gateways.hubspot.meeting_mapping import NOTES, is_marked, meeting_of
from app.gateways.hubspot.meeting_options import options_of
from app.gateways.hubspot.record_types import RecordTypes, wire_type
from app.gateways.problems import Calls

_CLOSE: Final = timedelta(minutes=1)
_NEWEST: Final = 100
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


class HubSpotMeetingsGateway:
    """Fulfils `MeetingDirectory`."""

    def __init__(
        self,
        meetings: MeetingsClient,
        associations: AssociationsClient,
        properties: PropertiesClient,
        links: MeetingLinks,
        types: RecordTypes,
        calls: Calls,
    ) -> None:
        self._meetings = meetings
        self._associations = associations
        self._properties = properties
        self._links = links
        self._types = types
        self._calls = calls

    async def all(self) -> AsyncIterator[MeetingPage]:
        """Every meeting with its records, lowest id first. Raises Problem; ServiceBroken when cut short."""
        with self._calls.reading("meetings"):
            kinds = [wire_type(kind) for kind in await self._types.readable()]
        async with aclosing(self._pages(self._meetings.walk_all(associations=kinds))) as pages:
            async for page in pages:
                yield MeetingPage(await self._with_records(page.rows), page.total, page.skipped)

    async def between(
        self, earliest: datetime, latest: datetime, *, owner_id: OwnerId | None = None
    ) -> AsyncIterator[MeetingPage]:
        """Meetings that start in a range. Raises Problem; ServiceBroken when cut short."""
        walk = self._meetings.walk_between(earliest, latest, owner_id=owner_id)
        async with aclosing(self._pages(walk)) as pages:
            async for page in pages:
                yield _plain(page)

    async def changed_since(self, instant: datetime) -> AsyncIterator[MeetingPage]:
        """Meetings changed since. Raises Problem; ServiceBroken when cut short."""
        async with aclosing(self._pages(self._meetings.walk_changed(instant))) as pages:
            async for page in pages:
                yield _plain(page)

    async def count(self) -> int:
        """How many meetings a search reports. Raises Problem."""
        with self._calls.reading("meetings"):
            return (await self._meetings.search((), limit=1, urgency=Urgency.BACKGROUND)).total or 0

    async def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One meeting with associations and labels. Raises Problem; Gone for one that is not there."""
        _check_known(meeting_id)
        with self._calls.reading("meeting"):
            payload = await self._meetings.read(meeting_id)
            return meeting_of(payload, (await self._links.of([meeting_id]))[meeting_id])

    async def meetings(self, meeting_ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """Those that exist, a hundred a call, without associations. Raises Problem."""
        known = [each for each in dict.fromkeys(meeting_ids) if each and not is_local(each)]
        found: list[Meeting] = []
        with self._calls.reading("meetings"):
            for payload in await self._batch(known):
                found.append(meeting_of(payload))
        return tuple(found)

    async def associations(
        self, meeting_ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, tuple[Association, ...]]:
        """The records of several meetings with labels. Raises Problem."""
        known = [each for each in dict.fromkeys(meeting_ids) if each and not is_local(each)]
        if not known:
            return {}
        with self._calls.reading("meetings"):
            return await self._links.of(known)

    async def meetings_of(self, ref: RecordRef) -> tuple[Meeting, ...]:
        """The hundred newest on a record, the latest start first. Raises Problem; Gone without the record."""
        with self._calls.reading("record"):
            found = [meeting_of(payload) for payload in await self._newest_on(ref)]
        return tuple(sorted(found, key=lambda each: each.details.start or _EARLIEST, reverse=True))

    async def find(self, mark: str, sent: LogMeeting | ScheduleMeeting) -> Meeting | None:
        """The meeting that was sent with `mark`, or None as far as anybody can see now. Raises Problem."""
        with self._calls.reading("meeting"):
            for association in sent.associations:
                try:
                    on_record = await self._newest_on(association.ref)
                except (NotFound, Forbidden):
                    continue
                if (found := _marked(on_record, mark)) is not None:
                    return meeting_of(found)
        return await self._searched(mark, sent.details.start)

    async def options(self) -> MeetingOptions:
        """The account's outcomes and activity types. Raises Problem."""
        with self._calls.reading("meeting options"):
            return await options_of(self._properties)

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels to a record type, the unlabelled one first. Raises Problem."""
        with self._calls.reading("labels"):
            return await self._links.labels(record_type)

    async def _searched(self, mark: str, start: datetime | None) -> Meeting | None:
        """By start, else by the mark itself: what hangs on no record is only in the index, a moment late."""
        if start is None:
            with self._calls.reading("meeting"):
                page = await self._meetings.search([Filter(NOTES, "CONTAINS_TOKEN", mark)])
            found = _marked(page.rows, mark)
            return meeting_of(found) if found is not None else None
        walk = self._meetings.walk_between(start - _CLOSE, start + _CLOSE, urgency=Urgency.USER)
        async with aclosing(self._pages(walk)) as pages:
            async for page in pages:
                if (found := _marked(page.rows, mark)) is not None:
                    return meeting_of(found)
        return None

    async def _newest_on(self, ref: RecordRef) -> tuple[ObjectPayload, ...]:
        ids: list[str] = []
        walk = self._associations.walk(wire_type(ref.type), ref.id or "0", ObjectType.MEETINGS)
        async with aclosing(walk) as pages:
            async for page in pages:
                ids += page.rows
        newest = sorted(set(ids), key=lambda number: (len(number), number), reverse=True)[:_NEWEST]
        return await self._batch(newest)

    async def _batch(self, ids: Sequence[str]) -> tuple[ObjectPayload, ...]:
        found: list[ObjectPayload] = []
        for start in range(0, len(ids), LARGEST_BATCH):
            batch = await self._meetings.batch_read(ids[start : start + LARGEST_BATCH])
            found += batch.value.results
        return tuple(found)

    async def _with_records(self, rows: Sequence[ObjectPayload]) -> tuple[Meeting, ...]:
        with self._calls.reading("meetings"):
            first = {MeetingId(str(row.id)): await self._links.first_of(row) for row in rows}
            crowded = [meeting_id for meeting_id, found in first.items() if found is None]
            known = {**first, **(await self._links.of(crowded) if crowded else {})}
        return tuple(meeting_of(row, known[MeetingId(str(row.id))]) for row in rows)

    async def _pages(self, walk: Walk[ObjectPayload]) -> AsyncGenerator[Page[ObjectPayload], None]:
        async with aclosing(walk):
            pages = aiter(walk)
            while (page := await self._next(pages)) is not None:
                yield page
        if walk.ending is not Ending.COMPLETE:
            raise ServiceBroken(None)

    async def _next(self, pages: AsyncIterator[Page[ObjectPayload]]) -> Page[ObjectPayload] | None:
        with self._calls.reading("meetings"):
            return await anext(pages, None)


def _plain(page: Page[ObjectPayload]) -> MeetingPage:
    return MeetingPage(tuple(meeting_of(row) for row in page.rows), page.total, page.skipped)


def _marked(rows: Sequence[ObjectPayload], mark: str) -> ObjectPayload | None:
    return next((row for row in rows if is_marked(row, mark)), None)


def _check_known(meeting_id: MeetingId) -> None:
    if not meeting_id or is_local(meeting_id):
        raise Gone("meeting")
