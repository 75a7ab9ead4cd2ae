"""What the rep did last on the Log screen, and how it is taken back: by its toast or by Ctrl+Z."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.meetings import MeetingId
from app.domain.problems import Problem
from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.tasks import TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.log.needs import Outbox

translate = QCoreApplication.translate
UNDO_S = 8.0
"""How long a toast offers to take a gesture back; Ctrl+Z does it later too."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """What can be taken back: the group of the outbox, the meetings it changed, and what it said.

    `reopen` runs afterwards where there is no meeting left to show; it may raise Problem.
    """

    group: str
    ids: tuple[MeetingId, ...]
    words: str
    reopen: Callable[[], Awaitable[None]] | None = None


class Undoing(QObject):
    """Every gesture of the screen in its order; the last one is taken back first.

    `taken_back(Gesture)` fires once the outbox has done it. Who makes a gesture may hold `turn` meanwhile,
    so that an undo pressed at once waits for it.
    """

    taken_back = Signal(object)

    def __init__(self, outbox: Outbox, *, notices: Notices, tasks: TaskScope) -> None:
        super().__init__()
        self._outbox, self._notices, self._tasks = outbox, notices, tasks
        self._gestures: list[Gesture] = []
        self._toast = 0
        self.turn = asyncio.Lock()

    def forget(self) -> None:
        """Another account is active: nothing of the one before can be taken back here."""
        self._gestures.clear()

    def note(self, gesture: Gesture, *, said: str = "") -> None:
        """Something was done; one toast says so (in the words of `said`), the one before goes."""
        self._gestures.append(gesture)
        self._notices.dismiss(self._toast)
        undo = Action(translate("log", "Undo"), self.undo)
        self._toast = self._notices.say(said or gesture.words, tone=Tone.OK, action=undo, seconds=UNDO_S)

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._gestures) or self.turn.locked()

    def undo(self) -> None:
        """Take the last gesture back."""
        self._tasks.start(self._undo())

    async def _undo(self) -> None:
        async with self.turn:
            if not self._gestures:
                return
            gesture = self._gestures.pop()
            self._notices.dismiss(self._toast)
            try:
                is_undone = await self._outbox.undo(gesture.group)
            except Problem as problem:
                self._gestures.append(gesture)
                self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
                return
            await self._show(gesture, is_undone=is_undone)

    async def _show(self, gesture: Gesture, *, is_undone: bool) -> None:
        if not is_undone:
            self._notices.say(translate("log", "There is nothing left to take back."), tone=Tone.WARN)
            return
        self._notices.say(translate("log", "Taken back. {what}").format(what=gesture.words), seconds=4)
        if gesture.reopen is not None:
            try:
                await gesture.reopen()
            except Problem as problem:
                self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
        self.taken_back.emit(gesture)
