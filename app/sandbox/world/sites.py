"""The account's own record type (sites of customers), and the labels it gave to associations."""

from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.crm.association_types import AssociationCatalogue
from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, SITE, TICKET
from app.sandbox.crm.store import RecordStore
from app.sandbox.world.contacts import Directory
from app.sandbox.world.names import PLACES
from app.sandbox.world.people import MEI

_FIRST_SITE: Final = 22_904_411_007
_STATUSES: Final = ("open", "open", "planned", "closed")
_STREETS: Final = ("Harbour Street", "Station Road", "Lindenstraße", "Market Square", "Rue du Pont")


def add_types(types: AssociationCatalogue) -> None:
    """Define how sites are associated, and the labels that people of the account chose for meetings."""
    for other in (CONTACT, COMPANY, DEAL, TICKET, MEETING):
        types.define(SITE, other, None)
    types.define(MEETING, CONTACT, "Decision maker")
    types.define(MEETING, CONTACT, "Led by", "Led the meeting")
    types.define(MEETING, COMPANY, "Partner")
    types.define(MEETING, DEAL, "Closing call")
    types.define(MEETING, SITE, "Held at")
    types.define(CONTACT, DEAL, "Champion")


def add_sites(store: RecordStore, directory: Directory, *, today: datetime, count: int) -> None:
    """Write sites, each of one company and with one of its contacts; the first belongs to Northwind."""
    contacts = {directory.employers[contact.id].id: contact for contact in directory.contacts}
    for number in range(count):
        company = directory.companies[number % len(directory.companies)]
        place = PLACES[number % len(PLACES)]
        site = store.create(
            SITE,
            {
                "site_name": f"{company.properties['name']} {place.city}",
                "city": place.city,
                "street": f"{_STREETS[number % len(_STREETS)]} {3 + number * 7 % 90}",
                "site_status": _STATUSES[number % len(_STATUSES)],
                "opened_on": date(2019 + number % 6, 1 + number % 12, 1 + number % 28).isoformat(),
                "hubspot_owner_id": str(MEI.owner_id),
            },
            record_id=str(_FIRST_SITE + 11 * number),
            created_at=today - timedelta(days=30 + number),
        )
        store.associate(SITE, site.id, COMPANY, company.id)
        if company.id in contacts:
            store.associate(SITE, site.id, CONTACT, contacts[company.id].id)
