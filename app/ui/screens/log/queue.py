"""The outcome queue: one key sets an outcome and opens the next meeting, another takes it back."""

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.meetings import MeetingId
from app.domain.problems import Problem
from app.ui.kit.meetings.words import outcome_words, title_words
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.tasks import TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.listing.viewmodel import MeetingsViewModel
from app.ui.screens.log.needs import Meetings
from app.ui.screens.log.undoing import Gesture, Undoing

translate = QCoreApplication.translate


class OutcomeQueue(QObject):
    """Decides the open meeting, or asks with `many_wanted(outcome)` where several are selected.

    Each press is a gesture of its own, taken back by `Undoing` in the opposite order; the outbox holds them
    for 8 s and sends them together.
    """

    many_wanted = Signal(str)

    def __init__(
        self,
        viewmodel: MeetingsViewModel,
        meetings: Meetings,
        undoing: Undoing,
        *,
        notices: Notices,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._meetings, self._undoing = meetings, undoing
        self._notices, self._tasks = notices, tasks
        undoing.taken_back.connect(self._on_taken_back)

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

    async def _decide(self, meeting_id: MeetingId, outcome: str) -> None:
        row = self._viewmodel.row(meeting_id)
        title = title_words(row.meeting.details.title if row is not None else "")
        async with self._undoing.turn:
            try:
                group = await self._meetings.set_outcome((meeting_id,), outcome)
            except Problem as problem:
                self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
                return
            words = outcome_words(outcome, self._viewmodel.state.options)
            said = translate("log", "{outcome}: {title}").format(outcome=words, title=title)
            self._undoing.note(Gesture(group, (meeting_id,), said))

    def _on_taken_back(self, gesture: Gesture) -> None:
        self._viewmodel.release(gesture.ids)
        if gesture.ids:
            self._viewmodel.selection.choose(gesture.ids[0], gesture.ids)
