"""Keeps the form as typed, so that neither a crash, a quit nor another link loses it."""

import asyncio
from collections.abc import Callable

from app.domain.drafts import DeskDraft
from app.domain.links import Slug
from app.domain.ports import Clock
from app.services.drafts import DraftsService
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.book.desk.inputs import DeskInputs

KEEP_PAUSE_S = 0.4


class DraftKeeper:
    """Writes drafts after a pause of typing, or at once; `kept` hears of every draft that was written."""

    def __init__(
        self, drafts: DraftsService, clock: Clock, tasks: TaskScope, *, kept: Callable[[DeskDraft], None]
    ) -> None:
        self._drafts = drafts
        self._clock = clock
        self._tasks = tasks
        self._kept = kept
        self._pending: DeskDraft | None = None

    def keep_soon(self, inputs: DeskInputs) -> None:
        """The rep changed the form: keep it when the typing pauses, or when the program ends."""
        self._pending = draft_of(inputs)
        self._tasks.start(self._keep_soon(), key="draft", policy=Policy.LATEST)

    def flush(self) -> None:
        """Another link is opened: what was typed for the one before is kept now."""
        self._tasks.cancel("draft")
        self._tasks.start(self._write(), key="draft-now")

    def drop(self) -> None:
        """Another account is active: what was typed for the one before has no place any more."""
        self._pending = None
        self._tasks.cancel("draft")

    async def keep(self, inputs: DeskInputs, *, is_waiting: bool) -> bool:
        """Keep it now; `is_waiting` marks what the rep means to book as soon as there is a connection."""
        self._pending = draft_of(inputs, is_waiting=is_waiting)
        return await self._write()

    async def discard(self, slug: Slug) -> None:
        """Forget the draft of a link, also one that is still to be written."""
        if self._pending is not None and self._pending.slug == slug:
            self.drop()
        await self._drafts.discard(slug)

    async def _keep_soon(self) -> None:
        try:
            await self._clock.sleep(KEEP_PAUSE_S)
        except asyncio.CancelledError:
            if self._tasks.is_closed:
                await self._write()
            raise
        await self._write()

    async def _write(self) -> bool:
        draft, self._pending = self._pending, None
        if draft is None or not await self._drafts.keep(draft):
            return False
        self._kept(draft)
        return True


def draft_of(inputs: DeskInputs, *, is_waiting: bool = False) -> DeskDraft | None:
    """The form as it is kept; None while no link is open."""
    if inputs.link is None:
        return None
    return DeskDraft(
        slug=inputs.link.slug,
        answers=inputs.answers,
        slot=inputs.slot,
        duration_ms=inputs.duration_ms or None,
        zone=inputs.guest_zone,
        contact_id=inputs.contact.id if inputs.contact is not None else None,
        typed=inputs.typed,
        is_waiting=is_waiting or inputs.is_draft_waiting,
    )
