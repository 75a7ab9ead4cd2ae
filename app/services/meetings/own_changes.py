"""What this computer has lately written, so that a lagging answer of HubSpot does not undo it on screen."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.meetings import Meeting, MeetingId
from app.domain.ports import Clock

LAG: Final = timedelta(minutes=2)
"""How long HubSpot's search may not know of a change (reference 6.4; the outbox waits as long)."""

_REMEMBERED: Final = timedelta(minutes=10)


class OwnChanges:
    """Meetings by the instant at which a change of ours was done."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._written: dict[MeetingId, datetime] = {}
        self._removed: dict[MeetingId, datetime] = {}

    def forget(self) -> None:
        """Another account is active."""
        self._written.clear()
        self._removed.clear()

    def note_written(self, meeting_id: MeetingId) -> None:
        """A change of the meeting was done now."""
        self._written[meeting_id] = self._clock.now()
        self._removed.pop(meeting_id, None)

    def note_removed(self, meeting_id: MeetingId) -> None:
        """The meeting was deleted now."""
        self._removed[meeting_id] = self._clock.now()

    def is_young(self, meeting: Meeting) -> bool:
        """Whether a search may not know the meeting yet."""
        is_new = meeting.created_at is not None and self._clock.now() - meeting.created_at < LAG
        return is_new or self._is_within(self._written, meeting.id, LAG)

    def believable(self, meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
        """What of HubSpot's answer may be kept: nothing that was deleted here.

        Of a meeting that was just written, the records it stands on stay as they are known.
        """
        return tuple(
            replace(one, associations=None) if self._is_within(self._written, one.id, LAG) else one
            for one in meetings
            if not self._is_within(self._removed, one.id, _REMEMBERED)
        )

    def _is_within(self, noted: dict[MeetingId, datetime], meeting_id: MeetingId, age: timedelta) -> bool:
        instant = noted.get(meeting_id)
        return instant is not None and self._clock.now() - instant < age
