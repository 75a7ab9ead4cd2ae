"""Reading persons, organizations and deals, API v2: one by id, and lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from app.sandbox.pipedrive.activities import between
from app.sandbox.pipedrive.company import Company, Record, Table
from app.sandbox.pipedrive.errors import not_a_value, not_found, semantic
from app.sandbox.pipedrive.further_fields import FURTHER, further_field
from app.sandbox.pipedrive.operations import Call, Handler, Operation
from app.sandbox.pipedrive.wire import (
    answer,
    choice_of,
    choices_of,
    flag_of,
    ids_of,
    number_of,
    path_id,
    v2_page,
)

CONTACTS: Final = frozenset({"contacts:read", "contacts:full"})
DEALS: Final = frozenset({"deals:read", "deals:full"})
_KEYS: Final = ("id", "update_time", "add_time")
_STATUSES: Final = ("open", "won", "lost", "deleted")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: `filters` are the numeric filters of its list that are its own fields."""

    word: str
    path: str
    scopes: frozenset[str]
    filters: tuple[str, ...]
    table: Callable[[Company], Table]


KINDS: Final = (
    Kind("person", "/persons", CONTACTS, ("owner_id", "org_id"), lambda company: company.persons),
    Kind("organization", "/organizations", CONTACTS, ("owner_id",), lambda company: company.organizations),
    Kind(
        "deal",
        "/deals",
        DEALS,
        ("owner_id", "person_id", "org_id", "pipeline_id", "stage_id"),
        lambda company: company.deals,
    ),
)


def _reader(kind: Kind) -> Handler:
    async def read(call: Call) -> Response:
        row = kind.table(call.company).get(path_id(call.request))
        if row is None:
            raise not_found(f"{kind.word.capitalize()} not found")
        return answer(_shown(call, kind, [row])[0])

    return read


def _lister(kind: Kind) -> Handler:
    async def show(call: Call) -> Response:
        rows = kind.table(call.company).all()
        if number_of(call.request, "filter_id") is not None:
            raise semantic("The filter was not found")
        for name in kind.filters:
            number = number_of(call.request, name)
            rows = [row for row in rows if number is None or row[name] == number]
        rows = _further_filters(call, kind, rows)
        rows = between(call, rows, ids_of(call.request))
        key = choice_of(call.request, "sort_by", _KEYS, "id")
        down = choice_of(call.request, "sort_direction", ("asc", "desc"), "asc") == "desc"
        page, cursor = v2_page(call.request, rows, key, down=down)
        return answer(_shown(call, kind, page), additional_data={"next_cursor": cursor})

    return show


def _further_filters(call: Call, kind: Kind, rows: list[Record]) -> list[Record]:
    query = call.request.query_params
    if kind.word == "person" and "deal_id" in query:
        deal = call.company.deals.get(number_of(call.request, "deal_id"))
        return [row for row in rows if deal is not None and row["id"] == deal["person_id"]]
    if kind.word == "deal" and "status" in query:
        statuses = choices_of(call.request, "status", _STATUSES)
        return [row for row in rows if row["status"] in statuses]
    return rows


def _shown(call: Call, kind: Kind, rows: list[Record]) -> list[Record]:
    further = choices_of(call.request, "include_fields", FURTHER[kind.word])
    labels = flag_of(call.request, "include_labels")
    flag_of(call.request, "include_option_labels")
    keys = [key for key in call.request.query_params.get("custom_fields", "").split(",") if key]
    if len(keys) > 15:
        raise not_a_value("custom_fields", "at most 15 keys")
    shown = []
    for row in rows:
        custom = row["custom_fields"]
        more = {name: further_field(call.company, kind.word, row, name) for name in further}
        kept = {key: value for key, value in custom.items() if key in keys} if keys else custom
        shown.append({**row, "custom_fields": kept, **more, **({"labels": []} if labels else {})})
    return shown


def directory_operations() -> list[Operation]:
    """Return the operations; those of `/search` must come before."""
    found: list[Operation] = []
    for kind in KINDS:
        found.append(Operation(2, "GET", kind.path, 10, kind.scopes, _lister(kind)))
        found.append(Operation(2, "GET", f"{kind.path}/{{id}}", 1, kind.scopes, _reader(kind)))
    return found
