"""The rows that have been read: the ones in sight, and some thousand around them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from app.domain.meetings import MeetingId
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.face import MeetingFace

KEPT: Final = 3_000
PAGE: Final = 60


class RowShelf:
    """Rows by id with the faces made of them; the least recently looked at goes first.

    A stale row is shown until it has been read again.
    """

    def __init__(self, make_face: Callable[[MeetingRow], MeetingFace]) -> None:
        self._make_face = make_face
        self._rows: OrderedDict[MeetingId, MeetingRow] = OrderedDict()
        self._faces: dict[MeetingId, MeetingFace] = {}
        self._stale: set[MeetingId] = set()
        self._unknown: set[MeetingId] = set()

    def row(self, meeting_id: MeetingId) -> MeetingRow | None:
        """The row as it was read last."""
        return self._rows.get(meeting_id)

    def face(self, meeting_id: MeetingId) -> MeetingFace | None:
        """What the row says; None while it has not been read."""
        face = self._faces.get(meeting_id)
        if face is None and (row := self._rows.get(meeting_id)) is not None:
            face = self._faces[meeting_id] = self._make_face(row)
        return face

    def missing(self, ids: Iterable[MeetingId]) -> tuple[MeetingId, ...]:
        """The first of these that have to be read, at most a page of them."""
        found: list[MeetingId] = []
        for one in ids:
            if (one not in self._rows or one in self._stale) and one not in self._unknown:
                found.append(one)
                if len(found) == PAGE:
                    break
        return tuple(found)

    def put(self, asked: Sequence[MeetingId], rows: Iterable[MeetingRow]) -> frozenset[MeetingId]:
        """Keep what was read, and say which rows are others now.

        The ones that were asked for in vain are not asked for again.
        """
        found, changed = set(), set()
        for row in rows:
            meeting_id = row.meeting.id
            found.add(meeting_id)
            if self._rows.get(meeting_id) != row:
                self._faces.pop(meeting_id, None)
                changed.add(meeting_id)
            self._rows[meeting_id] = row
            self._rows.move_to_end(meeting_id)
        self._stale.difference_update(asked)
        self._unknown.update(one for one in asked if one not in found)
        while len(self._rows) > KEPT:
            oldest, _ = self._rows.popitem(last=False)
            self._faces.pop(oldest, None)
        return frozenset(changed)

    def outdate(self) -> None:
        """Anything may have changed: read again what is looked at."""
        self._stale.update(self._rows)
        self._unknown.clear()

    def repaint(self) -> None:
        """Times or labels are written differently now."""
        self._faces.clear()

    def clear(self) -> None:
        """Forget everything."""
        for kept in (self._rows, self._faces, self._stale, self._unknown):
            kept.clear()
