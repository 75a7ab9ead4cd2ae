"""Calendar events without a meeting link."""

from datetime import UTC, datetime, timedelta

import pytest

from app.api.errors import BadReply
from app.api.hubspot.calendar_events import CalendarEvent, CalendarEventsClient
from app.api.hubspot.object_payloads import Association, AssociationType
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

START = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def test_a_calendar_event_without_a_link() -> None:
    event = CalendarEvent(
        organizer_user_id="2215340",
        owner_id="4401",
        title="Follow-up",
        start=START,
        end=START + timedelta(minutes=30),
        timezone="Europe/Paris",
        location="Room 1",
        location_type="ADDRESS",
        attachment_ids=("1", "2"),
        associations=(Association("70124", 200, labels=(AssociationType(7, "USER_DEFINED"),)),),
        reminders=((15, "MINUTES"),),
    )
    reply, seen = use(CalendarEventsClient, lambda client: client.create(event), replied("calendar_event"))
    assert target_of(seen[0]) == "/scheduler/2026-03/meetings/calendar?organizerUserId=2215340"
    body = json_of(seen[0])
    assert body["properties"] == {
        "hs_meeting_title": "Follow-up",
        "hs_meeting_start_time": "2026-11-24T17:30:00.000Z",
        "hs_meeting_end_time": "2026-11-24T18:00:00.000Z",
        "hs_timestamp": "2026-11-24T17:30:00.000Z",
        "hs_meeting_outcome": "SCHEDULED",
        "hubspot_owner_id": "4401",
        "hs_meeting_location": "Room 1",
        "hs_meeting_location_type": "ADDRESS",
        "hs_attachment_ids": ["1", "2"],
    }
    assert body["associations"] == [
        {
            "to": {"id": "70124"},
            "types": [
                {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200},
                {"associationCategory": "USER_DEFINED", "associationTypeId": 7},
            ],
        }
    ]
    assert body["emailReminderSchedule"] == {
        "reminders": [{"numberOfTimeUnits": 15, "timeUnit": "MINUTES"}],
        "shouldIncludeInviteDescription": False,
    }
    assert body["timezone"] == "Europe/Paris"
    assert (reply.id, reply.properties.hs_unique_id) == ("66001", "cal-1")
    assert (reply.starts_at, reply.ends_at) == (START, START + timedelta(minutes=30))


def test_a_calendar_event_is_never_sent_twice() -> None:
    event = CalendarEvent(
        organizer_user_id="1", owner_id="2", title="t", start=START, end=START, timezone="UTC"
    )

    async def work(client: CalendarEventsClient) -> None:
        with pytest.raises(BadReply):
            await client.create(event)

    _, seen = use(CalendarEventsClient, work, answer(200, b"{}"))
    assert len(seen) == 1
