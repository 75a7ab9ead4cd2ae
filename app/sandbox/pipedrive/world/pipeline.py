"""Deals, leads, notes and activities of a company."""

import random
import uuid
from datetime import timedelta
from typing import Final

from app.sandbox.pipedrive.activities import blank_activity
from app.sandbox.pipedrive.activity_body import LOCATION
from app.sandbox.pipedrive.company import Company, Record, instant, stamp
from app.sandbox.pipedrive.note_body import ABSENT, PINS, TARGETS

_TYPES: Final = (
    ("Call", "call", "call", True),
    ("Meeting", "meeting", "meeting", True),
    ("Task", "task", "task", True),
    ("Deadline", "deadline", "deadline", True),
    ("Email", "email", "email", True),
    ("Lunch", "lunch", "lunch", True),
    ("On-site <demo>", "on_site_demo", "camera", True),
    ("Fax", "fax", "document", False),
)
_SUBJECTS: Final = (
    "Intro call",
    "Product demo",
    "Contract review",
    "Quarterly review",
    "<b>Kick-off</b> & planning",
    "מפגש היכרות",
    "A subject that " + "never ends " * 20,
)
_NOTES: Final = (
    "<p>Wants a quote for <b>20 seats</b> by Friday.</p>",
    "Met at the fair.<br>Ask about the pilot.",
    '<ul><li>Budget: 12,000</li><li><a href="https://northwind.example">site</a></li></ul>',
    "שיחה טובה — לחזור בשבוע הבא",
)


def add_activity_types(company: Company) -> None:
    """Give a company its activity types; one is no longer active."""
    made = stamp(company.clock() - timedelta(days=900))
    for place, (name, key, icon, active) in enumerate(_TYPES, 1):
        company.activity_types.append(
            {
                "id": place,
                "name": name,
                "icon_key": icon,
                "color": "FFFFFF",
                "order_nr": place,
                "key_string": key,
                "active_flag": active,
                "is_custom_flag": place > 6,
                "add_time": made,
                "update_time": made,
            }
        )


def add_pipeline(company: Company, dice: random.Random) -> None:
    """Fill a company's deals, leads, notes and activities."""
    people = company.persons.all()
    for place, person in enumerate(dice.sample(people, min(30, len(people)))):
        _deal(company, dice, person, ("open", "open", "won", "lost")[place % 4])
    for person in dice.sample(people, min(6, len(people))):
        _lead(company, dice, person)
    for place, person in enumerate(dice.sample(people, min(24, len(people)))):
        _note(company, dice, person, _NOTES[place % len(_NOTES)])
    for place, person in enumerate(dice.choices(people, k=36)):
        _activity(company, dice, person, place)


def _deal(company: Company, dice: random.Random, person: Record, status: str) -> None:
    made = company.clock() - timedelta(days=dice.randrange(5, 200))
    closed = None if status == "open" else instant(made + timedelta(days=4))
    company.deals.add(
        {
            "title": f"{person['name'][:80]} deal",
            "creator_user_id": company.users[0].user_id,
            "owner_id": person["owner_id"],
            "person_id": person["id"],
            "org_id": person["org_id"],
            "pipeline_id": 1,
            "stage_id": dice.randrange(1, 6),
            "value": dice.randrange(0, 90_000),
            "currency": company.currency,
            "add_time": instant(made),
            "update_time": closed or instant(made),
            "stage_change_time": None,
            "archive_time": None,
            "is_deleted": False,
            "is_archived": False,
            "status": status,
            "probability": None,
            "lost_reason": "Too expensive" if status == "lost" else None,
            "visible_to": 3,
            "close_time": closed,
            "won_time": closed if status == "won" else None,
            "lost_time": closed if status == "lost" else None,
            "local_won_date": closed[:10] if closed and status == "won" else None,
            "local_lost_date": closed[:10] if closed and status == "lost" else None,
            "local_close_date": closed[:10] if closed else None,
            "expected_close_date": None,
            "label_ids": [],
            "origin": "ManuallyCreated",
            "origin_id": None,
            "channel": None,
            "channel_id": None,
            "source_lead_id": None,
            "arr": None,
            "mrr": None,
            "acv": None,
            "custom_fields": {},
        }
    )


def _lead(company: Company, dice: random.Random, person: Record) -> None:
    lead_id = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    company.leads[lead_id] = {
        "id": lead_id,
        "title": f"{person['name'][:80]} lead",
        "owner_id": person["owner_id"],
        "person_id": person["id"],
        "org_id": person["org_id"],
        "visible_to": 3,
        "is_archived": False,
        "custom_fields": {},
    }


def _note(company: Company, dice: random.Random, person: Record, content: str) -> None:
    made = stamp(company.clock() - timedelta(days=dice.randrange(1, 90)))
    company.notes.add(
        {
            "active_flag": True,
            "content": content,
            **dict.fromkeys((*TARGETS, *ABSENT)),
            **dict.fromkeys((*PINS, "pinned_to_project_flag", "pinned_to_task_flag"), False),
            "person_id": person["id"],
            "user_id": dice.choice(company.users).user_id,
            "last_update_user_id": None,
            "add_time": made,
            "update_time": made,
        }
    )


def _activity(company: Company, dice: random.Random, person: Record, place: int) -> None:
    start = (company.clock() + timedelta(days=place // 3 - 5)).replace(hour=7 + place % 9, minute=0, second=0)
    timed, called = place % 6 != 5, place % 4 == 1
    user = company.users[0] if place % 3 else dice.choice(company.users)
    activity = blank_activity(company, user.user_id) | {
        "subject": _SUBJECTS[place % len(_SUBJECTS)],
        "type": ("call", "meeting", "task")[place % 3],
        "person_id": person["id"],
        "org_id": person["org_id"],
        "participants": [{"person_id": person["id"], "primary": True}],
        "due_date": start.date().isoformat(),
        "due_time": start.strftime("%H:%M:%S") if timed else None,
        "duration": "00:45:00" if timed else None,
        "busy": timed,
        "done": place < 12,
    }
    if called:
        code = f"sb{place:03d}-call"
        activity["conference_meeting_client"] = "google_meet"
        activity["conference_meeting_url"] = f"https://meet.google.example/{code}"
        activity["conference_meeting_id"] = code
    if place % 5 == 2:
        activity["location"] = dict.fromkeys(LOCATION) | {"value": "Friedrichstraße 12, Berlin"}
    company.activities.add(activity)
