"""Finding the record by which the list is filtered."""

from PySide6.QtCore import QObject, Signal

from app.domain.meetings import CrmRecord
from app.domain.ports import Clock
from app.domain.problems import Problem
from app.ui.kit.meetings.words import record_words
from app.ui.kit.records.kinds import kind_name
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.wording import words_for
from app.ui.screens.log.needs import Meetings

PAUSE_S = 0.2
SHORTEST = 2


class RecordSearch(QObject):
    """`answered(rows, message)` after `search`; `record` gives the record of a row."""

    answered = Signal(object, str)

    def __init__(self, meetings: Meetings, clock: Clock, tasks: TaskScope) -> None:
        super().__init__()
        self._meetings, self._clock, self._tasks = meetings, clock, tasks
        self._found: dict[str, CrmRecord] = {}

    def search(self, text: str) -> None:
        """Look for records of every type while the rep types; fewer than two letters find nothing."""
        if len(text.strip()) < SHORTEST:
            self._tasks.cancel("filter-record")
            self.answered.emit((), "")
        else:
            self._tasks.start(self._search(text.strip()), key="filter-record", policy=Policy.LATEST)

    def record(self, row_id: str) -> CrmRecord | None:
        """What was found under that id."""
        return self._found.get(row_id)

    async def _search(self, text: str) -> None:
        await self._clock.sleep(PAUSE_S)
        rows: list[ListRow] = []
        message = ""
        for kind in await self._meetings.kinds():
            try:
                records = await self._meetings.search_records(kind.type, text)
            except Problem as problem:
                message = words_for(problem).sentence
                continue
            for record in records:
                row_id = f"{kind.type}/{record.ref.id}"
                self._found[row_id] = record
                rows.append(
                    ListRow(
                        row_id, record_words(record), record.detail, section=kind_name(kind.type, (kind,))
                    )
                )
        self.answered.emit(tuple(rows), message)
