"""Who owns a contact, compared with who hosts a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.links import BookingInfo, LinkKind, Member
from app.domain.records import Contact, Owner


@dataclass(frozen=True, slots=True)
class OwnerNote:
    """The contact's owner is not (surely) the one who meets it; `is_certain` is false in a round robin."""

    owner: Owner
    hosts: tuple[Member, ...]
    is_certain: bool


def owner_note(contact: Contact, owners: Iterable[Owner], info: BookingInfo) -> OwnerNote | None:
    """The difference between owner and hosts, or None where there is none or it cannot be known."""
    owner = next((one for one in owners if one.id == contact.owner_id), None)
    if owner is None or not info.members:
        return None
    is_host = any(_is_same(owner, member) for member in info.members)
    if is_host and (info.kind is not LinkKind.ROUND_ROBIN or len(info.members) == 1):
        return None
    return OwnerNote(owner, info.members, is_certain=not is_host)


def _is_same(owner: Owner, member: Member) -> bool:
    """Owners and members share user ids; archived owners have lost theirs, so that the address decides."""
    if owner.user_id is not None:
        return owner.user_id == member.user_id
    return bool(owner.email) and owner.email.casefold() == member.email.casefold()
