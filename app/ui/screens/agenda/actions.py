"""The commands of the Agenda: what the palette, the keys and the shortcut sheet offer."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.domain.agenda import AgendaView
from app.ui.kit.command import Command, always
from app.ui.screens.agenda.listing.inputs import Look

translate = QCoreApplication.translate


class Deeds(Protocol):
    """What the screen can do."""

    def join(self) -> None: ...

    def log(self) -> None: ...

    def open_in_hubspot(self) -> None: ...

    def open_card(self) -> None: ...

    def show_today(self) -> None: ...

    def step(self, by: int) -> None: ...

    def step_day(self, by: int) -> None: ...

    def search(self) -> None: ...

    def toggle_everybody(self) -> None: ...

    def show_look(self, look: Look) -> None: ...

    def show_view(self, view: AgendaView) -> None: ...

    def refresh(self) -> None: ...

    def has_meeting(self) -> bool: ...


def agenda_commands(deeds: Deeds) -> tuple[Command, ...]:
    """Join, log, and the ways through the days."""
    section = translate("agenda", "Agenda")

    def command(
        name: str,
        title: str,
        run: Callable[[], None],
        keys: str = "",
        icon: str = "",
        is_enabled: Callable[[], bool] = always,
    ) -> Command:
        return Command(
            f"agenda.{name}", title, run, shortcut=keys, icon=icon, section=section, is_enabled=is_enabled
        )

    has = deeds.has_meeting
    return (
        command("join", translate("agenda", "Join the meeting"), deeds.join, "J", "video", has),
        command("log", translate("agenda", "Log the meeting"), deeds.log, "L", "notebook-pen", has),
        command(
            "open", translate("agenda", "Open in HubSpot"), deeds.open_in_hubspot, "O", "external-link", has
        ),
        command("card", translate("agenda", "Show the meeting's records"), deeds.open_card, "", "", has),
        command("today", translate("agenda", "Today"), deeds.show_today, "T", "calendar-days"),
        command("later", translate("agenda", "Later days"), partial(deeds.step, 1), "Ctrl+Right"),
        command("earlier", translate("agenda", "Earlier days"), partial(deeds.step, -1), "Ctrl+Left"),
        command(
            "nextDay", translate("agenda", "Next day of the list"), partial(deeds.step_day, 1), "Ctrl+Down"
        ),
        command(
            "previousDay",
            translate("agenda", "Previous day of the list"),
            partial(deeds.step_day, -1),
            "Ctrl+Up",
        ),
        command("day", translate("agenda", "Day"), partial(deeds.show_look, Look.DAY), "1"),
        command("week", translate("agenda", "Week"), partial(deeds.show_look, Look.WEEK), "2"),
        command("upcoming", translate("agenda", "Upcoming"), partial(deeds.show_view, AgendaView.UPCOMING)),
        command("past", translate("agenda", "Past"), partial(deeds.show_view, AgendaView.PAST)),
        command("canceled", translate("agenda", "Canceled"), partial(deeds.show_view, AgendaView.CANCELED)),
        command("search", translate("agenda", "Search by person"), deeds.search, "/", "search"),
        command(
            "everybody", translate("agenda", "Everybody's meetings"), deeds.toggle_everybody, "E", "users"
        ),
        command("refresh", translate("agenda", "Refresh"), deeds.refresh, "F5", "refresh-cw"),
    )
