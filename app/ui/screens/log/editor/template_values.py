"""What a template's placeholders stand for in the open meeting, and what applying it changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.days import local_day
from app.domain.meetings import COMPANY, CONTACT, DEAL, MeetingDetails, MeetingField, RecordType
from app.domain.ports_meetings import TextTemplate
from app.domain.templates import Placeholder, filled_template, first_name, placeholders
from app.ui.kit.meetings.words import outcome_words, type_words
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.screens.log.editor.inputs import EditorInputs

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Filling:
    """The new texts by field (only those that change), and the placeholders nothing is known for."""

    texts: Mapping[MeetingField, str]
    empty: tuple[Placeholder, ...] = ()


def template_values(inputs: EditorInputs, words: TimeWords, zone: str) -> dict[Placeholder, str]:
    """Every placeholder's value, empty where the meeting has none; day and time in the rep's IANA zone."""
    details = inputs.details
    contact, start = _name(inputs, CONTACT), details.start
    owner = next((one.full_name for one in inputs.owners if one.id == details.owner_id), "")
    return {
        Placeholder.CONTACT: contact,
        Placeholder.FIRST_NAME: first_name(contact),
        Placeholder.COMPANY: _name(inputs, COMPANY),
        Placeholder.DEAL: _name(inputs, DEAL),
        Placeholder.DATE: words.day(local_day(start, zone)) if start is not None else "",
        Placeholder.TIME: words.time(start, zone) if start is not None else "",
        Placeholder.OWNER: clean(owner),
        Placeholder.TYPE: type_words(details.activity_type, inputs.options) if details.activity_type else "",
        Placeholder.OUTCOME: outcome_words(details.outcome, inputs.options) if details.outcome else "",
    }


def _name(inputs: EditorInputs, record_type: RecordType) -> str:
    return next((clean(one.name) for one in inputs.records if one.ref.type == record_type), "")


def filling(template: TextTemplate, details: MeetingDetails, values: Mapping[Placeholder, str]) -> Filling:
    """Apply a template: the title is replaced, description and notes get it below what stands there.

    A text that ends with what the template brings stays, so that applying twice changes nothing.
    """
    brought = filled_template(template, values)
    texts = {
        MeetingField.TITLE: brought.title or details.title,
        MeetingField.BODY: _below(details.body, brought.body),
        MeetingField.NOTES: _below(details.notes, brought.notes),
    }
    asked = placeholders(f"{template.title}\n{template.body}\n{template.notes}")
    return Filling(
        {name: text for name, text in texts.items() if text != details.text(name)},
        tuple(name for name in asked if not values.get(name)),
    )


def _below(present: str, brought: str) -> str:
    if not brought.strip() or present.endswith(brought):
        return present
    return f"{present.rstrip()}\n\n{brought}" if present.strip() else brought


def template_of(details: MeetingDetails) -> TextTemplate:
    """A new template with the texts of a meeting, word for word: its braces stand for braces."""
    return TextTemplate(
        id="",
        name=clean(details.title),
        title=_literal(details.title),
        body=_literal(details.body),
        notes=_literal(details.notes),
    )


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def placeholder_words(name: Placeholder) -> str:
    """What a placeholder stands for."""
    match name:
        case Placeholder.CONTACT:
            return translate("log", "contact")
        case Placeholder.FIRST_NAME:
            return translate("log", "first name")
        case Placeholder.COMPANY:
            return translate("log", "company")
        case Placeholder.DEAL:
            return translate("log", "deal")
        case Placeholder.DATE:
            return translate("log", "date")
        case Placeholder.TIME:
            return translate("log", "time")
        case Placeholder.OWNER:
            return translate("log", "owner")
        case Placeholder.TYPE:
            return translate("log", "meeting type")
        case Placeholder.OUTCOME:
            return translate("log", "outcome")
