"""What `include_fields` adds to a person, an organization or a deal: counts and the activities beside it."""

from typing import Any, Final

from app.sandbox.pipedrive.company import Company, Record

_DEALS: Final = (
    "open_deals_count related_open_deals_count closed_deals_count related_closed_deals_count won_deals_count "
    "related_won_deals_count lost_deals_count related_lost_deals_count"
)
_EVERYBODY: Final = (
    "next_activity_id last_activity_id email_messages_count activities_count done_activities_count "
    "undone_activities_count files_count notes_count followers_count smart_bcc_email"
)
FURTHER: Final[dict[str, tuple[str, ...]]] = {
    "person": (
        *f"{_EVERYBODY} {_DEALS} participant_open_deals_count participant_closed_deals_count".split(),
        "last_incoming_mail_time",
        "last_outgoing_mail_time",
    ),
    "organization": (*f"{_EVERYBODY} {_DEALS} people_count".split(),),
    "deal": (
        *f"{_EVERYBODY} first_won_time products_count participants_count source_lead_id".split(),
        "last_incoming_mail_time",
        "last_outgoing_mail_time",
    ),
}
_LINK: Final = {"person": "person_id", "organization": "org_id", "deal": "deal_id"}


def further_field(company: Company, kind: str, row: Record, name: str) -> Any:
    """Return one further field of a record of a kind (`person`, `organization`, `deal`)."""
    link, number = _LINK[kind], row["id"]
    mine = [one for one in company.activities.all() if one[link] == number and not one["is_deleted"]]
    match name:
        case "activities_count":
            return len(mine)
        case "done_activities_count":
            return sum(one["done"] for one in mine)
        case "undone_activities_count":
            return sum(not one["done"] for one in mine)
        case "notes_count":
            return sum(note[link] == number and note["active_flag"] for note in company.notes.all())
        case "next_activity_id" | "last_activity_id":
            return _beside(mine, done=name == "last_activity_id")
        case "people_count":
            return sum(one["org_id"] == number for one in company.persons.all())
        case "smart_bcc_email":
            return f"{company.domain}+{kind}{number}@pipedrivemail.com"
        case "participants_count":
            return int(row["person_id"] is not None)
        case _:
            return _deal_count(company, link, number, name)


def _deal_count(company: Company, link: str, number: int, name: str) -> int | None:
    if not name.endswith("_count"):
        return None
    statuses = {"open": ("open",), "closed": ("won", "lost"), "won": ("won",), "lost": ("lost",)}
    word = name.removeprefix("related_").partition("_")[0]
    if link == "deal_id" or word not in statuses:
        return 0
    mine = [one for one in company.deals.all() if one[link] == number]
    return len([one for one in mine if one["status"] in statuses[word]])


def _beside(activities: list[Record], *, done: bool) -> int | None:
    found = sorted(
        (one["due_date"] or "", one["due_time"] or "", one["id"]) for one in activities if one["done"] is done
    )
    if not found:
        return None
    number: int = found[-1 if done else 0][2]
    return number
