"""What a calendar event asks for: the body of POST `/meetings/calendar`, read and typed (5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.sandbox.crm.association_types import CATEGORIES
from app.sandbox.crm.object_types import MEETING
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.errors import validation_error
from app.sandbox.hubspot.scheduler import shapes
from app.sandbox.hubspot.scheduler.parameters import zone_named
from app.sandbox.wire import record_reference
from app.sandbox.world import World
from app.sandbox.world.people import User

_REQUIRED: Final = ("properties", "associations", "emailReminderSchedule", "timezone")
_REQUIRED_PROPERTIES: Final = (
    "hs_meeting_title",
    "hs_meeting_start_time",
    "hs_meeting_end_time",
    "hs_timestamp",
    "hs_meeting_outcome",
    "hubspot_owner_id",
)
TEXT_PROPERTIES: Final = (
    "hs_meeting_body",
    "hs_internal_meeting_notes",
    "hs_meeting_location",
    "hs_meeting_location_type",
    "hs_activity_type",
)
LIST_PROPERTIES: Final = ("hs_attachment_ids", "hs_attendee_owner_ids")
_CHOSEN: Final = ("hs_meeting_outcome", "hs_meeting_location_type", "hs_activity_type")
_TIME_UNITS: Final = frozenset({"DAYS", "HOURS", "MINUTES", "WEEKS"})
_MOST_UNITS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Link:
    """One association of the new meeting: the other record and the type in the direction from the meeting."""

    type_id: str
    record_id: str
    category: str
    association_type: int


@dataclass(frozen=True, slots=True)
class CalendarRequest:
    """One event to be made: instants are aware UTC, `texts` and `lists` the optional properties given."""

    title: str
    start: datetime
    end: datetime
    timestamp: datetime
    outcome: str
    owner: User
    texts: Mapping[str, str]
    lists: Mapping[str, list[str]]
    attendees: tuple[User, ...]
    links: tuple[Link, ...]
    describes_in_reminder: bool


def read_calendar_event(world: World, body: dict[str, Any]) -> CalendarRequest:
    """Read and check the body against the portal; HubSpotError 400 for the first fault."""
    shapes.require(body, _REQUIRED)
    zone_named(shapes.text(body["timezone"], "timezone"))
    values = shapes.mapping(body["properties"], "properties")
    shapes.require(values, _REQUIRED_PROPERTIES, inside="properties.")
    _refuse_unknown(values)
    start, end, timestamp = (
        shapes.instant(values[name], name)
        for name in ("hs_meeting_start_time", "hs_meeting_end_time", "hs_timestamp")
    )
    if end <= start:
        raise validation_error("hs_meeting_end_time must be after hs_meeting_start_time.")
    title = shapes.text(values["hs_meeting_title"], "hs_meeting_title").strip()
    if not title:
        raise validation_error("hs_meeting_title must not be empty.")
    given = {
        name: shapes.text(values[name], name) for name in TEXT_PROPERTIES if values.get(name) is not None
    }
    outcome = shapes.text(values["hs_meeting_outcome"], "hs_meeting_outcome")
    for name, value in {**given, "hs_meeting_outcome": outcome}.items():
        if name in _CHOSEN:
            _one_of(value, _options(name), name)
    lists = {name: shapes.texts(values, name) for name in LIST_PROPERTIES if values.get(name) is not None}
    return CalendarRequest(
        title=title,
        start=start,
        end=end,
        timestamp=timestamp,
        outcome=outcome,
        owner=_owner(world, values["hubspot_owner_id"], "hubspot_owner_id"),
        texts=given,
        lists=lists,
        attendees=tuple(
            _owner(world, number, "hs_attendee_owner_ids")
            for number in lists.get("hs_attendee_owner_ids", ())
        ),
        links=tuple(link for item in shapes.objects(body, "associations") for link in _links(world, item)),
        describes_in_reminder=_reminders(
            shapes.mapping(body["emailReminderSchedule"], "emailReminderSchedule")
        ),
    )


def _refuse_unknown(values: Mapping[str, Any]) -> None:
    known = {*_REQUIRED_PROPERTIES, *TEXT_PROPERTIES, *LIST_PROPERTIES}
    unknown = sorted(set(values) - known)
    if unknown:
        raise validation_error(
            f"Property values were not valid: {', '.join(unknown)} cannot be set.",
            context={"invalidPropertyName": unknown},
        )


def _options(name: str) -> frozenset[str]:
    return frozenset(option.value for option in DEFINITIONS[MEETING][name].options)


def _one_of(value: str, choices: frozenset[str], name: str) -> str:
    if value not in choices:
        raise validation_error(
            f"{value} was not one of the allowed options of {name}: {', '.join(sorted(choices))}.",
            context={"field": [name], "value": [value]},
        )
    return value


def _owner(world: World, value: Any, name: str) -> User:
    number = shapes.text(value, name)
    owner = world.owner(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
    if owner is None:
        raise validation_error(
            f"{number} is not the id of an owner.", context={"field": [name], "value": [number]}
        )
    return owner


def _links(world: World, item: dict[str, Any]) -> list[Link]:
    shapes.require(item, ("to", "types"), inside="associations.")
    record_id = record_reference(item["to"], "associations.to")
    return [_link(world, record_id, spec) for spec in shapes.objects(item, "types")]


def _link(world: World, record_id: str, spec: dict[str, Any]) -> Link:
    shapes.require(spec, ("associationCategory", "associationTypeId"), inside="associations.types.")
    category = _one_of(
        shapes.text(spec["associationCategory"], "associationCategory"), CATEGORIES, "associationCategory"
    )
    number = shapes.whole(spec["associationTypeId"], "associationTypeId")
    found = world.store.associations.types.target(MEETING, category, number)
    if found is None:
        raise validation_error(f"No association type {number} of category {category} leads from a meeting.")
    type_id, _ = found
    record = world.store.get(type_id, record_id)
    if record is None or record.archived:
        raise validation_error(f"No record {record_id} of type {type_id} exists.")
    return Link(type_id, record_id, category, number)


def _reminders(schedule: dict[str, Any]) -> bool:
    shapes.require(schedule, ("reminders", "shouldIncludeInviteDescription"), inside="emailReminderSchedule.")
    for reminder in shapes.objects(schedule, "reminders"):
        shapes.require(reminder, ("numberOfTimeUnits", "timeUnit"), inside="reminders.")
        count = shapes.whole(reminder["numberOfTimeUnits"], "numberOfTimeUnits")
        if not 0 <= count <= _MOST_UNITS:
            raise validation_error(f"numberOfTimeUnits must be between 0 and {_MOST_UNITS}.")
        _one_of(shapes.text(reminder["timeUnit"], "timeUnit"), _TIME_UNITS, "timeUnit")
    return shapes.flag(schedule["shouldIncludeInviteDescription"], "shouldIncludeInviteDescription")
