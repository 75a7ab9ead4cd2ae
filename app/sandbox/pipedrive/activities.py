"""Activities of API v2."""

from typing import Any, Final

from starlette.responses import Response

from app.sandbox.pipedrive.activity_body import read_activity
from app.sandbox.pipedrive.company import Company, Record, instant
from app.sandbox.pipedrive.errors import not_found, semantic
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import (
    answer,
    choice_of,
    choices_of,
    flag_of,
    ids_of,
    instant_of,
    number_of,
    path_id,
    read_json,
    v2_page,
)

READERS: Final = frozenset({"activities:read", "activities:full"})
WRITERS: Final = frozenset({"activities:full"})
_KEYS: Final = ("id", "update_time", "add_time", "due_date")


def blank_activity(company: Company, user_id: int) -> Record:
    """Return an activity without an id, the way Pipedrive fills in what nobody said."""
    now = instant(company.clock())
    first = next((one for one in company.activity_types if one["active_flag"]), None)
    unset = (
        "deal_id lead_id person_id org_id project_id due_date due_time duration marked_as_done_time "
        "location conference_meeting_client conference_meeting_url conference_meeting_id "
        "public_description priority note"
    )
    return {
        "subject": "Call" if first is None else first["name"],
        "type": "call" if first is None else first["key_string"],
        "owner_id": user_id,
        "creator_user_id": user_id,
        "is_deleted": False,
        "add_time": now,
        "update_time": now,
        **dict.fromkeys(unset.split()),
        "busy": False,
        "done": False,
        "participants": [],
        "attendees": [],
    }


async def list_activities(call: Call) -> Response:
    """List activities; a filter's id is not known here, so it finds nothing."""
    request = call.request
    wanted: Record = {
        name: number_of(request, name) for name in ("owner_id", "deal_id", "person_id", "org_id")
    }
    wanted["done"] = flag_of(request, "done")
    wanted["lead_id"] = request.query_params.get("lead_id")
    if number_of(request, "filter_id") is not None:
        raise semantic("The filter was not found")
    rows = [row for row in call.company.activities.all() if not row["is_deleted"]]
    rows = between(call, rows, ids_of(request))
    asked = {name: value for name, value in wanted.items() if value is not None}
    rows = [row for row in rows if asked.items() <= {name: row[name] for name in asked}.items()]
    key = choice_of(request, "sort_by", _KEYS, "id")
    down = choice_of(request, "sort_direction", ("asc", "desc"), "asc") == "desc"
    with_attendees = bool(choices_of(request, "include_fields", ("attendees",)))
    page, cursor = v2_page(request, rows, key, down=down)
    shown = [activity_payload(row, attendees=with_attendees) for row in page]
    return answer(shown, additional_data={"next_cursor": cursor})


def between(call: Call, rows: list[Record], ids: list[int] | None) -> list[Record]:
    """Keep the rows of `ids` and of the query's `updated_since` (from) and `updated_until` (before)."""
    since, until = instant_of(call.request, "updated_since"), instant_of(call.request, "updated_until")
    return [
        row
        for row in rows
        if (ids is None or row["id"] in ids)
        and (since is None or row["update_time"] >= since)
        and (until is None or row["update_time"] < until)
    ]


async def read_one(call: Call) -> Response:
    """Read an activity; a deleted one says so."""
    activity = call.company.activities.get(path_id(call.request))
    if activity is None:
        raise not_found("The activity was not found.")
    attendees = bool(choices_of(call.request, "include_fields", ("attendees",)))
    return answer(activity_payload(activity, attendees=attendees))


async def add(call: Call) -> Response:
    """Make an activity; answers 200."""
    fields = read_activity(call.company, await read_json(call.request))
    activity = blank_activity(call.company, call.user.user_id) | {"busy": bool(fields.get("due_time"))}
    activity.update(fields)
    _finish(activity, {}, call)
    return answer(activity_payload(call.company.activities.add(activity)))


async def change(call: Call) -> Response:
    """Change an activity."""
    activity = activity_of(call)
    before = dict(activity)
    activity.update(read_activity(call.company, await read_json(call.request)))
    _finish(activity, before, call)
    return answer(activity_payload(activity))


async def remove(call: Call) -> Response:
    """Delete an activity."""
    activity = activity_of(call)
    activity.update(is_deleted=True, update_time=instant(call.now()))
    return answer({"id": activity["id"]})


def activity_of(call: Call) -> Record:
    """Return the living activity of the path; PipedriveError 404 when there is none."""
    activity = call.company.activities.get(path_id(call.request))
    if activity is None or activity["is_deleted"]:
        raise not_found("The activity was not found.")
    return activity


def activity_payload(activity: Record, *, attendees: bool = False) -> Record:
    """Return an activity in the API's shape; attendees only when they were asked for."""
    return {name: value for name, value in activity.items() if attendees or name != "attendees"}


def _finish(activity: Record, before: Record, call: Call) -> None:
    now: Any = instant(call.now())
    activity["busy"], activity["done"] = bool(activity["busy"]), bool(activity["done"])
    activity["participants"] = activity["participants"] or []
    activity["attendees"] = activity["attendees"] or []
    activity["update_time"] = now
    if activity["done"] != before.get("done", False):
        activity["marked_as_done_time"] = now if activity["done"] else None


def activity_operations() -> list[Operation]:
    """Return the operations."""
    return [
        Operation(2, "GET", "/activities", 10, READERS, list_activities),
        Operation(2, "POST", "/activities", 5, WRITERS, add),
        Operation(2, "GET", "/activities/{id}", 1, READERS, read_one),
        Operation(2, "PATCH", "/activities/{id}", 5, WRITERS, change),
        Operation(2, "DELETE", "/activities/{id}", 3, WRITERS, remove),
    ]
