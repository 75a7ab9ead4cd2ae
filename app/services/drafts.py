"""Desk forms as typed, kept on every change, so that neither a crash nor a closed desk loses one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.drafts import DeskDraft, draft_from, draft_payload
from app.domain.links import Slug
from app.domain.ports import Clock, DraftStore
from app.domain.problems import Problem
from app.services.accounts import AccountsService, AccountsState
from app.services.published import ErrorSink, Published

_PREFIX: Final = "desk/"


@dataclass(frozen=True, slots=True)
class DraftsState:
    """The drafts of the active account, one for each link."""

    drafts: Mapping[Slug, DeskDraft] = field(default_factory=dict)
    problem: Problem | None = None

    @property
    def waiting(self) -> tuple[DeskDraft, ...]:
        """What was saved to be booked later, oldest first."""
        kept = [(draft.saved_at, draft.slug, draft) for draft in self.drafts.values() if draft.is_waiting]
        return tuple(one[2] for one in sorted(kept, key=lambda one: (str(one[0] or ""), one[1])))


class DraftsService:
    """Keeps, restores and discards drafts; a form that cannot be kept on disk stays in memory."""

    def __init__(
        self, accounts: AccountsService, store: DraftStore, clock: Clock, *, on_error: ErrorSink
    ) -> None:
        self._store = store
        self._clock = clock
        self._account_id = accounts.active_id
        self.state = Published(DraftsState(), on_error)
        accounts.state.subscribe(self._on_accounts)

    def _on_accounts(self, accounts: AccountsState) -> None:
        active_id = accounts.active.id if accounts.active else None
        if active_id != self._account_id:
            self._account_id = active_id
            self.state.set(DraftsState())

    async def load(self) -> None:
        """Read the active account's drafts; one that cannot be read is left where it is."""
        account_id = self._account_id
        if account_id is None:
            return
        try:
            rows = await self._store.drafts(account_id)
        except Problem as problem:
            self._publish(problem=problem)
            return
        drafts = (draft_from(payload) for key, payload in rows.items() if key.startswith(_PREFIX))
        if self._account_id == account_id:
            found = {draft.slug: draft for draft in drafts if draft}
            self.state.set(DraftsState({**found, **self.state.value.drafts}))

    def draft(self, slug: Slug) -> DeskDraft | None:
        """The link's draft."""
        return self.state.value.drafts.get(slug)

    async def keep(self, draft: DeskDraft) -> bool:
        """Replace the link's draft; False when it could not be written and lives in memory only."""
        account_id = self._account_id
        if account_id is None:
            return False
        draft = replace(draft, saved_at=self._clock.now())
        self._publish(drafts={**self.state.value.drafts, draft.slug: draft})
        try:
            await self._store.save(account_id, _PREFIX + draft.slug, draft_payload(draft))
        except Problem as problem:
            self._publish(problem=problem)
            return False
        self._publish(problem=None)
        return True

    async def discard(self, slug: Slug) -> None:
        """Forget the link's draft."""
        account_id = self._account_id
        if account_id is None:
            return
        drafts = self.state.value.drafts
        self._publish(drafts={one: draft for one, draft in drafts.items() if one != slug})
        try:
            await self._store.discard(account_id, _PREFIX + slug)
        except Problem as problem:
            self._publish(problem=problem)

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))
