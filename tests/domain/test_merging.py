"""How new changes supersede the ones that wait, and that nothing else changes by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    Association,
    FileId,
    MeetingDetails,
    MeetingField,
    MeetingId,
    local_meeting_id,
)
from app.domain.merging import Merge, superseding
from tests.domain.meeting_world import (
    ADA,
    LABEL,
    MEETING_ID,
    NINE,
    NORTHWIND,
    ROLLOUT,
    SEEN,
    edit,
    row,
)

LOCAL = local_meeting_id("a1")
OTHER = MeetingId("7002")
DETAILS = MeetingDetails(title="Intro call", start=NINE)
LOG = LogMeeting(LOCAL, DETAILS, (Association(ADA),))
TITLE, NOTES, OUTCOME = MeetingField.TITLE, MeetingField.NOTES, MeetingField.OUTCOME
QUEUED, SENDING, DEAD, CONFLICT = (
    ChangeState.QUEUED,
    ChangeState.SENDING,
    ChangeState.DEAD,
    ChangeState.CONFLICT,
)
TITLED = edit((TITLE, "Intro", "Demo"))
LOCALLY = edit((TITLE, "Intro call", "Demo"), meeting_id=LOCAL, base=None)


def ids(*numbers: int) -> tuple[ChangeId, ...]:
    return tuple(ChangeId(f"{number:04}") for number in numbers)


@pytest.mark.parametrize(
    "new",
    [LOG, ScheduleMeeting(LOCAL, DETAILS, "501", "UTC"), AttachFile(MEETING_ID, "s", "a.pdf", 1), TITLED],
)
def test_with_nothing_waiting_a_change_is_simply_added(new: Change) -> None:
    assert superseding([], new) == Merge(change=new)


@pytest.mark.parametrize(
    ("waiting", "new", "joined"),
    [
        (TITLED, edit((TITLE, "Demo", "Call")), edit((TITLE, "Intro", "Call"))),
        (
            TITLED,
            edit((OUTCOME, "SCHEDULED", "COMPLETED"), base=SEEN + timedelta(hours=1)),
            edit((TITLE, "Intro", "Demo"), (OUTCOME, "SCHEDULED", "COMPLETED")),
        ),
        (edit((NOTES, "", "n")), TITLED, edit((TITLE, "Intro", "Demo"), (NOTES, "", "n"))),
        (LOG, LOCALLY, replace(LOG, details=replace(DETAILS, title="Demo"))),
        (
            ScheduleMeeting(LOCAL, DETAILS, "501", "UTC"),
            LOCALLY,
            ScheduleMeeting(LOCAL, replace(DETAILS, title="Demo"), "501", "UTC"),
        ),
        (
            LOG,
            LinkRecord(LOCAL, Association(ROLLOUT)),
            replace(LOG, associations=(Association(ADA), Association(ROLLOUT))),
        ),
        (
            LOG,
            LinkRecord(LOCAL, Association(ADA, (LABEL,))),
            replace(LOG, associations=(Association(ADA, (LABEL,)),)),
        ),
        (LOG, UnlinkRecord(LOCAL, ADA), replace(LOG, associations=())),
        (
            LinkRecord(MEETING_ID, Association(ADA)),
            LinkRecord(MEETING_ID, Association(ADA, (LABEL,))),
            LinkRecord(MEETING_ID, Association(ADA, (LABEL,))),
        ),
        (
            UnlinkRecord(MEETING_ID, ADA),
            LinkRecord(MEETING_ID, Association(ADA)),
            LinkRecord(MEETING_ID, Association(ADA)),
        ),
        (
            LinkRecord(MEETING_ID, Association(ADA)),
            UnlinkRecord(MEETING_ID, ADA),
            UnlinkRecord(MEETING_ID, ADA),
        ),
        (
            DetachFile(MEETING_ID, FileId("f")),
            DetachFile(MEETING_ID, FileId("f")),
            DetachFile(MEETING_ID, FileId("f")),
        ),
    ],
)
@pytest.mark.parametrize("state", [QUEUED, DEAD])
def test_a_change_joins_the_one_that_waits_in_its_place(
    waiting: Change, new: Change, joined: Change, state: ChangeState
) -> None:
    assert superseding([row(waiting, state=state)], new) == Merge(change=joined, place=ids(1)[0])


@pytest.mark.parametrize(
    ("waiting", "new"),
    [
        (TITLED, edit((TITLE, "Demo", "Call"), meeting_id=OTHER)),
        (TITLED, edit((TITLE, "Demo", "Call"), is_forced=True)),
        (TITLED, edit((TITLE, "Demo", "Call"), base=None)),
        (DeleteMeeting(MEETING_ID), TITLED),
        (LinkRecord(MEETING_ID, Association(ADA)), LinkRecord(MEETING_ID, Association(ROLLOUT))),
        (LinkRecord(MEETING_ID, Association(ADA)), UnlinkRecord(OTHER, ADA)),
        (DetachFile(MEETING_ID, FileId("f")), DetachFile(MEETING_ID, FileId("g"))),
        (PinMeeting(MEETING_ID, ADA), PinMeeting(MEETING_ID, NORTHWIND)),
        (PinMeeting(MEETING_ID, ADA), UnlinkRecord(MEETING_ID, NORTHWIND)),
        (PinMeeting(OTHER, ADA), UnlinkRecord(MEETING_ID, ADA)),
    ],
)
def test_changes_of_different_things_stand_side_by_side(waiting: Change, new: Change) -> None:
    assert superseding([row(waiting)], new) == Merge(change=new)


PAIRS: list[tuple[Change, Change]] = [
    (TITLED, edit((TITLE, "Demo", "Call"))),
    (LOG, LOCALLY),
    (LOG, LinkRecord(LOCAL, Association(ROLLOUT))),
    (LOG, DeleteMeeting(LOCAL)),
    (LinkRecord(MEETING_ID, Association(ADA)), UnlinkRecord(MEETING_ID, ADA)),
    (PinMeeting(MEETING_ID, ADA), PinMeeting(OTHER, ADA)),
    (PinMeeting(MEETING_ID, ADA), UnlinkRecord(MEETING_ID, ADA)),
    (DetachFile(MEETING_ID, FileId("f")), DetachFile(MEETING_ID, FileId("f"))),
    (TITLED, DeleteMeeting(MEETING_ID)),
]


@pytest.mark.parametrize(("waiting", "new"), PAIRS)
@pytest.mark.parametrize(
    "state", [SENDING, ChangeState.UNKNOWN, ChangeState.VERIFYING, ChangeState.ASKING, ChangeState.DONE]
)
def test_what_may_be_on_its_way_is_not_touched(waiting: Change, new: Change, state: ChangeState) -> None:
    assert superseding([row(waiting, state=state, started_at=SEEN)], new) == Merge(change=new)


@pytest.mark.parametrize(("waiting", "new"), PAIRS)
def test_what_was_tried_before_is_not_touched(waiting: Change, new: Change) -> None:
    assert superseding([row(waiting, started_at=SEEN)], new) == Merge(change=new)


def test_an_edit_back_to_the_beginning_cancels_out() -> None:
    assert superseding([row(TITLED)], edit((TITLE, "Demo", "Intro"))) == Merge(removed=ids(1))
    assert superseding([], edit()) == Merge()


@pytest.mark.parametrize("tried", [row(TITLED, state=DEAD), replace(row(TITLED), attempt=1)])
def test_going_back_is_sent_where_the_way_there_may_have_happened(tried: PendingChange) -> None:
    back = edit((TITLE, "Demo", "Intro"))
    assert superseding([tried], back) == Merge(change=back, place=ids(1)[0])
    both = edit((TITLE, "Demo", "Intro"), (NOTES, "", "n"))
    assert superseding([tried], both) == Merge(change=both, place=ids(1)[0])


def test_an_edit_of_nothing_adds_nothing() -> None:
    assert superseding([row(TITLED)], edit((NOTES, "n", "n"))) == Merge(change=TITLED, place=ids(1)[0])


def test_a_held_edit_replaces_refused_ones_of_which_it_leaves_nothing() -> None:
    done = edit((OUTCOME, "SCHEDULED", "COMPLETED"))
    missed = edit((OUTCOME, "COMPLETED", "NO_SHOW"))
    waiting = [row(done, 1, DEAD), row(missed, 2, DEAD), row(TITLED, 3, DEAD), row(done, 4)]
    new = edit((OUTCOME, "COMPLETED", "CANCELED"))
    assert superseding(waiting, new, is_held=True) == Merge(
        removed=ids(1, 2), change=edit((OUTCOME, "SCHEDULED", "CANCELED"))
    )
    back = edit((OUTCOME, "COMPLETED", "SCHEDULED"))
    assert superseding(waiting[:1], back, is_held=True) == Merge(removed=ids(1), change=back)


def test_links_pins_and_files_in_between_do_not_part_edits() -> None:
    waiting = [
        row(LOG, 1),
        row(PinMeeting(LOCAL, ADA), 2),
        row(AttachFile(LOCAL, "s", "a.pdf", 1), 3),
    ]
    merge = superseding(waiting, LOCALLY)
    assert merge == Merge(change=replace(LOG, details=replace(DETAILS, title="Demo")), place=ids(1)[0])


def test_editing_a_refused_log_mends_it_with_all_edits_behind_it() -> None:
    behind = edit((NOTES, "", "n"), meeting_id=LOCAL, base=None)
    merge = superseding([row(LOG, 1, DEAD), row(behind, 2)], LOCALLY)
    mended = replace(LOG, details=replace(DETAILS, title="Demo", notes="n"))
    assert merge == Merge(removed=ids(2), change=mended, place=ids(1)[0])


def test_editing_a_refused_edit_mends_it_with_all_edits_behind_it() -> None:
    merge = superseding([row(TITLED, 1, DEAD), row(edit((NOTES, "", "n")), 2)], edit((TITLE, "Demo", "Call")))
    assert merge == Merge(
        removed=ids(2), change=edit((TITLE, "Intro", "Call"), (NOTES, "", "n")), place=ids(1)[0]
    )


def test_an_edit_behind_one_on_its_way_joins_the_waiting_one_only() -> None:
    waiting = [row(LOG, 1, SENDING, started_at=SEEN), row(LOCALLY, 2)]
    merge = superseding(waiting, edit((TITLE, "Demo", "Call"), meeting_id=LOCAL, base=None))
    assert merge.place == ids(2)[0]
    assert merge.removed == ()


def test_a_change_that_can_be_undone_is_not_merged_either_way() -> None:
    again = edit((TITLE, "Demo", "Call"))
    assert superseding([row(TITLED)], again, is_held=True) == Merge(change=again)
    assert superseding([row(TITLED, not_before=SEEN)], again) == Merge(change=again)


def test_deleting_an_unsent_meeting_removes_all_of_it() -> None:
    waiting = [
        row(LOG, 1),
        row(PinMeeting(LOCAL, ADA), 2),
        row(TITLED, 3),
        row(replace(LOCALLY), 4, not_before=SEEN),
    ]
    assert superseding(waiting, DeleteMeeting(LOCAL)) == Merge(removed=ids(1, 2, 4))


def test_deleting_a_refused_log_removes_it_and_what_waits_behind_it() -> None:
    waiting = [row(LOG, 1, DEAD), row(LOCALLY, 2)]
    assert superseding(waiting, DeleteMeeting(LOCAL)) == Merge(removed=ids(1, 2))


def test_a_deletion_overtakes_what_is_stuck_and_follows_what_waits() -> None:
    waiting = [row(TITLED, 1, DEAD), row(TITLED, 2, CONFLICT), row(TITLED, 3), row(TITLED, 4, SENDING)]
    new = DeleteMeeting(MEETING_ID)
    assert superseding(waiting, new) == Merge(removed=ids(1, 2), change=new)
    assert superseding([row(new, 1)], new) == Merge()
    assert superseding([row(new, 1, DEAD)], new) == Merge(removed=ids(1), change=new)


def test_taking_a_meeting_off_a_record_takes_its_waiting_pin_along() -> None:
    waiting = [row(LinkRecord(MEETING_ID, Association(ADA)), 1), row(PinMeeting(MEETING_ID, ADA), 2)]
    off = UnlinkRecord(MEETING_ID, ADA)
    assert superseding(waiting, off) == Merge(removed=ids(2), change=off, place=ids(1)[0])
    local = [row(LOG, 1), row(LinkRecord(LOCAL, Association(ADA)), 2), row(PinMeeting(LOCAL, ADA), 3)]
    merge = superseding(local, UnlinkRecord(LOCAL, ADA))
    assert merge == Merge(removed=ids(2, 3), change=replace(LOG, associations=()), place=ids(1)[0])


def test_a_link_behind_one_on_its_way_stays_behind_it() -> None:
    waiting = [
        row(LinkRecord(MEETING_ID, Association(ADA)), 1, SENDING, started_at=SEEN),
        row(UnlinkRecord(MEETING_ID, ADA), 2),
        row(UnlinkRecord(MEETING_ID, ADA), 3),
    ]
    again = LinkRecord(MEETING_ID, Association(ADA, (LABEL,)))
    assert superseding(waiting, again) == Merge(removed=ids(3), change=again, place=ids(2)[0])


NONE = MeetingId("")


@pytest.mark.parametrize(
    ("waiting", "new", "merge"),
    [
        (
            [PinMeeting(MEETING_ID, ADA, before=OTHER)],
            PinMeeting(MeetingId("3"), ADA, before=MEETING_ID),
            Merge(removed=ids(1), change=PinMeeting(MeetingId("3"), ADA, before=OTHER)),
        ),
        (
            [PinMeeting(MEETING_ID, ADA, before=OTHER)],
            PinMeeting(OTHER, ADA, before=MEETING_ID),
            Merge(removed=ids(1)),
        ),
        (
            [PinMeeting(MEETING_ID, ADA, before=NONE)],
            PinMeeting(MEETING_ID, ADA, is_pinned=False, before=MEETING_ID),
            Merge(removed=ids(1)),
        ),
        (
            [PinMeeting(MEETING_ID, ADA, before=OTHER)],
            PinMeeting(MEETING_ID, ADA, is_pinned=False, before=MEETING_ID),
            Merge(removed=ids(1), change=PinMeeting(MEETING_ID, ADA, is_pinned=False, before=OTHER)),
        ),
        (
            [PinMeeting(MEETING_ID, ADA)],
            PinMeeting(MEETING_ID, ADA, is_pinned=False, before=MEETING_ID),
            Merge(removed=ids(1), change=PinMeeting(MEETING_ID, ADA, is_pinned=False)),
        ),
    ],
)
def test_a_record_keeps_the_last_wish_for_its_pin(
    waiting: list[Change], new: PinMeeting, merge: Merge
) -> None:
    assert superseding([row(one, number) for number, one in enumerate(waiting, 1)], new) == merge


def test_a_refused_pin_does_not_cancel_out() -> None:
    off = PinMeeting(MEETING_ID, ADA, is_pinned=False, before=MEETING_ID)
    refused = row(PinMeeting(MEETING_ID, ADA, before=NONE), state=DEAD)
    assert superseding([refused], off) == Merge(removed=ids(1), change=replace(off, before=NONE))


def test_a_pin_on_its_way_is_followed_not_replaced() -> None:
    waiting = [
        row(PinMeeting(OTHER, ADA), 1),
        row(PinMeeting(MEETING_ID, ADA), 2, SENDING, started_at=SEEN),
        row(PinMeeting(OTHER, ADA, before=MEETING_ID), 3),
    ]
    new = PinMeeting(MeetingId("3"), ADA, before=OTHER)
    assert superseding(waiting, new) == Merge(removed=ids(3), change=replace(new, before=MEETING_ID))
