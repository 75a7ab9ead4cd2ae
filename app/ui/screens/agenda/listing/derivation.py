"""The list derived again and again: only what a change asks for is worked out anew."""

from dataclasses import replace
from datetime import date

from app.domain.agenda import AgendaEntry
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.ui.screens.agenda.listing.faces import RowFace, is_close_by, row_face
from app.ui.screens.agenda.listing.inputs import AgendaInputs
from app.ui.screens.agenda.listing.props import AgendaProps, Listed, derive_agenda, listed

_Look = tuple[object, ...]


class AgendaDerivation:
    """Answers as `derive_agenda` does, and remembers rows: a week of a whole company has a thousand."""

    def __init__(self) -> None:
        self._before: AgendaInputs | None = None
        self._listed: Listed | None = None
        self._look: _Look = ()
        self._faces: dict[tuple[date, AgendaEntry], tuple[MeetingRow, RowFace]] = {}
        self._next_faces: dict[tuple[date, AgendaEntry], tuple[MeetingRow, RowFace]] = {}

    def __call__(self, inputs: AgendaInputs) -> AgendaProps:
        """The props of a snapshot."""
        bare = _bare(inputs)
        if self._listed is None or bare != self._before:
            self._before, self._listed = bare, self._list(inputs)
        return derive_agenda(inputs, self._listed)

    def _list(self, inputs: AgendaInputs) -> Listed:
        look = _look(inputs)
        if look != self._look:
            self._look, self._faces = look, {}
        self._next_faces = {}
        shown = listed(inputs, self._face)
        self._faces = self._next_faces
        return shown

    def _face(self, entry: AgendaEntry, row: MeetingRow, day: date, inputs: AgendaInputs) -> RowFace:
        """A row that says how soon it is changes with every minute, the others only with what they show."""
        known = self._faces.get((day, entry))
        if known is not None and known[0] == row and not is_close_by(entry, inputs):
            face = known[1]
        else:
            face = row_face(entry, row, day, inputs)
        self._next_faces[day, entry] = (row, face)
        return face


def _bare(inputs: AgendaInputs) -> AgendaInputs:
    """The snapshot without what the rows do not depend on."""
    known = inputs.meetings
    meetings = MeetingsState(options=known.options, owners=known.owners, my_owner_id=known.my_owner_id)
    return replace(
        inputs,
        account=None,
        is_lost=False,
        is_online=True,
        meetings=meetings,
        sync=SyncState(),
        elsewhere=None,
        selected=None,
    )


def _look(inputs: AgendaInputs) -> _Look:
    """Everything besides entry, meeting and time that the words of a row depend on."""
    known = inputs.meetings
    is_near = inputs.days.first <= inputs.today
    return (
        inputs.words,
        inputs.zone,
        dict(inputs.zones),
        known.options,
        known.owners,
        known.my_owner_id,
        is_near,
    )
