"""What Pipedrive and a video-call provider tell each other: a call to be made, and the room made for it.

Follows reference/pipedrive.md 8.3.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

ProviderLinkId = NewType("ProviderLinkId", str)
"""The `user_provider_id`: a UUID in small letters, one per linked user; Pipedrive's `:linkId`."""
VideoMeetingId = NewType("VideoMeetingId", str)
"""Our id of a video meeting, URL-safe; Pipedrive's `:meetingId`."""

MOST_TOPIC_LETTERS: Final = 500
MOST_DURATION_MIN: Final = 366 * 24 * 60
_START: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2})")
_JOINER: Final = "\u200d"
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class BodyFault(StrEnum):
    """Why a field of a request cannot be used."""

    NOT_AN_OBJECT = "not_an_object"
    MISSING = "missing"
    NOT_TEXT = "not_text"
    BLANK = "blank"
    NOT_A_START = "not_a_start"
    NOT_A_NUMBER = "not_a_number"
    NOT_POSITIVE = "not_positive"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One unusable field of a request; `field` is empty when the body itself is."""

    field: str
    fault: BodyFault


@dataclass(frozen=True, slots=True)
class CallRequest:
    """The body of postMeeting and patchUpdateMeeting: `start` is a UTC instant, `duration_min` minutes."""

    topic: str
    start: datetime
    duration_min: float

    @property
    def end(self) -> datetime:
        """The UTC instant at which the call ends."""
        return self.start + timedelta(minutes=self.duration_min)


@dataclass(frozen=True, slots=True)
class VideoMeeting:
    """The answer to postMeeting; `invitation` is the text shown with the call."""

    meeting_id: VideoMeetingId
    join_url: str
    invitation: str
    password: str | None = None


def read_link_id(text: str) -> ProviderLinkId | None:
    """The link id in a text, in small letters; None when the text is no UUID."""
    small = text.lower()
    return ProviderLinkId(small) if _UUID.fullmatch(small) else None


def start_text(start: datetime) -> str:
    """A UTC instant as Pipedrive writes it, `YYYY-MM-DD HH:mm`; seconds are dropped."""
    return f"{start.astimezone(UTC):%Y-%m-%d %H:%M}".rjust(16, "0")


def read_start(text: str) -> datetime | None:
    """The UTC instant in `YYYY-MM-DD HH:mm`; None for any other text and for no such time."""
    found = _START.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def read_call(body: object) -> CallRequest | tuple[FieldFault, ...]:
    """The call that a decoded JSON body asks for, or everything wrong with it; extra fields are let pass."""
    if not isinstance(body, Mapping):
        return (FieldFault("", BodyFault.NOT_AN_OBJECT),)
    topic, start, duration = (_topic(body), _start(body), _duration(body))
    fields = {"topic": topic, "start_time": start, "duration": duration}
    faults = tuple(FieldFault(name, read) for name, read in fields.items() if isinstance(read, BodyFault))
    if isinstance(topic, BodyFault) or isinstance(start, BodyFault) or isinstance(duration, BodyFault):
        return faults
    if start > datetime.max.replace(tzinfo=UTC) - timedelta(minutes=duration, days=1):
        return (FieldFault("start_time", BodyFault.NOT_A_START),)
    return CallRequest(topic=topic, start=start, duration_min=duration)


def _topic(body: Mapping[object, object]) -> str | BodyFault:
    value = body.get("topic")
    if value is None:
        return BodyFault.MISSING
    if not isinstance(value, str):
        return BodyFault.NOT_TEXT
    # Line breaks, control letters and halves of surrogate pairs: databases refuse some of them.
    kept = "".join(letter if letter.isprintable() or letter == _JOINER else " " for letter in value)
    return " ".join(kept.split())[:MOST_TOPIC_LETTERS].rstrip() or BodyFault.BLANK


def _start(body: Mapping[object, object]) -> datetime | BodyFault:
    value = body.get("start_time")
    if value is None:
        return BodyFault.MISSING
    if not isinstance(value, str):
        return BodyFault.NOT_TEXT
    return read_start(value) or BodyFault.NOT_A_START


def _duration(body: Mapping[object, object]) -> float | BodyFault:
    value = body.get("duration")
    if value is None:
        return BodyFault.MISSING
    if isinstance(value, bool) or not isinstance(value, int | float):
        return BodyFault.NOT_A_NUMBER
    # Whole numbers are always finite, and may be too long to become a float.
    if isinstance(value, float) and not math.isfinite(value):
        return BodyFault.NOT_A_NUMBER
    if value <= 0:
        return BodyFault.NOT_POSITIVE
    return BodyFault.TOO_LONG if value > MOST_DURATION_MIN else value
