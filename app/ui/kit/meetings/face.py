"""What a row of a list of meetings says, worked out once before it is painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.days import local_day
from app.domain.meetings import CrmRecord, Meeting, MeetingOptions
from app.domain.projection import PendingMark
from app.domain.zones import city_of
from app.ui.kit.meetings.words import outcome_tone, outcome_words, pending_words, people_line, title_words
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.badges import BadgeTone

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class MeetingFace:
    """The texts of one row, made safe to paint; `time` is its start in the rep's zone."""

    time: str
    title: str
    line: str
    outcome: str
    outcome_tone: BadgeTone
    pending: PendingMark | None
    spoken: str


def meeting_face(
    meeting: Meeting,
    records: Sequence[CrmRecord],
    pending: PendingMark | None,
    *,
    options: MeetingOptions,
    words: TimeWords,
    zone: str,
) -> MeetingFace:
    """The row of a meeting, with the times of an IANA zone."""
    details = meeting.details
    title, line = title_words(details.title), people_line(meeting, records)
    outcome = outcome_words(details.outcome, options)
    time = words.time(details.start, zone) if details.start is not None else ""
    parts = [title, _spoken_time(details.start, words, zone), line, outcome]
    if pending is not None:
        parts.append(pending_words(pending))
    return MeetingFace(
        time=time,
        title=title,
        line=line,
        outcome=outcome,
        outcome_tone=outcome_tone(details.outcome),
        pending=pending,
        spoken=", ".join(part for part in parts if part),
    )


def _spoken_time(start: datetime | None, words: TimeWords, zone: str) -> str:
    if start is None:
        return translate("meetings", "without a time")
    return translate("meetings", "{day}, {time}, {city} time").format(
        day=words.long_day(local_day(start, zone)), time=words.time(start, zone), city=city_of(zone)
    )
