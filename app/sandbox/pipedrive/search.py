"""Searching persons, organizations, deals, and all of them with leads at once: API v2."""

import base64
import binascii
from typing import Final

from starlette.responses import Response

from app.sandbox.pipedrive.company import Record
from app.sandbox.pipedrive.errors import not_a_value
from app.sandbox.pipedrive.findings import DEALS, LEADS, ORGANIZATIONS, PERSONS, Searched, find
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import answer, choices_of, flag_of, number_of, whole

_ALL: Final = frozenset({"search:read"})
_CONTACTS: Final = frozenset({"contacts:read", "contacts:full", "search:read"})
_DEALS: Final = frozenset({"deals:read", "deals:full", "search:read"})
_TYPES: Final = ("deal", "person", "organization", "product", "lead", "file", "mail_attachment", "project")
_FIELDS: Final = (
    *("address", "code", "custom_fields", "email", "name", "notes", "organization_name"),
    *("person_name", "phone", "title", "description"),
)
_LONGEST_PAGE: Final = 500
_MOST_RELATED: Final = 100


async def persons(call: Call) -> Response:
    """Search persons."""
    choices_of(call.request, "include_fields", ("person.picture",))
    found = _found(call, PERSONS)
    organization = number_of(call.request, "organization_id")
    return _page(call, [row for row in found if organization is None or _at(row, organization)])


async def organizations(call: Call) -> Response:
    """Search organizations."""
    return _page(call, _found(call, ORGANIZATIONS))


async def deals(call: Call) -> Response:
    """Search deals."""
    with_address = choices_of(call.request, "include_fields", ("deal.cc_email",))
    found = _found(call, DEALS)
    person, organization = number_of(call.request, "person_id"), number_of(call.request, "organization_id")
    statuses = choices_of(call.request, "status", ("open", "won", "lost"))
    kept = [
        row
        for row in found
        if (person is None or (row["item"]["person"] or {}).get("id") == person)
        and (organization is None or _at(row, organization))
        and (not statuses or row["item"]["status"] in statuses)
    ]
    for row in kept if with_address else []:
        row["item"]["cc_email"] = f"{call.company.domain}+deal{row['item']['id']}@pipedrivemail.com"
    return _page(call, kept)


async def items(call: Call) -> Response:
    """Search everything; kinds that the sandbox has none of find nothing."""
    wanted = choices_of(call.request, "item_types", _TYPES) or list(_TYPES)
    choices_of(call.request, "include_fields", ("deal.cc_email", "person.picture", "product.price"))
    related = flag_of(call.request, "search_for_related_items")
    found: list[Record] = []
    for kind in (DEALS, PERSONS, ORGANIZATIONS, LEADS):
        if kind.word in wanted:
            found += _found(call, kind, _FIELDS)
    more = _related(call, found) if related else []
    return _page(call, found, most=100, related_items=more)


def _found(call: Call, kind: Searched, allowed: tuple[str, ...] | None = None) -> list[Record]:
    exact = bool(flag_of(call.request, "exact_match"))
    term = call.request.query_params.get("term", "").strip()
    if len(term) < (1 if exact else 2):
        raise not_a_value("term", f"must be at least {1 if exact else 2} characters long")
    fields = choices_of(call.request, "fields", kind.fields if allowed is None else allowed)
    return find(call.company, kind, term, fields, exact=exact)


def _related(call: Call, found: list[Record]) -> list[Record]:
    people = {row["item"]["id"] for row in found if row["item"]["type"] == "person"}
    places = {row["item"]["id"] for row in found if row["item"]["type"] == "organization"}
    seen = {row["item"]["id"] for row in found}
    more: list[Record] = []
    for kind in (LEADS, DEALS, PERSONS):
        rows = [
            row
            for row in kind.rows(call.company)
            if row["id"] not in seen
            and (row.get("person_id") in people or (row["org_id"] is not None and row["org_id"] in places))
        ]
        hits: Record = {"custom_fields": [], "notes": []}
        more += [
            {"result_score": 0, "item": {**kind.item(call.company, row), **hits}}
            for row in rows[-_MOST_RELATED:]
        ]
    return more


def _at(row: Record, organization: int) -> bool:
    return (row["item"]["organization"] or {}).get("id") == organization


def _page(call: Call, found: list[Record], *, most: int = _LONGEST_PAGE, **more: list[Record]) -> Response:
    text = call.request.query_params.get("limit")
    limit = 100 if text is None else whole(text, "limit", high=most)
    start = _start(call.request.query_params.get("cursor", ""))
    ordered = sorted(found, key=lambda row: -row["result_score"])
    page, over = ordered[start : start + limit], start + limit < len(ordered)
    mark = base64.urlsafe_b64encode(f"from:{start + limit}".encode()).decode() if over else None
    return answer({"items": page, **more}, additional_data={"next_cursor": mark})


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii")).decode("ascii")
    except (binascii.Error, ValueError) as problem:
        raise not_a_value("cursor", "is not valid") from problem
    if not text.startswith("from:"):
        raise not_a_value("cursor", "is not valid")
    return whole(text.removeprefix("from:"), "cursor", low=0)


def search_operations() -> list[Operation]:
    """Return the operations."""
    return [
        Operation(2, "GET", "/persons/search", 20, _CONTACTS, persons),
        Operation(2, "GET", "/organizations/search", 20, _CONTACTS, organizations),
        Operation(2, "GET", "/deals/search", 20, _DEALS, deals),
        Operation(2, "GET", "/itemSearch", 20, _ALL, items),
    ]
