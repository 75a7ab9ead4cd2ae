"""Keeps the form as typed, so that neither a crash nor another link loses it."""

from collections.abc import Callable

from app.domain.drafts import DeskDraft
from app.domain.links import Slug
from app.domain.ports import Clock
from app.services.drafts import DraftsService
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.book.desk.inputs import DeskInputs

KEEP_PAUSE_S = 0.4


class DraftKeeper:
    """Writes the form of `read()` after a pause of typing, or at once; `kept` hears of every draft."""

    def __init__(
        self,
        drafts: DraftsService,
        clock: Clock,
        tasks: TaskScope,
        *,
        read: Callable[[], DeskInputs],
        kept: Callable[[DeskDraft], None],
    ) -> None:
        self._drafts = drafts
        self._clock = clock
        self._tasks = tasks
        self._read = read
        self._kept = kept

    def keep_soon(self) -> None:
        """The rep typed: keep it when the typing pauses."""
        self._tasks.start(self._keep_soon(), key="draft", policy=Policy.LATEST)

    async def keep(self, *, is_waiting: bool) -> bool:
        """Keep it now; `is_waiting` marks what the rep means to book as soon as there is a connection."""
        inputs = self._read()
        if inputs.link is None:
            return False
        draft = DeskDraft(
            slug=inputs.link.slug,
            answers=inputs.answers,
            slot=inputs.slot,
            duration_ms=inputs.duration_ms or None,
            zone=inputs.guest_zone,
            contact_id=inputs.contact.id if inputs.contact is not None else None,
            typed=inputs.typed,
            is_waiting=is_waiting or inputs.is_draft_waiting,
        )
        is_kept = await self._drafts.keep(draft)
        if is_kept:
            self._kept(draft)
        return is_kept

    async def discard(self, slug: Slug) -> None:
        """Forget the draft of a link; a write that is still waiting is dropped first."""
        self._tasks.cancel("draft")
        await self._drafts.discard(slug)

    async def _keep_soon(self) -> None:
        await self._clock.sleep(KEEP_PAUSE_S)
        await self.keep(is_waiting=False)
