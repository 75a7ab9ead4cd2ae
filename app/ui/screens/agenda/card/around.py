"""What was before and comes after a meeting, in sentences."""

from PySide6.QtCore import QCoreApplication

from app.domain.agenda import Surroundings, surroundings
from app.domain.days import local_day
from app.domain.meetings import MeetingId
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.words import title_words
from app.ui.kit.text import clean
from app.ui.screens.agenda.card.inputs import CardInputs

translate = QCoreApplication.translate
_LINES = 3
_LETTERS = 240


def around_words(inputs: CardInputs) -> str:
    """`Free from 12:00. Next: Partner call at 18:30.` in the rep's zone; nothing before it was read."""
    row, surrounding = inputs.row, inputs.surrounding
    if row is None or surrounding is None or row.meeting.details.start is None:
        return ""
    meetings = [one.meeting for one in surrounding.around if one.meeting.id != row.meeting.id]
    around = surroundings([*meetings, row.meeting], row.meeting.id, zone=inputs.zone)
    parts = [_overlapping(around, inputs), _before(around, inputs), _after(around, inputs)]
    said = " ".join(part for part in parts if part)
    return said or translate("agenda", "Nothing else on this day.")


def last_words(inputs: CardInputs) -> str:
    """`12 Nov, Intro call: wants a pilot with two teams`; that there was none, where that is known."""
    surrounding = inputs.surrounding
    if surrounding is None or surrounding.last_with is None:
        return ""
    last = surrounding.last
    if last is None or last.meeting.details.start is None:
        return translate("agenda", "This is the first meeting.")
    day = local_day(last.meeting.details.start, inputs.zone)
    shown = (
        inputs.words.days(day, day) if day.year == inputs.now.year else f"{inputs.words.day(day)} {day.year}"
    )
    title, notes = title_words(last.meeting.details.title), first_lines(last)
    if not notes:
        return translate("agenda", "{day}, {title}").format(day=shown, title=title)
    return translate("agenda", "{day}, {title}: {notes}").format(day=shown, title=title, notes=notes)


def first_lines(row: MeetingRow) -> str:
    """The first lines of its internal notes, else of what attendees see."""
    details = row.meeting.details
    for text in (details.notes, details.body):
        lines = [line for line in clean(text[: 4 * _LETTERS], lines=True).split("\n") if line]
        if lines:
            said = " ".join(lines[:_LINES])
            return said if len(said) <= _LETTERS else f"{said[:_LETTERS].rstrip()}…"
    return ""


def _overlapping(around: Surroundings, inputs: CardInputs) -> str:
    titles = [_title(one, inputs) for one in around.overlapping]
    if not titles:
        return ""
    if len(titles) > 2:
        return translate("agenda", "Overlaps {title} and {n} more.").format(
            title=titles[0], n=len(titles) - 1
        )
    return translate("agenda", "Overlaps {titles}.").format(titles=", ".join(titles))


def _before(around: Surroundings, inputs: CardInputs) -> str:
    if around.free_before is not None:
        since = inputs.words.time(around.free_before.start, inputs.zone)
        return translate("agenda", "Free from {time}.").format(time=since)
    if around.previous is not None and not around.overlapping:
        return translate("agenda", "Right after {title}.").format(title=_title(around.previous, inputs))
    return ""


def _after(around: Surroundings, inputs: CardInputs) -> str:
    row = _row(around.following, inputs)
    if row is None or row.meeting.details.start is None:
        return ""
    pattern = translate("agenda", "Next: {title} at {time}.")
    if around.free_after is None and not around.overlapping:
        pattern = translate("agenda", "{title} follows at once, at {time}.")
    time = inputs.words.time(row.meeting.details.start, inputs.zone)
    return pattern.format(title=title_words(row.meeting.details.title), time=time)


def _row(meeting_id: MeetingId | None, inputs: CardInputs) -> MeetingRow | None:
    around = inputs.surrounding.around if inputs.surrounding is not None else ()
    return next((row for row in around if row.meeting.id == meeting_id), None)


def _title(meeting_id: MeetingId, inputs: CardInputs) -> str:
    row = _row(meeting_id, inputs)
    return title_words(row.meeting.details.title if row is not None else "")
