"""The outcome queue: one key sets an outcome and opens the next meeting, another takes it back."""

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.meetings import MeetingId
from app.domain.problems import Problem
from app.ui.kit.meetings.words import outcome_words, title_words
from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.tasks import TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.listing.viewmodel import MeetingsViewModel
from app.ui.screens.log.needs import Meetings, Outbox

translate = QCoreApplication.translate
UNDO_S = 8.0


@dataclass(frozen=True, slots=True)
class Gesture:
    """What can be taken back: the group of the outbox, the meetings it changed, and what it said."""

    group: str
    ids: tuple[MeetingId, ...]
    words: str


class OutcomeQueue(QObject):
    """Decides the open meeting, or asks with `many_wanted(outcome)` where several are selected.

    Each press is a gesture of its own, taken back by `undo` in the opposite order; the outbox holds them
    for 8 s and sends them together.
    """

    many_wanted = Signal(str)

    def __init__(
        self,
        viewmodel: MeetingsViewModel,
        meetings: Meetings,
        outbox: Outbox,
        *,
        notices: Notices,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._meetings, self._outbox = meetings, outbox
        self._notices, self._tasks = notices, tasks
        self._gestures: list[Gesture] = []
        self._turn = asyncio.Lock()
        self._toast = 0

    def forget(self) -> None:
        """Another account is active: nothing of the one before can be taken back here."""
        self._gestures.clear()

    def can_decide(self) -> bool:
        """Whether a meeting is open whose outcome can be set."""
        return bool(self._viewmodel.selection.selected)

    def decide(self, outcome: str) -> None:
        """Set the outcome of the open meeting; in the queue, open the next one at once."""
        selection = self._viewmodel.selection
        meeting_id = selection.meeting_id
        if len(selection.selected) > 1:
            self.many_wanted.emit(outcome)
        elif meeting_id is not None:
            self._viewmodel.keep(meeting_id)
            if self._viewmodel.props.segment is Segment.TO_LOG:
                self.advance()
            self._tasks.start(self._decide(meeting_id, outcome))

    def advance(self) -> None:
        """Open the next meeting of the list; the last one stays open."""
        selection = self._viewmodel.selection
        if selection.meeting_id is None:
            return
        following = self._viewmodel.after(selection.meeting_id)
        if following is not None:
            selection.choose(following)

    def note(self, gesture: Gesture) -> None:
        """Something else was done that Ctrl+Z takes back; say so."""
        self._gestures.append(gesture)
        self._say(gesture)

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._gestures) or self._turn.locked()

    def undo(self) -> None:
        """Take the last gesture back."""
        self._tasks.start(self._undo())

    async def _decide(self, meeting_id: MeetingId, outcome: str) -> None:
        row = self._viewmodel.row(meeting_id)
        title = title_words(row.meeting.details.title if row is not None else "")
        async with self._turn:
            try:
                group = await self._meetings.set_outcome((meeting_id,), outcome)
            except Problem as problem:
                self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
                return
            words = outcome_words(outcome, self._viewmodel.state.options)
            said = translate("log", "{outcome}: {title}").format(outcome=words, title=title)
            self.note(Gesture(group, (meeting_id,), said))

    async def _undo(self) -> None:
        async with self._turn:
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
        if is_undone:
            self._viewmodel.release(gesture.ids)
            self._viewmodel.selection.choose(gesture.ids[0], gesture.ids)
            self._notices.say(translate("log", "Taken back. {what}").format(what=gesture.words), seconds=4)
        else:
            self._notices.say(translate("log", "There is nothing left to take back."), tone=Tone.WARN)

    def _say(self, gesture: Gesture) -> None:
        """One toast for the queue: the newest gesture, the one that Ctrl+Z takes back."""
        self._notices.dismiss(self._toast)
        undo = Action(translate("log", "Undo"), self.undo)
        self._toast = self._notices.say(gesture.words, tone=Tone.OK, action=undo, seconds=UNDO_S)
