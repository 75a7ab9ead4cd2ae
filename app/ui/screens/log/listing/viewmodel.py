"""The list's state: which meetings match, the rows in sight, and what stays listed after it was decided."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.changes import STUCK_STATES, PendingChange
from app.domain.meetings import MeetingId, MeetingIndex, Outcome
from app.domain.ports import Clock
from app.domain.problems import Problem
from app.domain.projection import start_ms
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.outbox.snapshot import OutboxState
from app.ui.context import Manners
from app.ui.kit.meetings.face import MeetingFace, meeting_face
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.log.listing.days import DayList, DaySection, by_day, with_kept
from app.ui.screens.log.listing.narrowing import Filters, Narrowing, Segment
from app.ui.screens.log.listing.props import ListInputs, ListProps, day_words, derive_list
from app.ui.screens.log.listing.shelf import RowShelf
from app.ui.screens.log.needs import Meetings, Outbox
from app.ui.screens.log.selection import LogSelection

TYPING_PAUSE_S = 0.12
SYNC_PAUSE_S = 0.5
AHEAD = 20


class MeetingsViewModel(QObject):
    """Folds the meetings into `props`.

    `rows_changed(ids)` says which rows have to be painted again, `words_changed` that all of them have.
    """

    props_changed = Signal()
    rows_changed = Signal(object)
    words_changed = Signal()

    def __init__(
        self,
        meetings: Meetings,
        outbox: Outbox,
        *,
        selection: LogSelection,
        manners: Manners,
        clock: Clock,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._meetings, self._outbox = meetings, outbox
        self._selection, self._manners = selection, manners
        self._clock, self._tasks = clock, tasks
        self._shelf = RowShelf(self._make_face)
        self._kept: dict[MeetingId, int] = {}
        self._sight: tuple[MeetingId, ...] = ()
        self._lacking: tuple[MeetingId, ...] = ()
        self._answered = ((MeetingIndex(), ""), DayList())
        self._is_outdated = False
        self._begins = True
        inputs = ListInputs(Narrowing(), manners.words, meetings.state.value, meetings.sync.value)
        self._publisher = Publisher(self, inputs, derive_list)
        meetings.state.subscribe(self._on_meetings)
        meetings.sync.subscribe(self._on_sync)
        outbox.state.subscribe(self._on_outbox)
        manners.changed.connect(self._on_manners)
        selection.changed.connect(self._on_selection)
        self._on_outbox(outbox.state.value)

    @property
    def props(self) -> ListProps:
        """What the pane shows now."""
        return self._publisher.props

    @property
    def state(self) -> MeetingsState:
        """Options and owners, for the filters and for words."""
        return self._publisher.inputs.meetings

    @property
    def selection(self) -> LogSelection:
        """What is open."""
        return self._selection

    def face(self, meeting_id: MeetingId) -> MeetingFace | None:
        """What a row says; None while it is being read."""
        return self._shelf.face(meeting_id)

    def row(self, meeting_id: MeetingId) -> MeetingRow | None:
        """A row that has been read."""
        return self._shelf.row(meeting_id)

    def day_words(self, section: DaySection) -> str:
        """The heading of a day."""
        manners = self._manners
        return day_words(section, manners.words, now=self._clock.now(), zone=manners.zone)

    def start(self) -> None:
        """Another account is active: nothing of the one before stays."""
        self._shelf.clear()
        self._kept.clear()
        self._sight, self._begins = (), True
        inputs = self._publisher.inputs
        narrowing = replace(inputs.narrowing, text="", filters=Filters())
        self._publisher.set(replace(inputs, days=None, narrowing=narrowing, question=inputs.question + 1))
        self._ask()

    def show_segment(self, segment: Segment) -> None:
        """To log, all, or the outbox."""
        if segment is not self.props.segment:
            self._narrow(replace(self.props.narrowing, segment=segment))

    def search(self, text: str) -> None:
        """Narrow the list while the rep types."""
        self._narrow(replace(self.props.narrowing, text=text), pause=TYPING_PAUSE_S)

    def filter(self, filters: Filters) -> None:
        """Narrow the list by outcome, type, owner, record or days."""
        self._narrow(replace(self.props.narrowing, filters=filters))

    def widen(self) -> None:
        """No search and no filters."""
        self._narrow(replace(self.props.narrowing, text="", filters=Filters()))

    def refresh(self) -> None:
        """Read what changed in HubSpot."""
        self._kept.clear()
        self._tasks.start(self._meetings.start_sync(), key="sync", policy=Policy.ONCE)
        self.look_again()

    def look_again(self) -> None:
        """Ask this computer again: time has passed, more meetings are over."""
        self._is_outdated = True
        self._tasks.start(self._read(), key="index", policy=Policy.ONCE)

    def stop_sync(self) -> None:
        """Stop reading HubSpot's meetings."""
        self._meetings.cancel_sync()

    def want(self, ids: Sequence[MeetingId]) -> None:
        """These are in sight; read them and what they stand on."""
        self._sight = tuple(ids)
        if self._shelf.missing(self._sight):
            self._tasks.start(self._read_rows(), key="rows", policy=Policy.ONCE)

    def keep(self, meeting_id: MeetingId) -> None:
        """Leave a meeting in the list though it will no longer match: the rep has just decided it."""
        row = self._shelf.row(meeting_id)
        if row is not None and self.props.segment is Segment.TO_LOG:
            self._kept[meeting_id] = start_ms(row.meeting)

    def release(self, ids: Sequence[MeetingId]) -> None:
        """The decision was taken back: they are listed only where they match."""
        for one in ids:
            self._kept.pop(self._outbox.identities.get(one, one), None)
        self.look_again()

    def after(self, meeting_id: MeetingId) -> MeetingId | None:
        """The next meeting to log; the one before where it was the last; None when all are done."""
        ids = self.props.days.ids
        if meeting_id not in ids:
            return next((one for one in ids if self._is_open(one)), None)
        place = ids.index(meeting_id)
        later = next((one for one in ids[place + 1 :] if self._is_open(one)), None)
        return later or next((one for one in reversed(ids[:place]) if self._is_open(one)), None)

    def _is_open(self, meeting_id: MeetingId) -> bool:
        if self.props.segment is not Segment.TO_LOG:
            return True
        row = self._shelf.row(meeting_id)
        return meeting_id not in self._kept and (
            row is None or row.meeting.details.outcome == Outcome.SCHEDULED
        )

    def _narrow(self, narrowing: Narrowing, *, pause: float = 0) -> None:
        self._kept.clear()
        inputs = self._publisher.inputs
        self._publisher.set(replace(inputs, narrowing=narrowing))
        if narrowing.segment is not Segment.OUTBOX:
            self._ask(pause)

    def _ask(self, pause: float = 0) -> None:
        question = self._publisher.inputs.question + 1
        self._tasks.start(self._read(question, pause), key="index", policy=Policy.LATEST)

    async def _read(self, question: int | None = None, pause: float = 0) -> None:
        """Ask the store until nothing has changed meanwhile; while a sync runs, not at every page of it."""
        if pause:
            await self._clock.sleep(pause)
        self._is_outdated = True
        while self._is_outdated:
            self._is_outdated = False
            await self._read_once(question)
            question = None
            if self._meetings.sync.value.is_running:
                await self._clock.sleep(SYNC_PAUSE_S)

    async def _read_once(self, question: int | None) -> None:
        inputs, manners = self._publisher.inputs, self._manners
        if inputs.narrowing.segment is Segment.OUTBOX:
            return
        my_owner_id = self._meetings.state.value.my_owner_id
        query = inputs.narrowing.query(now=self._clock.now(), zone=manners.zone, my_owner_id=my_owner_id)
        days, problem = inputs.days, None
        is_behind = self._meetings.sync.value.synced_at is None
        try:
            days = self._days_of(await self._meetings.index(query))
        except Problem as failure:
            problem = failure
        asked = self._publisher.inputs.question if question is None else question
        inputs = replace(self._publisher.inputs, days=days, is_behind=is_behind)
        self._publisher.set(replace(inputs, problem=problem, question=asked))
        if days:
            self._begin(days)

    def _days_of(self, index: MeetingIndex) -> DayList:
        """The days of an index; most answers are the same as the one before."""
        asked = (with_kept(index, self._kept), self._manners.zone)
        if asked != self._answered[0]:
            self._answered = (asked, by_day(*asked))
        return self._answered[1]

    def _begin(self, days: DayList) -> None:
        """Something is open as soon as there is something."""
        if self._begins and self._selection.meeting_id is None and self._selection.new is None:
            self._selection.choose(days.ids[0])
        self._begins = False

    async def _read_rows(self) -> None:
        while ids := self._shelf.missing(self._sight):
            try:
                rows = await self._meetings.rows(ids)
            except Problem as problem:
                self._publisher.set(replace(self._publisher.inputs, problem=problem))
                return
            changed = self._shelf.put(ids, rows)
            if changed:
                self.rows_changed.emit(changed)
            self._lacking = (*self._lacking, *(row.meeting.id for row in rows))
            self._tasks.start(self._read_details(), key="details", policy=Policy.ONCE)

    async def _read_details(self) -> None:
        """What the rows stand on comes over the network: rows of this computer do not wait for it."""
        while self._lacking:
            ids, self._lacking = self._lacking, ()
            await self._meetings.details_needed(ids)

    def _make_face(self, row: MeetingRow) -> MeetingFace:
        manners = self._manners
        return meeting_face(
            row.meeting,
            row.records,
            row.pending,
            options=self.state.options,
            words=manners.words,
            zone=manners.zone,
        )

    def _on_meetings(self, state: MeetingsState) -> None:
        before = self.state
        self._publisher.set(replace(self._publisher.inputs, meetings=state))
        if state.options != before.options:
            self._shelf.repaint()
            self.words_changed.emit()
        if state.revision != before.revision:
            self._shelf.outdate()
            self.look_again()
            self.want(self._sight)
        if state.my_owner_id != before.my_owner_id:
            self._ask()

    def _on_sync(self, sync: SyncState) -> None:
        self._publisher.set(replace(self._publisher.inputs, sync=sync))
        if self._publisher.inputs.is_behind and sync.synced_at is not None:
            self.look_again()

    def _on_outbox(self, state: OutboxState) -> None:
        self._publisher.set(replace(self._publisher.inputs, in_outbox=len(state.rows), stuck=self._stuck()))
        identities = self._outbox.identities
        for one in self._selection.selected:
            if one in identities:
                self._selection.rename(one, identities[one])
        for one in [kept for kept in self._kept if kept in identities]:
            self._kept[identities[one]] = self._kept.pop(one)

    def _on_selection(self) -> None:
        self._publisher.set(replace(self._publisher.inputs, stuck=self._stuck()))

    def _stuck(self) -> PendingChange | None:
        """The change of the open meeting that needs the rep."""
        open_id, identities = self._selection.meeting_id, self._outbox.identities
        if open_id is None:
            return None
        stuck = (row for row in self._outbox.state.value.rows if row.state in STUCK_STATES)
        ids = ((row, row.change.meeting_id) for row in stuck)
        return next((row for row, one in ids if open_id in (one, identities.get(one))), None)

    def _on_manners(self) -> None:
        self._shelf.repaint()
        self._publisher.set(replace(self._publisher.inputs, words=self._manners.words))
        self.look_again()
        self.words_changed.emit()
