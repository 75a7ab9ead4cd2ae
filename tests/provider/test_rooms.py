"""Rooms and invitations: unguessable names, own rooms, languages and zones."""

from datetime import UTC, datetime

import pytest

from app.domain.provider import CallRequest
from app.provider.application import rooms_of
from app.provider.invitations import find_zone, invitation
from app.provider.rooms import FixedRooms, JitsiRooms, OwnRooms, Room, draw_name
from app.provider.settings import ProviderSettings
from tests.provider.asking import a_link

CALL = CallRequest("Demo", datetime(2026, 7, 1, 22, 30, tzinfo=UTC), 45)
ROOM = Room("https://meet.example/x")


def test_names_are_long_and_never_come_twice() -> None:
    names = {draw_name() for _ in range(2_000)}
    assert len(names) == 2_000
    assert all(len(name) == 32 and name.isalnum() and name.islower() for name in names)


def test_jitsi_has_a_room_for_each_call_at_any_base_address() -> None:
    rooms = JitsiRooms("https://jitsi.acme.example/team/")
    first, second = rooms.open_room(a_link()), rooms.open_room(a_link())
    assert first.join_url.startswith("https://jitsi.acme.example/team/")
    assert first != second
    assert first.password is None


def test_a_fixed_room_may_name_the_user() -> None:
    rooms = FixedRooms("https://acme.example/{company_id}/{user_id}", "pw")
    assert rooms.open_room(a_link()) == Room("https://acme.example/9/7", "pw")
    assert FixedRooms("https://acme.example/r").open_room(a_link()).password is None


def test_a_users_own_room_goes_first() -> None:
    rooms = OwnRooms(FixedRooms("https://acme.example/all"))
    assert rooms.open_room(a_link()).join_url == "https://acme.example/all"
    assert rooms.open_room(a_link(room_url="https://acme.example/me")) == Room("https://acme.example/me")


def test_the_settings_choose_the_rooms() -> None:
    fixed = ProviderSettings(
        client_id="a", client_secret="b", room_url="https://z.example/1", room_password="p"
    )
    assert rooms_of(fixed).open_room(a_link()) == Room("https://z.example/1", "p")
    jitsi = ProviderSettings(client_id="a", client_secret="b")
    assert rooms_of(jitsi).open_room(a_link()).join_url.startswith("https://meet.jit.si/")


@pytest.mark.parametrize(
    ("language", "zone", "when", "join"),
    [
        ("", "", "When: 2026-07-01 22:30–23:15 (UTC)", "Join the video call"),
        ("xx", "No/Where", "When: 2026-07-01 22:30–23:15 (UTC)", "Join the video call"),
        (
            "de",
            "Europe/Berlin",
            "Wann: 02.07.2026 00:30–01:15 (Europe/Berlin, UTC+02:00)",
            "Am Videoanruf teilnehmen",
        ),
        (
            "fr-CA",
            "America/St_Johns",
            "Quand: 01/07/2026 20:00–20:45 (America/St_Johns, UTC-02:30)",
            "Rejoindre l'appel vidéo",
        ),
        (
            "ES",
            "Europe/London",
            "Cuándo: 01/07/2026 23:30–02/07/2026 00:15 (Europe/London, UTC+01:00)",
            "Unirse a la videollamada",
        ),
    ],
)
def test_an_invitation_speaks_the_users_language(language: str, zone: str, when: str, join: str) -> None:
    text = invitation(CALL, ROOM, a_link(language=language, zone=zone))
    assert text.splitlines() == ["Demo", when, f"{join}: https://meet.example/x"]


def test_an_invitation_tells_the_password() -> None:
    assert invitation(CALL, Room("https://m.example/x", "4711"), a_link()).endswith("\nPassword: 4711")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/etc/passwd", "../x", "Europe", "a\x00b", "Europe/Berlin\n"]
)
def test_names_that_are_no_zone(name: str) -> None:
    assert find_zone(name) is None
