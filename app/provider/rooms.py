"""Rooms behind one small interface: Jitsi Meet, one fixed room for everybody, or the user's own room."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from app.provider.links import UserLink

_ROOM_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Room:
    """Where people meet."""

    join_url: str
    password: str | None = None


class Rooms(Protocol):
    """Makes the room of one call."""

    def open_room(self, link: UserLink) -> Room:
        """A room for a call of this user."""
        ...


def draw_name() -> str:
    """A room name that nobody can guess: 160 random bits as 32 small letters and digits."""
    return base64.b32encode(secrets.token_bytes(_ROOM_BYTES)).decode("ascii").lower()


class JitsiRooms:
    """A room of its own for each call, on any Jitsi Meet: there a room exists once somebody enters it."""

    def __init__(self, base_url: str, draw: Callable[[], str] = draw_name) -> None:
        self._base_url = base_url.rstrip("/")
        self._draw = draw

    def open_room(self, link: UserLink) -> Room:  # noqa: ARG002
        """A new room."""
        return Room(join_url=f"{self._base_url}/{self._draw()}")


class FixedRooms:
    """The same room for every call, such as a personal Zoom, Teams or Meet address.

    `{user_id}` and `{company_id}` in the address stand for the ids of the user whose call it is.
    """

    def __init__(self, template: str, password: str = "") -> None:
        self._template = template
        self._password = password

    def open_room(self, link: UserLink) -> Room:
        """The room."""
        filled = self._template.replace("{user_id}", str(link.user_id))
        return Room(filled.replace("{company_id}", str(link.company_id)), self._password or None)


class OwnRooms:
    """The room that a user has registered; for all others those of `others`."""

    def __init__(self, others: Rooms) -> None:
        self._others = others

    def open_room(self, link: UserLink) -> Room:
        """The user's own room, or another."""
        if not link.room_url:
            return self._others.open_room(link)
        return Room(link.room_url, link.room_password or None)
