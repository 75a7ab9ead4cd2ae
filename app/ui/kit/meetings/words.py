"""A meeting in words: its outcome, its way to HubSpot, its fields, and the people and records it is about."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    TICKET,
    CrmRecord,
    Meeting,
    MeetingField,
    MeetingOption,
    MeetingOptions,
    Outcome,
    RecordType,
)
from app.domain.projection import PendingMark
from app.ui.kit.records.kinds import kind_name
from app.ui.kit.text import clean
from app.ui.kit.widgets.badges import BadgeTone

translate = QCoreApplication.translate
_SHOWN_NAMES = 2
_LONGEST = 300
_HUBSPOTS_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Outcome.SCHEDULED: "scheduled",
        Outcome.COMPLETED: "completed",
        Outcome.RESCHEDULED: "rescheduled",
        Outcome.NO_SHOW: "no show",
        Outcome.CANCELED: "canceled",
    }
)
"""What HubSpot itself calls its outcomes: an account that has changed nothing reads ours, in its language."""


def outcome_words(value: str, options: MeetingOptions) -> str:
    """`Completed`; the account's own label where it has one, the stored text for an unknown outcome."""
    label = option_words(value, options.outcomes)
    if label.casefold() not in (_HUBSPOTS_LABELS.get(value, ""), value.casefold()):
        return label
    match value:
        case "":
            return translate("meetings", "No outcome")
        case Outcome.SCHEDULED:
            return translate("meetings", "Scheduled")
        case Outcome.COMPLETED:
            return translate("meetings", "Completed")
        case Outcome.RESCHEDULED:
            return translate("meetings", "Rescheduled")
        case Outcome.NO_SHOW:
            return translate("meetings", "No show")
        case Outcome.CANCELED:
            return translate("meetings", "Canceled")
        case _:
            return label


def outcome_tone(value: str) -> BadgeTone:
    """The colour that goes with the word."""
    match value:
        case Outcome.SCHEDULED:
            return "accent"
        case Outcome.COMPLETED:
            return "ok"
        case Outcome.RESCHEDULED | Outcome.NO_SHOW:
            return "warn"
        case Outcome.CANCELED:
            return "bad"
        case _:
            return "neutral"


def option_words(value: str, options: Sequence[MeetingOption]) -> str:
    """The label of a stored value, or the value itself where the account does not list it (any more)."""
    return next((clean(one.label) for one in options if one.value == value and one.label), clean(value))


def type_words(value: str, options: MeetingOptions) -> str:
    """`Discovery call`, `No type`."""
    return option_words(value, options.activity_types) if value else translate("meetings", "No type")


def pending_words(mark: PendingMark) -> str:
    """What is on its way, in two or three words."""
    match mark:
        case PendingMark.WAITING:
            return translate("meetings", "Will be sent")
        case PendingMark.SENDING:
            return translate("meetings", "Sending")
        case PendingMark.CHECKING:
            return translate("meetings", "Checking")
        case PendingMark.FAILED:
            return translate("meetings", "Not sent")
        case PendingMark.CONFLICT:
            return translate("meetings", "Two versions")
        case PendingMark.ASKING:
            return translate("meetings", "Was it sent?")


def pending_tone(mark: PendingMark) -> str:
    """The colour token of these words."""
    match mark:
        case PendingMark.WAITING | PendingMark.SENDING | PendingMark.CHECKING:
            return "muted"
        case PendingMark.CONFLICT | PendingMark.ASKING:
            return "warn"
        case PendingMark.FAILED:
            return "bad"


def field_words(name: MeetingField) -> str:
    """What a field is called everywhere."""
    match name:
        case MeetingField.TITLE:
            return translate("meetings", "Title")
        case MeetingField.START:
            return translate("meetings", "Starts")
        case MeetingField.END:
            return translate("meetings", "Ends")
        case MeetingField.OUTCOME:
            return translate("meetings", "Outcome")
        case MeetingField.ACTIVITY_TYPE:
            return translate("meetings", "Meeting type")
        case MeetingField.OWNER:
            return translate("meetings", "Owner")
        case MeetingField.LOCATION:
            return translate("meetings", "Location")
        case MeetingField.BODY:
            return translate("meetings", "Description")
        case MeetingField.NOTES:
            return translate("meetings", "Internal notes")
        case MeetingField.EXTERNAL_URL:
            return translate("meetings", "Web address")


def title_words(title: str) -> str:
    """The title, or words for its absence."""
    return clean(title[:_LONGEST]) or translate("meetings", "Untitled meeting")


def record_words(record: CrmRecord) -> str:
    """The record's name, or what it is where nobody knows the name."""
    return clean(record.name[:_LONGEST]) or kind_name(record.ref.type)


def people_line(meeting: Meeting, records: Sequence[CrmRecord]) -> str:
    """`Ravi Menon · Fabrikam`, `3 people · Contoso`; a name that the title says already is left out.

    Empty while nobody knows on which records it stands.
    """
    if meeting.associations is None and not records:
        return ""
    if not records:
        return translate("meetings", "On no record yet") if not meeting.associations else ""
    contacts = [record for record in records if record.ref.type == CONTACT]
    parts = [*_named(_of(records, COMPANY))]
    parts.extend(_marked(translate("meetings", "Deal: {name}"), _of(records, DEAL)))
    parts.extend(_marked(translate("meetings", "Ticket: {name}"), _of(records, TICKET)))
    known = {CONTACT, COMPANY, DEAL, TICKET}
    parts.extend(_named([record for record in records if record.ref.type not in known]))
    return " · ".join([*_people(contacts, meeting.details.title, is_alone=not parts), *parts])


def _people(contacts: Sequence[CrmRecord], title: str, *, is_alone: bool) -> list[str]:
    if len(contacts) > 1:
        return [translate("meetings", "{n} people").format(n=len(contacts))]
    names = [record_words(contact) for contact in contacts]
    is_said = any(name.casefold() in clean(title[:_LONGEST]).casefold() for name in names)
    return [] if is_said and not is_alone else names


def _of(records: Iterable[CrmRecord], record_type: RecordType) -> list[CrmRecord]:
    return [record for record in records if record.ref.type == record_type]


def _named(records: Sequence[CrmRecord]) -> list[str]:
    names = [record_words(record) for record in records]
    if len(names) <= _SHOWN_NAMES:
        return names
    rest = translate("meetings", "{n} more").format(n=len(names) - 1)
    return [names[0], rest]


def _marked(pattern: str, records: Sequence[CrmRecord]) -> list[str]:
    return [pattern.format(name=name) for name in _named(records[:1])] + _named(records[1:])
