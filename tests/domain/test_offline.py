"""Slots in front of a disconnected calendar."""

import pytest

from app.domain.links import LinkKind, Member
from app.domain.offline import offline_starts
from app.domain.slots import Busy
from tests.fakes.samples import JONAS, MARIA, OFFLINE_JONAS, at, slot

SLOTS = (slot(at(24, 9)), slot(at(24, 10)), slot(at(24, 11)))
BUSY = {MARIA.user_id: (Busy(at(24, 9), at(24, 9, 15)), Busy(at(24, 10, 15), at(24, 10, 45)))}


@pytest.mark.parametrize(
    ("kind", "members", "places"),
    [
        (LinkKind.PERSONAL, (MARIA,), []),
        (LinkKind.PERSONAL, (OFFLINE_JONAS,), [0, 1, 2]),
        (LinkKind.GROUP, (MARIA, OFFLINE_JONAS), [0, 1, 2]),
        (LinkKind.OTHER, (MARIA, OFFLINE_JONAS), [0, 1, 2]),
        (LinkKind.ROUND_ROBIN, (MARIA, JONAS), []),
        (LinkKind.ROUND_ROBIN, (MARIA, OFFLINE_JONAS), [0, 1]),
        (LinkKind.ROUND_ROBIN, (OFFLINE_JONAS,), [0, 1, 2]),
    ],
)
def test_slots_that_would_be_lost(kind: LinkKind, members: tuple[Member, ...], places: list[int]) -> None:
    found = offline_starts(SLOTS, kind=kind, members=members, busy=BUSY)
    assert found == {SLOTS[place].start for place in places}
