"""What a template brings to a meeting."""

from dataclasses import replace

from app.domain.log_drafts import LogDraft
from app.domain.meetings import CrmRecord, MeetingDetails, MeetingField
from app.domain.ports_meetings import TextTemplate
from app.domain.templates import Placeholder, filled
from app.ui.screens.log.editor.inputs import EditorInputs
from app.ui.screens.log.editor.template_values import (
    filling,
    placeholder_words,
    template_of,
    template_values,
)
from tests.fakes.samples import ZONE, sample_owner
from tests.ui.screens.book.snapshots import BRITISH
from tests.ui.screens.log.editor.bench import ADA, INTRO, NORTHWIND, OPTIONS, ROLLOUT

EVERYTHING = " / ".join(f"{{{name.value}}}" for name in Placeholder)
RECORDS = tuple(
    CrmRecord(ref, name)
    for ref, name in ((ADA, "Ada Okafor"), (NORTHWIND, "Northwind"), (ROLLOUT, "Rollout\u202e"))
)


def open_editor(details: MeetingDetails = INTRO, records: tuple[CrmRecord, ...] = RECORDS) -> EditorInputs:
    """A new meeting with these records."""
    draft = LogDraft(details=details, records=records)
    owners = (replace(sample_owner(), id=INTRO.owner_id),) if INTRO.owner_id else ()
    return EditorInputs(is_new=True, draft=draft, owners=owners, options=OPTIONS)


def test_every_placeholder_has_the_meetings_value() -> None:
    values = template_values(open_editor(), BRITISH, ZONE)
    text = filled(EVERYTHING, values)
    assert text.startswith("Ada Okafor / Ada / Northwind / Rollout / Mon 23 Nov / 08:15 / ")
    assert text.endswith(" / Demo / Scheduled")
    assert values[Placeholder.OWNER] == sample_owner().full_name


def test_an_empty_meeting_has_empty_values() -> None:
    values = template_values(open_editor(MeetingDetails(), ()), BRITISH, ZONE)
    assert set(values) == set(Placeholder)
    assert set(values.values()) == {""}


def test_a_template_replaces_the_title_and_stands_below_the_notes() -> None:
    template = TextTemplate("1", "Demo", "Demo with {contact}", "Agenda for {company}", "Next: {deal} {odd}")
    made = filling(template, INTRO, {Placeholder.CONTACT: "Ada", Placeholder.COMPANY: "Northwind"})
    assert made.texts == {
        MeetingField.TITLE: "Demo with Ada",
        MeetingField.BODY: "Goals\n\nAgenda for Northwind",
        MeetingField.NOTES: "Budget\n\nNext: {deal} {odd}",
    }
    assert made.empty == (Placeholder.DEAL,)


def test_applying_twice_changes_nothing() -> None:
    template = TextTemplate("1", "Demo", "Demo", "", "Next steps")
    once = filling(template, INTRO, {})
    after = INTRO.with_texts(once.texts)
    assert filling(template, after, {}).texts == {}


def test_what_a_template_leaves_out_stays() -> None:
    assert filling(TextTemplate("1", "Nothing", " ", "", "\n"), INTRO, {}).texts == {}


def test_a_template_made_of_a_meeting_gives_its_words_back() -> None:
    details = replace(INTRO, title="Quote {contact}", body="a {{b", notes="}} c {")
    template = template_of(details)
    values = dict.fromkeys(Placeholder, "X")
    made = filling(template, MeetingDetails(), values)
    assert made.texts == {
        MeetingField.TITLE: details.title,
        MeetingField.BODY: details.body,
        MeetingField.NOTES: details.notes,
    }


def test_every_placeholder_has_a_name() -> None:
    names = [placeholder_words(name) for name in Placeholder]
    assert len(set(names)) == len(names)
    assert all(names)
