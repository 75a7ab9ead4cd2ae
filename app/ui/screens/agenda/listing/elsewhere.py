"""The nearest meeting outside empty days: what the rep can go to instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol

from app.domain.agenda import AgendaView, is_canceled
from app.domain.meetings import Meeting, MeetingId, MeetingIndex, MeetingQuery, Outcome
from app.services.meetings.state import MeetingRow
from app.ui.screens.agenda.listing.inputs import AgendaInputs

_NEAR: Final = timedelta(days=90)
_PAGE: Final = 40
_MS: Final = timedelta(milliseconds=1)


class MeetingSource(Protocol):
    """Where meetings are found; the meetings service is one."""

    async def index(self, query: MeetingQuery) -> MeetingIndex: ...

    async def rows(self, ids: Sequence[MeetingId]) -> tuple[MeetingRow, ...]: ...


async def nearest(meetings: MeetingSource, inputs: AgendaInputs) -> MeetingRow | None:
    """The first one after the days, for past ones the last before; canceled ones of either side.

    Raises StorageFailed.
    """
    question = inputs.question
    earliest, latest = inputs.bounds()
    mine = inputs.meetings.my_owner_id
    query = MeetingQuery(
        text=question.person.strip(),
        owner_ids=frozenset() if question.is_everybody or mine is None else frozenset({mine}),
    )
    if question.view is AgendaView.CANCELED:
        query = replace(query, outcomes=frozenset({Outcome.CANCELED.value}))
    after = replace(query, earliest=latest, is_ascending=True)
    before = replace(query, latest=earliest - _MS)
    match question.view:
        case AgendaView.UPCOMING:
            queries = (replace(after, latest=latest + _NEAR), after)
        case AgendaView.PAST:
            queries = (replace(before, earliest=earliest - _NEAR), before)
        case AgendaView.CANCELED:
            queries = (replace(after, latest=latest + _NEAR), before)
    for one in queries:
        found = await _first(meetings, one, question.view)
        if found is not None:
            return found
    return None


async def _first(meetings: MeetingSource, query: MeetingQuery, view: AgendaView) -> MeetingRow | None:
    index = await meetings.index(query)
    for row in await meetings.rows(index.ids[:_PAGE]):
        if _fits(row.meeting, view):
            return row
    return None


def _fits(meeting: Meeting, view: AgendaView) -> bool:
    return meeting.details.start is not None and is_canceled(meeting) == (view is AgendaView.CANCELED)
