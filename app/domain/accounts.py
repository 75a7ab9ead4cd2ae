"""Accounts, workspaces, granted permissions and what each of them enables."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

AccountId = NewType("AccountId", str)


class Workspace(StrEnum):
    """Where an account lives: HubSpot itself, or the practice world on this computer."""

    LIVE = "live"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """A HubSpot app's client id and secret, as its developer page shows them."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """One HubSpot portal as one user; `scopes` are the granted ones, `portal_zone` is an IANA name."""

    id: AccountId
    workspace: Workspace
    portal_id: int
    portal_name: str
    user_id: str
    email: str
    full_name: str
    ui_domain: str
    portal_zone: str
    scopes: frozenset[str]
    connected_at: datetime


def account_id(workspace: Workspace, portal_id: int, user_id: str) -> AccountId:
    """The id of a portal as one user: the same at every sign-in, so that a reconnect keeps the data."""
    return AccountId(f"{workspace}-{portal_id}-{user_id}")


class Feature(StrEnum):
    """What a rep can do, each behind a set of scopes."""

    LINKS = "links"
    BOOKING = "booking"
    LOGGING = "logging"
    CONTACTS = "contacts"
    OWNERS = "owners"
    COMPANIES = "companies"
    DEALS = "deals"
    TICKETS = "tickets"
    PIN_COMPANIES = "pin_companies"
    PIN_DEALS = "pin_deals"
    FILES = "files"


FEATURE_SCOPES: Final[dict[Feature, tuple[str, ...]]] = {
    Feature.LINKS: ("scheduler.meetings.meeting-link.read",),
    Feature.BOOKING: ("scheduler.meetings.meeting-link.read", "crm.objects.contacts.write"),
    Feature.LOGGING: ("crm.objects.contacts.read", "crm.objects.contacts.write"),
    Feature.CONTACTS: ("crm.objects.contacts.read",),
    Feature.OWNERS: ("crm.objects.owners.read",),
    Feature.COMPANIES: ("crm.objects.companies.read",),
    Feature.DEALS: ("crm.objects.deals.read",),
    Feature.TICKETS: ("tickets",),
    Feature.PIN_COMPANIES: ("crm.objects.companies.read", "crm.objects.companies.write"),
    Feature.PIN_DEALS: ("crm.objects.deals.read", "crm.objects.deals.write"),
    Feature.FILES: ("files",),
}
"""HubSpot's scopes by feature (reference: OAuth scopes of the scheduler and CRM object pages).

Meetings have no scopes of their own: they go by the contacts' ones (6). Pinning writes the record (8), for
which contacts and tickets need nothing beyond LOGGING and TICKETS.
"""

REQUIRED_SCOPES: Final = (
    "oauth",
    "scheduler.meetings.meeting-link.read",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.owners.read",
)
OPTIONAL_SCOPES: Final = (
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "tickets",
    "files",
    "crm.objects.users.read",
    "crm.objects.custom.read",
    "crm.objects.custom.write",
    "crm.schemas.custom.read",
)


def missing_scopes(scopes: frozenset[str], feature: Feature) -> tuple[str, ...]:
    """The scopes that `feature` needs and `scopes` lacks, in the documented order."""
    return tuple(scope for scope in FEATURE_SCOPES[feature] if scope not in scopes)


def is_granted(scopes: frozenset[str], feature: Feature) -> bool:
    """Whether every scope behind `feature` was granted."""
    return not missing_scopes(scopes, feature)
