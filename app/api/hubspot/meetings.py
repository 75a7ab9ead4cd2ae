"""Meeting engagements in the CRM: reading, finding and logging them (reference section 6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.api.decoding import Decoded
from app.api.hubspot.batch_rows import BatchRow
from app.api.hubspot.instants import ms_of
from app.api.hubspot.object_payloads import Association, BatchPayload, Filter, ObjectPayload, Search
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.objects import ObjectsClient
from app.api.paging import Page, Walk
from app.api.ranges import Span, walk_rising, walk_spans
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

MEETING_PROPERTIES: Final = (
    "hs_meeting_title",
    "hs_meeting_start_time",
    "hs_meeting_end_time",
    "hs_meeting_outcome",
    "hs_meeting_location",
    "hs_meeting_external_url",
    "hs_meeting_body",
    "hs_internal_meeting_notes",
    "hs_meeting_source",
    "hs_video_conference_url",
    "hs_activity_type",
    "hs_attachment_ids",
    "hs_timestamp",
    "hs_unique_id",
    "hs_engagement_source",
    "hubspot_owner_id",
    "hs_createdate",
    "hs_lastmodifieddate",
)
# Meeting to record, HubSpot's own types (reference 7.1).
MEETING_TO: Final[Mapping[str, int]] = {
    ObjectType.CONTACTS: 200,
    ObjectType.COMPANIES: 188,
    ObjectType.DEALS: 212,
    ObjectType.TICKETS: 226,
}
_SINGULAR: Final[Mapping[str, str]] = {
    ObjectType.CONTACTS: "contact",
    ObjectType.COMPANIES: "company",
    ObjectType.DEALS: "deal",
    ObjectType.TICKETS: "ticket",
}
_START: Final = "hs_meeting_start_time"
_CHANGED: Final = "hs_lastmodifieddate"


class MeetingsClient:
    """The meetings of one account. Creating one only logs it: no calendar, no invitation.

    Every coroutine raises ApiError; writes that would act twice are sent once.
    """

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._meetings = ObjectsClient(session, paths, ObjectType.MEETINGS)

    def walk_all(
        self,
        *,
        associations: Sequence[str] = (),
        archived: bool = False,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Walk[ObjectPayload]:
        """All meetings, or all in the recycle bin, lowest id first, with the first associated ids."""
        return self._meetings.walk_list(
            properties=MEETING_PROPERTIES, associations=associations, archived=archived, urgency=urgency
        )

    async def read(
        self,
        meeting_id: str,
        *,
        associations: Sequence[str] = (),
        archived: bool = False,
        urgency: Urgency = Urgency.USER,
    ) -> ObjectPayload:
        """One meeting and the first associated ids; with `archived` from the recycle bin only."""
        return await self._meetings.read(
            meeting_id,
            properties=MEETING_PROPERTIES,
            associations=associations,
            archived=archived,
            urgency=urgency,
        )

    async def search(
        self,
        filters: Sequence[Filter],
        *,
        limit: int = 20,
        urgency: Urgency = Urgency.USER,
    ) -> Page[ObjectPayload]:
        """The first meetings that fulfil all of `filters` (6 at most).

        A new meeting appears only after a moment: absence proves nothing at first.
        """
        search = Search(properties=MEETING_PROPERTIES, groups=[filters] if filters else [])
        return await self._meetings.search(search, limit=limit, urgency=urgency)

    async def search_of_contact(
        self, contact_id: str, start: datetime, *, tolerance: timedelta = timedelta(minutes=1)
    ) -> Page[ObjectPayload]:
        """The meetings of a contact that start within `tolerance` of `start` (an aware datetime)."""
        return await self.search([of_record(ObjectType.CONTACTS, contact_id), starting(start, tolerance)])

    def walk_between(
        self,
        earliest: datetime,
        latest: datetime,
        *,
        owner_id: str | None = None,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Walk[ObjectPayload]:
        """Every meeting that starts in a range (ends included) once, also beyond a search's 10,000.

        In order of start, except for those that change while the pages are fetched.
        """
        mine = [Filter("hubspot_owner_id", "EQ", owner_id)] if owner_id is not None else []

        async def fetch(span: Span, after: str | None, limit: int) -> Page[ObjectPayload]:
            within = Filter(_START, "BETWEEN", str(span.low), str(span.high))
            search = Search(properties=MEETING_PROPERTIES, groups=[[within, *mine]], sort=(_START, False))
            return await self._meetings.search(search, limit=limit, after=after, urgency=urgency)

        return walk_spans(fetch, Span(ms_of(earliest), ms_of(latest)), identify=_id_of)

    def walk_changed(self, since: datetime, *, urgency: Urgency = Urgency.BACKGROUND) -> Walk[ObjectPayload]:
        """Every meeting changed at `since` (an aware datetime) or later, the oldest change first.

        One that changes while the pages are fetched comes again. Neither archiving nor a change of
        associations counts as a change (reference 7.2, traps).
        """

        async def fetch(watermark: int, after: str | None, limit: int) -> Page[ObjectPayload]:
            newer = Filter(_CHANGED, "GTE", str(watermark))
            search = Search(properties=MEETING_PROPERTIES, groups=[[newer]], sort=(_CHANGED, False))
            return await self._meetings.search(search, limit=limit, after=after, urgency=urgency)

        return walk_rising(fetch, ms_of(since), identify=_id_of, rank=_changed_ms)

    async def create(
        self, properties: Mapping[str, str], *, associations: Sequence[Association] = ()
    ) -> ObjectPayload:
        """Log a meeting, sent once; send `hs_timestamp` equal to the start."""
        return await self._meetings.create(properties, associations=associations)

    async def update(self, meeting_id: str, properties: Mapping[str, str]) -> ObjectPayload:
        """Set properties (an empty text clears); change `hs_timestamp` together with the start.

        The answer holds what was sent and little more.
        """
        return await self._meetings.update(meeting_id, properties)

    async def archive(self, meeting_id: str) -> None:
        """Put a meeting into the recycle bin."""
        await self._meetings.archive(meeting_id)

    async def batch_read(
        self, meeting_ids: Sequence[str], *, urgency: Urgency = Urgency.USER
    ) -> Decoded[BatchPayload]:
        """Up to 100 meetings with MEETING_PROPERTIES."""
        return await self._meetings.batch_read(meeting_ids, properties=MEETING_PROPERTIES, urgency=urgency)

    async def batch_create(
        self, rows: Sequence[tuple[Mapping[str, str], Sequence[Association]]]
    ) -> tuple[BatchRow, ...]:
        """Log up to 100 meetings; sent once. What became of each row, in order."""
        return await self._meetings.batch_create(rows)

    async def batch_update(self, rows: Mapping[str, Mapping[str, str]]) -> tuple[BatchRow, ...]:
        """Set properties of up to 100 meetings by id. What became of each row, in order."""
        return await self._meetings.batch_update(rows)

    async def batch_archive(self, meeting_ids: Sequence[str]) -> None:
        """Put up to 100 meetings into the recycle bin."""
        await self._meetings.batch_archive(meeting_ids)


def of_record(kind: str, record_id: str) -> Filter:
    """Only meetings that are associated with this record (reference 6.4, association filter)."""
    return Filter(f"associations.{_SINGULAR.get(kind, kind)}", "EQ", record_id)


def starting(start: datetime, tolerance: timedelta) -> Filter:
    """Only meetings that start within `tolerance` of an aware datetime, ends included."""
    return Filter(_START, "BETWEEN", str(ms_of(start - tolerance)), str(ms_of(start + tolerance)))


def _id_of(payload: ObjectPayload) -> str:
    return str(payload.id)


def _changed_ms(payload: ObjectPayload) -> int | None:
    changed = payload.instant(_CHANGED) or payload.updated
    return ms_of(changed) if changed is not None else None
