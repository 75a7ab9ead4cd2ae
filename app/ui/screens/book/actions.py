"""The commands of the Book screen: what the palette, the keys and the shortcut sheet offer."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui.kit.command import Command
from app.ui.screens.book.calendar.inputs import CalendarLook
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel
from app.ui.screens.book.view import BookView

translate = QCoreApplication.translate


def booking_commands(
    view: BookView, choose_guest: Callable[[], None], plan: Callable[[], None]
) -> tuple[Command, ...]:
    """Links, guest and desk, and a meeting without a link."""
    section = translate("book", "Book")

    def command(name: str, title: str, run: Callable[[], None], keys: str, icon: str = "") -> Command:
        return Command(f"book.{name}", title, run, shortcut=keys, icon=icon, section=section)

    return (
        command("search", translate("book", "Search links"), view.links.focus_search, "/", "search"),
        command("prospect", translate("book", "Choose the guest"), choose_guest, "P", "user"),
        command("send", translate("book", "Book the picked time"), view.desk.submit, "Ctrl+Return", "check"),
        command("plan", translate("book", "Plan a meeting without a link"), plan, "M", "calendar-plus"),
        command("copyLink", translate("book", "Copy link"), view.links.copy_link, "Ctrl+C", "copy"),
        command(
            "copyPrefilled",
            translate("book", "Copy link filled in for the guest"),
            view.links.copy_prefilled,
            "Ctrl+Shift+C",
            "copy",
        ),
    )


def looking_commands(
    view: BookView, calendar: CalendarViewModel, refresh: Callable[[], None]
) -> tuple[Command, ...]:
    """Days, durations, zones and looks."""
    section = translate("book", "Free times")

    def command(name: str, title: str, run: Callable[[], None], keys: str, icon: str = "") -> Command:
        return Command(f"book.{name}", title, run, shortcut=keys, icon=icon, section=section)

    def look(kind: CalendarLook) -> Callable[[], None]:
        def show() -> None:
            calendar.show_look(kind)
            view.calendar.focus_calendar()

        return show

    return (
        command("today", translate("book", "Today"), calendar.show_today, "T", "calendar-days"),
        command("nextFree", translate("book", "Next free time"), view.calendar.next_free, "N", "arrow-right"),
        command(
            "previousFree", translate("book", "Previous free time"), view.calendar.previous_free, "Shift+N"
        ),
        command("duration", translate("book", "Next duration"), calendar.choose_next_duration, "D", "clock"),
        command("zones", translate("book", "Guest's time zone"), view.calendar.pick_zone, "Z", "globe"),
        command("week", translate("book", "Week"), look(CalendarLook.WEEK), "1"),
        command("columns", translate("book", "Days"), look(CalendarLook.COLUMNS), "2"),
        command("month", translate("book", "Month"), look(CalendarLook.MONTH), "3"),
        command("list", translate("book", "List"), look(CalendarLook.LIST), "4"),
        command("refresh", translate("book", "Refresh"), refresh, "F5", "refresh-cw"),
    )
