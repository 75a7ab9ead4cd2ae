"""What the list of the Agenda shows, worked out from one snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from app.domain.agenda import AgendaDay, AgendaEntry, AgendaView, agenda_days
from app.domain.days import day_bounds
from app.domain.zones import city_of, clock_changes
from app.services.meetings.state import MeetingRow
from app.ui.screens.agenda.listing.faces import RowFace, row_face
from app.ui.screens.agenda.listing.inputs import FIRST_DAY, LAST_DAY, AgendaInputs, Look, Question, RowKey
from app.ui.screens.agenda.listing.nothing import Note, Nothing, note_of, nothing_of

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Heading:
    """The day above its meetings."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Today without meetings."""

    day: date
    text: str


Item = Heading | Quiet | RowFace
FaceOf = Callable[[AgendaEntry, MeetingRow, date, AgendaInputs], RowFace]


@dataclass(frozen=True, slots=True)
class NowLine:
    """The line of the present time; `after` is the number of the item above it."""

    after: int
    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class AgendaProps:
    """Everything the list and its head show; `selected` is the row whose card is open."""

    question: Question
    title: str
    can_go_back: bool
    can_go_on: bool
    items: tuple[Item, ...]
    now_line: NowLine | None
    selected: RowKey | None
    serial: int
    is_first_load: bool
    is_syncing: bool
    nothing: Nothing | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is in the list, whatever stands around it."""

    days: tuple[AgendaDay, ...]
    items: tuple[Item, ...]
    rows: tuple[RowFace, ...]
    now_line: NowLine | None


def listed(inputs: AgendaInputs, face_of: FaceOf = row_face) -> Listed:
    """The days with their rows, as `face_of` makes them."""
    days = _days(inputs)
    known = {row.meeting.id: row for row in inputs.answer.rows} if inputs.answer is not None else {}
    items: list[Item] = []
    line = None
    for place, day in enumerate(days):
        items.append(Heading(day.day, _heading(day.day, inputs, is_first=place == 0)))
        faces = [
            face_of(entry, known[entry.meeting_id], day.day, inputs)
            for entry in day.entries
            if entry.meeting_id in known
        ]
        if not faces:
            items.append(Quiet(day.day, translate("agenda", "Nothing today.")))
        if day.now_line is not None:
            line = _line(len(items) - (0 if faces else 1) + day.now_line - 1, inputs)
        items.extend(faces)
    rows = tuple(item for item in items if isinstance(item, RowFace))
    return Listed(days, tuple(items) if rows else (), rows, line if rows else None)


def derive_agenda(inputs: AgendaInputs, shown: Listed | None = None) -> AgendaProps:
    """The list from one snapshot; `shown` are its rows where they are known already."""
    shown = shown or listed(inputs)
    is_first = _is_first_load(inputs)
    question, asked = inputs.question, inputs.days
    return AgendaProps(
        question=question,
        title=inputs.words.days(*asked),
        can_go_back=asked.first > FIRST_DAY
        and (question.view is not AgendaView.UPCOMING or asked.first > inputs.today),
        can_go_on=asked.last < LAST_DAY
        and (question.view is not AgendaView.PAST or asked.last < inputs.today),
        items=shown.items,
        now_line=shown.now_line,
        selected=_selected(shown, inputs),
        serial=inputs.answer.serial if inputs.answer is not None else -1,
        is_first_load=is_first,
        is_syncing=inputs.sync.is_running,
        nothing=None if shown.rows or is_first else nothing_of(inputs),
        note=note_of(inputs, has_rows=bool(shown.rows)),
    )


def _days(inputs: AgendaInputs) -> tuple[AgendaDay, ...]:
    if inputs.answer is None:
        return ()
    return agenda_days(
        [row.meeting for row in inputs.answer.rows],
        view=inputs.question.view,
        first=inputs.shown_days.first,
        last=inputs.shown_days.last,
        zone=inputs.zone,
        now=inputs.now,
    )


def _line(after: int, inputs: AgendaInputs) -> NowLine:
    time = inputs.words.time(inputs.now, inputs.zone)
    spoken = translate("agenda", "It is {time} in {city}").format(time=time, city=city_of(inputs.zone))
    return NowLine(after, time, spoken)


def _heading(day: date, inputs: AgendaInputs, *, is_first: bool) -> str:
    """`Today, Mon 23 Nov · Berlin time`; the zone stands over the first day and where clocks change."""
    words = inputs.words
    text = words.day(day)
    if day.year != inputs.today.year:
        year = words.locale.toString(day.year).replace(words.locale.groupSeparator(), "")
        text = translate("agenda", "{day} {year}").format(day=text, year=year)
    name = _named((day - inputs.today).days)
    if name:
        text = translate("agenda", "{name}, {day}").format(name=name, day=text)
    if is_first:
        text = translate("agenda", "{day} · {city} time").format(day=text, city=city_of(inputs.zone))
    return " · ".join([text, *_changes(day, inputs)])


def _changes(day: date, inputs: AgendaInputs) -> list[str]:
    """That the clocks of the rep's zone change on this day."""
    start, end = day_bounds(day, inputs.zone)
    said = []
    for change in clock_changes(inputs.zone, start - timedelta(minutes=1), end - timedelta(minutes=1)):
        pattern = translate("agenda", "clocks go back to {time}")
        if change.after_minutes > change.before_minutes:
            pattern = translate("agenda", "clocks go forward to {time}")
        said.append(pattern.format(time=inputs.words.time(change.at, inputs.zone)))
    return said


def _named(ahead: int) -> str:
    match ahead:
        case 0:
            return translate("agenda", "Today")
        case -1:
            return translate("agenda", "Yesterday")
        case 1:
            return translate("agenda", "Tomorrow")
        case _:
            return ""


def _selected(shown: Listed, inputs: AgendaInputs) -> RowKey | None:
    """The rep's own choice while it is listed; else what is on, what is next, or the first row."""
    days, keys = shown.days, [row.key for row in shown.rows]
    chosen = inputs.selected
    if chosen in keys:
        return chosen
    if chosen is not None:
        same = next((key for key in keys if key.meeting_id == chosen.meeting_id), None)
        if same is not None:
            return same
    close = [RowKey(day.day, entry.meeting_id) for day in days for entry in day.entries if entry.is_now]
    close += [RowKey(day.day, entry.meeting_id) for day in days for entry in day.entries if entry.is_next]
    return next((key for key in close if key in keys), keys[0] if keys else None)


def _is_first_load(inputs: AgendaInputs) -> bool:
    if inputs.answer is None:
        return True
    never = inputs.sync.synced_at is None and inputs.sync.is_running
    return never and not inputs.answer.rows and inputs.answer.problem is None


def step_of(question: Question, by: int, today: date) -> date | None:
    """The anchor that many steps on, inside the calendar; None where that is today."""
    anchor = (question.anchor or today) + timedelta(days=by * question.look.days)
    if question.view is AgendaView.UPCOMING:
        anchor = max(anchor, today)
    elif question.view is AgendaView.PAST:
        anchor = min(anchor, today)
    reach = timedelta(days=Look.WEEK.days)
    anchor = min(max(anchor, FIRST_DAY + reach), LAST_DAY - reach)
    return None if anchor == today else anchor
