"""Drafts of the meeting editor, kept as typed for the active account."""

from dataclasses import replace

from app.domain.log_drafts import NEW_KEY, LogDraft, log_draft_from, log_draft_payload
from app.domain.meetings import MeetingDetails
from app.domain.ports import Clock, DraftStore
from app.domain.problems import Problem
from app.services.accounts import AccountsService


class LogDraftsService:
    """Reads, keeps and discards; a draft that cannot be written is only told of."""

    def __init__(self, accounts: AccountsService, store: DraftStore, clock: Clock) -> None:
        self._accounts = accounts
        self._store = store
        self._clock = clock

    async def draft(self, key: str, under: MeetingDetails) -> LogDraft | None:
        """The draft under a key of `app.domain.log_drafts`, over the present values; None without one."""
        account_id = self._accounts.active_id
        if account_id is None:
            return None
        try:
            payload = await self._store.draft(account_id, key)
        except Problem:
            return None
        return None if payload is None else log_draft_from(payload, under)

    async def unfinished(self) -> dict[str, LogDraft]:
        """The drafts of meetings that were being logged, by key."""
        account_id = self._accounts.active_id
        if account_id is None:
            return {}
        try:
            rows = await self._store.drafts(account_id)
        except Problem:
            return {}
        begun = {key: payload for key, payload in rows.items() if key.startswith(NEW_KEY)}
        return {key: log_draft_from(payload, MeetingDetails()) for key, payload in begun.items()}

    async def keep(self, key: str, draft: LogDraft) -> LogDraft | None:
        """Write it with the present time and return it so; None when it could not be written."""
        account_id = self._accounts.active_id
        if account_id is None:
            return None
        kept = replace(draft, saved_at=self._clock.now())
        try:
            await self._store.save(account_id, key, log_draft_payload(kept))
        except Problem:
            return None
        return kept

    async def discard(self, key: str) -> None:
        """Forget it; one that cannot be forgotten is found again at the next start."""
        account_id = self._accounts.active_id
        if account_id is None:
            return
        try:
            await self._store.discard(account_id, key)
        except Problem:
            return
