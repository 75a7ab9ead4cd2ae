"""Changing a preference at once, and saying so when it could not be kept."""

from collections.abc import Coroutine
from typing import Any

from app.services.preferences import PreferencesService
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.tasks import TaskScope
from app.ui.kit.wording import words_for

Change = Coroutine[Any, Any, None]


class PreferenceKeeper:
    """Awaits changes of `preferences`; a failed save is told, and the change counts until Slotdesk quits."""

    def __init__(self, preferences: PreferencesService, notices: Notices, tasks: TaskScope) -> None:
        self.service = preferences
        self._notices = notices
        self._tasks = tasks

    def keep(self, change: Change) -> None:
        """Run `change`, which is what `service.change(...)` returned."""
        self._tasks.start(self._keep(change), key="preferences")

    async def _keep(self, change: Change) -> None:
        before = self.service.state.value.problem
        await change
        problem = self.service.state.value.problem
        if problem is not None and problem is not before:
            self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
