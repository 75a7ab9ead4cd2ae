"""The one sending of a booking request, which is not given up lightly."""

import asyncio
from typing import Final

from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.ports import Clock, Scheduler
from app.domain.problems import Problem, Unknown
from app.services.connectivity import ConnectivityService

GRACE: Final = 1.5
"""Seconds for which a cancelled sending still waits for its answer; quitting may take 2."""

Answer = BookingReceipt | Problem


class Sending:
    """Sends a request once.

    Cancelling it does not stop the request at once, since it may have been carried out already: `run` waits a
    little for the answer and returns it, with `was_cut_short` set, so that the caller can keep it before it
    lets the cancellation go on.
    """

    def __init__(self, scheduler: Scheduler, connectivity: ConnectivityService, clock: Clock) -> None:
        self._scheduler = scheduler
        self._connectivity = connectivity
        self._clock = clock
        self.was_cut_short = False

    async def run(self, request: BookingRequest) -> Answer:
        """The receipt or the problem; Unknown where the answer did not come in time."""
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(self._answer(request))
            try:
                await asyncio.wait({sending})
            except asyncio.CancelledError:
                self.was_cut_short = True
                grace = group.create_task(self._clock.sleep(GRACE))
                await asyncio.wait({sending, grace}, return_when=asyncio.FIRST_COMPLETED)
                grace.cancel()
                sending.cancel()
        return Unknown() if sending.cancelled() else sending.result()

    async def _answer(self, request: BookingRequest) -> Answer:
        try:
            return await self._connectivity.watch(self._scheduler.book(request))
        except Problem as problem:
            return problem
