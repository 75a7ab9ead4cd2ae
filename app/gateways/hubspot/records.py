"""Contacts, companies, deals, owners and meetings as the domain sees them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from app.api.errors import NotFound
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.object_payloads import ObjectPayload
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.owners import OwnerPayload, OwnersClient
from app.api.hubspot.records import RecordsClient
from app.domain.problems import Gone
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner, OwnerId
from app.domain.zones import zone_name
from app.gateways.problems import Calls

_CONTACT_PROPERTIES: Final = (
    "firstname",
    "lastname",
    "email",
    "company",
    "phone",
    "hs_timezone",
    "hubspot_owner_id",
)
_COMPANY_PROPERTIES: Final = ("name", "domain", "city")
_DEAL_PROPERTIES: Final = ("dealname", "dealstage")
_CLOSE: Final = timedelta(minutes=1)
_AT_MOST: Final = 100
_CANCELED: Final = "CANCELED"


class HubSpotRecordsGateway:
    """Fulfils `RecordDirectory`."""

    def __init__(
        self,
        records: RecordsClient,
        associations: AssociationsClient,
        meetings: MeetingsClient,
        owners: OwnersClient,
        calls: Calls,
    ) -> None:
        self._records = records
        self._associations = associations
        self._meetings = meetings
        self._owners = owners
        self._calls = calls

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts that match free text, best first. Raises Problem."""
        with self._calls.reading("contacts"):
            page = await self._records.search_text(
                ObjectType.CONTACTS, text, properties=_wanted(properties), limit=limit
            )
        return tuple(contact_of(payload) for payload in page.rows)

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with this address, or None. Raises Problem."""
        if not email:
            return None
        with self._calls.reading("contact"):
            try:
                found = await self._records.contact_by_email(email, properties=_wanted(properties))
            except NotFound:
                return None
        return contact_of(found)

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact. Raises Problem; Gone when it does not exist."""
        if not contact_id:
            raise Gone("contact")
        with self._calls.reading("contact"):
            client = self._records.of(ObjectType.CONTACTS)
            return contact_of(await client.read(contact_id, properties=_wanted(properties)))

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """The contact's companies, a hundred at most. Raises Problem."""
        found = await self._associated(contact_id, ObjectType.COMPANIES, _COMPANY_PROPERTIES)
        return tuple(
            Company(str(row.id), row.text("name"), row.text("domain"), row.text("city")) for row in found
        )

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """The contact's deals, a hundred at most. Raises Problem."""
        found = await self._associated(contact_id, ObjectType.DEALS, _DEAL_PROPERTIES)
        return tuple(Deal(str(row.id), row.text("dealname"), row.text("dealstage")) for row in found)

    async def owners(self) -> tuple[Owner, ...]:
        """All owners, inactive ones too. Raises Problem."""
        found: list[Owner] = []
        with self._calls.reading("owners"):
            for archived in (False, True):
                async for page in self._owners.walk(archived=archived):
                    found += [owner_of(payload) for payload in page.rows]
        return tuple(found)

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """The meeting of this address that starts within a minute of `start`, or None. Raises Problem.

        The contact's associations are read first: they are not delayed as the search index is. Of several
        meetings one that is not canceled counts, and then the nearest.
        """
        if not email:
            return None
        with self._calls.reading("meeting"):
            try:
                contact = await self._records.contact_by_email(email, properties=("email",))
                return await self._meeting_of(str(contact.id), start)
            except NotFound:
                return None

    async def _meeting_of(self, contact_id: str, start: datetime) -> MeetingEngagement | None:
        walk = self._associations.walk(ObjectType.CONTACTS, contact_id, ObjectType.MEETINGS)
        ids = [number async for page in walk for number in page.rows]
        newest = sorted(ids, key=lambda number: (len(number), number), reverse=True)[:_AT_MOST]
        if newest:
            found = await self._meetings.batch_read(newest)
            meeting = _best(found.value.results, start)
            if meeting is not None and meeting.outcome.upper() != _CANCELED:
                return meeting
        searched = await self._meetings.search_of_contact(contact_id, start, tolerance=_CLOSE)
        return _best(searched.rows, start)

    async def _associated(
        self, contact_id: ContactId, kind: ObjectType, properties: Sequence[str]
    ) -> tuple[ObjectPayload, ...]:
        if not contact_id:
            return ()
        with self._calls.reading("contact"):
            page = await self._associations.list_page(ObjectType.CONTACTS, contact_id, kind)
            if not page.rows:
                return ()
            client = self._records.of(kind)
            found = await client.batch_read(page.rows[:_AT_MOST], properties=properties)
        return found.value.results


def _best(rows: Sequence[ObjectPayload], start: datetime) -> MeetingEngagement | None:
    """The row that is most likely the meeting at `start`."""
    near = [
        (meeting.outcome.upper() == _CANCELED, abs(meeting.start - start), meeting.id, meeting)
        for meeting in map(meeting_of, rows)
        if meeting.start is not None and abs(meeting.start - start) <= _CLOSE
    ]
    return min(near)[-1] if near else None


def contact_of(payload: ObjectPayload) -> Contact:
    """A contact with every property that was read."""
    owner = payload.text("hubspot_owner_id")
    return Contact(
        id=ContactId(str(payload.id)),
        first_name=payload.text("firstname"),
        last_name=payload.text("lastname"),
        email=payload.text("email"),
        company=payload.text("company"),
        phone=payload.text("phone"),
        zone=zone_name(payload.text("hs_timezone")),
        owner_id=OwnerId(owner) if owner else None,
        properties={name: payload.text(name) for name in payload.properties},
    )


def owner_of(payload: OwnerPayload) -> Owner:
    """An owner; archived ones are named too."""
    name = " ".join(part for part in (payload.first_name, payload.last_name) if part)
    user_id = payload.any_user_id
    return Owner(
        id=OwnerId(str(payload.id)),
        user_id=str(user_id) if user_id else None,
        email=payload.email or "",
        full_name=name or payload.email or str(payload.id),
        is_active=not payload.archived,
    )


def meeting_of(payload: ObjectPayload) -> MeetingEngagement:
    """A meeting engagement."""
    owner = payload.text("hubspot_owner_id")
    return MeetingEngagement(
        id=str(payload.id),
        title=payload.text("hs_meeting_title"),
        start=payload.instant("hs_meeting_start_time"),
        end=payload.instant("hs_meeting_end_time"),
        outcome=payload.text("hs_meeting_outcome"),
        owner_id=OwnerId(owner) if owner else None,
        location=payload.text("hs_meeting_location"),
        join_url=payload.text("hs_video_conference_url"),
    )


def _wanted(properties: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_CONTACT_PROPERTIES, *properties)))
