"""Keeps what is typed into the editor, so that neither a crash, a quit nor another meeting loses it."""

import asyncio
from collections.abc import Callable

from app.domain.log_drafts import LogDraft
from app.domain.ports import Clock
from app.services.log_drafts import LogDraftsService
from app.ui.kit.tasks import Policy, TaskScope

KEEP_PAUSE_S = 0.4


class LogDraftKeeper:
    """Writes after a pause of typing, or at once; `kept(key, draft)` hears of every draft written."""

    def __init__(
        self,
        drafts: LogDraftsService,
        clock: Clock,
        tasks: TaskScope,
        *,
        kept: Callable[[str, LogDraft], None],
    ) -> None:
        self._drafts = drafts
        self._clock = clock
        self._tasks = tasks
        self._kept = kept
        self._pending: tuple[str, LogDraft] | None = None

    def keep_soon(self, key: str, draft: LogDraft) -> None:
        """The rep changed something: keep it when the typing pauses, or when the program ends."""
        self._pending = (key, draft)
        self._tasks.start(self._keep_soon(), key="log-draft", policy=Policy.LATEST)

    def flush(self) -> None:
        """Another meeting is opened: what was typed for the one before is kept now."""
        self._tasks.cancel("log-draft")
        if self._pending is not None:
            self._tasks.start(self._write(), key="log-draft-now")

    def drop(self) -> None:
        """What is still to be written has no place any more: it was sent, discarded, or the account left."""
        self._pending = None
        self._tasks.cancel("log-draft")

    async def discard(self, key: str) -> None:
        """Forget the draft of a meeting, also one that is still to be written."""
        if self._pending is not None and self._pending[0] == key:
            self.drop()
        await self._drafts.discard(key)

    async def _keep_soon(self) -> None:
        try:
            await self._clock.sleep(KEEP_PAUSE_S)
        except asyncio.CancelledError:
            if self._tasks.is_closed:
                await self._write()
            raise
        await self._write()

    async def _write(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        key, draft = pending
        if draft.is_empty:
            await self._drafts.discard(key)
            return
        kept = await self._drafts.keep(key, draft)
        if kept is not None:
            self._kept(key, kept)
