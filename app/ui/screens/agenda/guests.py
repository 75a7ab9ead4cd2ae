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

    async def look_up(self, ref: RecordRef) -> str:
        """The zone of a contact; "" where it has none, or nobody can say now."""
        if ref in self._known:
            return self._known[ref]
        known = self._known
        try:
            zone = (await self._contacts.contact(ContactId(ref.id))).zone or ""
        except (Gone, NotAllowed):
            zone = ""
        except Problem:
            return ""
        known[ref] = zone
        return zone

    def clear(self) -> None:
        """Another account: its contacts have other numbers."""
        self._known = {}
