"""Making a calendar event without a meeting link (5.5)."""

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import MEETING
from app.sandbox.crm.store import Record
from app.sandbox.errors import not_found, validation_error
from app.sandbox.hubspot.scheduler.calendar_request import CalendarRequest, read_calendar_event
from app.sandbox.hubspot.scheduler.parameters import world_of
from app.sandbox.hubspot.scheduler.scopes import WRITE_SCOPES
from app.sandbox.instants import object_instant, property_instant
from app.sandbox.wire import read_object, reply, whole_number
from app.sandbox.world import World
from app.sandbox.world.people import User


async def post_calendar_event(request: Request) -> Response:
    """POST `/meetings/calendar?organizerUserId=`: a calendar event of the organizer and its engagement."""
    require_any_scope(request, WRITE_SCOPES)
    body = await read_object(request)
    world = world_of(request)
    with world.lock:
        organizer = _organizer(world, request.query_params.get("organizerUserId"))
        wanted = read_calendar_event(world, body)
        meeting = _make(world, organizer, wanted)
    return reply(_payload(meeting, wanted))


def _organizer(world: World, text: str | None) -> User:
    if not text:
        raise validation_error(
            "Required query parameter 'organizerUserId' is missing.",
            context={"missingParameters": ["organizerUserId"]},
        )
    user = world.user(whole_number(text, "organizerUserId"))
    if user is None:
        raise not_found(f"No user with id {text} exists in this account.")
    if world.is_offline(user.user_id):
        raise validation_error("The organizer has no calendar connected to HubSpot.")
    return user


def _make(world: World, organizer: User, wanted: CalendarRequest) -> Record:
    fact = f"{organizer.user_id}/{wanted.start.isoformat()}/{wanted.title}/{world.assignments.total()}"
    event_id = hashlib.sha256(fact.encode()).hexdigest()[:26]
    meeting = world.store.create(
        MEETING,
        {
            "hs_meeting_title": wanted.title,
            "hs_meeting_start_time": property_instant(wanted.start),
            "hs_meeting_end_time": property_instant(wanted.end),
            "hs_timestamp": property_instant(wanted.timestamp),
            "hs_meeting_outcome": wanted.outcome,
            "hubspot_owner_id": str(wanted.owner.owner_id),
            **wanted.texts,
            **{name: ";".join(values) for name, values in wanted.lists.items()},
            "hs_engagement_source": "MEETINGS",
            "hs_meeting_source": "INTEGRATION",
            "hs_unique_id": event_id,
            "hs_include_description_in_reminder": "true" if wanted.describes_in_reminder else "false",
            "hs_meeting_external_url": f"https://calendar.northwind-sales.example/event/{event_id}",
        },
    )
    for link in wanted.links:
        world.store.associate(
            MEETING,
            meeting.id,
            link.type_id,
            link.record_id,
            category=link.category,
            type_ids=(link.association_type,),
        )
    for user_id in dict.fromkeys((organizer.user_id, *(user.user_id for user in wanted.attendees))):
        world.occupy(user_id, wanted.start, wanted.end)
    world.assignments[organizer.user_id] += 1
    return meeting


def _payload(meeting: Record, wanted: CalendarRequest) -> dict[str, Any]:
    stored = meeting.properties
    return {
        "id": meeting.id,
        "createdAt": object_instant(meeting.created_at),
        "lastUpdatedAt": object_instant(meeting.updated_at),
        "properties": {
            "hs_meeting_title": wanted.title,
            "hs_meeting_start_time": stored["hs_meeting_start_time"],
            "hs_meeting_end_time": stored["hs_meeting_end_time"],
            "hs_timestamp": stored["hs_timestamp"],
            "hs_meeting_outcome": wanted.outcome,
            "hubspot_owner_id": stored["hubspot_owner_id"],
            **wanted.texts,
            **wanted.lists,
            "hs_engagement_source": "MEETINGS",
            "hs_engagement_source_id": "",
            "hs_unique_id": stored["hs_unique_id"],
            "hs_meeting_external_url": stored["hs_meeting_external_url"],
            "hs_include_description_in_reminder": stored["hs_include_description_in_reminder"],
        },
    }
