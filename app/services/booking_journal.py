"""Requests that were sent and whose end is not known: kept, so that a crash leads to no second one."""

from typing import Final

from app.domain.accounts import AccountId
from app.domain.booking import BookingRequest
from app.domain.drafts import request_from, request_payload
from app.domain.ports import DraftStore
from app.domain.problems import Problem

_PREFIX: Final = "sent/"


class BookingJournal:
    """One row for every wish (link, start, e-mail address) that is under way."""

    def __init__(self, store: DraftStore) -> None:
        self._store = store

    async def open(self, account_id: AccountId, request: BookingRequest) -> None:
        """Note, before the first byte leaves, that the request is sent; booking goes on without the note."""
        try:
            await self._store.save(account_id, journal_key(request), request_payload(request))
        except Problem:
            return

    async def close(self, account_id: AccountId, request: BookingRequest) -> None:
        """The end is known; a note that cannot be removed is only looked up once more."""
        try:
            await self._store.discard(account_id, journal_key(request))
        except Problem:
            return

    async def unfinished(self, account_id: AccountId) -> tuple[BookingRequest, ...]:
        """What was sent without a known end."""
        try:
            rows = await self._store.drafts(account_id)
        except Problem:
            return ()
        requests = (request_from(payload) for key, payload in rows.items() if key.startswith(_PREFIX))
        return tuple(request for request in requests if request)


def journal_key(request: BookingRequest) -> str:
    """What makes two requests the same wish."""
    return f"{_PREFIX}{request.slug}/{request.slot.start.isoformat()}/{request.email.casefold()}"
