"""What the left pane shows, worked out from one snapshot."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.changes import PendingChange
from app.domain.days import local_day
from app.domain.problems import Offline, Problem
from app.domain.zones import city_of
from app.services.meetings.state import MeetingsState, SyncState
from app.ui.kit.meetings.words import outcome_words, record_words, type_words
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.kit.wording import Remedy, words_for
from app.ui.screens.log.listing.days import DayList, DaySection
from app.ui.screens.log.listing.narrowing import Narrowing, Segment
from app.ui.screens.log.outbox.words import reason_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ListInputs:
    """What the pane is derived from; `days` is None until the first answer of the store.

    `question` counts the questions the rep has asked, so that a list that answers another one begins at its
    top; `in_outbox` counts the rows of the outbox; `stuck` is the open meeting's change that needs the rep.
    `is_behind` says that `days` were asked for before HubSpot's meetings had been read to the end once.
    """

    narrowing: Narrowing
    words: TimeWords
    meetings: MeetingsState
    sync: SyncState
    in_outbox: int = 0
    days: DayList | None = None
    is_behind: bool = False
    question: int = 0
    problem: Problem | None = None
    stuck: PendingChange | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there are no rows; `remedy` is what the button does: clear, all, log, sync, reconnect or none."""

    icon: str
    title: str
    text: str
    remedy: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ListProps:
    """What the pane shows.

    `progress` is the sentence of a running sync, `note` a problem beside the rows; `stuck` is the change of
    the open meeting that needs the rep: its id and why.
    """

    segments: tuple[tuple[str, str], ...]
    segment: Segment
    narrowing: Narrowing
    chips: tuple[tuple[str, str], ...]
    days: DayList
    question: int
    is_first_load: bool
    is_syncing: bool
    share: float | None
    progress: str
    note: str
    can_reconnect: bool
    nothing: Nothing | None
    stuck: tuple[str, str] | None = None


def derive_list(inputs: ListInputs) -> ListProps:
    """The pane from one snapshot."""
    sync, days = inputs.sync, inputs.days or DayList()
    is_first = inputs.problem is None and (inputs.days is None or (not days and _is_first_read(inputs)))
    problem = inputs.problem or inputs.meetings.problem or sync.problem
    words = words_for(problem) if problem is not None and not isinstance(problem, Offline) else None
    return ListProps(
        segments=_segments(inputs),
        segment=inputs.narrowing.segment,
        narrowing=inputs.narrowing,
        chips=_chips(inputs),
        days=days,
        question=inputs.question,
        is_first_load=is_first,
        is_syncing=sync.is_running,
        share=min(sync.done / sync.total, 1.0) if sync.total else None,
        progress=_progress(inputs),
        note=words.sentence if words is not None and days else "",
        can_reconnect=words is not None and words.remedy is Remedy.RECONNECT,
        nothing=None if days or is_first else _nothing(inputs, problem),
        stuck=(inputs.stuck.id, reason_words(inputs.stuck)) if inputs.stuck is not None else None,
    )


def day_words(section: DaySection, words: TimeWords, *, now: datetime, zone: str) -> str:
    """`Today, Mon 23 Nov · Berlin time`, with the year where it is another; an IANA zone."""
    if section.day is None:
        return translate("log", "Without a time")
    today, day = local_day(now, zone), section.day
    shown = words.day(day)
    if day.year != today.year:
        shown = translate("log", "{day} {year}").format(day=shown, year=words.locale.toString(day.year))
        shown = shown.replace(words.locale.groupSeparator(), "")
    elif named := _named_day((day - today).days):
        shown = translate("log", "{name}, {day}").format(name=named, day=shown)
    return translate("log", "{day} · {city} time").format(day=shown, city=city_of(zone))


def _is_first_read(inputs: ListInputs) -> bool:
    """Whether the first reading of HubSpot is under way, or has ended and the list has not asked since."""
    return inputs.is_behind if inputs.sync.synced_at is not None else inputs.sync.is_running


def _named_day(ahead: int) -> str:
    match ahead:
        case 0:
            return translate("log", "Today")
        case -1:
            return translate("log", "Yesterday")
        case 1:
            return translate("log", "Tomorrow")
        case _:
            return ""


def _segments(inputs: ListInputs) -> tuple[tuple[str, str], ...]:
    count, number = inputs.meetings.to_log, inputs.words.locale.toString
    to_log = translate("log", "To log · {n}").format(n=number(count)) if count else translate("log", "To log")
    segments = [(str(Segment.TO_LOG), to_log), (str(Segment.ALL), translate("log", "All"))]
    if inputs.in_outbox or inputs.narrowing.segment is Segment.OUTBOX:
        n = inputs.in_outbox
        label = translate("log", "Outbox · {n}").format(n=number(n)) if n else translate("log", "Outbox")
        segments.append((str(Segment.OUTBOX), label))
    return tuple(segments)


def _progress(inputs: ListInputs) -> str:
    sync, number = inputs.sync, inputs.words.locale.toString
    if not sync.is_running:
        return ""
    if sync.total:
        pattern = translate("log", "Loading {done} of {total}")
        return pattern.format(done=number(sync.done), total=number(sync.total))
    return translate("log", "Loading meetings")


def _chips(inputs: ListInputs) -> tuple[tuple[str, str], ...]:
    filters, options = inputs.narrowing.filters, inputs.meetings.options
    chips = [(f"outcomes:{one}", outcome_words(one, options)) for one in sorted(filters.outcomes)]
    if filters.activity_type:
        chips.append(("activity_type", type_words(filters.activity_type, options)))
    if filters.owner_id is not None:
        names = {owner.id: owner.full_name or owner.email for owner in inputs.meetings.owners}
        chips.append(("owner_id", clean(names.get(filters.owner_id, filters.owner_id))))
    if filters.record is not None:
        chips.append(("record", record_words(filters.record)))
    if filters.first_day is not None or filters.last_day is not None:
        chips.append(("days", _days(filters.first_day, filters.last_day, inputs.words)))
    return tuple(chips)


def _days(first: date | None, last: date | None, words: TimeWords) -> str:
    if first is None and last is not None:
        return translate("log", "until {day}").format(day=words.day(last))
    if last is None and first is not None:
        return translate("log", "since {day}").format(day=words.day(first))
    return words.days(first, last) if first is not None and last is not None else ""


def _nothing(inputs: ListInputs, problem: Problem | None) -> Nothing:
    if inputs.narrowing.is_narrowed:
        title = translate("log", "No meeting matches")
        text = translate("log", "Clear the search and the filters to see all of them.")
        return Nothing("search", title, text, "clear", translate("log", "Clear search and filters"))
    if problem is not None:
        words = words_for(problem)
        if words.remedy is Remedy.RECONNECT:
            label = translate("log", "Reconnect HubSpot")
            return Nothing("triangle-alert", words.title, words.text, "reconnect", label)
        return Nothing("triangle-alert", words.title, words.text, "sync", translate("log", "Try again"))
    if inputs.sync.synced_at is None:
        title = translate("log", "Not all meetings were read")
        text = translate("log", "Read them from HubSpot to see which ones are to log.")
        return Nothing("notebook-pen", title, text, "sync", translate("log", "Read meetings"))
    if inputs.narrowing.segment is Segment.TO_LOG:
        title = translate("log", "Everything is logged")
        text = translate("log", "Meetings come here once they are over and still scheduled.")
        return Nothing("circle-check", title, text, "all", translate("log", "See all meetings"))
    title = translate("log", "No meetings yet")
    text = translate("log", "Log the first one, or book one from your links.")
    return Nothing("calendar-days", title, text, "log", translate("log", "Log meeting"))
