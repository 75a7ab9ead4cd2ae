"""Suggestions: which records a meeting could stand on besides the ones it has."""

from collections.abc import Collection, Iterable
from typing import Final

from app.domain.matching import words_of
from app.domain.meetings import COMPANY, CONTACT, DEAL, TICKET, CrmRecord, RecordRef

_CLOSED: Final = "closed"
_ORDER: Final = (COMPANY, DEAL, TICKET, CONTACT)


def suggested(related: Iterable[CrmRecord], linked: Collection[RecordRef]) -> tuple[CrmRecord, ...]:
    """Related records that are not linked yet, each once: companies, open deals, tickets, contacts, custom
    objects, closed deals; inside a kind in the order given."""
    taken = set(linked)
    fresh: dict[RecordRef, CrmRecord] = {}
    for record in related:
        if record.ref not in taken:
            fresh.setdefault(record.ref, record)
    return tuple(sorted(fresh.values(), key=_rank))


def is_closed_deal(record: CrmRecord) -> bool:
    """Whether a deal's stage is one of HubSpot's closed ones (`closedwon`, `Closed lost`)."""
    return record.ref.type == DEAL and words_of(record.detail).startswith(_CLOSED)


def _rank(record: CrmRecord) -> int:
    if is_closed_deal(record):
        return len(_ORDER) + 1
    return _ORDER.index(record.ref.type) if record.ref.type in _ORDER else len(_ORDER)
