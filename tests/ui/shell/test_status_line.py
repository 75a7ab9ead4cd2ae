"""The status line: connection, age, what is pointed at, account, zone, and what gives way first."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.accounts import Account, Workspace
from app.domain.problems import Offline
from app.services.connectivity import ConnectionState, OfflineSince, Online, PausedUntil
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.times import TimeWords
from app.ui.shell.status_line import StatusLine, StatusProps, derive_status, zone_words
from tests.fakes.clock import NOW
from tests.fakes.samples import ZONE, sample_account
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage

SAID = "14:30 – 15:00 in New York · 20:30 – 21:00 in Berlin, your time"
ACCOUNT = sample_account()


def line(
    *,
    account: Account | None = ACCOUNT,
    is_lost: bool = False,
    connection: ConnectionState | None = None,
    fetched_at: datetime | None = NOW - timedelta(seconds=12),
    waiting_drafts: int = 0,
) -> StatusProps:
    return derive_status(
        account=account,
        is_lost=is_lost,
        connection=connection or Online(),
        fetched_at=fetched_at,
        waiting_drafts=waiting_drafts,
        now=NOW,
        words=TimeWords(QLocale("en_GB")),
        zone=ZONE,
    )


@pytest.mark.parametrize(
    ("props", "tone", "connection"),
    [
        (line(), "ok", "Connected to HubSpot"),
        (line(account=None), "muted", "Signed out"),
        (line(is_lost=True), "bad", "Sign in again"),
        (line(is_lost=True, connection=OfflineSince(NOW)), "bad", "Sign in again"),
        (line(connection=OfflineSince(NOW)), "warn", "Offline"),
        (line(connection=PausedUntil(NOW + timedelta(seconds=1.2))), "warn", "Paused by HubSpot for 2 s"),
        (line(connection=PausedUntil(NOW - timedelta(seconds=3))), "warn", "Paused by HubSpot for 0 s"),
    ],
    ids=["online", "signed out", "lost", "lost and offline", "offline", "paused", "pause is over"],
)
def test_the_connection_has_a_colour_and_words(props: StatusProps, tone: str, connection: str) -> None:
    assert (props.tone, props.connection) == (tone, connection)


def test_the_age_counts_while_online_and_is_a_time_while_not() -> None:
    assert line().age == "Synced 12 s ago"
    assert line(connection=OfflineSince(NOW)).age == "Data from 10:14"
    assert line(fetched_at=None).age == ""
    assert line(account=None).age == ""


def test_waiting_drafts_are_counted() -> None:
    said = [line(waiting_drafts=number).drafts for number in range(3)]
    assert said == ["", "1 draft waiting", "2 drafts waiting"]


def test_a_practice_account_is_never_taken_for_a_real_one() -> None:
    assert line().account == ACCOUNT.portal_name
    assert line(account=replace(ACCOUNT, workspace=Workspace.PRACTICE)).account == "Sandbox account"
    assert line(account=None).account == ""


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Europe/Berlin", "Europe/Berlin"), ("Etc/UTC", "UTC"), ("UTC", "UTC"), ("Etc/GMT+5", "GMT-5")],
)
def test_a_zone_without_a_place_has_its_short_name(zone: str, words: str) -> None:
    assert zone_words(zone) == words


@pytest.mark.qt_loop
@pytest.mark.parametrize(
    ("width", "hidden"),
    [(1440, set()), (900, set()), (650, {"status.age", "status.zone"}), (480, {"status.age", "status.zone"})],
)
async def test_what_is_said_has_the_room_before_age_and_zone(
    hands: Hands, width: int, hidden: set[str]
) -> None:
    await hands.resize(width)
    said = hands.find(ElidedLabel, "status.text")
    status = said.parentWidget()
    assert isinstance(status, StatusLine)
    status.say(SAID)
    await hands.resize(width)
    parts = ("status.connection", "status.age", "status.account", "status.zone")
    assert {name for name in parts if not hands.has(name)} == hidden
    assert said.is_elided() == (width == 480)
    status.say("")
    await hands.resize(width)
    assert hands.has("status.age") == (width > 480)
    inside = [part for part in status.findChildren(QWidget) if part.isVisible()]
    assert all(part.geometry().right() < width for part in inside)


@pytest.mark.qt_loop
async def test_the_line_follows_the_services(hands: Hands, stage: Stage) -> None:
    assert hands.find(QLabel, "status.connection").text() == "Connected to HubSpot"
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, Offline())
    await stage.services.availability.refresh()
    assert hands.find(QLabel, "status.connection").text() == "Offline"
    assert hands.find(QLabel, "status.age").text() == "Data from 10:15"
    await stage.services.preferences.change(zone="Asia/Kolkata")
    assert hands.find(QLabel, "status.zone").text() == "Asia/Kolkata"
