"""Booking info and availability as HubSpot would send them."""

from datetime import UTC, datetime, timedelta

from app.domain.links import Slug

BOOK = "/scheduler/2026-03/meetings/meeting-links/book"
SLUG = Slug("team/demo")
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
HALF = timedelta(minutes=30)


def ms(instant: datetime) -> int:
    """Epoch milliseconds."""
    return int(instant.timestamp() * 1000)


def field(
    name: str, field_type: str = "text", data_type: str = "string", **parts: object
) -> dict[str, object]:
    return {"name": name, "label": name.title(), "type": data_type, "fieldType": field_type, **parts}


def member(user_id: str, *, is_offline: bool = False, busy: object = (), **profile: str) -> dict[str, object]:
    return {
        "isOffline": is_offline,
        "busyTimes": busy,
        "meetingsUser": {
            "id": "9" + user_id,
            "userId": user_id,
            "calendarProvider": "GOOGLE",
            "isSalesStarter": False,
            "userProfile": {"email": f"u{user_id}@north.test", **profile},
        },
    }


def info(**params: object) -> dict[str, object]:
    return {
        "linkId": "1",
        "linkType": "GROUP_CALENDAR",
        "isOffline": False,
        "customParams": {
            "availability": {"monday": {"start": 540, "end": 1020}},
            "durations": [1_800_000, 900_000, 1_800_000, 0],
            "startTimeIncrementMinutes": "FORTY_FIVE",
            "meetingBufferTime": 300_000,
            "formFields": [],
            "legalConsentEnabled": False,
            "weeksToAdvertise": 4,
            **params,
        },
        "allUsersBusyTimes": [],
    }
