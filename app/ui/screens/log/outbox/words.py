"""The changes of the outbox in words: what each of them does, how it stands, and why it is stuck."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import MeetingField, MeetingId, MeetingOptions, RecordRef
from app.domain.problems import Conflict, Gone, NotAllowed, Offline, Problem, Rejected, ServiceBroken
from app.domain.zones import city_of
from app.ui.kit.meetings.words import field_words, outcome_words, title_words
from app.ui.kit.records.kinds import kind_name
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate
_NAMED = 2

TitleOf = Callable[[MeetingId], str]
NameOf = Callable[[RecordRef], str]


def change_words(change: Change, title_of: TitleOf, name_of: NameOf, options: MeetingOptions) -> str:
    """`Log “Intro call” on Ada Okafor`; `name_of` answers with nothing for a record nobody knows."""
    match change:
        case LogMeeting(details=details, associations=associations):
            title = _quoted(details.title)
            names = _names([one.ref for one in associations], name_of)
            pattern = (
                translate("outbox", "Log {title} on {names}") if names else translate("outbox", "Log {title}")
            )
            return pattern.format(title=title, names=names)
        case ScheduleMeeting(details=details):
            return translate("outbox", "Plan {title}").format(title=_quoted(details.title))
        case EditMeeting():
            return _edit_words(change, _quoted(title_of(change.meeting_id)), options)
        case DeleteMeeting(meeting_id=meeting_id):
            return translate("outbox", "Delete {title}").format(title=_quoted(title_of(meeting_id)))
        case LinkRecord() | UnlinkRecord() | PinMeeting():
            return _record_words(change, _quoted(title_of(change.meeting_id)), name_of)
        case AttachFile(meeting_id=meeting_id, name=name):
            pattern = translate("outbox", "Attach {file} to {title}")
            return pattern.format(file=clean(name), title=_quoted(title_of(meeting_id)))
        case DetachFile(meeting_id=meeting_id):
            return translate("outbox", "Take a file off {title}").format(title=_quoted(title_of(meeting_id)))


def state_words(row: PendingChange, words: TimeWords, zone: str, sent: tuple[int, int] | None) -> str:
    """How it stands, with the time since when; `sent` are the bytes of an upload, done and in all."""
    since = _in_zone(words.time(row.created_at, zone), zone)
    match row.state:
        case ChangeState.QUEUED:
            return translate("outbox", "Waiting since {time}").format(time=since)
        case ChangeState.SENDING:
            if sent is None or not sent[1]:
                return translate("outbox", "Sending")
            return translate("outbox", "Uploading, {n} %").format(n=min(100 * sent[0] // sent[1], 100))
        case ChangeState.UNKNOWN | ChangeState.VERIFYING:
            return translate("outbox", "Checking whether it went through")
        case ChangeState.ASKING:
            return translate("outbox", "Nobody can say whether it arrived, since {time}").format(time=since)
        case ChangeState.CONFLICT:
            return translate("outbox", "Somebody else changed it too, since {time}").format(time=since)
        case ChangeState.DEAD:
            return translate("outbox", "Not sent, since {time}").format(time=since)
        case ChangeState.DONE:
            done = row.done_at or row.created_at
            return translate("outbox", "Sent {time}").format(
                time=_in_zone(words.span(done, done, zone).split(" – ")[0], zone)
            )


def _in_zone(time: str, zone: str) -> str:
    return translate("outbox", "{time}, {city} time").format(time=time, city=city_of(zone))


def problem_of(refusal: Refusal) -> Problem:
    """The problem that a stuck row remembers, so that it has the words of every other problem."""
    reference = refusal.reference or None
    match refusal.kind:
        case "NotAllowed":
            scopes = tuple(part for part in refusal.message.replace(",", " ").split() if part)
            return NotAllowed(scopes, reference)
        case "Gone":
            return Gone(refusal.message, reference)
        case "Conflict":
            return Conflict(refusal.message, reference=reference)
        case "ServiceBroken":
            return ServiceBroken(reference)
        case "Offline":
            return Offline()
        case _:
            return Rejected(refusal.message, refusal.fields, reference=reference)


def reason_words(row: PendingChange) -> str:
    """Why it is stuck and what to do; nothing while it goes on by itself."""
    match row.state:
        case ChangeState.DEAD if row.refusal is not None:
            fields = "".join(f" {_field(name)}: {clean(text)}" for name, text in row.refusal.fields.items())
            return clean(words_for(problem_of(row.refusal)).sentence + fields)
        case ChangeState.ASKING:
            return translate(
                "outbox",
                "The connection broke while it was sent, and HubSpot's search does not show it. "
                "Look in HubSpot: is it there?",
            )
        case ChangeState.CONFLICT:
            return translate("outbox", "Choose for each field whose version stays. Nothing is sent before.")
        case _:
            return ""


def loses_words(change: Change) -> str:
    """What would be lost by discarding it; nothing where nothing was written by hand."""
    match change:
        case LogMeeting() | ScheduleMeeting():
            return translate("outbox", "This meeting and its notes are nowhere else. They will be lost.")
        case AttachFile(name=name):
            pattern = translate("outbox", "{file} is not in HubSpot yet. The copy that waits is deleted.")
            return pattern.format(file=clean(name))
        case EditMeeting(edits=edits) if any(edit.name in _WRITTEN and edit.after for edit in edits):
            return translate("outbox", "What you wrote will be lost. HubSpot's version stays.")
        case _:
            return ""


_WRITTEN = frozenset({MeetingField.TITLE, MeetingField.BODY, MeetingField.NOTES})


def _edit_words(change: EditMeeting, title: str, options: MeetingOptions) -> str:
    edits = change.edits
    if len(edits) == 1 and edits[0].name is MeetingField.OUTCOME:
        outcome = outcome_words(edits[0].after, options)
        return translate("outbox", "Set {title} to {outcome}").format(title=title, outcome=outcome)
    names = ", ".join(field_words(edit.name) for edit in edits)
    return translate("outbox", "Change {title}: {fields}").format(title=title, fields=names)


def _record_words(change: LinkRecord | UnlinkRecord | PinMeeting, title: str, name_of: NameOf) -> str:
    match change:
        case LinkRecord(association=association):
            pattern, ref = translate("outbox", "Put {title} on {name}"), association.ref
        case UnlinkRecord(ref=ref):
            pattern = translate("outbox", "Take {title} off {name}")
        case PinMeeting(ref=ref, is_pinned=True):
            pattern = translate("outbox", "Pin {title} on {name}")
        case PinMeeting(ref=ref):
            pattern = translate("outbox", "Unpin {title} from {name}")
    return pattern.format(title=title, name=_name(ref, name_of))


def _names(refs: Sequence[RecordRef], name_of: NameOf) -> str:
    names = [_name(ref, name_of) for ref in refs]
    if len(names) > _NAMED:
        names = [names[0], translate("outbox", "{n} more records").format(n=len(names) - 1)]
    return ", ".join(names)


def _name(ref: RecordRef, name_of: NameOf) -> str:
    return clean(name_of(ref)) or kind_name(ref.type)


def _quoted(title: str) -> str:
    return translate("outbox", "“{title}”").format(title=title_words(title))


def _field(name: str) -> str:
    return field_words(MeetingField(name)) if name in set(MeetingField) else clean(name)
