"""Values of the service to rows of the tables and back."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from app.domain.provider import CallRequest, ProviderLinkId, VideoMeeting, VideoMeetingId, start_text
from app.provider.links import LinkOrigin, LinkState, UserLink
from app.provider.meetings import KeptMeeting

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """A UTC instant as milliseconds since 1970."""
    return (moment - _EPOCH) // _MS


def from_ms(number: int) -> datetime:
    """The UTC instant of milliseconds since 1970."""
    return _EPOCH + number * _MS


def request_key(call: CallRequest) -> str:
    """The same for two requests that ask for the same call, without holding what they ask for."""
    said = json.dumps([call.topic, start_text(call.start), float(call.duration_min)])
    return hashlib.sha256(said.encode()).hexdigest()


def link_values(link: UserLink) -> dict[str, Any]:
    """A link's columns."""
    return {
        "link_id": link.link_id,
        "user_id": link.user_id,
        "company_id": link.company_id,
        "state": link.state.value,
        "origin": link.origin.value,
        "language": link.language,
        "zone": link.zone,
        "room_url": link.room_url,
        "room_password": link.room_password,
        "created_ms": to_ms(link.created),
    }


def read_link(row: Row[Any]) -> UserLink:
    """A link from its row."""
    return UserLink(
        link_id=ProviderLinkId(row.link_id),
        user_id=row.user_id,
        company_id=row.company_id,
        state=LinkState(row.state),
        origin=LinkOrigin(row.origin),
        created=from_ms(row.created_ms),
        language=row.language,
        zone=row.zone,
        room_url=row.room_url,
        room_password=row.room_password,
    )


def call_values(call: CallRequest) -> dict[str, Any]:
    """The columns that an update changes."""
    return {"topic": call.topic, "start_ms": to_ms(call.start), "duration_min": float(call.duration_min)}


def meeting_values(kept: KeptMeeting) -> dict[str, Any]:
    """A living meeting's columns."""
    return {
        **call_values(kept.call),
        "meeting_id": kept.meeting.meeting_id,
        "link_id": kept.link_id,
        "request_key": request_key(kept.call),
        "join_url": kept.meeting.join_url,
        "password": kept.meeting.password,
        "invitation": kept.meeting.invitation,
        "created_ms": to_ms(kept.created),
        "deleted_ms": None,
    }


def read_meeting(row: Row[Any]) -> KeptMeeting:
    """A living meeting from its row."""
    return KeptMeeting(
        link_id=ProviderLinkId(row.link_id),
        meeting=VideoMeeting(
            meeting_id=VideoMeetingId(row.meeting_id),
            join_url=row.join_url,
            invitation=row.invitation,
            password=row.password,
        ),
        call=CallRequest(topic=row.topic, start=from_ms(row.start_ms), duration_min=row.duration_min),
        created=from_ms(row.created_ms),
    )
