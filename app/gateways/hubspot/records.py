"""Contacts, companies, deals, owners and meetings as the domain sees them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from app.api.errors import ApiError, NotFound
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.object_payloads import ObjectPayload, ObjectType
from app.api.hubspot.owners import OwnerPayload, OwnersClient
from app.api.hubspot.records import RecordsClient
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner, OwnerId
from app.domain.zones import zone_name
from app.gateways.problems import problem_of

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


class HubSpotRecordsGateway:
    """Fulfils `RecordDirectory`."""

    def __init__(
        self,
        records: RecordsClient,
        associations: AssociationsClient,
        meetings: MeetingsClient,
        owners: OwnersClient,
        *,
        account_id: str,
    ) -> None:
        self._records = records
        self._associations = associations
        self._meetings = meetings
        self._owners = owners
        self._account_id = account_id

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts that match free text, best first. Raises Problem."""
        wanted = _wanted(properties)
        try:
            page = await self._records.search_text(ObjectType.CONTACTS, text, properties=wanted, limit=limit)
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=text) from error
        return tuple(contact_of(payload) for payload in page.rows)

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with this address, or None. Raises Problem."""
        try:
            return contact_of(await self._records.contact_by_email(email, properties=_wanted(properties)))
        except NotFound:
            return None
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=email) from error

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact. Raises Problem; Gone when it does not exist."""
        try:
            client = self._records.of(ObjectType.CONTACTS)
            return contact_of(await client.read(contact_id, properties=_wanted(properties)))
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=contact_id) from error

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """The contact's companies. Raises Problem."""
        found = await self._associated(contact_id, ObjectType.COMPANIES, _COMPANY_PROPERTIES)
        return tuple(Company(row.id, row.text("name"), row.text("domain"), row.text("city")) for row in found)

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """The contact's deals. Raises Problem."""
        found = await self._associated(contact_id, ObjectType.DEALS, _DEAL_PROPERTIES)
        return tuple(Deal(row.id, row.text("dealname"), row.text("dealstage")) for row in found)

    async def owners(self) -> tuple[Owner, ...]:
        """All owners, inactive ones too. Raises Problem."""
        found: list[Owner] = []
        try:
            for archived in (False, True):
                async for page in self._owners.walk(archived=archived):
                    found += [owner_of(payload) for payload in page.rows]
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what="owners") from error
        return tuple(found)

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """The meeting of this address that starts within a minute of `start`, or None. Raises Problem.

        The contact's associations are read first: they are not delayed as the search index is.
        """
        try:
            contact = await self._records.contact_by_email(email, properties=("email",))
        except NotFound:
            return None
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=email) from error
        try:
            return await self._meeting_of(str(contact.id), start)
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=email) from error

    async def _meeting_of(self, contact_id: str, start: datetime) -> MeetingEngagement | None:
        page = await self._associations.list_page(ObjectType.CONTACTS, contact_id, ObjectType.MEETINGS)
        newest = sorted(page.rows, key=lambda number: (len(number), number), reverse=True)[:_AT_MOST]
        if newest:
            found = await self._meetings.batch_read(newest)
            for payload in found.value.results:
                meeting = meeting_of(payload)
                if meeting.start is not None and abs(meeting.start - start) <= _CLOSE:
                    return meeting
        searched = await self._meetings.search_of_contact(contact_id, start, tolerance=_CLOSE)
        return next((meeting_of(payload) for payload in searched.rows), None)

    async def _associated(
        self, contact_id: ContactId, kind: ObjectType, properties: Sequence[str]
    ) -> tuple[ObjectPayload, ...]:
        try:
            page = await self._associations.list_page(ObjectType.CONTACTS, contact_id, kind)
            if not page.rows:
                return ()
            client = self._records.of(kind)
            found = await client.batch_read(page.rows[:_AT_MOST], properties=properties)
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what=contact_id) from error
        return found.value.results


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
