"""Requests that were sent and whose end is not known: kept, so that a crash leads to no second one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.accounts import AccountId
from app.domain.booking import BookingRequest
from app.domain.drafts import instant_from, request_from, request_payload
from app.domain.ports import DraftStore
from app.domain.problems import Problem

_PREFIX: Final = "sent/"
_TRACE: Final = "trace"
_SENT_AT: Final = "sent_at"


class Trace(StrEnum):
    """What is known of a wish that was sent before."""

    SENT = "sent"
    """Sent, and nobody has looked yet what came of it."""
    LOST = "lost"
    """Sent, answer lost, and no meeting was found so far; it may still turn up."""


class Entry(NamedTuple):
    """What the journal knows of a wish; `sent_at` is the UTC instant of its last sending."""

    trace: Trace
    sent_at: datetime


class BookingJournal:
    """One row for every wish (link, start, e-mail address) without a known end.

    Booking goes on where rows cannot be kept or read: the journal only guards against a crash.
    """

    def __init__(self, store: DraftStore) -> None:
        self._store = store

    async def note(self, account_id: AccountId, request: BookingRequest, entry: Entry) -> None:
        """Keep the request; as SENT before its first byte leaves."""
        row = {
            **request_payload(request),
            _TRACE: entry.trace.value,
            _SENT_AT: entry.sent_at.isoformat(),
        }
        try:
            await self._store.save(account_id, journal_key(request), row)
        except Problem:
            return

    async def mark_lost(self, account_id: AccountId, request: BookingRequest, now: datetime) -> None:
        """Keep the request as LOST, with the time of its last sending (`now` where that is not known)."""
        entry = await self.entry(account_id, request)
        await self.note(account_id, request, Entry(Trace.LOST, entry.sent_at if entry else now))

    async def close(self, account_id: AccountId, request: BookingRequest) -> None:
        """The end is known."""
        await self._discard(account_id, journal_key(request))

    async def entry(self, account_id: AccountId, request: BookingRequest) -> Entry | None:
        """What is known of the wish; None where it was never sent, or its end is known."""
        row = (await self._rows(account_id)).get(journal_key(request))
        return _entry_of(row) if row is not None else None

    async def unfinished(self, account_id: AccountId, now: datetime) -> tuple[BookingRequest, ...]:
        """The requests at which nobody has looked yet; lost ones whose time is over are forgotten."""
        found: list[BookingRequest] = []
        for key, row in (await self._rows(account_id)).items():
            request, trace = request_from(row), _entry_of(row).trace
            if request is None or (trace is Trace.LOST and request.slot.start < now):
                await self._discard(account_id, key)
            elif trace is Trace.SENT:
                found.append(request)
        return tuple(found)

    async def _rows(self, account_id: AccountId) -> Mapping[str, Mapping[str, object]]:
        try:
            rows = await self._store.drafts(account_id)
        except Problem:
            return {}
        return {key: row for key, row in rows.items() if key.startswith(_PREFIX)}

    async def _discard(self, account_id: AccountId, key: str) -> None:
        try:
            await self._store.discard(account_id, key)
        except Problem:
            return


def journal_key(request: BookingRequest) -> str:
    """What makes two requests the same wish."""
    return f"{_PREFIX}{request.slug}/{request.slot.start.isoformat()}/{request.email.casefold()}"


def _entry_of(row: Mapping[str, object]) -> Entry:
    """The entry of a row; one that cannot be read is looked up as if it were being sent now."""
    trace = Trace.LOST if row.get(_TRACE) == Trace.LOST else Trace.SENT
    return Entry(trace, instant_from(row.get(_SENT_AT)) or datetime.max.replace(tzinfo=UTC))
