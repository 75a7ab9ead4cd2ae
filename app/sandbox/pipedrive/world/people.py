"""Persons and organizations: the contacts of the HubSpot world by their addresses, and curious ones."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.sandbox.pipedrive.activity_body import LOCATION
from app.sandbox.pipedrive.company import Company, Record, instant

_PHONE_FIELD: Final = "9b1c5e7a4d20f3886e15c7ab90d4f2e6137a8c05"


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody who is a contact elsewhere too."""

    first_name: str
    last_name: str
    email: str
    phone: str
    organization: str
    city: str


CURIOUS_PERSONS: Final = (
    ("<script>alert('x')</script>", "O'Brien & <b>Söhne</b>", "html@curious.example"),
    ("ליאורה", "בן־דוד", "liora@curious.example"),
    ("محمد", "العبد الله", "mohammed@curious.example"),
    ("A" * 200, "very long name " * 12, "long@curious.example"),
    ("👩‍🚀 Zoë", "\u202eevil\u202c", "emoji+tag@curious.example"),
    ("", "Mononym", "no.first@curious.example"),
    ("Nobody", "Without Address", ""),
    ("Two", "Homes", "two.homes@curious.example"),
    ("Two", "Homes", "two.homes@curious.example"),
)
CURIOUS_ORGANIZATIONS: Final = (
    "<img src=x onerror=alert(1)> GmbH",
    "شركة الأفق للتجارة",
    "An organization whose name " + "goes on and on " * 15,
    '"Quotes", \\backslashes\\ & ampersands; DROP TABLE',
    "株式会社サンプル",
)


def add_people(company: Company, known: Iterable[Acquaintance], dice: random.Random) -> None:
    """Fill a company's persons and organizations."""
    organizations: dict[str, int] = {}
    for name in CURIOUS_ORGANIZATIONS:
        _organization(company, dice, name, None)
    for one in known:
        if one.organization and one.organization not in organizations:
            row = _organization(company, dice, one.organization, one.city)
            organizations[one.organization] = row["id"]
        _person(company, dice, one, organizations.get(one.organization))
    for first, last, email in CURIOUS_PERSONS:
        _person(company, dice, Acquaintance(first, last, email, "", "", ""), None)


def _organization(company: Company, dice: random.Random, name: str, city: str | None) -> Record:
    return company.organizations.add(
        {
            "name": name,
            "owner_id": dice.choice(company.users).user_id,
            **_times(company, dice),
            "is_deleted": False,
            "visible_to": 3,
            "address": None if city is None else dict.fromkeys(LOCATION) | {"value": city, "locality": city},
            "label_ids": [],
            "website": None,
            "linkedin": None,
            "industry": None,
            "annual_revenue": None,
            "employee_count": dice.choice((None, 12, 140)),
            "custom_fields": {},
        }
    )


def _person(company: Company, dice: random.Random, one: Acquaintance, organization: int | None) -> Record:
    emails = [{"value": one.email, "primary": True, "label": "work"}] if one.email else []
    return company.persons.add(
        {
            "name": f"{one.first_name} {one.last_name}".strip(),
            "first_name": one.first_name or None,
            "last_name": one.last_name,
            "owner_id": dice.choice(company.users).user_id,
            "org_id": organization,
            **_times(company, dice),
            "emails": emails,
            "phones": [{"value": one.phone, "primary": True, "label": "work"}] if one.phone else [],
            "is_deleted": False,
            "visible_to": 3,
            "label_ids": [],
            "picture_id": None,
            "custom_fields": {_PHONE_FIELD: dice.choice((None, "prefers the phone"))},
        }
    )


def _times(company: Company, dice: random.Random) -> Record:
    made = company.clock() - timedelta(days=dice.randrange(40, 600), minutes=dice.randrange(1440))
    return {"add_time": instant(made), "update_time": instant(made + timedelta(days=dice.randrange(30)))}
