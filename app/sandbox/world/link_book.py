"""The meeting links of the portal, found by slug and listed in order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from app.sandbox.world.links import MeetingLink


class LinkBook:
    """All links; a slug belongs to one of them."""

    def __init__(self, links: Iterable[MeetingLink]) -> None:
        self._by_slug = {link.slug: link for link in links}

    def __len__(self) -> int:
        return len(self._by_slug)

    def __iter__(self) -> Iterator[MeetingLink]:
        return iter(self._by_slug.values())

    def find(self, slug: str) -> MeetingLink | None:
        """Return the link with that slug, or None."""
        return self._by_slug.get(slug)

    def named(self, name: str) -> MeetingLink:
        """Return the first link with that name; KeyError when there is none."""
        for link in self:
            if link.name == name:
                return link
        raise KeyError(name)

    def set_payment(self, link: MeetingLink, payment_link_id: str | None, *, at: datetime) -> MeetingLink:
        """Put a payment link on a meeting link, or take it off with None; return the changed link."""
        changed = replace(link, payment_link_id=payment_link_id, updated_at=at)
        self._by_slug[link.slug] = changed
        return changed
