"""Look-ups of records: contacts, companies, deals, tickets, and an account's own types (reference 8)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.api.hubspot.object_payloads import Filter, ObjectPayload, Search
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.objects import ObjectsClient
from app.api.paging import Page
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

RECORD_TYPES: Final = (
    ObjectType.CONTACTS,
    ObjectType.COMPANIES,
    ObjectType.DEALS,
    ObjectType.TICKETS,
)
PINNED: Final = "hs_pinned_engagement_id"


class RecordsClient:
    """The CRM records of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._paths = paths

    def of(self, kind: str) -> ObjectsClient:
        """Every call there is for one of RECORD_TYPES, or for the id of a custom type (else ValueError)."""
        return ObjectsClient(self._session, self._paths, kind)

    async def search_text(
        self,
        kind: str,
        text: str,
        *,
        properties: Sequence[str],
        limit: int = 10,
        urgency: Urgency = Urgency.USER,
    ) -> Page[ObjectPayload]:
        """Records that match free text, best first; cancel it when the text has changed."""
        search = Search(properties=properties, query=text)
        return await self.of(kind).search(search, limit=limit, urgency=urgency)

    async def search_by(
        self,
        kind: str,
        property_name: str,
        value: str,
        *,
        properties: Sequence[str],
        limit: int = 10,
    ) -> Page[ObjectPayload]:
        """Records whose property has exactly this value."""
        only = Filter(property_name, "EQ", value)
        return await self.of(kind).search(Search(properties=properties, groups=[[only]]), limit=limit)

    async def contact_by_email(self, email: str, *, properties: Sequence[str]) -> ObjectPayload:
        """The contact with this address, read directly and so without the search's delay. NotFound."""
        contacts = self.of(ObjectType.CONTACTS)
        return await contacts.read(email, properties=properties, id_property="email")

    async def create_contact(self, properties: Mapping[str, str]) -> ObjectPayload:
        """Make a contact; sent once. Conflict.existing_id names the one that has the e-mail."""
        return await self.of(ObjectType.CONTACTS).create(properties)

    async def pin(self, kind: str, record_id: str, meeting_id: str | None) -> None:
        """Pin an associated meeting to a record's timeline, in place of another; None takes the pin away."""
        await self.of(kind).update(record_id, {PINNED: meeting_id or ""})
