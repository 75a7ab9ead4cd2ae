"""A linked Pipedrive user as the service knows one: whose calls it is asked to make."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.provider import ProviderLinkId


class LinkState(StrEnum):
    """PENDING until Pipedrive has confirmed the link; calls are answered in both states."""

    PENDING = "pending"
    LINKED = "linked"


class LinkOrigin(StrEnum):
    """Who made the link: the install flow of this service, or the desktop app."""

    INSTALL = "install"
    DESKTOP = "desktop"


@dataclass(frozen=True, slots=True)
class UserLink:
    """A link: `language` a two-letter code, `zone` an IANA zone, both may be empty; `created` a UTC instant.

    `room_url` is the user's own room, empty when the service makes a room for each call.
    """

    link_id: ProviderLinkId
    user_id: int
    company_id: int
    state: LinkState
    origin: LinkOrigin
    created: datetime
    language: str = ""
    zone: str = ""
    room_url: str = ""
    room_password: str = ""
