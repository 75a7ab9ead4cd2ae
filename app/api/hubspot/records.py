"""Look-ups of the records a booking touches: contacts, companies, deals, tickets (reference section 8)."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.api.hubspot.object_payloads import Filter, ObjectPayload, ObjectType, Search
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
        self._clients = {kind: ObjectsClient(session, paths, kind) for kind in RECORD_TYPES}

    def of(self, kind: ObjectType) -> ObjectsClient:
        """Every call there is for one of RECORD_TYPES."""
        return self._clients[kind]

    async def search_text(
        self,
        kind: ObjectType,
        text: str,
        *,
        properties: Sequence[str],
        limit: int = 10,
        urgency: Urgency = Urgency.USER,
    ) -> Page[ObjectPayload]:
        """Records that match free text, best first; cancel it when the text has changed."""
        search = Search(properties=properties, query=text)
        return await self._clients[kind].search(search, limit=limit, urgency=urgency)

    async def search_by(
        self,
        kind: ObjectType,
        property_name: str,
        value: str,
        *,
        properties: Sequence[str],
        limit: int = 10,
    ) -> Page[ObjectPayload]:
        """Records whose property has exactly this value."""
        only = Filter(property_name, "EQ", value)
        return await self._clients[kind].search(Search(properties=properties, groups=[[only]]), limit=limit)

    async def contact_by_email(self, email: str, *, properties: Sequence[str]) -> ObjectPayload:
        """The contact with this address, read directly and so without the search's delay. NotFound."""
        contacts = self._clients[ObjectType.CONTACTS]
        return await contacts.read(email, properties=properties, id_property="email")

    async def create_contact(self, properties: Mapping[str, str]) -> ObjectPayload:
        """Make a contact; sent once. Conflict.existing_id names the one that has the e-mail."""
        return await self._clients[ObjectType.CONTACTS].create(properties)

    async def pin(self, kind: ObjectType, record_id: str, meeting_id: str | None) -> None:
        """Pin an associated meeting to a record's timeline; None takes the pin away."""
        await self._clients[kind].update(record_id, {PINNED: meeting_id or ""})
