"""Meeting engagements in the CRM: reading, finding and logging them (reference section 6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.api.decoding import Decoded
from app.api.hubspot.instants import ms_of
from app.api.hubspot.object_payloads import (
    Association,
    BatchPayload,
    Filter,
    ObjectPayload,
    ObjectType,
    Search,
)
from app.api.hubspot.objects import ObjectsClient
from app.api.paging import Page, Walk
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
    "hubspot_owner_id",
    "hs_createdate",
    "hs_lastmodifieddate",
)
# Meeting to record, HubSpot's own types (reference 7.1).
MEETING_TO: Final[Mapping[ObjectType, int]] = {
    ObjectType.CONTACTS: 200,
    ObjectType.COMPANIES: 188,
    ObjectType.DEALS: 212,
    ObjectType.TICKETS: 226,
}
_START: Final = "hs_meeting_start_time"


class MeetingsClient:
    """The meetings of one account. Creating one only logs it: no calendar, no invitation.

    Every coroutine raises ApiError; writes that would act twice are sent once.
    """

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._meetings = ObjectsClient(session, paths, ObjectType.MEETINGS)

    async def read(
        self,
        meeting_id: str,
        *,
        associations: Sequence[ObjectType] = (),
        urgency: Urgency = Urgency.USER,
    ) -> ObjectPayload:
        """One meeting with MEETING_PROPERTIES and the first associated ids."""
        return await self._meetings.read(
            meeting_id, properties=MEETING_PROPERTIES, associations=associations, urgency=urgency
        )

    async def search_of_contact(
        self, contact_id: str, start: datetime, *, tolerance: timedelta = timedelta(minutes=1)
    ) -> Page[ObjectPayload]:
        """The meetings of a contact that start within `tolerance` of `start` (an aware datetime).

        A new meeting appears only after a moment: absence proves nothing at first.
        """
        groups = [
            [Filter("associations.contact", "EQ", contact_id), _between(start - tolerance, start + tolerance)]
        ]
        return await self._meetings.search(Search(properties=MEETING_PROPERTIES, groups=groups), limit=20)

    def walk_between(
        self,
        earliest: datetime,
        latest: datetime,
        *,
        owner_id: str | None = None,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Walk[ObjectPayload]:
        """Meetings that start in a range (ends included) in order of start, as far as a search reaches."""
        filters = [_between(earliest, latest)]
        if owner_id is not None:
            filters.append(Filter("hubspot_owner_id", "EQ", owner_id))
        search = Search(properties=MEETING_PROPERTIES, groups=[filters], sort=(_START, False))
        return self._meetings.walk_search(search, urgency=urgency)

    async def create(
        self, properties: Mapping[str, str], *, associations: Sequence[Association] = ()
    ) -> ObjectPayload:
        """Log a meeting; send `hs_timestamp` equal to the start."""
        return await self._meetings.create(properties, associations=associations)

    async def update(self, meeting_id: str, properties: Mapping[str, str]) -> ObjectPayload:
        """Set properties; change `hs_timestamp` together with the start."""
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
    ) -> Decoded[BatchPayload]:
        """Log up to 100 meetings; sent once."""
        return await self._meetings.batch_create(rows)

    async def batch_update(self, rows: Mapping[str, Mapping[str, str]]) -> Decoded[BatchPayload]:
        """Set properties of up to 100 meetings by id."""
        return await self._meetings.batch_update(rows)

    async def batch_archive(self, meeting_ids: Sequence[str]) -> None:
        """Put up to 100 meetings into the recycle bin."""
        await self._meetings.batch_archive(meeting_ids)


def _between(earliest: datetime, latest: datetime) -> Filter:
    return Filter(_START, "BETWEEN", str(ms_of(earliest)), str(ms_of(latest)))
