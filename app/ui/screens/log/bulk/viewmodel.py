"""The state of a change of many meetings: which ones, what is set, and what that would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.meetings import MeetingField, MeetingId
from app.domain.problems import Problem
from app.services.meetings.state import MeetingRow, MeetingsState
from app.ui.context import Manners
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.times import TimeWords
from app.ui.kit.wording import words_for
from app.ui.screens.log.bulk.preview import Preview, derive_preview
from app.ui.screens.log.needs import Meetings
from app.ui.screens.log.undoing import Gesture, Undoing

translate = QCoreApplication.translate
MOST = 2_000
PART = 250


@dataclass(frozen=True, slots=True)
class BulkInputs:
    """What the sheet is derived from; `rows` is None while they are read."""

    meetings: MeetingsState
    words: TimeWords
    zone: str
    ids: tuple[MeetingId, ...] = ()
    rows: tuple[MeetingRow, ...] | None = None
    edits: Mapping[MeetingField, str] = field(default_factory=dict)
    problem: str = ""
    is_sending: bool = False


@dataclass(frozen=True, slots=True)
class BulkProps:
    """What the sheet shows; `count` meetings are selected, `preview.changing` of them change."""

    count: int
    preview: Preview
    is_loading: bool
    is_sending: bool
    problem: str
    state: MeetingsState
    edits: Mapping[MeetingField, str]


def derive_bulk(inputs: BulkInputs) -> BulkProps:
    """The sheet from one snapshot."""
    rows, state = inputs.rows or (), inputs.meetings
    preview = derive_preview(rows, inputs.edits, state, inputs.words, inputs.zone)
    is_loading = inputs.rows is None and not inputs.problem
    return BulkProps(
        len(inputs.ids), preview, is_loading, inputs.is_sending, inputs.problem, state, inputs.edits
    )


class BulkViewModel(QObject):
    """`applied` fires once the change is kept."""

    props_changed = Signal()
    applied = Signal()

    def __init__(self, meetings: Meetings, undoing: Undoing, *, manners: Manners, tasks: TaskScope) -> None:
        super().__init__()
        self._meetings, self._undoing = meetings, undoing
        self._manners, self._tasks = manners, tasks
        inputs = BulkInputs(meetings.state.value, manners.words, manners.zone)
        self._publisher = Publisher(self, inputs, derive_bulk)

    @property
    def props(self) -> BulkProps:
        """What the sheet shows now."""
        return self._publisher.props

    def begin(self, ids: Sequence[MeetingId], outcome: str = "") -> None:
        """Begin a change of these, with an outcome that was asked for."""
        edits = {MeetingField.OUTCOME: outcome} if outcome else {}
        manners, chosen = self._manners, tuple(ids)
        inputs = BulkInputs(self._meetings.state.value, manners.words, manners.zone, chosen, None, edits)
        if len(chosen) > MOST:
            pattern = translate("log", "Select at most {n} meetings at a time.")
            number = manners.words.locale.toString(MOST)
            self._publisher.set(replace(inputs, problem=pattern.format(n=number)))
            return
        self._publisher.set(inputs)
        self._tasks.start(self._read(chosen), key="bulk", policy=Policy.LATEST)

    def set_field(self, name: MeetingField, value: str | None) -> None:
        """Set a field of all of them, or leave it as it is (None)."""
        edits = dict(self._publisher.inputs.edits)
        edits.pop(name, None)
        if value is not None:
            edits[name] = value
        self._publisher.set(replace(self._publisher.inputs, edits=edits))

    def apply(self) -> None:
        """Keep the change; it is sent after the time for an undo."""
        if self.props.preview.changing and not self.props.is_sending:
            self._tasks.start(self._apply(), key="bulk-apply", policy=Policy.ONCE)

    async def _read(self, ids: tuple[MeetingId, ...]) -> None:
        rows: list[MeetingRow] = []
        try:
            for first in range(0, len(ids), PART):
                rows.extend(await self._meetings.rows(ids[first : first + PART]))
        except Problem as problem:
            self._publisher.set(replace(self._publisher.inputs, problem=words_for(problem).sentence))
            return
        self._publisher.set(replace(self._publisher.inputs, rows=tuple(rows)))

    async def _apply(self) -> None:
        ids, edits = self.props.preview.changing, self._publisher.inputs.edits
        self._publisher.set(replace(self._publisher.inputs, is_sending=True, problem=""))
        try:
            group = await self._meetings.change_many(ids, edits)
        except Problem as problem:
            words = words_for(problem).sentence
            self._publisher.set(replace(self._publisher.inputs, is_sending=False, problem=words))
            return
        self._publisher.set(replace(self._publisher.inputs, is_sending=False))
        said = translate("log", "1 meeting changed")
        if len(ids) > 1:
            said = translate("log", "{n} meetings changed").format(n=len(ids))
        self._undoing.note(Gesture(group, ids, said))
        self.applied.emit()
