"""How search looks at a record: the texts of each field, how well they match, and the item it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.sandbox.pipedrive.company import Company, Record


@dataclass(frozen=True, slots=True)
class Searched:
    """One kind of record in search: its fields, and how records become items."""

    word: str
    fields: tuple[str, ...]
    rows: Callable[[Company], list[Record]]
    texts: Callable[[Company, Record, str], list[str]]
    item: Callable[[Company, Record], Record]


def find(company: Company, kind: Searched, term: str, fields: list[str], *, exact: bool) -> list[Record]:
    """Return the results for a term, compared without regard to case."""
    wanted = term.casefold()
    chosen = fields or list(kind.fields)
    found: list[Record] = []
    for row in kind.rows(company):
        texts = {name: kind.texts(company, row, name) for name in chosen if name in kind.fields}
        score = max(
            (_score(text, wanted, exact=exact) for some in texts.values() for text in some), default=0
        )
        if score:
            hits = {
                name: [text for text in texts.get(name, []) if wanted in text.casefold()]
                for name in ("custom_fields", "notes")
            }
            found.append({"result_score": score, "item": {**kind.item(company, row), **hits}})
    return found


def _score(text: str, wanted: str, *, exact: bool) -> float:
    folded = text.casefold()
    if folded == wanted:
        return 1.2
    if exact or wanted not in folded:
        return 0.0
    return 0.6 if folded.startswith(wanted) else 0.3


def _common(company: Company, row: Record, name: str, link: str) -> list[str]:
    if name == "custom_fields":
        return [value for value in row["custom_fields"].values() if isinstance(value, str)]
    if name == "notes":
        notes = company.notes.all()
        return [note["content"] for note in notes if note[link] == row["id"] and note["active_flag"]]
    value = row.get(name)
    return [value] if isinstance(value, str) else []


def _person_texts(company: Company, row: Record, name: str) -> list[str]:
    if name == "email":
        return [one["value"] for one in row["emails"]]
    if name == "phone":
        return [one["value"] for one in row["phones"]]
    return _common(company, row, name, "person_id")


def _organization_texts(company: Company, row: Record, name: str) -> list[str]:
    if name == "address":
        return [] if row["address"] is None else [row["address"]["value"]]
    return _common(company, row, name, "org_id")


def _organization_of(company: Company, number: int | None) -> Record | None:
    row = company.organizations.get(number)
    return None if row is None else {"id": row["id"], "name": row["name"], "address": _address(row)}


def _person_of(company: Company, number: int | None) -> Record | None:
    row = company.persons.get(number)
    return None if row is None else {"id": row["id"], "name": row["name"]}


def _address(row: Record) -> str | None:
    return row["address"]["value"] if row["address"] else None


def _person_item(company: Company, row: Record) -> Record:
    return {
        "id": row["id"],
        "type": "person",
        "name": row["name"],
        "phones": [one["value"] for one in row["phones"]],
        "emails": [one["value"] for one in row["emails"]],
        "visible_to": row["visible_to"],
        "owner": {"id": row["owner_id"]},
        "organization": _organization_of(company, row["org_id"]),
    }


def _organization_item(_: Company, row: Record) -> Record:
    return {
        "id": row["id"],
        "type": "organization",
        "name": row["name"],
        "address": _address(row),
        "visible_to": row["visible_to"],
        "owner": {"id": row["owner_id"]},
    }


def _deal_item(company: Company, row: Record) -> Record:
    return {
        "id": row["id"],
        "type": "deal",
        "title": row["title"],
        "value": row["value"],
        "currency": row["currency"],
        "status": row["status"],
        "visible_to": row["visible_to"],
        "owner": {"id": row["owner_id"]},
        "stage": {"id": row["stage_id"], "name": "Demo Scheduled"},
        "person": _person_of(company, row["person_id"]),
        "organization": _organization_of(company, row["org_id"]),
        "is_archived": row["is_archived"],
    }


def _lead_item(company: Company, row: Record) -> Record:
    return {
        "id": row["id"],
        "type": "lead",
        "title": row["title"],
        "owner": {"id": row["owner_id"]},
        "person": _person_of(company, row["person_id"]),
        "organization": _organization_of(company, row["org_id"]),
        "phones": [],
        "emails": [],
        "visible_to": row["visible_to"],
        "value": None,
        "currency": None,
        "is_archived": row["is_archived"],
    }


PERSONS: Final = Searched(
    "person",
    ("custom_fields", "email", "notes", "phone", "name"),
    lambda company: company.persons.all(),
    _person_texts,
    _person_item,
)
ORGANIZATIONS: Final = Searched(
    "organization",
    ("address", "custom_fields", "notes", "name"),
    lambda company: company.organizations.all(),
    _organization_texts,
    _organization_item,
)
DEALS: Final = Searched(
    "deal",
    ("custom_fields", "notes", "title"),
    lambda company: company.deals.all(),
    lambda company, row, name: _common(company, row, name, "deal_id"),
    _deal_item,
)
LEADS: Final = Searched(
    "lead",
    ("custom_fields", "notes", "title"),
    lambda company: list(company.leads.values()),
    lambda company, row, name: _common(company, row, name, "lead_id"),
    _lead_item,
)
