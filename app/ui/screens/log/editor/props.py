"""What the editor shows, derived from its inputs."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ChangeState
from app.domain.logging_rules import DetailFault
from app.domain.meetings import MeetingDetails, MeetingField, MeetingOption, Outcome
from app.domain.projection import mark_of
from app.domain.records import Owner, OwnerId
from app.ui.kit.meetings.words import (
    option_words,
    outcome_tone,
    outcome_words,
    pending_words,
    title_words,
)
from app.ui.kit.text import clean
from app.ui.kit.widgets.badges import BadgeTone
from app.ui.kit.wording import words_for
from app.ui.screens.log.editor.inputs import EditorInputs

translate = QCoreApplication.translate
QUEUE: tuple[Outcome, ...] = (Outcome.COMPLETED, Outcome.NO_SHOW, Outcome.RESCHEDULED, Outcome.CANCELED)
"""The outcomes that have a key, 1 to 4, in this order."""

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EditorProps:
    """The texts and choices of the editor; choices are (value, label) pairs.

    `errors` are sentences by field; `primary` is the label of the button that sends.
    """

    is_open: bool = False
    is_new: bool = False
    is_loading: bool = False
    is_locked: bool = False
    heading: str = ""
    badge: str = ""
    badge_tone: BadgeTone = "neutral"
    pending: str = ""
    details: MeetingDetails = field(default_factory=MeetingDetails)
    outcomes: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()
    types_are_open: bool = False
    owners: tuple[Choice, ...] = ()
    errors: dict[MeetingField, str] = field(default_factory=dict)
    problem: str = ""
    primary: str = ""
    can_delete: bool = False
    can_discard: bool = False


def derive_editor(inputs: EditorInputs) -> EditorProps:
    """The editor from one snapshot."""
    if not inputs.is_open:
        return EditorProps(is_loading=inputs.is_loading, problem=_problem(inputs))
    details = inputs.details
    stored = inputs.row.meeting.details if inputs.row is not None else details
    mark = mark_of(inputs.changes)
    return EditorProps(
        is_open=True,
        is_new=inputs.is_new,
        is_loading=inputs.is_loading,
        is_locked=inputs.is_saving,
        heading=translate("log", "Log a meeting") if inputs.is_new else title_words(stored.title),
        badge="" if inputs.is_new else outcome_words(stored.outcome, inputs.options),
        badge_tone=outcome_tone(stored.outcome),
        pending="" if mark is None else pending_words(mark),
        details=details,
        outcomes=_outcomes(inputs, details.outcome),
        types=_types(inputs, details.activity_type),
        types_are_open=inputs.options.types_are_open,
        owners=_owners(inputs.owners, details.owner_id),
        errors=_errors(inputs),
        problem=_problem(inputs),
        primary=_primary(inputs),
        can_delete=not inputs.is_new,
        can_discard=inputs.is_changed,
    )


def _outcomes(inputs: EditorInputs, chosen: str) -> tuple[Choice, ...]:
    """The four with a key, then what the account added, then the stored one where it is none of them."""
    values: list[str] = [*QUEUE]
    values += [
        one.value
        for one in inputs.options.outcomes
        if not one.is_hidden and one.value not in values and one.value != Outcome.SCHEDULED
    ]
    if chosen and chosen not in values and chosen != Outcome.SCHEDULED:
        values.append(chosen)
    return tuple((value, outcome_words(value, inputs.options)) for value in values)


def _types(inputs: EditorInputs, chosen: str) -> tuple[Choice, ...]:
    options = inputs.options.activity_types
    values = [one.value for one in options if not one.is_hidden]
    if chosen and chosen not in values:
        values.append(chosen)
    return (("", translate("log", "No type")), *((value, _label(value, options)) for value in values))


def _label(value: str, options: tuple[MeetingOption, ...]) -> str:
    return option_words(value, options)


def _owners(owners: tuple[Owner, ...], chosen: OwnerId | None) -> tuple[Choice, ...]:
    """Active owners by name; an inactive or unknown one only where the meeting is theirs."""
    shown = sorted(
        (owner for owner in owners if owner.is_active or owner.id == chosen),
        key=lambda owner: owner.full_name.casefold(),
    )
    choices = [(str(owner.id), _owner_name(owner)) for owner in shown]
    if chosen is not None and all(owner.id != chosen for owner in owners):
        choices.append((str(chosen), translate("log", "Owner {id}").format(id=chosen)))
    return (("", translate("log", "No owner")), *choices)


def _owner_name(owner: Owner) -> str:
    name = clean(owner.full_name)
    return name if owner.is_active else translate("log", "{name} (inactive)").format(name=name)


def _errors(inputs: EditorInputs) -> dict[MeetingField, str]:
    errors = {name: fault_words(fault) for name, fault in inputs.faults.items()}
    unread = translate("log", "Write it like Mon 23 Nov 2026, 09:00")
    errors |= dict.fromkeys(inputs.unreadable, unread)
    for row in inputs.changes:
        if row.refusal is not None and row.state is ChangeState.DEAD:
            known = {name.value: name for name in MeetingField}
            errors |= {known[key]: clean(text) for key, text in row.refusal.fields.items() if key in known}
    return errors


def fault_words(fault: DetailFault) -> str:
    """What is the matter with a field."""
    match fault:
        case DetailFault.START_MISSING:
            return translate("log", "Say when it started")
        case DetailFault.END_MISSING:
            return translate("log", "Say when it ended")
        case DetailFault.END_BEFORE_START:
            return translate("log", "The end has to be after the start")
        case DetailFault.END_TOO_FAR:
            return translate("log", "That is more than a day after the start")
        case DetailFault.URL_NOT_HTTPS:
            return translate("log", "Only addresses that begin with https:// can be opened")
        case DetailFault.TEXT_TOO_LONG:
            return translate("log", "HubSpot keeps at most 65,536 characters here")
        case DetailFault.OUT_OF_RANGE:
            return translate("log", "The year has to be between 1970 and 2100")
        case DetailFault.TITLE_MISSING:
            return translate("log", "A title helps others to find it")


def _problem(inputs: EditorInputs) -> str:
    return words_for(inputs.problem).sentence if inputs.problem is not None else ""


def _primary(inputs: EditorInputs) -> str:
    if not inputs.is_online:
        return translate("log", "Send when online")
    return translate("log", "Log meeting") if inputs.is_new else translate("log", "Save and next")
