"""What the list of meetings and the editor share: which meeting is open, and what one asks of the other."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.meetings import MeetingId
from app.ui.kit.routes import NewMeeting


class LogSelection(QObject):
    """The one state of the Log screen; every change goes through a method and is announced once.

    `changed`: another meeting is open (`meeting_id`), a new one is begun (`new`), or others are selected.
    `renamed(before, after)`: HubSpot has given the open meeting its number; it is still the same meeting.
    `next_requested`: the editor is done with this one, the list opens the next. `left`: the editor gives the
    keyboard back to the list.
    """

    changed = Signal()
    renamed = Signal(str, str)
    next_requested = Signal()
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._meeting_id: MeetingId | None = None
        self._selected: tuple[MeetingId, ...] = ()
        self._new: NewMeeting | None = None

    @property
    def meeting_id(self) -> MeetingId | None:
        """The open meeting; None for a new one, and where nothing is open."""
        return self._meeting_id

    @property
    def selected(self) -> tuple[MeetingId, ...]:
        """Every selected meeting, in the order of the list; more than one for a change of many."""
        return self._selected

    @property
    def new(self) -> NewMeeting | None:
        """What the new meeting begins with, while one is being logged."""
        return self._new

    def choose(self, meeting_id: MeetingId | None, selected: Sequence[MeetingId] | None = None) -> None:
        """Open a meeting, alone or with others selected beside it."""
        alone = () if meeting_id is None else (meeting_id,)
        many = alone if selected is None else tuple(selected)
        if (meeting_id, many, None) == (self._meeting_id, self._selected, self._new):
            return
        self._meeting_id, self._selected, self._new = meeting_id, many, None
        self.changed.emit()

    def open_new(self, prefill: NewMeeting) -> None:
        """Begin to log a meeting; what was open is let go."""
        self._meeting_id, self._selected, self._new = None, (), prefill
        self.changed.emit()

    def rename(self, before: MeetingId, after: MeetingId) -> None:
        """Follow a meeting that HubSpot has given its number; announced by `renamed` alone."""
        if before not in self._selected:
            return
        self._selected = tuple(after if one == before else one for one in self._selected)
        if self._meeting_id == before:
            self._meeting_id = after
            self.renamed.emit(before, after)

    def go_on(self) -> None:
        """Open the meeting after this one."""
        self.next_requested.emit()

    def leave(self) -> None:
        """Give the keyboard back to the list."""
        self.left.emit()
