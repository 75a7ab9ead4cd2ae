"""The commands of the Log screen's list: what the palette, the keys and the shortcut sheet offer."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.meetings import MeetingOptions, Outcome
from app.ui.kit.command import Command, always
from app.ui.kit.meetings.words import outcome_words

translate = QCoreApplication.translate
OUTCOME_KEYS = (
    ("1", Outcome.COMPLETED),
    ("2", Outcome.NO_SHOW),
    ("3", Outcome.RESCHEDULED),
    ("4", Outcome.CANCELED),
)


def list_commands(
    *,
    search: Callable[[], None],
    filters: Callable[[], None],
    refresh: Callable[[], None],
    new: Callable[[], None],
    plan: Callable[[], None],
    outbox: Callable[[], None],
    sync: Callable[[], None],
) -> tuple[Command, ...]:
    """Search, filter, refresh, a new meeting, and what waits."""
    section = translate("log", "Log")

    def command(name: str, title: str, run: Callable[[], None], keys: str, icon: str) -> Command:
        return Command(f"log.{name}", title, run, shortcut=keys, icon=icon, section=section)

    return (
        command("new", translate("log", "Log meeting"), new, "L", "plus"),
        command("plan", translate("log", "Plan a meeting without a link"), plan, "M", "calendar-plus"),
        command("search", translate("log", "Search meetings"), search, "/", "search"),
        command("filter", translate("log", "Filter meetings"), filters, "F", "filter"),
        command("refresh", translate("log", "Refresh"), refresh, "F5", "refresh-cw"),
        command("readAll", translate("log", "Read all meetings again"), sync, "", "refresh-cw"),
        command("outbox", translate("log", "Show the outbox"), outbox, "", "send"),
    )


def queue_commands(
    decide: Callable[[str], None],
    undo: Callable[[], None],
    change_many: Callable[[], None],
    *,
    can_decide: Callable[[], bool],
    can_undo: Callable[[], bool],
    has_many: Callable[[], bool] = always,
) -> tuple[Command, ...]:
    """One key for each outcome, the way back, and the change of many."""
    section = translate("log", "Outcome queue")

    def command(keys: str, outcome: Outcome) -> Command:
        def run() -> None:
            decide(outcome)

        return Command(
            f"log.outcome.{outcome.value.lower()}",
            translate("log", "Set to {outcome}").format(outcome=outcome_words(outcome, MeetingOptions())),
            run,
            shortcut=keys,
            icon="check",
            section=section,
            is_enabled=can_decide,
        )

    return (
        *(command(keys, outcome) for keys, outcome in OUTCOME_KEYS),
        Command(
            "log.undo",
            translate("log", "Undo"),
            undo,
            shortcut="Ctrl+Z",
            icon="undo-2",
            section=section,
            is_enabled=can_undo,
        ),
        Command(
            "log.changeMany",
            translate("log", "Change the selected meetings"),
            change_many,
            shortcut="Ctrl+E",
            icon="calendar-check",
            section=section,
            is_enabled=has_many,
        ),
    )
