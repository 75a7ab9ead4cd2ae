"""Names to people the CRM with: first and last names, companies, trades, cities and what companies buy."""

import unicodedata
from dataclasses import dataclass
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES: Final = _words(
    "Amara Anton Beatriz Bilal Chiara Daniel Diego Elena Emeka Fatima Felix Freya Gabriel Hana Hugo Ines "
    "Ivan Jamal Jana Joon Julia Kenji Kofi Lara Leon Lucía Malik Maren Mateo Mina Nadia Nils Noor Olga "
    "Omar Paula Pekka Quentin Rafael Renée Rosa Samuel Sanne Selma Tariq Teresa Thandi Ulla Viktor Wanda "
    "Xenia Yara Yusuf Zoë"
)
LAST_NAMES: Final = _words(
    "Abara Acosta Ahlgren Bauer Bianchi Brandt Castro Chen Costa Dahl Demir Dubois Eriksen Farah Ferrari "
    "Fuchs García Grant Haddad Hansen Hoang Ibrahim Ivanova Jansen Jensen Kaya Kowalski Larsen Lindqvist "
    "Lopez Mbeki Meyer Mori Murphy Müller Nakamura Nguyen Novak Nowak Obi Oduya O'Brien Park Petrov Quist "
    "Reyes Rossi Sato Schulz Sharma Singh Sørensen Suzuki Tanaka Torres Ueda Vargas Virtanen Wójcik Weiss "
    "Yamada Yilmaz Zhang Zimmermann"
)
JOB_TITLES: Final = (
    "Head of Operations",
    "Managing Director",
    "IT Manager",
    "Sales Lead",
    "Marketing Manager",
    "Head of Procurement",
    "Product Owner",
    "Chief Financial Officer",
    "Customer Success Lead",
    "Office Manager",
)
FEATURED_COMPANIES: Final = (
    "Northwind",
    "Fabrikam",
    "Contoso",
    "Adventure Works",
    "Wingtip",
    "Proseware",
    "Litware",
    "Tailspin",
)
_COMPANY_HEADS: Final = _words(
    "Alder Amber Birch Cedar Cobalt Copper Coral Delta Elm Falcon Granite Harbour Heron Juniper Kestrel "
    "Linden"
)
_COMPANY_TAILS: Final = ("Logistics", "Foods", "Software", "Medical", "Energy", "Textiles", "Travel")
INDUSTRIES: Final = (
    "LOGISTICS_AND_SUPPLY_CHAIN",
    "FOOD_BEVERAGES",
    "COMPUTER_SOFTWARE",
    "MEDICAL_DEVICES",
    "RENEWABLES_ENVIRONMENT",
    "TEXTILES",
    "LEISURE_TRAVEL_TOURISM",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A city, its country, its IANA zone and the start of its phone numbers."""

    city: str
    country: str
    zone_name: str
    dialling: str


PLACES: Final = (
    Place("New York", "United States", "America/New_York", "+1 212 555 01"),
    Place("Berlin", "Germany", "Europe/Berlin", "+49 30 5550 01"),
    Place("London", "United Kingdom", "Europe/London", "+44 20 7946 01"),
    Place("Chicago", "United States", "America/Chicago", "+1 312 555 01"),
    Place("São Paulo", "Brazil", "America/Sao_Paulo", "+55 11 5550 01"),
    Place("Bengaluru", "India", "Asia/Kolkata", "+91 80 5550 01"),
    Place("Sydney", "Australia", "Australia/Sydney", "+61 2 5550 01"),
    Place("San Francisco", "United States", "America/Los_Angeles", "+1 415 555 01"),
    Place("Adelaide", "Australia", "Australia/Adelaide", "+61 8 5550 01"),
    Place("Auckland", "New Zealand", "Pacific/Auckland", "+64 9 555 01"),
    Place("Santiago", "Chile", "America/Santiago", "+56 2 5550 01"),
    Place("Boston", "United States", "America/New_York", "+1 617 555 01"),
)


def company_names(count: int) -> list[str]:
    """Return that many different company names, the featured ones first."""
    pairs = [f"{head} {tail}" for tail in _COMPANY_TAILS for head in _COMPANY_HEADS]
    names = [*FEATURED_COMPANIES, *pairs]
    rounds = -(-count // len(names))
    return [name if turn == 0 else f"{name} {turn + 1}" for turn in range(rounds) for name in names][:count]


def address_part(text: str) -> str:
    """Return a name as it appears in an e-mail address or domain: plain lower-case letters and digits."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalnum())


def zone_slug(zone_name: str) -> str:
    """Return an IANA zone in the form contact properties hold it: `america_slash_new_york`."""
    return zone_name.lower().replace("/", "_slash_").replace("-", "_hyphen_")
