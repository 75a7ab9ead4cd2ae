"""What the command palette finds on the Log screen: meetings by title, notes and people."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.meetings import MeetingId, MeetingQuery
from app.domain.ports import Clock
from app.domain.problems import Problem
from app.domain.zones import city_of
from app.services.meetings.state import MeetingRow
from app.ui.context import Manners
from app.ui.kit.meetings.words import people_line, title_words
from app.ui.kit.widgets.rows import ListRow
from app.ui.screen import Finder
from app.ui.screens.log.needs import Meetings

translate = QCoreApplication.translate
TYPING_PAUSE_S = 0.15
AT_MOST = 5


@dataclass(frozen=True, slots=True)
class MeetingFinder:
    """The newest meetings of this computer that match; picking one tells `opened` its id."""

    meetings: Meetings
    manners: Manners
    clock: Clock
    opened: Callable[[MeetingId], None]

    async def find(self, text: str) -> tuple[ListRow, ...]:
        """At most five, after a short pause of typing."""
        await self.clock.sleep(TYPING_PAUSE_S)
        try:
            index = await self.meetings.index(MeetingQuery(text=text.strip()))
            rows = await self.meetings.rows(index.ids[:AT_MOST])
        except Problem:
            return ()
        return tuple(self._row(row) for row in rows)

    def pick(self, row_id: str) -> None:
        """Open the meeting."""
        self.opened(MeetingId(row_id))

    def finder(self) -> Finder:
        """This as the palette takes it."""
        return Finder(self.find, self.pick)

    def _row(self, row: MeetingRow) -> ListRow:
        details = row.meeting.details
        return ListRow(
            id=row.meeting.id,
            title=title_words(details.title),
            detail=people_line(row.meeting, row.records),
            icon="notebook-pen",
            trailing=self._when(row),
            section=translate("palette", "Meetings"),
        )

    def _when(self, row: MeetingRow) -> str:
        start, words, zone = row.meeting.details.start, self.manners.words, self.manners.zone
        if start is None:
            return ""
        return translate("palette", "{start}, {city} time").format(
            start=words.span(start, start, zone).split(" – ")[0], city=city_of(zone)
        )
