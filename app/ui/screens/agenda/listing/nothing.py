"""Why the Agenda has no rows and what to do next, and what is said below the rows it has."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.accounts import Feature, missing_scopes
from app.domain.agenda import AgendaView
from app.domain.days import local_day
from app.domain.problems import Offline
from app.domain.zones import city_of
from app.ui.kit.meetings.words import title_words
from app.ui.kit.text import clean
from app.ui.kit.wording import Remedy, words_for
from app.ui.screens.agenda.listing.inputs import AgendaInputs, Look

translate = QCoreApplication.translate


class Way(StrEnum):
    """What the button beside the words does."""

    NONE = ""
    ELSEWHERE = "elsewhere"
    CLEAR = "clear"
    PLAN = "plan"
    RETRY = "retry"
    STOP = "stop"
    RECONNECT = "reconnect"


@dataclass(frozen=True, slots=True)
class Nothing:
    """What stands in the place of rows, with the next step."""

    icon: str
    title: str
    text: str
    way: Way = Way.NONE
    label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence below the rows; `tone` is a colour token."""

    text: str
    tone: str
    way: Way = Way.NONE
    label: str = ""


def nothing_of(inputs: AgendaInputs) -> Nothing:
    """Why there are no rows."""
    refused = _refused(inputs)
    if refused is not None:
        return refused
    problem = inputs.answer.problem if inputs.answer is not None else None
    never = inputs.sync.synced_at is None
    problem = problem or (inputs.sync.problem or inputs.meetings.problem if never else None)
    if problem is not None:
        words = words_for(problem)
        if words.remedy is Remedy.RECONNECT:
            return Nothing("triangle-alert", words.title, words.text, Way.RECONNECT, _reconnect())
        return Nothing("triangle-alert", words.title, words.text, Way.RETRY, translate("agenda", "Try again"))
    return _empty(inputs)


def note_of(inputs: AgendaInputs, *, has_rows: bool) -> Note | None:
    """The age of what is shown while it cannot be read anew, how far reading is, or what went wrong."""
    sync = inputs.sync
    if inputs.is_lost:
        text = translate("agenda", "{age} Reconnect HubSpot to read on.").format(age=_age(inputs))
        return Note(text.strip(), "warn", Way.RECONNECT, _reconnect())
    if not inputs.is_online:
        text = translate("agenda", "Offline. {age}").format(age=_age(inputs))
        return Note(text.strip(), "warn", Way.RETRY, translate("agenda", "Try again"))
    if not has_rows:
        return None
    if sync.is_running and sync.synced_at is None:
        number = inputs.words.locale.toString
        pattern = translate("agenda", "Loading meetings")
        if sync.total:
            pattern = translate("agenda", "Loading {done} of {total}")
        text = pattern.format(done=number(sync.done), total=number(sync.total or 0))
        return Note(text, "muted", Way.STOP, translate("agenda", "Stop"))
    problem = (inputs.answer.problem if inputs.answer else None) or inputs.meetings.problem or sync.problem
    if problem is None or isinstance(problem, Offline):
        return None
    words = words_for(problem)
    if words.remedy is Remedy.RECONNECT:
        return Note(words.sentence, "warn", Way.RECONNECT, _reconnect())
    return Note(words.sentence, "warn", Way.RETRY, translate("agenda", "Try again"))


def _age(inputs: AgendaInputs) -> str:
    """From when the rows are, with the zone of the clock."""
    synced_at = inputs.sync.synced_at
    if synced_at is None:
        return translate("agenda", "No meetings have been read yet.")
    day = local_day(synced_at, inputs.zone)
    time = inputs.words.time(synced_at, inputs.zone)
    if day != inputs.today:
        time = f"{inputs.words.day(day)}, {time}"
    return translate("agenda", "Meetings are from {time} {city} time.").format(
        time=time, city=city_of(inputs.zone)
    )


def _refused(inputs: AgendaInputs) -> Nothing | None:
    account = inputs.account
    missing = missing_scopes(account.scopes, Feature.LOGGING) if account is not None else ()
    if account is None or not missing:
        return None
    text = translate(
        "agenda", "Meetings need the permission {scopes}. Whoever administers {portal} can grant it."
    )
    return Nothing(
        "key-round",
        translate("agenda", "Meetings may not be read"),
        text.format(scopes=", ".join(missing), portal=clean(account.portal_name)),
        Way.RECONNECT,
        _reconnect(),
    )


def _empty(inputs: AgendaInputs) -> Nothing:
    question, title = inputs.question, _empty_title(inputs)
    if inputs.elsewhere is None:
        return Nothing("search" if question.person.strip() else "calendar-days", title, "")
    row = inputs.elsewhere.row
    if row is not None and row.meeting.details.start is not None:
        start = row.meeting.details.start
        when = translate("agenda", "{day}, {time} {city} time").format(
            day=inputs.words.day(local_day(start, inputs.zone)),
            time=inputs.words.time(start, inputs.zone),
            city=city_of(inputs.zone),
        )
        is_later = start >= inputs.bounds()[1]
        pattern = translate("agenda", "Next: {title}, {when}.")
        if not is_later:
            pattern = translate("agenda", "Before that: {title}, {when}.")
        text = pattern.format(title=title_words(row.meeting.details.title), when=when)
        return Nothing("calendar-days", title, text, Way.ELSEWHERE, translate("agenda", "Show it"))
    if question.person.strip():
        text = translate("agenda", "Nor on any other day.")
        return Nothing("search", title, text, Way.CLEAR, translate("agenda", "Clear the search"))
    if question.view is AgendaView.UPCOMING:
        text = translate("agenda", "Nothing is planned after that either.")
        return Nothing("calendar-days", title, text, Way.PLAN, translate("agenda", "New meeting"))
    return Nothing("calendar-days", title, translate("agenda", "Nor on any other day."))


def _empty_title(inputs: AgendaInputs) -> str:
    question, days, words = inputs.question, inputs.days, inputs.words
    where = translate("agenda", "in the week {days}").format(days=words.days(*days))
    if question.look is Look.DAY:
        where = translate("agenda", "on {day}").format(day=words.long_day(days.first))
    if question.person.strip():
        pattern = translate("agenda", "No meeting with “{person}” {days}")
        return pattern.format(person=clean(question.person), days=where)
    match question.view:
        case AgendaView.UPCOMING:
            return translate("agenda", "No meetings {days}").format(days=where)
        case AgendaView.PAST:
            return translate("agenda", "No past meetings {days}").format(days=where)
        case AgendaView.CANCELED:
            return translate("agenda", "Nothing was canceled {days}").format(days=where)


def _reconnect() -> str:
    return translate("agenda", "Reconnect HubSpot")
