"""A booking from wish to outcome: the request, the receipt, and everything that may come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.links import Slug, UserId
from app.domain.problems import Problem
from app.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What is sent, once.

    `slot.start` is a UTC instant that the link offers; `duration_ms` is the very number the link advertises;
    `answers` and `consents` are (name, value) and (communication type id, ticked) pairs; `zone` is the
    guest's IANA zone.
    """

    slug: Slug
    slot: Slot
    duration_ms: int
    first_name: str
    last_name: str
    email: str
    answers: tuple[tuple[str, str], ...]
    consents: tuple[tuple[str, bool], ...]
    likely_user_ids: tuple[UserId, ...]
    guests: tuple[str, ...]
    zone: str
    locale: str


@dataclass(frozen=True, slots=True)
class BookingReceipt:
    """HubSpot's answer to a booking; an empty `calendar_event_id` means that no meeting was made."""

    calendar_event_id: str
    contact_id: str
    start: datetime
    end: datetime
    subject: str
    is_offline: bool
    guests: tuple[str, ...]
    location: str = ""
    join_url: str = ""


class BookingStage(StrEnum):
    """Where a booking is while the desk is locked."""

    RECHECKING = "rechecking"
    SENDING = "sending"
    VERIFYING = "verifying"


@dataclass(frozen=True, slots=True)
class Booked:
    """The meeting stands in the calendar; `found_later` when it was found after an unknown result."""

    request: BookingRequest
    receipt: BookingReceipt
    found_later: bool = False


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Nothing was booked: the slot is gone; `nearest` are at most three free ones, nearest first."""

    wanted: Slot
    nearest: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class HostOffline:
    """Nothing was booked: HubSpot made only the contact, because the host's calendar is disconnected."""

    contact_id: str
    host_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotBooked:
    """Nothing was booked, for a reason that the form or the connection can mend."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class NotFound:
    """The answer was lost and no meeting could be found; sending again is the rep's decision."""

    request: BookingRequest


@dataclass(frozen=True, slots=True)
class StillUnsure:
    """The answer was lost and the look-up failed too; it can be repeated without sending again."""

    request: BookingRequest
    problem: Problem


BookingOutcome = Booked | SlotTaken | HostOffline | NotBooked | NotFound | StillUnsure
