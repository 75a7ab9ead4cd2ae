"""The contact's owner compared with the hosts."""

import pytest

from app.domain.links import LinkKind, Member
from app.domain.ownership import OwnerNote, owner_note
from app.domain.records import OwnerId
from tests.fakes.samples import JONAS, MARIA, sample_contact, sample_info, sample_owner

MARIA_OWNER = sample_owner("71", "501")
JONAS_OWNER = sample_owner("71", "502", "jonas@slotdesk.example")
GONE = sample_owner("71", None, "Maria@slotdesk.example")
NAMELESS = sample_owner("71", None, "")


@pytest.mark.parametrize(
    ("kind", "members", "owner", "certain"),
    [
        (LinkKind.PERSONAL, (MARIA,), MARIA_OWNER, None),
        (LinkKind.PERSONAL, (MARIA,), JONAS_OWNER, True),
        (LinkKind.GROUP, (MARIA, JONAS), JONAS_OWNER, None),
        (LinkKind.ROUND_ROBIN, (MARIA, JONAS), JONAS_OWNER, False),
        (LinkKind.ROUND_ROBIN, (MARIA,), MARIA_OWNER, None),
        (LinkKind.ROUND_ROBIN, (MARIA,), JONAS_OWNER, True),
        (LinkKind.PERSONAL, (), MARIA_OWNER, None),
        (LinkKind.PERSONAL, (MARIA,), GONE, None),
        (LinkKind.PERSONAL, (MARIA,), NAMELESS, True),
    ],
)
def test_notes(kind: LinkKind, members: tuple[Member, ...], owner: object, certain: bool | None) -> None:
    assert isinstance(owner, type(MARIA_OWNER))
    note = owner_note(sample_contact(), [owner], sample_info(kind=kind, members=members))
    assert note == (None if certain is None else OwnerNote(owner, members, certain))


def test_an_unknown_owner_is_no_difference() -> None:
    other = sample_owner(OwnerId("72"))
    assert owner_note(sample_contact(), [other], sample_info()) is None
    assert owner_note(sample_contact(), [], sample_info()) is None
