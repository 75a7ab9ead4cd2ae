"""The time zones of guests, as their contacts have them."""

from typing import Protocol

from app.domain.meetings import RecordRef
from app.domain.problems import Gone, NotAllowed, Problem
from app.domain.records import Contact, ContactId


class ContactSource(Protocol):
    """Where a contact is read; the directory service is one."""

    async def contact(self, contact_id: ContactId) -> Contact:
        """One contact. Raises Problem."""
        ...


class GuestZones:
    """Asks for each contact once; `known` has an IANA zone ("" for none) by contact."""

    def __init__(self, contacts: ContactSource) -> None:
        self._contacts = contacts
        self._known: dict[RecordRef, str] = {}

    @property
    def known(self) -> dict[RecordRef, str]:
        """What was found."""
        return self._known

    async def look_up(self, ref: RecordRef) -> bool:
        """Make the zone of a contact known; False where HubSpot cannot be asked now."""
        known = self._known
        if ref in known:
            return True
        try:
            zone = (await self._contacts.contact(ContactId(ref.id))).zone or ""
        except (Gone, NotAllowed):
            zone = ""
        except Problem:
            return False
        known[ref] = zone
        return True

    def clear(self) -> None:
        """Another account: its contacts have other numbers."""
        self._known = {}
