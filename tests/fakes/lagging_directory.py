"""Reading the fake HubSpot's meetings: by id at once, by search with its lag."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    Meeting,
    MeetingId,
    MeetingOptions,
    RecordRef,
    RecordType,
)
from app.domain.ports_meetings import MeetingPage
from app.domain.records import OwnerId


@dataclass
class Kept:
    """A meeting in HubSpot; searches show it from `seen_from` on, and its mark until the notes are edited."""

    meeting: Meeting
    seen_from: datetime
    mark: str = ""


class Shelves(Protocol):
    """What the directory sees of the fake HubSpot."""

    kept: dict[MeetingId, Kept]
    known_options: MeetingOptions

    async def step(self, method: str, *arguments: object) -> None:
        """What every call begins with."""

    async def answer(self, method: str) -> None:
        """What every call ends with."""

    def is_seen(self, kept: Kept) -> bool:
        """Whether searches show it."""

    def meeting_there(self, meeting_id: MeetingId) -> Kept:
        """The meeting of that id. Raises Gone."""


class FakeLaggingDirectory:
    """The directory of one fake HubSpot; its calls are recorded, held and failed there."""

    def __init__(self, world: Shelves) -> None:
        self._world = world

    def all(self) -> AsyncIterator[MeetingPage]:
        """Every meeting with its associations."""
        return self._pages("all", lambda kept: True, has_associations=True)

    def between(
        self, earliest: datetime, latest: datetime, *, owner_id: OwnerId | None = None
    ) -> AsyncIterator[MeetingPage]:
        """Meetings that start in a range."""

        def fits(kept: Kept) -> bool:
            details = kept.meeting.details
            is_mine = owner_id is None or details.owner_id == owner_id
            return is_mine and details.start is not None and earliest <= details.start <= latest

        return self._pages("between", lambda kept: self._world.is_seen(kept) and fits(kept))

    def changed_since(self, instant: datetime) -> AsyncIterator[MeetingPage]:
        """Meetings changed at or after `instant`."""
        return self._pages(
            "changed_since",
            lambda kept: self._world.is_seen(kept) and str(kept.meeting.updated_at) >= str(instant),
        )

    async def _pages(
        self, method: str, fits: Callable[[Kept], bool], *, has_associations: bool = False
    ) -> AsyncIterator[MeetingPage]:
        await self._world.step(method)
        found = [kept.meeting for kept in self._world.kept.values() if fits(kept)]
        await self._world.answer(method)
        yield MeetingPage(tuple(found) if has_associations else _bare(found), len(found))

    async def count(self) -> int:
        """How many a search reports."""
        await self._world.step("count")
        return sum(self._world.is_seen(kept) for kept in self._world.kept.values())

    async def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One meeting as it is now."""
        await self._world.step("meeting", meeting_id)
        return self._world.meeting_there(meeting_id).meeting

    async def meetings(self, meeting_ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """Several, without the ones that do not exist."""
        await self._world.step("meetings", tuple(meeting_ids))
        return _bare(self._world.kept[one].meeting for one in meeting_ids if one in self._world.kept)

    async def associations(
        self, meeting_ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, tuple[Association, ...]]:
        """The records of several meetings."""
        await self._world.step("associations", tuple(meeting_ids))
        return {
            one: self._world.kept[one].meeting.associations or ()
            for one in meeting_ids
            if one in self._world.kept
        }

    async def meetings_of(self, ref: RecordRef) -> tuple[Meeting, ...]:
        """The newest meetings on a record."""
        await self._world.step("meetings_of", ref)
        return _bare(
            [kept.meeting for kept in self._world.kept.values() if ref in kept.meeting.refs][::-1][:100]
        )

    async def find(self, mark: str, sent: LogMeeting | ScheduleMeeting) -> Meeting | None:
        """The meeting with the mark: on its records at once, by its start once searches show it."""
        await self._world.step("find", mark)
        refs = {association.ref for association in sent.associations}
        for kept in self._world.kept.values():
            if kept.mark == mark and (refs.intersection(kept.meeting.refs) or self._world.is_seen(kept)):
                return kept.meeting
        return None

    async def options(self) -> MeetingOptions:
        """What `known_options` says."""
        await self._world.step("options")
        return self._world.known_options

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The plain label."""
        await self._world.step("labels", record_type)
        return (AssociationLabel("HUBSPOT_DEFINED", 200),)


def _bare(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Without associations, as searches and batch reads answer."""
    return tuple(replace(meeting, associations=None) for meeting in meetings)
