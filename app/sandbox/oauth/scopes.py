"""The scopes an app can ask for, in HubSpot's names and in words for the consent page."""

from typing import Final

# The order is part of a refresh token: only ever append.
SCOPE_WORDS: Final[dict[str, str]] = {
    "oauth": "See basic details of your account",
    "scheduler.meetings.meeting-link.read": "Read your meeting links and when you are free",
    "crm.objects.contacts.read": "Read contacts and meetings",
    "crm.objects.contacts.write": "Book meetings, create and change contacts",
    "crm.objects.owners.read": "See who owns records",
    "crm.objects.companies.read": "Read companies",
    "crm.objects.companies.write": "Create and change companies",
    "crm.objects.deals.read": "Read deals",
    "crm.objects.deals.write": "Create and change deals",
    "tickets": "Read, create and change tickets",
    "files": "Read, add and delete files",
    "crm.objects.users.read": "See users, their time zones and working hours",
    "meetings-write": "Create and change meetings",
    "files.read": "Read files",
    "files.write": "Add and delete files",
    "files.ui_hidden.read": "Read hidden files",
    "files.ui_hidden.write": "Add and delete hidden files",
    "automation": "See and change workflows",
    "crm.objects.appointments.write": "Create and change appointments",
    "crm.objects.courses.write": "Create and change courses",
    "crm.objects.goals.write": "Create and change goals",
    "crm.objects.line_items.write": "Create and change line items",
    "crm.objects.listings.write": "Create and change listings",
    "crm.objects.products.write": "Create and change products",
    "crm.objects.projects.write": "Create and change projects",
    "crm.objects.services.write": "Create and change services",
    "crm.objects.commercepayments.write": "Create and change payments",
    "crm.objects.contacts.sensitive.write.v2": "Change sensitive data of contacts",
    "crm.objects.contacts.highly_sensitive.write.v2": "Change highly sensitive data of contacts",
    "crm.objects.companies.sensitive.write.v2": "Change sensitive data of companies",
    "crm.objects.companies.highly_sensitive.write.v2": "Change highly sensitive data of companies",
    "crm.objects.deals.sensitive.write.v2": "Change sensitive data of deals",
    "crm.objects.deals.highly_sensitive.write.v2": "Change highly sensitive data of deals",
    "tickets.sensitive.v2": "Read and change sensitive data of tickets",
    "tickets.highly_sensitive.v2": "Read and change highly sensitive data of tickets",
    "crm.objects.appointments.sensitive.write.v2": "Change sensitive data of appointments",
    "crm.objects.projects.sensitive.write": "Change sensitive data of projects",
    "crm.objects.projects.highly_sensitive.write": "Change highly sensitive data of projects",
    "crm.objects.custom.read": "Read records of your own types",
    "crm.objects.custom.write": "Create and change records of your own types",
    "crm.schemas.custom.read": "See which record types are your own",
}

ALL_SCOPES: Final = frozenset(SCOPE_WORDS)
_POSITIONS: Final = {name: position for position, name in enumerate(SCOPE_WORDS)}


def in_order(scopes: frozenset[str]) -> list[str]:
    """Return scopes in the catalogue's order."""
    return [name for name in SCOPE_WORDS if name in scopes]


def mask(scopes: frozenset[str]) -> int:
    """Return scopes as a bit mask; KeyError for one that the catalogue does not have."""
    return sum(1 << _POSITIONS[name] for name in scopes)


def from_mask(bits: int) -> frozenset[str]:
    """Return the scopes of a bit mask; bits without a scope are ignored."""
    return frozenset(name for name, position in _POSITIONS.items() if bits >> position & 1)
