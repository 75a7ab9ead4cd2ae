"""The companies and contacts of the CRM."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import COMPANY, CONTACT
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.world import names
from app.sandbox.world.people import MEI, USERS

_PRIMARY: Final = 1
_FEATURED: Final = (
    ("Ada", "Okafor", "ada@northwind.example", 0, "Head of Sales", 0),
    ("Sam", "Keller", "sam@northwind.example", 0, "Solutions Architect", 0),
    ("Ravi", "Menon", "ravi@fabrikam.example", 1, "Procurement Lead", 5),
    ("Clara", "Nyberg", "clara@contoso.example", 2, "IT Manager", 1),
    ("Lena", "Fischer", "lena.fischer@adventureworks.example", 3, "Managing Director", 1),
    ("Tomás", "Silva", "tomas@wingtip.example", 4, "Founder", 4),
    ("Noor", "Haddad", "noor@proseware.example", 5, "Partner Manager", 0),
    ("Ewan", "Marsh", "ewan@litware.example", 6, "Head of Support", 2),
    ("Imani", "Yusuf", "imani.yusuf@tailspin.example", 7, "Operations Lead", 11),
)
_STAGES: Final = ("lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer")
_SIZES: Final = {"8": "1-10", "34": "11-50", "120": "51-200", "640": "201-1000", "4200": "1001+"}


@dataclass(frozen=True, slots=True)
class Directory:
    """The companies and contacts made, in order, and the company of every contact id."""

    companies: list[Record]
    contacts: list[Record]
    employers: dict[str, Record]


def add_directory(
    store: RecordStore, dice: random.Random, *, today: datetime, companies: int, contacts: int
) -> Directory:
    """Write companies and contacts into the store, associate them, and return them."""
    made = Directory([], [], {})
    for number, name in enumerate(names.company_names(companies)):
        place = names.PLACES[0] if number == 0 else dice.choice(names.PLACES)
        created = today - timedelta(days=700 - number, hours=dice.randrange(10))
        made.companies.append(store.create(COMPANY, _company(dice, number, name, place), created_at=created))
    taken: set[str] = set()
    for number in range(contacts):
        company = made.companies[_company_of(number, companies)]
        created = today - timedelta(days=dice.randrange(3, 600), minutes=dice.randrange(1440))
        contact = store.create(CONTACT, _contact(dice, number, company, taken), created_at=created)
        made.contacts.append(contact)
        made.employers[contact.id] = company
        store.associate(CONTACT, contact.id, COMPANY, company.id, type_ids=(_PRIMARY,))
    return made


def _company_of(number: int, companies: int) -> int:
    if number < len(_FEATURED):
        return _FEATURED[number][3] % companies
    return number % companies


def _company(dice: random.Random, number: int, name: str, place: names.Place) -> dict[str, str | None]:
    domain = f"{names.address_part(name)}.example"
    employees = "120" if number == 0 else dice.choice(tuple(_SIZES))
    return {
        "name": name,
        "domain": domain,
        "website": f"https://{domain}",
        "phone": f"{place.dialling}{dice.randrange(10, 99)}",
        "city": place.city,
        "country": place.country,
        "industry": names.INDUSTRIES[number % len(names.INDUSTRIES)],
        "numberofemployees": employees,
        "lifecyclestage": dice.choice(_STAGES),
        "hubspot_owner_id": str((MEI if number < 8 else dice.choice(USERS)).owner_id),
    }


def _contact(dice: random.Random, number: int, company: Record, taken: set[str]) -> dict[str, str | None]:
    if number < len(_FEATURED):
        first, last, email, _, job, place_number = _FEATURED[number]
        place, owner = names.PLACES[place_number], MEI
    else:
        first, last = dice.choice(names.FIRST_NAMES), dice.choice(names.LAST_NAMES)
        job, place, owner = dice.choice(names.JOB_TITLES), dice.choice(names.PLACES), dice.choice(USERS)
        email = f"{names.address_part(first)}.{names.address_part(last)}@{company.properties['domain']}"
        if email in taken:
            email = email.replace("@", f"{number}@")
    taken.add(email)
    return {
        "firstname": first,
        "lastname": last,
        "email": email,
        "phone": f"{place.dialling}{dice.randrange(10, 99)}",
        "company": company.properties["name"],
        "jobtitle": job,
        "numemployees": _SIZES[company.properties["numberofemployees"] or "8"],
        "lifecyclestage": company.properties["lifecyclestage"],
        "hs_lead_status": dice.choice(("NEW", "OPEN", "IN_PROGRESS", "CONNECTED")),
        "hs_timezone": names.zone_slug(place.zone_name),
        "city": place.city,
        "country": place.country,
        "website": company.properties["website"],
        "associatedcompanyid": company.id,
        "hubspot_owner_id": str(owner.owner_id),
    }
