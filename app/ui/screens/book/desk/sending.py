"""Bookings under way, one a link: what stage they are in, and what came of them."""

from collections.abc import Awaitable, Callable

from app.domain.booking import BookingOutcome, BookingRequest, BookingStage
from app.domain.links import Slug
from app.services.booking import BookingService
from app.ui.kit.tasks import Policy, TaskScope

Stages = Callable[[BookingStage], None]


class DeskSending:
    """Runs a link's booking once at a time, also while another link is open.

    `staged` hears the link's stage (None when it has ended), `ended` the outcome of a request.
    """

    def __init__(
        self,
        booking: BookingService,
        tasks: TaskScope,
        *,
        staged: Callable[[Slug, BookingStage | None], None],
        ended: Callable[[BookingRequest, BookingOutcome], Awaitable[None]],
    ) -> None:
        self._booking = booking
        self._tasks = tasks
        self._staged = staged
        self._ended = ended
        self._stages: dict[Slug, BookingStage] = {}

    def stage_of(self, slug: Slug | None) -> BookingStage | None:
        """Where the link's booking is, if one is under way."""
        return self._stages.get(slug) if slug is not None else None

    def book(self, request: BookingRequest) -> None:
        """Check the time again and send, once; nothing while the link's booking is under way."""
        self._start(request, BookingStage.RECHECKING, self._booking.book)

    def recheck(self, request: BookingRequest) -> None:
        """Look for the meeting of a request whose answer was lost; sends nothing."""
        self._start(request, BookingStage.VERIFYING, self._booking.recheck)

    def cancel(self) -> None:
        """Another account is active: what was sent for the one before is looked up when it is back."""
        for slug in self._stages:
            self._tasks.cancel(_key(slug))

    def _start(
        self,
        request: BookingRequest,
        stage: BookingStage,
        call: Callable[[BookingRequest, Stages], Awaitable[BookingOutcome]],
    ) -> None:
        self._tasks.start(self._run(request, stage, call), key=_key(request.slug), policy=Policy.ONCE)

    async def _run(
        self,
        request: BookingRequest,
        stage: BookingStage,
        call: Callable[[BookingRequest, Stages], Awaitable[BookingOutcome]],
    ) -> None:
        slug = request.slug
        self._enter(slug, stage)
        try:
            outcome = await call(request, lambda next_stage: self._enter(slug, next_stage))
        finally:
            self._stages.pop(slug, None)
            self._staged(slug, None)
        await self._ended(request, outcome)

    def _enter(self, slug: Slug, stage: BookingStage) -> None:
        self._stages[slug] = stage
        self._staged(slug, stage)


def _key(slug: Slug) -> str:
    return f"book {slug}"
