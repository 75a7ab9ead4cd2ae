"""What the card says, as a table of cases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.accounts import AccountId
from app.domain.changes import Change, ChangeId, LinkRecord, PendingChange, PinMeeting, UnlinkRecord
from app.domain.meetings import Association, AssociationLabel, MeetingId, Outcome
from app.domain.records import Owner
from app.services.meetings.state import MeetingRow, MeetingsState
from app.ui.screens.agenda.card.around import first_lines, last_words
from app.ui.screens.agenda.card.inputs import CardInputs, Surrounding
from app.ui.screens.agenda.card.props import derive_card, page_address
from tests.ui.screens.agenda.bench import ADA, IMANI, TAILSPIN, berlin
from tests.ui.screens.agenda.listing.snapshots import AFTERNOON, ME, TOM, row, snapshot


def card(shown: MeetingRow | None, **changes: object) -> CardInputs:
    """The snapshot of a card."""
    agenda = snapshot()
    made = CardInputs(agenda.words, agenda.zone, AFTERNOON, agenda.account, agenda.meetings, shown)
    return replace(made, **changes)  # type: ignore[arg-type]


def noted(shown: MeetingRow, **texts: str) -> MeetingRow:
    """The meeting with other texts."""
    details = replace(shown.meeting.details, **texts)  # type: ignore[arg-type]
    return replace(shown, meeting=replace(shown.meeting, details=details))


def test_without_a_meeting_there_is_no_card() -> None:
    assert not derive_card(card(None)).is_open
    assert page_address(card(None)) == ""
    assert derive_card(card(row(1, "A", None))).when == "Without a time"
    assert derive_card(card(row(1, "A", None))).zones == "Berlin time"
    assert page_address(card(row(1, "A", None), account=None)) == ""


def test_an_end_before_the_start_is_left_out() -> None:
    props = derive_card(card(row(1, "A", berlin(0, 18), minutes=-30)))
    assert props.when == "Mon 23 Nov, 18:00"


def test_every_other_clock_is_named_once_with_its_day() -> None:
    night = row(1, "A", berlin(0, 1), IMANI, ADA, TAILSPIN, minutes=None)
    zones = {IMANI.ref: "America/New_York", ADA.ref: "America/New_York"}
    assert derive_card(card(night, zones=zones)).zones == "Berlin time · Sun 22 Nov, 19:00 in New York"
    same = {IMANI.ref: "Europe/Paris", ADA.ref: ""}
    assert derive_card(card(night, zones=same)).zones == "Berlin time"


@pytest.mark.parametrize(
    ("outcome", "hour", "is_over", "badge", "can_join"),
    [
        (Outcome.SCHEDULED, 18, False, "", True),
        (Outcome.SCHEDULED, 9, True, "", True),
        (Outcome.COMPLETED, 9, True, "Completed", True),
        (Outcome.CANCELED, 18, False, "Canceled", False),
    ],
)
def test_what_can_be_done(outcome: str, hour: int, is_over: bool, badge: str, can_join: bool) -> None:
    props = derive_card(card(row(1, "A", berlin(0, hour), outcome=outcome)))
    assert (props.is_over, props.badge, bool(props.join)) == (is_over, badge, can_join)


def test_a_colleagues_meeting_says_whose_it_is() -> None:
    owners = (Owner(TOM, "600", "tom@slotdesk.example", "Tom Reed"),)
    state = MeetingsState(my_owner_id=ME, owners=owners)
    assert derive_card(card(row(1, "A", berlin(0, 18), owner=TOM), meetings=state)).owner == "With Tom Reed"
    assert derive_card(card(row(1, "A", berlin(0, 18), owner=TOM))).owner == ""


def test_records_say_labels_and_what_is_on_its_way() -> None:
    label = AssociationLabel("USER_DEFINED", 5, "Decision maker")
    shown = row(1, "A", berlin(0, 18), IMANI, TAILSPIN, ADA)
    meeting = replace(shown.meeting, associations=(Association(IMANI.ref, (label,)),))
    changes: list[Change] = [
        LinkRecord(meeting.id, Association(IMANI.ref)),
        PinMeeting(meeting.id, TAILSPIN.ref, True),
        UnlinkRecord(MeetingId("2"), ADA.ref),
    ]
    rows = tuple(
        PendingChange(ChangeId(f"c{n}"), AccountId("a"), change, AFTERNOON, group="g")
        for n, change in enumerate(changes)
    )
    records = derive_card(card(replace(shown, meeting=meeting), changes=rows)).records
    assert [record.labels for record in records] == [("Decision maker",), (), ()]
    assert [record.note for record in records] == ["Will be sent", "Will be sent", ""]
    alone = derive_card(card(shown, account=None)).records
    assert [record.pin_hint for record in alone] == ["", "", ""]


def test_the_first_lines_of_the_notes_are_short_and_clean() -> None:
    call = row(1, "A", berlin(-1, 9))
    assert (
        first_lines(noted(call, notes="  \n<b>One</b>\u202e\n\nTwo\nThree\nFour")) == "<b>One</b> Two Three"
    )
    assert first_lines(noted(call, notes="\n", body="Seen by all")) == "Seen by all"
    assert first_lines(call) == ""
    assert first_lines(noted(call, notes="x" * 5000)) == "x" * 240 + "…"


def test_last_time_names_its_day_and_another_year() -> None:
    call = row(2, "Kick-off", AFTERNOON - timedelta(days=400))
    shown = card(row(1, "A", berlin(0, 18), IMANI), surrounding=Surrounding((), call, IMANI.ref))
    assert last_words(shown) == "Sun 19 Oct 2025, Kick-off"
    assert (
        last_words(replace(shown, surrounding=Surrounding((), None, IMANI.ref)))
        == "This is the first meeting."
    )
    assert last_words(replace(shown, surrounding=Surrounding((), call, None))) == ""
    assert last_words(replace(shown, surrounding=None)) == ""


def test_many_overlapping_ones_are_counted() -> None:
    this = row(1, "A", berlin(0, 18), minutes=60)
    others = tuple(row(n, f"B{n}", berlin(0, 18, n)) for n in range(2, 6))
    shown = card(this, surrounding=Surrounding((this, *others), None, None))
    assert derive_card(shown).around == "Overlaps B2 and 3 more."
    two = replace(shown, surrounding=Surrounding((this, *others[:2]), None, None))
    assert derive_card(two).around == "Overlaps B2, B3."
