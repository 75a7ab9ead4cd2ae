"""Calendar events without a link: what they write, and every refusal."""

from datetime import timedelta
from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.sandbox.instants import epoch_ms, from_epoch_ms, property_instant
from app.sandbox.world.people import AISHA, JONAS, MEI, TOM
from tests.sandbox.scheduler.conftest import READ, VERSIONS, Scheduler, refused
from tests.sandbox.scheduler.field_tables import CALENDAR_EVENT

TYPES = {CONTACT: 200, COMPANY: 188, DEAL: 212, TICKET: 226}


def event(scheduler: Scheduler, **properties: Any) -> dict[str, Any]:
    start = from_epoch_ms(scheduler.starts(scheduler.link("Training"), 1)[0])
    return {
        "properties": {
            "hs_meeting_title": "Plain meeting",
            "hs_meeting_start_time": property_instant(start),
            "hs_meeting_end_time": property_instant(start + timedelta(minutes=30)),
            "hs_timestamp": property_instant(start),
            "hs_meeting_outcome": "SCHEDULED",
            "hubspot_owner_id": str(MEI.owner_id),
            **properties,
        },
        "associations": [],
        "emailReminderSchedule": {"reminders": [], "shouldIncludeInviteDescription": False},
        "timezone": "Europe/Berlin",
    }


def send(scheduler: Scheduler, body: Any, organizer: Any = MEI.user_id) -> Any:
    return scheduler.post("calendar", body, organizerUserId=organizer)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_reply_has_the_documented_fields(scheduler: Scheduler, version: str) -> None:
    scheduler.version = version
    body = event(scheduler)
    reply = send(scheduler, body)
    assert reply.status_code == 200
    CALENDAR_EVENT(reply.json())
    assert body["properties"].items() <= reply.json()["properties"].items()


def test_the_optional_properties_come_back_lists_as_lists(scheduler: Scheduler) -> None:
    body = event(
        scheduler,
        hs_meeting_body="<p>Hello</p>",
        hs_internal_meeting_notes="quiet",
        hs_meeting_location="Hall 4",
        hs_meeting_location_type="ADDRESS",
        hs_activity_type="Discovery call",
        hs_attachment_ids=["11", "12"],
        hs_attendee_owner_ids=[str(JONAS.owner_id)],
    )
    reminder = {"numberOfTimeUnits": 1, "timeUnit": "HOURS"}
    body["emailReminderSchedule"] = {"reminders": [reminder], "shouldIncludeInviteDescription": True}
    made = send(scheduler, body).json()
    CALENDAR_EVENT(made)
    assert made["properties"]["hs_attachment_ids"] == ["11", "12"]
    assert made["properties"]["hs_include_description_in_reminder"] == "true"
    meeting = scheduler.world.store.get(MEETING, made["id"])
    assert meeting is not None
    assert meeting.properties["hs_attachment_ids"] == "11;12"
    assert meeting.properties["hs_unique_id"] == made["properties"]["hs_unique_id"]
    assert meeting.properties["hs_meeting_location"] == "Hall 4"


def test_the_organizer_and_the_attendees_become_busy(scheduler: Scheduler) -> None:
    start = scheduler.starts(scheduler.link("Training"), 1)[0]
    scheduler.world.free_all()
    body = event(scheduler, hs_attendee_owner_ids=[str(JONAS.owner_id)])
    body["properties"]["hs_meeting_start_time"] = start
    body["properties"]["hs_meeting_end_time"] = start + 1_800_000
    assert send(scheduler, body).status_code == 200
    for user in (MEI, JONAS):
        assert scheduler.world.busy(user.user_id, start, start + 1) == [(start, start + 1_800_000)]
    assert scheduler.world.busy(AISHA.user_id, start, start + 1) == []
    assert start not in scheduler.starts(scheduler.link("Training"), 1)


@pytest.mark.parametrize("type_id", list(TYPES))
def test_records_are_associated_in_both_directions(scheduler: Scheduler, type_id: str) -> None:
    store = scheduler.world.store
    record = next(iter(store.all(type_id)))
    body = event(scheduler)
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TYPES[type_id]}
    body["associations"] = [{"to": {"id": record.id}, "types": [spec]}]
    made = send(scheduler, body).json()
    assert store.associated(MEETING, made["id"], type_id) == [record.id]
    assert made["id"] in store.associated(type_id, record.id, MEETING)


@pytest.mark.parametrize("organizer", ["", "Mei", MEI.owner_id, MEI.meetings_user_id, TOM.user_id, "1.5"])
def test_the_organizer_must_be_a_user_with_a_calendar(scheduler: Scheduler, organizer: Any) -> None:
    reply = send(scheduler, event(scheduler), organizer)
    unknown = organizer in (MEI.owner_id, MEI.meetings_user_id)
    refused(reply, *((404, "OBJECT_NOT_FOUND") if unknown else (400, "VALIDATION_ERROR")))


def test_the_organizer_is_required(scheduler: Scheduler) -> None:
    refused(scheduler.post("calendar", event(scheduler)))


@pytest.mark.parametrize("name", ["properties", "associations", "emailReminderSchedule", "timezone"])
def test_each_part_is_required(scheduler: Scheduler, name: str) -> None:
    body = event(scheduler)
    del body[name]
    assert name in refused(send(scheduler, body))["message"]


@pytest.mark.parametrize(
    "name",
    [
        "hs_meeting_title",
        "hs_meeting_start_time",
        "hs_meeting_end_time",
        "hs_timestamp",
        "hs_meeting_outcome",
        "hubspot_owner_id",
    ],
)
def test_each_required_property(scheduler: Scheduler, name: str) -> None:
    body = event(scheduler)
    del body["properties"][name]
    assert name in refused(send(scheduler, body))["message"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hs_meeting_title", " "),
        ("hs_meeting_title", 1),
        ("hs_meeting_start_time", "soon"),
        ("hs_meeting_end_time", "2020-01-01T00:00:00Z"),
        ("hs_timestamp", []),
        ("hs_meeting_outcome", "CANCELLED"),
        ("hubspot_owner_id", str(MEI.user_id)),
        ("hubspot_owner_id", MEI.owner_id),
        ("hubspot_owner_id", "٣"),
        ("hubspot_owner_id", "9" * 40),
        ("hs_meeting_location_type", "ROOM"),
        ("hs_activity_type", "Chat"),
        ("hs_meeting_body", 1),
        ("hs_attachment_ids", "11;12"),
        ("hs_attachment_ids", [11]),
        ("hs_attendee_owner_ids", [str(JONAS.user_id)]),
        ("hs_unique_id", "mine"),
        ("nonsense", "x"),
    ],
)
def test_a_property_that_will_not_do(scheduler: Scheduler, name: str, value: Any) -> None:
    meetings = scheduler.world.store.count(MEETING)
    refused(send(scheduler, event(scheduler, **{name: value})))
    assert scheduler.world.store.count(MEETING) == meetings


SPEC = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}


@pytest.mark.parametrize(
    "associations",
    [
        "x",
        {},
        [1],
        [{}],
        [{"to": {}, "types": [SPEC]}],
        [{"to": {"id": "1"}, "types": [SPEC]}],
        [{"to": {"id": True}, "types": [SPEC]}],
        [{"to": 7, "types": [SPEC]}],
        [{"to": {"id": "7"}, "types": SPEC}],
        [{"to": {"id": "7"}, "types": [{**SPEC, "associationTypeId": 206}]}],
        [{"to": {"id": "7"}, "types": [{**SPEC, "associationTypeId": "200"}]}],
        [{"to": {"id": "7"}, "types": [{**SPEC, "associationCategory": "MINE"}]}],
    ],
)
def test_an_association_that_will_not_do(scheduler: Scheduler, associations: Any) -> None:
    meetings = scheduler.world.store.count(MEETING)
    refused(send(scheduler, {**event(scheduler), "associations": associations}))
    assert scheduler.world.store.count(MEETING) == meetings


def test_an_archived_record_cannot_be_associated(scheduler: Scheduler) -> None:
    record = next(iter(scheduler.world.store.all(CONTACT)))
    scheduler.world.store.archive(record)
    refused(
        send(scheduler, {**event(scheduler), "associations": [{"to": {"id": record.id}, "types": [SPEC]}]})
    )


@pytest.mark.parametrize(
    "schedule",
    [
        "x",
        {},
        {"reminders": []},
        {"reminders": 1, "shouldIncludeInviteDescription": True},
        {"reminders": [], "shouldIncludeInviteDescription": "no"},
        {"reminders": [{}], "shouldIncludeInviteDescription": True},
        {
            "reminders": [{"numberOfTimeUnits": 1, "timeUnit": "YEARS"}],
            "shouldIncludeInviteDescription": True,
        },
        {
            "reminders": [{"numberOfTimeUnits": -1, "timeUnit": "DAYS"}],
            "shouldIncludeInviteDescription": True,
        },
        {
            "reminders": [{"numberOfTimeUnits": "1", "timeUnit": "DAYS"}],
            "shouldIncludeInviteDescription": True,
        },
    ],
)
def test_a_reminder_schedule_that_will_not_do(scheduler: Scheduler, schedule: Any) -> None:
    refused(send(scheduler, {**event(scheduler), "emailReminderSchedule": schedule}))


@pytest.mark.parametrize("body", [[], "x", None, 1])
def test_a_body_that_is_no_object(scheduler: Scheduler, body: Any) -> None:
    refused(send(scheduler, body))


def test_a_wrong_zone(scheduler: Scheduler) -> None:
    refused(send(scheduler, {**event(scheduler), "timezone": "Mars/Olympus"}))


def test_a_write_scope_is_needed(scheduler: Scheduler) -> None:
    body = event(scheduler)
    scheduler.bearer.scopes = {READ}
    refused(send(scheduler, body), 403, "MISSING_SCOPES")


def test_a_meeting_of_the_past_may_be_put_into_the_calendar(scheduler: Scheduler) -> None:
    yesterday = scheduler.world.now() - timedelta(days=1)
    body = event(
        scheduler,
        hs_meeting_start_time=epoch_ms(yesterday),
        hs_meeting_end_time=epoch_ms(yesterday) + 60_000,
        hs_timestamp=epoch_ms(yesterday),
    )
    assert send(scheduler, body).status_code == 200
