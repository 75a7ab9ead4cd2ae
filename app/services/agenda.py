"""The meetings of some days as the agenda shows them: past and upcoming, canceled ones too."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from app.domain.accounts import AccountId
from app.domain.meetings import MeetingQuery
from app.domain.problems import Problem
from app.domain.records import OwnerId
from app.services.accounts import AccountsService, AccountsState
from app.services.meetings.service import MeetingsService
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.published import ErrorSink, Published

LONGEST: Final = timedelta(days=7)
"""How far back a meeting may have begun that still goes on when the shown time begins."""


@dataclass(frozen=True, slots=True)
class AgendaState:
    """The meetings that touch the time from `earliest` to `latest` (UTC instants), by start.

    `person` and `is_everybody` say what was asked for; `is_answered` whether `entries` (or `problem`) answer
    it already; `synced_at` is the age of the rows.
    """

    entries: tuple[MeetingRow, ...] = ()
    earliest: datetime | None = None
    latest: datetime | None = None
    person: str = ""
    is_everybody: bool = False
    is_answered: bool = False
    synced_at: datetime | None = None
    problem: Problem | None = None


class _Asked(NamedTuple):
    account_id: AccountId
    earliest: datetime
    latest: datetime
    person: str
    is_everybody: bool


class AgendaService:
    """Shows the days asked for last and follows every change of the meetings while `run` runs."""

    def __init__(self, accounts: AccountsService, meetings: MeetingsService, *, on_error: ErrorSink) -> None:
        self._meetings = meetings
        self._account_id = accounts.active_id
        self._has_changed = asyncio.Event()
        self._seen = _version(meetings.state.value)
        self.state = Published(AgendaState(), on_error)
        accounts.state.subscribe(self._on_accounts)
        meetings.state.subscribe(self._on_meetings)
        meetings.sync.subscribe(self._on_sync)

    def _on_accounts(self, accounts: AccountsState) -> None:
        active_id = accounts.active.id if accounts.active else None
        if active_id != self._account_id:
            self._account_id = active_id
            self._publish(entries=(), is_answered=False, synced_at=None, problem=None)
            self._has_changed.set()

    def _on_meetings(self, state: MeetingsState) -> None:
        if _version(state) != self._seen:
            self._seen = _version(state)
            self._has_changed.set()

    def _on_sync(self, state: SyncState) -> None:
        self._publish(synced_at=state.synced_at)

    async def show(
        self, earliest: datetime, latest: datetime, *, person: str = "", is_everybody: bool = False
    ) -> None:
        """Show the rep's (or everybody's) meetings between the UTC instants, `latest` excluded.

        With `person` only those whose texts or records have all its words. A problem is published.
        """
        self._publish(
            earliest=earliest, latest=latest, person=person, is_everybody=is_everybody, is_answered=False
        )
        await self.refresh()

    async def refresh(self) -> None:
        """Look again at the days shown, then read what is not known of their records."""
        asked = self._asked()
        if asked is None:
            return
        try:
            entries = await self._entries(asked)
        except Problem as problem:
            if asked == self._asked():
                self._publish(is_answered=True, problem=problem)
            return
        if asked == self._asked():
            synced_at = self._meetings.sync.value.synced_at
            self._publish(entries=entries, is_answered=True, synced_at=synced_at, problem=None)
            await self._meetings.details_needed([row.meeting.id for row in entries])

    def _asked(self) -> _Asked | None:
        """What the state has to answer now, compared after every wait."""
        state = self.state.value
        if self._account_id is None or state.earliest is None or state.latest is None:
            return None
        return _Asked(self._account_id, state.earliest, state.latest, state.person, state.is_everybody)

    async def _entries(self, asked: _Asked) -> tuple[MeetingRow, ...]:
        mine = self._meetings.state.value.my_owner_id
        query = MeetingQuery(
            text=asked.person,
            owner_ids=frozenset() if asked.is_everybody or mine is None else frozenset({mine}),
            earliest=asked.earliest - LONGEST,
            latest=asked.latest,
            is_ascending=True,
        )
        index = await self._meetings.index(query)
        rows = await self._meetings.rows(index.ids)
        return tuple(row for row in rows if _touches(row, asked))

    async def run(self) -> None:
        """Look again whenever the meetings have changed; never returns."""
        while True:
            await self._has_changed.wait()
            self._has_changed.clear()
            await self.refresh()

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))


def _version(state: MeetingsState) -> tuple[int, OwnerId | None]:
    return state.revision, state.my_owner_id


def _touches(row: MeetingRow, asked: _Asked) -> bool:
    details = row.meeting.details
    if details.start is None or details.start >= asked.latest:
        return False
    return details.start >= asked.earliest or (details.end is not None and details.end > asked.earliest)
