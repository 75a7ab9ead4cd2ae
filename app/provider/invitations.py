"""The text shown with a call, in the user's language and zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.provider import CallRequest
from app.provider.links import UserLink
from app.provider.rooms import Room


@dataclass(frozen=True, slots=True)
class _Language:
    """Words, and how a day is written in numbers (a strftime pattern)."""

    when: str
    join: str
    password: str
    day: str


_ENGLISH: Final = _Language("When", "Join the video call", "Password", "%Y-%m-%d")
_LANGUAGES: Final = {
    "en": _ENGLISH,
    "de": _Language("Wann", "Am Videoanruf teilnehmen", "Passwort", "%d.%m.%Y"),
    "fr": _Language("Quand", "Rejoindre l'appel vidéo", "Mot de passe", "%d/%m/%Y"),
    "es": _Language("Cuándo", "Unirse a la videollamada", "Contraseña", "%d/%m/%Y"),
    "it": _Language("Quando", "Partecipa alla videochiamata", "Password", "%d/%m/%Y"),
    "nl": _Language("Wanneer", "Deelnemen aan het videogesprek", "Wachtwoord", "%d-%m-%Y"),
    "pt": _Language("Quando", "Entrar na videochamada", "Senha", "%d/%m/%Y"),
}


def invitation(call: CallRequest, room: Room, link: UserLink) -> str:
    """The text, plain and in lines; English and UTC where the user's are unknown."""
    words = _LANGUAGES.get(link.language[:2].lower(), _ENGLISH)
    lines = [
        call.topic,
        f"{words.when}: {_span(call, words.day, find_zone(link.zone) or UTC)}",
        f"{words.join}: {room.join_url}",
    ]
    if room.password:
        lines.append(f"{words.password}: {room.password}")
    return "\n".join(lines)


def find_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _span(call: CallRequest, day: str, zone: tzinfo) -> str:
    start, end = call.start.astimezone(zone), call.end.astimezone(zone)
    begins = start.strftime(f"{day} %H:%M")
    ends = end.strftime("%H:%M" if end.date() == start.date() else f"{day} %H:%M")
    return f"{begins}–{ends} ({_zone_name(start)})"


def _zone_name(moment: datetime) -> str:
    offset = moment.strftime("%z")
    name = str(moment.tzinfo)
    return name if name == "UTC" else f"{name}, UTC{offset[:3]}:{offset[3:5]}"
