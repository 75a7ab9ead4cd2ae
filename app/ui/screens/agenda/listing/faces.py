"""What the rows of the Agenda say, worked out once before they are painted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.agenda import AgendaEntry
from app.domain.days import local_day
from app.domain.joining import join_address
from app.domain.meetings import CONTACT, Outcome
from app.domain.projection import PendingMark
from app.domain.zones import city_of, difference_minutes
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.words import outcome_tone, outcome_words, pending_words, people_line, title_words
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.badges import BadgeTone
from app.ui.screens.agenda.listing.inputs import HUBSPOT, AgendaInputs, RowKey, readable_end

translate = QCoreApplication.translate
_SOON: Final = timedelta(hours=12)


class RowAction(StrEnum):
    """What the button of a row does."""

    NONE = ""
    JOIN = "join"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class RowFace:
    """The texts of one meeting on one day, made safe to paint; times are those of the rep's zone."""

    key: RowKey
    start: str
    end: str
    title: str
    line: str
    spoken: str
    tone: str = HUBSPOT.tone
    is_dim: bool = False
    is_canceled: bool = False
    badge: str = ""
    badge_tone: BadgeTone = "neutral"
    pending: PendingMark | None = None
    action: RowAction = RowAction.NONE
    is_primary: bool = False


def row_face(entry: AgendaEntry, row: MeetingRow, day: date, inputs: AgendaInputs) -> RowFace:
    """The row of a meeting on a day."""
    details = row.meeting.details
    start, end = _times(entry, inputs.words, inputs.zone)
    is_close = is_close_by(entry, inputs)
    action = row_action(entry, row)
    title = title_words(details.title)
    line = " · ".join(part for part in _line(entry, row, inputs, is_close=is_close) if part)
    has_badge = entry.is_canceled or details.outcome not in ("", Outcome.SCHEDULED)
    badge = outcome_words(details.outcome, inputs.meetings.options) if has_badge else ""
    parts = [_spoken_times(entry, day, inputs), title, line, badge, _spoken_action(action)]
    if row.pending is not None:
        parts.append(pending_words(row.pending))
    return RowFace(
        key=RowKey(day, entry.meeting_id),
        start=start,
        end=end,
        title=title,
        line=line,
        spoken=", ".join(part for part in parts if part),
        is_dim=entry.is_past or entry.is_canceled,
        is_canceled=entry.is_canceled,
        badge=badge,
        badge_tone=outcome_tone(details.outcome),
        pending=row.pending,
        action=action,
        is_primary=is_close and action is RowAction.JOIN,
    )


def is_close_by(entry: AgendaEntry, inputs: AgendaInputs) -> bool:
    """Whether it is on now, or the very next one; in days to come nothing is."""
    return entry.is_now or (entry.is_next and inputs.days.first <= inputs.today)


def row_action(entry: AgendaEntry, row: MeetingRow) -> RowAction:
    """Join what is not over, log what is and has no outcome yet."""
    if entry.is_canceled:
        return RowAction.NONE
    if entry.is_past:
        is_open = row.meeting.details.outcome in ("", Outcome.SCHEDULED)
        return RowAction.LOG if is_open else RowAction.NONE
    return RowAction.JOIN if join_address(row.meeting) else RowAction.NONE


def guest_zone(row: MeetingRow, inputs: AgendaInputs, at: datetime) -> str:
    """The zone of the first contact whose clock shows another time than the rep's; "" where none does."""
    for record in row.records:
        zone = inputs.zones.get(record.ref, "")
        if record.ref.type == CONTACT and zone and difference_minutes(zone, inputs.zone, at):
            return zone
    return ""


def owner_words(row: MeetingRow, inputs: AgendaInputs) -> str:
    """Whose meeting it is, where it is not the rep's."""
    owner_id, state = row.meeting.details.owner_id, inputs.meetings
    if owner_id is None or owner_id == state.my_owner_id:
        return ""
    owner = next((one for one in state.owners if one.id == owner_id), None)
    return clean(owner.full_name or owner.email) if owner is not None else ""


def soon_words(ahead: timedelta) -> str:
    """`in 15 minutes`, `in 2 hours`, rounded up; nothing where it is more than half a day."""
    minutes = -(-ahead // timedelta(minutes=1))
    if not timedelta(0) <= ahead <= _SOON:
        return ""
    if minutes <= 1:
        return translate("agenda", "in a minute") if minutes else translate("agenda", "now")
    if minutes < 60:
        return translate("agenda", "in {n} minutes").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if rest:
        return translate("agenda", "in {h} h {m} min").format(h=hours, m=rest)
    return (
        translate("agenda", "in {n} hours").format(n=hours)
        if hours > 1
        else translate("agenda", "in an hour")
    )


def _line(entry: AgendaEntry, row: MeetingRow, inputs: AgendaInputs, *, is_close: bool) -> list[str]:
    parts = [people_line(row.meeting, row.records), owner_words(row, inputs)]
    zone = "" if entry.is_past else guest_zone(row, inputs, entry.start)
    if zone:
        parts.append(
            translate("agenda", "{time} in {city}").format(
                time=inputs.words.time(entry.start, zone), city=city_of(zone)
            )
        )
    if entry.is_now:
        parts.append(translate("agenda", "now"))
    elif is_close:
        parts.append(soon_words(entry.start - inputs.now))
    return parts


def _times(entry: AgendaEntry, words: TimeWords, zone: str) -> tuple[str, str]:
    """Start over end on this day; what lies on another day names it."""
    start = words.time(entry.start, zone)
    if entry.continues and entry.goes_on:
        return translate("agenda", "All day"), ""
    last = readable_end(entry.start, entry.end)
    if last is None:
        return start, ""
    end = words.time(last, zone)
    end_day = words.weekday(local_day(last, zone))
    if entry.continues:
        since = words.weekday(local_day(entry.start, zone))
        upper = translate("agenda", "until {time}").format(time=end)
        return upper, translate("agenda", "since {day} {time}").format(day=since, time=start)
    if entry.goes_on:
        return start, translate("agenda", "{day} {time}").format(day=end_day, time=end)
    return start, end


def _spoken_times(entry: AgendaEntry, day: date, inputs: AgendaInputs) -> str:
    words, zone = inputs.words, inputs.zone
    start, end = _times(entry, words, zone)
    if end and not entry.continues:
        start = translate("agenda", "{start} to {end}").format(start=start, end=end)
    elif end:
        start = f"{start} {end}"
    return translate("agenda", "{day}, {times}, {city} time").format(
        day=words.long_day(day), times=start, city=city_of(zone)
    )


def _spoken_action(action: RowAction) -> str:
    match action:
        case RowAction.JOIN:
            return translate("agenda", "J joins")
        case RowAction.LOG:
            return translate("agenda", "L logs")
        case RowAction.NONE:
            return ""
