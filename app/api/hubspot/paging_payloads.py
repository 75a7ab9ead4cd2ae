"""The cursor that HubSpot's lists and searches carry (reference section 3)."""

import msgspec

from app.api.decoding import WireId


class NextPayload(msgspec.Struct, frozen=True):
    """The cursor of the next page; opaque in lists, an offset in searches."""

    after: WireId | None = None


class PagingPayload(msgspec.Struct, frozen=True):
    """Where the list goes on."""

    next: NextPayload | None = None


def following(paging: PagingPayload | None) -> str | None:
    """The cursor of the next page; None at the end."""
    if paging is None or paging.next is None:
        return None
    return paging.next.after or None
