"""CRM records that a booking touches: contacts, companies, deals, owners and engagements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

ContactId = NewType("ContactId", str)
OwnerId = NewType("OwnerId", str)


@dataclass(frozen=True, slots=True)
class Contact:
    """A CRM contact; `zone` is its IANA name where known, `properties` all values that were read."""

    id: ContactId
    first_name: str
    last_name: str
    email: str
    company: str = ""
    phone: str = ""
    zone: str | None = None
    owner_id: OwnerId | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """First and last name, or the e-mail address where both are empty."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


@dataclass(frozen=True, slots=True)
class Company:
    """A CRM company."""

    id: str
    name: str
    domain: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    """A CRM deal; `stage` is HubSpot's stage id."""

    id: str
    name: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """A CRM owner; `user_id` is what the scheduler calls a user (a different number than `id`)."""

    id: OwnerId
    user_id: str | None
    email: str
    full_name: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class MeetingEngagement:
    """A logged or booked meeting in the CRM; start and end are UTC instants."""

    id: str
    title: str
    start: datetime | None
    end: datetime | None
    outcome: str = ""
    owner_id: OwnerId | None = None
    location: str = ""
    join_url: str = ""
