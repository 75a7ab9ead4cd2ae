"""A step of the tour, and what all of them share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.compose.running import RunningApp
from app.tour.hands import Hands
from app.ui.kit.calendar import WeekGrid


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `picture` says whether what it leaves on screen is worth a picture."""

    name: str
    act: Callable[["Tour"], Awaitable[None]]
    picture: bool = True


class Tour:
    """What the steps share."""

    def __init__(self, running: RunningApp) -> None:
        self.running = running
        self.hands = Hands(running.window)

    @property
    def week(self) -> WeekGrid:
        """The week on screen."""
        return self.hands.find(WeekGrid, "calendar.week")

    def has_free_times(self) -> bool:
        """The week is loaded and has slots."""
        return (
            self.hands.is_there("calendar.week")
            and not self.week.props.loading
            and bool(self.week.props.slots)
        )

    def is_empty_week(self) -> bool:
        """The week is loaded and has nothing left, as on a Friday evening."""
        state = self.running.services.availability.state.value
        is_loading = state.is_opening or state.is_searching or bool(state.loading_months)
        return (
            not is_loading
            and self.hands.is_there("calendar.week")
            and not self.week.props.loading
            and not self.week.props.slots
            and self.hands.find(QWidget, "calendar.nextFree").isEnabled()
        )

    async def sees_free_times(self, what: str) -> None:
        """Wait for free times; where the week on screen has none left, go to the next one that has."""
        await self.hands.until(lambda: self.has_free_times() or self.is_empty_week(), what)
        if not self.has_free_times():
            await self.hands.click("calendar.nextFree")
            await self.hands.until(self.has_free_times, what)
