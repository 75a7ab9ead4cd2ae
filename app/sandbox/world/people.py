"""The portal and the eight people who host meetings in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Portal:
    """One HubSpot account; `time_zone` is IANA, `currency` an ISO 4217 code, `created_at` a UTC instant."""

    hub_id: int
    name: str
    domain: str
    time_zone: str
    currency: str
    further_currencies: tuple[str, ...]
    ui_domain: str
    data_hosting: str
    account_type: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """An owner's team: its id and the name shown."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """One person of the portal. The four ids come from four number spaces and never stand for each other:

    `user_id` (scheduler, sign-in), `owner_id` (`hubspot_owner_id`), `meetings_user_id` (`meetingsUser.id`)
    and `record_id` (`hs_object_id` of the CRM users object). `zone_name` is IANA; `calendar_provider` is
    EXCHANGE, GOOGLE, OFFICE365 or UNKNOWN; `evenings` says that the calendar also fills after six.
    """

    user_id: int
    owner_id: int
    meetings_user_id: int
    record_id: int
    first_name: str
    last_name: str
    email: str
    zone_name: str
    calendar_provider: str
    team: Team
    evenings: bool = False
    starts_offline: bool = False

    @property
    def full_name(self) -> str:
        """First and last name with a space between."""
        return f"{self.first_name} {self.last_name}"

    @property
    def page(self) -> str:
        """The first part of the slugs of the person's own meeting links."""
        return f"{self.first_name}-{self.last_name}".lower()

    @property
    def zone(self) -> ZoneInfo:
        """The zone the person's weekly hours are meant in."""
        return ZoneInfo(self.zone_name)


PORTAL: Final = Portal(
    hub_id=8412770,
    name="Northwind Sales",
    domain="northwind-sales.example",
    time_zone="Europe/Berlin",
    currency="EUR",
    further_currencies=("USD", "GBP"),
    ui_domain="app-eu1.hubspot.com",
    data_hosting="eu1",
    account_type="STANDARD",
    created_at=datetime(2021, 4, 12, 8, 30, tzinfo=UTC),
)

_SALES: Final = Team(186201, "Sales")
_SOLUTIONS: Final = Team(186202, "Solutions")


def _person(number: int, name: str, zone_name: str, provider: str, team: Team, **flags: bool) -> User:
    first, last = name.split(" ")
    return User(
        user_id=61240300 + 17 * number,
        owner_id=1184700 + 311 * number,
        meetings_user_id=3906100 + 7 * number,
        record_id=207741150400 + 1013 * number,
        first_name=first,
        last_name=last,
        email=f"{first.lower()}.{last.lower()}@{PORTAL.domain}",
        zone_name=zone_name,
        calendar_provider=provider,
        team=team,
        **flags,
    )


USERS: Final = (
    _person(1, "Mei Nelson", "Europe/Berlin", "GOOGLE", _SALES, evenings=True),
    _person(2, "Jonas Weber", "Europe/Berlin", "OFFICE365", _SOLUTIONS),
    _person(3, "Aisha Khan", "Europe/London", "GOOGLE", _SALES),
    _person(4, "Tom Baker", "Europe/London", "UNKNOWN", _SALES, starts_offline=True),
    _person(5, "Carlos Diaz", "America/New_York", "EXCHANGE", _SALES),
    _person(6, "Grace Kim", "America/New_York", "GOOGLE", _SOLUTIONS),
    _person(7, "Priya Raman", "Asia/Kolkata", "OFFICE365", _SOLUTIONS),
    _person(8, "Oliver Hughes", "Australia/Sydney", "GOOGLE", _SALES),
)
MEI, JONAS, AISHA, TOM, CARLOS, GRACE, PRIYA, OLIVER = USERS

HANNA: Final = User(
    user_id=61239877,
    owner_id=1184011,
    meetings_user_id=3905988,
    record_id=207741148374,
    first_name="Hanna",
    last_name="Lund",
    email=f"hanna.lund@{PORTAL.domain}",
    zone_name="Europe/Berlin",
    calendar_provider="GOOGLE",
    team=_SALES,
)
"""Has left the company: an archived owner whom old meetings still name; nobody can be assigned to her."""
