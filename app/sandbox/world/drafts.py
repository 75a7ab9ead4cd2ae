"""A meeting link before it has an id, and how a list of drafts becomes the portal's links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.sandbox.world.links import LinkSettings, LinkType, MeetingLink
from app.sandbox.world.people import User

_FIRST_ID = 5_900_017
_ID_STEP = 13


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """What a link is, without the id and dates it gets from its place in the portal."""

    name: str | None
    slug: str
    type: LinkType
    organizer: User
    members: tuple[User, ...]
    settings: LinkSettings
    default: bool = False
    payment_link_id: str | None = None


def personal(
    name: str | None, slug: str, host: User, settings: LinkSettings, *, default: bool = False
) -> LinkDraft:
    """Draft a one-to-one link."""
    return LinkDraft(name, slug, LinkType.PERSONAL, host, (host,), settings, default=default)


def group(name: str, slug: str, members: tuple[User, ...], settings: LinkSettings) -> LinkDraft:
    """Draft a link that all members attend; the first of them organizes."""
    return LinkDraft(name, slug, LinkType.GROUP, members[0], members, settings)


def round_robin(name: str, slug: str, members: tuple[User, ...], settings: LinkSettings) -> LinkDraft:
    """Draft a link that any one member attends; the first of them organizes."""
    return LinkDraft(name, slug, LinkType.ROUND_ROBIN, members[0], members, settings)


def number_links(drafts: Iterable[LinkDraft], *, today: datetime) -> list[MeetingLink]:
    """Give every draft its id and its dates, the oldest link first; `today` is a UTC midnight."""
    links: list[MeetingLink] = []
    for place, draft in enumerate(drafts):
        created = today - timedelta(days=900, hours=-9) + timedelta(hours=place % 800 * 23, seconds=place)
        links.append(
            MeetingLink(
                id=str(_FIRST_ID + _ID_STEP * place),
                slug=draft.slug,
                type=draft.type,
                organizer=draft.organizer.user_id,
                members=tuple(member.user_id for member in draft.members),
                settings=draft.settings,
                created_at=created,
                updated_at=created + timedelta(days=place % 90, minutes=17),
                name=draft.name,
                default=draft.default,
                payment_link_id=draft.payment_link_id,
            )
        )
    return links
