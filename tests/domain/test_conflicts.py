"""When somebody else's version stands against the rep's, and what the rep's choice makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import DeleteMeeting, EditMeeting
from app.domain.conflicts import FieldConflict, Side, conflict_in, conflict_of, resolved, their_texts
from app.domain.meetings import FieldEdit, Meeting, MeetingField
from app.domain.projection import edited
from tests.domain.meeting_world import MEETING_ID, NINE, SEEN, edit, meeting, row

TITLE, NOTES, OUTCOME, START = (
    MeetingField.TITLE,
    MeetingField.NOTES,
    MeetingField.OUTCOME,
    MeetingField.START,
)
LATER = SEEN + timedelta(minutes=1)
DONE = (OUTCOME, "SCHEDULED", "COMPLETED")
NAMED = (TITLE, "Intro", "Demo")


@pytest.mark.parametrize(
    ("change", "theirs", "fields"),
    [
        (edit(NAMED), meeting(title="Call", updated_at=LATER), [TITLE]),
        (edit(NAMED), meeting(title="Call", updated_at=None), [TITLE]),
        (edit(NAMED), meeting(title="Call", updated_at=SEEN), []),
        (edit(NAMED), meeting(title="Intro", notes="theirs", updated_at=LATER), []),
        (edit(NAMED), meeting(title="Demo", updated_at=LATER), []),
        (edit(NAMED, is_forced=True), meeting(title="Call", updated_at=LATER), []),
        (edit(NAMED, base=None), meeting(title="Call", updated_at=LATER), []),
        (edit(NAMED, DONE), meeting(title="Intro", outcome="NO_SHOW", updated_at=LATER), [OUTCOME]),
        (edit(NAMED, DONE), meeting(title="Call", outcome="NO_SHOW", updated_at=LATER), [TITLE, OUTCOME]),
        (edit((NOTES, "", "mine")), meeting(notes="theirs", updated_at=LATER), [NOTES]),
        (edit((NOTES, "one\ntwo", "mine")), meeting(notes="one\r\ntwo \n", updated_at=LATER), []),
        (edit((START, "", NINE.isoformat())), meeting(updated_at=LATER), []),
        (
            edit((START, "", NINE.isoformat())),
            meeting(start=NINE + timedelta(days=1), updated_at=LATER),
            [START],
        ),
    ],
)
def test_which_fields_are_in_conflict(
    change: EditMeeting, theirs: Meeting, fields: list[MeetingField]
) -> None:
    found = conflict_of(change, theirs)
    assert [one.name for one in found] == fields
    in_row = replace(row(change), theirs=their_texts(change, theirs), their_update=theirs.updated_at)
    if fields:
        assert conflict_in(in_row) == found


def test_a_conflict_shows_all_three_versions() -> None:
    found = conflict_of(edit(NAMED), meeting(title="Call", updated_at=LATER))
    assert found == (FieldConflict(TITLE, "Intro", "Demo", "Call"),)


def test_other_changes_have_no_conflict_to_choose_in() -> None:
    assert conflict_in(row(DeleteMeeting(MEETING_ID))) == ()
    assert conflict_in(row(edit(NAMED))) == ()


THEIRS = {"title": "Call", "outcome": "NO_SHOW"}


@pytest.mark.parametrize(
    ("choices", "edits"),
    [
        ({}, [(TITLE, "Call", "Demo"), (OUTCOME, "NO_SHOW", "COMPLETED")]),
        ({TITLE: Side.MINE, OUTCOME: Side.THEIRS}, [(TITLE, "Call", "Demo")]),
        ({TITLE: Side.THEIRS}, [(OUTCOME, "NO_SHOW", "COMPLETED")]),
        ({TITLE: Side.THEIRS, OUTCOME: Side.THEIRS}, None),
    ],
)
@pytest.mark.parametrize("their_update", [LATER, None])
def test_the_reps_choice(
    choices: dict[MeetingField, Side],
    edits: list[tuple[MeetingField, str, str]] | None,
    their_update: datetime | None,
) -> None:
    chosen = resolved(edit(NAMED, DONE), choices, theirs=THEIRS, their_update=their_update)
    if edits is None:
        assert chosen is None
    else:
        assert chosen == edit(*edits, base=their_update or SEEN, is_forced=their_update is None)


def test_a_field_that_is_theirs_already_is_not_sent_again() -> None:
    assert resolved(edit(NAMED), {}, theirs={"title": "Demo"}, their_update=LATER) is None


def test_a_third_version_is_a_conflict_again() -> None:
    chosen = resolved(edit(NAMED), {TITLE: Side.MINE}, theirs=THEIRS, their_update=LATER)
    assert chosen is not None
    assert conflict_of(chosen, meeting(title="Third", updated_at=LATER + timedelta(minutes=1)))


few_texts = st.sampled_from(("", "a", "b", "c"))
few_edits = st.lists(
    st.builds(FieldEdit, st.sampled_from((TITLE, NOTES, OUTCOME)), few_texts, few_texts),
    unique_by=lambda one: one.name,
    min_size=1,
).map(tuple)
versions = st.builds(
    lambda title, notes, outcome, minutes: meeting(
        title=title, notes=notes, outcome=outcome, updated_at=SEEN + timedelta(minutes=minutes)
    ),
    few_texts,
    few_texts,
    few_texts,
    st.integers(-1, 2),
)


@given(few_edits, versions)
def test_nothing_is_in_conflict_with_what_the_rep_saw_or_wants(
    edits: tuple[FieldEdit, ...], theirs: Meeting
) -> None:
    change = EditMeeting(MEETING_ID, edits, SEEN)
    for end in ("before", "after"):
        same = theirs.details.with_texts({one.name: getattr(one, end) for one in edits})
        assert conflict_of(change, replace(theirs, details=same)) == ()


@given(few_edits, versions)
def test_a_conflict_is_between_three_different_texts(edits: tuple[FieldEdit, ...], theirs: Meeting) -> None:
    found = conflict_of(EditMeeting(MEETING_ID, edits, SEEN), theirs)
    assert {one.name for one in found} <= {one.name for one in edits}
    assert all(one.theirs not in (one.base, one.mine) for one in found)
    assert all(one.theirs == theirs.details.text(one.name) for one in found)


@given(few_edits, versions, st.dictionaries(st.sampled_from((TITLE, NOTES, OUTCOME)), st.sampled_from(Side)))
def test_a_choice_is_what_comes_out(
    edits: tuple[FieldEdit, ...], theirs: Meeting, choices: dict[MeetingField, Side]
) -> None:
    change = EditMeeting(MEETING_ID, edits, SEEN)
    chosen = resolved(change, choices, theirs=their_texts(change, theirs), their_update=theirs.updated_at)
    result = edited(theirs.details, chosen.edits) if chosen else theirs.details
    for one in edits:
        is_mine = choices.get(one.name) is not Side.THEIRS
        assert result.text(one.name) == (one.after if is_mine else theirs.details.text(one.name))
    assert chosen is None or conflict_of(chosen, theirs) == ()
