"""The meeting being planned, and what the sheet shows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.log_drafts import LogDraft
from app.domain.logging_rules import WARNINGS, DetailFault, check_details
from app.domain.matching import words_of
from app.domain.meetings import CrmRecord, MeetingDetails, MeetingField, MeetingOptions
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Problem
from app.domain.records import Owner, OwnerId
from app.services.meetings.state import MeetingRow
from app.ui.kit.meetings.words import option_words
from app.ui.kit.records.card import RecordRow
from app.ui.kit.records.kinds import kind_name, shown_name
from app.ui.kit.text import clean
from app.ui.kit.widgets.avatar import initials_of
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.wording import words_for
from app.ui.screens.log.editor.props import Choice, fault_words
from app.ui.screens.log.editor.record_rows import SideProps

translate = QCoreApplication.translate
MOST_FOUND = 6
MOST_OFFERED = 4
LETTERS_OFFERED = 22
REMINDERS = (0, 10, 60, 1440)
"""Minutes before the start; 0 is no reminder."""


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """Everything the sheet is derived from; `key` is the draft's, `asked` what finds a colleague."""

    is_open: bool = False
    key: str = ""
    draft: LogDraft = field(default_factory=LogDraft)
    errors: Mapping[MeetingField, str] = field(default_factory=dict)
    unreadable: frozenset[MeetingField] = frozenset()
    is_sending: bool = False
    problem: Problem | None = None
    duplicates: tuple[MeetingRow, ...] = ()
    suggestions: tuple[CrmRecord, ...] = ()
    asked: str = ""
    options: MeetingOptions = field(default_factory=MeetingOptions)
    owners: tuple[Owner, ...] = ()
    my_owner_id: OwnerId | None = None
    kinds: tuple[RecordKind, ...] = ()
    is_online: bool = True


@dataclass(frozen=True, slots=True)
class PlanProps:
    """What the sheet shows; choices are (value, label) pairs, `attendees` (owner id, name) pairs."""

    details: MeetingDetails
    location_type: str
    reminder: str
    types: tuple[Choice, ...]
    types_are_open: bool
    errors: Mapping[MeetingField, str]
    problem: str
    is_locked: bool
    primary: str
    side: SideProps
    attendees: tuple[tuple[str, str], ...]
    found: tuple[ListRow, ...]
    found_none: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The form and the look-alikes, each with a signal of its own."""

    form: PlanProps
    duplicates: tuple[MeetingRow, ...]


def derive_plan(inputs: PlanInputs) -> PlanShown:
    """Both from one snapshot."""
    draft, options = inputs.draft, inputs.options
    types = [one.value for one in options.activity_types if not one.is_hidden]
    unread = translate("plan", "Write it like Mon 23 Nov 2026, 09:00")
    found = _found(inputs)
    is_asked = bool(inputs.asked.strip()) and not found
    form = PlanProps(
        details=draft.details,
        location_type=draft.plan.location_type,
        reminder=str(next(iter(draft.plan.reminders), 0)),
        types=(
            ("", translate("plan", "No type")),
            *((value, option_words(value, options.activity_types)) for value in types),
        ),
        types_are_open=options.types_are_open,
        errors={**inputs.errors, **dict.fromkeys(inputs.unreadable, unread)},
        problem=words_for(inputs.problem).sentence if inputs.problem is not None else "",
        is_locked=inputs.is_sending,
        primary=translate("plan", "Plan meeting")
        if inputs.is_online
        else translate("plan", "Send when online"),
        side=_side(inputs),
        attendees=tuple((one, _owner_name(inputs, one)) for one in draft.plan.attendees),
        found=found,
        found_none=translate("plan", "No colleague is called that") if is_asked else "",
    )
    return PlanShown(form, inputs.duplicates)


def errors_of(draft: LogDraft, now: datetime) -> dict[MeetingField, str]:
    """What keeps it from being sent, by field; HubSpot wants title, start and end of a calendar entry."""
    details = draft.details
    allowed = WARNINGS - {DetailFault.TITLE_MISSING, DetailFault.END_MISSING}
    faults = check_details(details).items()
    found = {name: _fault_words(fault) for name, fault in faults if fault not in allowed}
    if draft.plan.location_type and not details.location.strip():
        found[MeetingField.LOCATION] = translate("plan", "Say where, or choose no location")
    if details.start is not None and details.start <= now and MeetingField.START not in found:
        found[MeetingField.START] = translate("plan", "That is over: log it instead, or choose a later time")
    return {name: found[name] for name in MeetingField if name in found}


def _fault_words(fault: DetailFault) -> str:
    match fault:
        case DetailFault.START_MISSING:
            return translate("plan", "Say when it starts")
        case DetailFault.END_MISSING:
            return translate("plan", "Say when it ends")
        case DetailFault.TITLE_MISSING:
            return translate("plan", "Give it a title: everybody invited sees it")
        case _:
            return fault_words(fault)


def location_types() -> tuple[Choice, ...]:
    """The kinds of place that HubSpot's calendar knows."""
    return (
        ("", translate("plan", "No location")),
        ("ADDRESS", translate("plan", "Address")),
        ("PHONE", translate("plan", "Phone")),
        ("CUSTOM", translate("plan", "Online or other")),
    )


def reminder_choices() -> tuple[Choice, ...]:
    """When HubSpot reminds by e-mail."""
    words = {
        0: translate("plan", "No reminder"),
        10: translate("plan", "10 minutes before"),
        60: translate("plan", "1 hour before"),
        1440: translate("plan", "1 day before"),
    }
    return tuple((str(minutes), words[minutes]) for minutes in REMINDERS)


def _owner_name(inputs: PlanInputs, owner_id: OwnerId) -> str:
    known = next((one for one in inputs.owners if one.id == owner_id), None)
    name = clean(known.full_name or known.email) if known is not None else ""
    return name or translate("plan", "Owner {id}").format(id=owner_id)


def _found(inputs: PlanInputs) -> tuple[ListRow, ...]:
    """Active colleagues of whom every typed word begins a word; the rep and the chosen ones are left out."""
    asked = words_of(inputs.asked).split()
    taken = {*inputs.draft.plan.attendees, inputs.my_owner_id}
    if not asked:
        return ()
    rows = []
    for owner in inputs.owners:
        known = words_of(f"{owner.full_name} {owner.email}").split()
        if owner.is_active and owner.id not in taken and _begins(asked, known):
            name = clean(owner.full_name) or clean(owner.email)
            rows.append(ListRow(owner.id, name, clean(owner.email), initials=initials_of(name)))
    return tuple(sorted(rows, key=lambda row: row.title.casefold())[:MOST_FOUND])


def _begins(asked: list[str], known: list[str]) -> bool:
    return all(any(word.startswith(one) for word in known) for one in asked)


def _side(inputs: PlanInputs) -> SideProps:
    known = {record.ref for record in inputs.draft.records}
    offered = [record for record in inputs.suggestions if record.ref not in known][:MOST_OFFERED]
    hint = translate("plan", "It can be pinned once it is planned")
    return SideProps(
        records=tuple(
            RecordRow(
                record.ref, _name(record, inputs), kind_name(record.ref.type, inputs.kinds), pin_hint=hint
            )
            for record in inputs.draft.records
        ),
        suggestions=tuple((record, _offer(record, inputs)) for record in offered),
    )


def _name(record: CrmRecord, inputs: PlanInputs) -> str:
    return shown_name(record.name, record.ref.type, record.ref.id, inputs.kinds)


def _offer(record: CrmRecord, inputs: PlanInputs) -> str:
    name = _name(record, inputs)
    short = name if len(name) <= LETTERS_OFFERED else f"{name[:LETTERS_OFFERED].rstrip()}…"
    return f"{short} · {kind_name(record.ref.type, inputs.kinds)}"
