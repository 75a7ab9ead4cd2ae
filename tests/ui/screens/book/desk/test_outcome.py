"""The notice for every outcome, and for a slot that vanished."""

from typing import get_args

import pytest

from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingStage,
    HostOffline,
    NotBooked,
    NotFound,
    SlotTaken,
    StillUnsure,
)
from app.domain.links import MeetingLink
from app.domain.problems import AddressBlocked, NotAllowed, Offline, Unknown
from app.domain.slots import Slot
from app.services.availability_state import AvailabilityState
from app.ui.kit.notices import Tone
from app.ui.screens.book.desk.inputs import DeskInputs
from app.ui.screens.book.desk.outcome import DeskAction, derive_notice, elsewhere_words
from app.ui.screens.book.desk.vanishing import taken_by_now
from tests.fakes.clock import NOW
from tests.fakes.samples import HALF_HOUR, SLUG, at, sample_link, sample_receipt, sample_request, slot
from tests.ui.screens.book.snapshots import TUESDAY, desk, known

REQUEST = sample_request(at(24, 9))
WANTED = slot(at(24, 9))
NEAREST = (slot(at(24, 9, 30)), slot(at(24, 8)), slot(at(25, 9)))
OUTCOMES: tuple[tuple[BookingOutcome, Tone, str, tuple[DeskAction, ...]], ...] = (
    (SlotTaken(WANTED, NEAREST), Tone.WARN, "10:00 was just taken", ()),
    (HostOffline("9001", ("Jonas Weber",)), Tone.BAD, "Nothing was booked", (DeskAction.OPEN_IN_BROWSER,)),
    (NotBooked(AddressBlocked("ada@x.example")), Tone.BAD, "This link does not accept ada@x.example", ()),
    (NotBooked(NotAllowed(("meetings.write",))), Tone.BAD, "Your HubSpot sign-in does not allow this", ()),
    (NotFound(REQUEST), Tone.WARN, "No meeting was found", (DeskAction.RECHECK, DeskAction.SEND_AGAIN)),
    (
        StillUnsure(REQUEST, Offline()),
        Tone.WARN,
        "Not known yet whether it was booked",
        (DeskAction.RECHECK,),
    ),
)


def test_the_table_holds_every_outcome_but_the_good_one() -> None:
    assert {type(outcome) for outcome, *_ in OUTCOMES} | {Booked} == set(get_args(BookingOutcome))


@pytest.mark.parametrize(
    ("outcome", "tone", "title", "actions"), OUTCOMES, ids=lambda one: type(one).__name__
)
def test_an_outcome_has_its_own_notice_and_buttons(
    outcome: BookingOutcome, tone: Tone, title: str, actions: tuple[DeskAction, ...]
) -> None:
    notice = derive_notice(desk(outcome=outcome, slot=WANTED))
    assert notice is not None
    assert (notice.tone, notice.title) == (tone, title)
    assert tuple(action for action, _ in notice.actions) == actions
    assert notice.text


def test_a_booked_meeting_has_a_panel_and_no_notice() -> None:
    assert derive_notice(desk(outcome=Booked(REQUEST, sample_receipt(REQUEST)))) is None


def test_the_host_is_named_or_called_the_host() -> None:
    named = derive_notice(desk(outcome=HostOffline("9001", ("Jonas Weber", "Maria Nowak"))))
    unnamed = derive_notice(desk(outcome=HostOffline("9001", ())))
    assert named is not None
    assert unnamed is not None
    assert "The calendar of Jonas Weber, Maria Nowak is disconnected" in named.text
    assert "The calendar of the host is disconnected" in unnamed.text


def test_a_reference_is_told() -> None:
    notice = derive_notice(desk(outcome=NotBooked(AddressBlocked("a@b.example", "corr-1"))))
    assert notice is not None
    assert notice.text.endswith(" Reference corr-1.")


def taken(picked: Slot | None = WANTED, nearest: tuple[Slot, ...] = NEAREST, **changes: object) -> DeskInputs:
    return desk(slot=picked, taken=WANTED, nearest=nearest, **changes)


def test_a_taken_slot_offers_the_nearest_with_the_day_where_it_is_another() -> None:
    notice = derive_notice(taken())
    assert notice is not None
    assert [label for _, label in notice.nearest] == ["10:30", "09:00", "Wed 25 Nov, 10:00"]
    assert notice.text == "Your form is kept. Nearest free times:"
    assert notice.picked == NEAREST[0]


def test_the_labels_are_in_the_guests_zone() -> None:
    notice = derive_notice(taken(guest_zone="America/New_York"))
    assert notice is not None
    assert notice.title == "04:00 was just taken"
    assert notice.nearest[0][1] == "04:30"


def test_the_picked_one_of_the_nearest_is_filled() -> None:
    notice = derive_notice(taken(NEAREST[1]))
    assert notice is not None
    assert notice.picked == NEAREST[1]
    assert notice.title == "10:00 was just taken"


def test_a_taken_slot_without_others_says_so() -> None:
    notice = derive_notice(taken(nearest=()))
    assert notice is not None
    assert "no other free time" in notice.text
    assert (notice.nearest, notice.picked) == ((), None)


def test_checking_a_lost_answer_goes_before_everything_else() -> None:
    notice = derive_notice(taken(stage=BookingStage.VERIFYING, outcome=NotBooked(Offline())))
    assert notice is not None
    assert notice.title == "HubSpot's answer was lost"
    assert "Nothing is sent again" in notice.text


@pytest.mark.parametrize("stage", [BookingStage.RECHECKING, BookingStage.SENDING])
def test_sending_itself_says_nothing_over_the_form(stage: BookingStage) -> None:
    assert derive_notice(desk(stage=stage)) is None


def paid() -> MeetingLink:
    link = sample_link()
    return MeetingLink(
        link.id,
        link.slug,
        link.url,
        link.kind,
        link.name,
        link.organizer_id,
        link.member_ids,
        False,
        None,
        None,
        "pay",
    )


@pytest.mark.parametrize(
    ("inputs", "title"),
    [
        (desk(), None),
        (desk(link=None), None),
        (desk(link=paid()), "This link takes a payment"),
        (desk(is_draft_waiting=True), "A draft you saved while offline"),
        (desk(is_draft_waiting=True, is_offline=True), None),
    ],
)
def test_states_of_the_link_and_the_draft(inputs: DeskInputs, title: str | None) -> None:
    notice = derive_notice(inputs)
    assert (notice.title if notice else None) == title


@pytest.mark.parametrize(
    ("outcome", "tone", "text"),
    [
        (Booked(REQUEST, sample_receipt(REQUEST)), Tone.OK, "Demo is booked."),
        (NotFound(REQUEST), Tone.WARN, "Demo: it is not known yet whether it was booked."),
        (StillUnsure(REQUEST, Unknown()), Tone.WARN, "Demo: it is not known yet whether it was booked."),
        (SlotTaken(WANTED, ()), Tone.BAD, "Demo was not booked."),
        (HostOffline("9001", ()), Tone.BAD, "Demo was not booked."),
        (NotBooked(Offline()), Tone.BAD, "Demo was not booked."),
    ],
)
def test_an_outcome_of_another_link_names_it(outcome: BookingOutcome, tone: Tone, text: str) -> None:
    assert elsewhere_words(outcome, link="Demo") == (tone, text)


def now_free(*starts: object, is_stale: bool = False) -> AvailabilityState:
    return AvailabilityState(slug=SLUG, availability=known(*starts), is_stale=is_stale)  # type: ignore[arg-type]


OTHERS = TUESDAY[1:]


@pytest.mark.parametrize(
    ("inputs", "state", "result"),
    [
        (desk(slot=WANTED), now_free(*TUESDAY), (None, ())),
        (desk(slot=WANTED), now_free(*OTHERS), (WANTED, (slot(at(24, 9, 30)), slot(at(24, 17, 30))))),
        (desk(slot=WANTED), now_free(), (WANTED, ())),
        (desk(slot=WANTED), now_free(*OTHERS, is_stale=True), (None, ())),
        (desk(slot=slot(at(9, 9, month=12))), now_free(*OTHERS), (None, ())),
        (desk(slot=None), now_free(*OTHERS), (None, ())),
        (desk(slot=WANTED, stage=BookingStage.SENDING), now_free(*OTHERS), (None, ())),
        (desk(slot=WANTED, outcome=NotFound(REQUEST)), now_free(*OTHERS), (None, ())),
        (desk(slot=WANTED, outcome=StillUnsure(REQUEST, Unknown())), now_free(*OTHERS), (None, ())),
        (desk(slot=WANTED, outcome=Booked(REQUEST, sample_receipt(REQUEST))), now_free(*OTHERS), (None, ())),
        (desk(slot=WANTED, outcome=HostOffline("9001", ())), now_free(*OTHERS), (None, ())),
        (
            desk(slot=WANTED, outcome=NotBooked(Offline())),
            now_free(*OTHERS),
            (WANTED, (slot(at(24, 9, 30)), slot(at(24, 17, 30)))),
        ),
        (taken(), now_free(*TUESDAY), (None, ())),
        (taken(NEAREST[0]), now_free(*OTHERS), (WANTED, NEAREST)),
        (taken(NEAREST[0]), now_free(at(24, 17, 30)), (NEAREST[0], (slot(at(24, 17, 30)),))),
    ],
    ids=[
        "free",
        "gone",
        "gone and nothing else",
        "only remembered",
        "not fetched",
        "nothing picked",
        "being sent",
        "maybe booked by us",
        "not known",
        "booked by us",
        "refused by a hidden calendar",
        "gone after a failure",
        "free again",
        "another picked",
        "another picked and gone",
    ],
)
def test_a_vanished_slot_is_noticed_in_a_refresh(
    inputs: DeskInputs, state: AvailabilityState, result: tuple[Slot | None, tuple[Slot, ...]]
) -> None:
    assert taken_by_now(inputs, state, NOW) == result


def test_times_that_have_begun_are_not_offered_instead() -> None:
    inputs = desk(slot=slot(at(23, 10)), duration_ms=HALF_HOUR)
    _, nearest = taken_by_now(inputs, now_free(at(23, 9), at(23, 11)), NOW)
    assert nearest == (slot(at(23, 11)),)
