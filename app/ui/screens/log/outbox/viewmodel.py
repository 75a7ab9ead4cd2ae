"""The outbox's state: rows, history, the open row, and what is done with it."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.changes import ChangeId
from app.domain.conflicts import Side
from app.domain.meetings import MeetingField
from app.domain.problems import Problem
from app.services.meetings.state import MeetingsState
from app.services.outbox.snapshot import OutboxState
from app.ui.context import Manners
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.log.needs import Meetings, Outbox
from app.ui.screens.log.outbox.props import OutboxInputs, OutboxProps, derive_outbox

translate = QCoreApplication.translate


class OutboxViewModel(QObject):
    """Folds the outbox into `props`."""

    props_changed = Signal()

    def __init__(
        self, meetings: Meetings, outbox: Outbox, *, manners: Manners, notices: Notices, tasks: TaskScope
    ) -> None:
        super().__init__()
        self._meetings, self._outbox = meetings, outbox
        self._manners, self._notices, self._tasks = manners, notices, tasks
        inputs = OutboxInputs(outbox.state.value, meetings.state.value, manners.words, manners.zone)
        self._publisher = Publisher(self, inputs, derive_outbox)
        outbox.state.subscribe(self._on_outbox)
        meetings.state.subscribe(self._on_meetings)
        manners.changed.connect(self._on_manners)

    @property
    def props(self) -> OutboxProps:
        """What is shown now."""
        return self._publisher.props

    def start(self) -> None:
        """Another account is active."""
        self._publisher.set(replace(self._publisher.inputs, known={}, history=(), open_id=""))
        self.look()

    def open(self, change_id: str) -> None:
        """Show this row."""
        self._publisher.set(replace(self._publisher.inputs, open_id=change_id))

    def retry(self, change_id: ChangeId) -> None:
        """Try it again."""
        self._do(change_id, self._outbox.retry(change_id))

    def discard(self, change_id: ChangeId) -> None:
        """Give it up."""
        self._do(change_id, self._discard(change_id))

    def resolve(self, change_id: ChangeId, choices: Mapping[MeetingField, Side]) -> None:
        """Go on with whose values the rep has chosen."""
        self._do(change_id, self._outbox.resolve_conflict(change_id, choices))

    def decide(self, change_id: ChangeId, *, send_again: bool) -> None:
        """Say whether it is there."""
        self._do(change_id, self._outbox.decide(change_id, send_again=send_again))

    def cancel_upload(self, change_id: ChangeId) -> None:
        """Stop an upload."""
        self._outbox.cancel_upload(change_id)

    def undo(self, change_id: ChangeId, group: str) -> None:
        """Write the opposite of something that has been sent."""
        self._do(change_id, self._undo(group))

    async def _discard(self, change_id: ChangeId) -> None:
        gone = [one for one in await self._outbox.discard(change_id) if one != change_id]
        if len(gone) == 1:
            self._notices.say(translate("outbox", "1 later change of this meeting was discarded with it."))
        elif gone:
            pattern = translate("outbox", "{n} later changes of this meeting were discarded with it.")
            self._notices.say(pattern.format(n=len(gone)))

    async def _undo(self, group: str) -> None:
        if not await self._outbox.undo(group):
            self._notices.say(translate("outbox", "There is nothing left to take back."), tone=Tone.WARN)

    def _do(self, change_id: ChangeId, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(self._busy(change_id, work), key=f"outbox-{change_id}", policy=Policy.ONCE)

    async def _busy(self, change_id: ChangeId, work: Coroutine[Any, Any, None]) -> None:
        self._mark(lambda busy: busy | {change_id})
        try:
            await work
        except Problem as problem:
            self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
        finally:
            work.close()
            self._mark(lambda busy: busy - {change_id})
        self.look()

    def _mark(self, change: Callable[[frozenset[str]], frozenset[str]]) -> None:
        inputs = self._publisher.inputs
        self._publisher.set(replace(inputs, busy=change(inputs.busy)))

    def look(self) -> None:
        """Read what was done, and what the rows are about."""
        self._tasks.start(self._read(), key="outbox-read", policy=Policy.LATEST)

    async def _read(self) -> None:
        """What was done, and the meetings all of it is about."""
        try:
            history = await self._outbox.history()
            rows = (*self._outbox.state.value.rows, *history)
            ids = tuple(dict.fromkeys(row.server_id or row.change.meeting_id for row in rows))
            known = {row.meeting.id: row for row in await self._meetings.rows(ids)}
        except Problem as problem:
            self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
            return
        identities = self._outbox.identities
        known |= {local: known[server] for local, server in identities.items() if server in known}
        self._publisher.set(replace(self._publisher.inputs, history=history, known=known))

    def _on_outbox(self, state: OutboxState) -> None:
        before = self._publisher.inputs.state
        self._publisher.set(replace(self._publisher.inputs, state=state))
        if state.rows != before.rows:
            self.look()

    def _on_meetings(self, state: MeetingsState) -> None:
        self._publisher.set(replace(self._publisher.inputs, meetings=state))

    def _on_manners(self) -> None:
        manners = self._manners
        self._publisher.set(replace(self._publisher.inputs, words=manners.words, zone=manners.zone))
