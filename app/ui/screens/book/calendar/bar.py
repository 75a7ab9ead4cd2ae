"""The calendar's toolbar in words: title, zone, durations."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from app.domain.zones import city_of, code_of, difference_minutes
from app.ui.kit.times import TimeWords
from app.ui.screens.book.calendar.inputs import CalendarInputs, CalendarLook

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class BarProps:
    """What the toolbar shows; `durations` are (ms, label) pairs."""

    title: str
    zone_city: str
    zone_code: str
    zone_difference: str
    durations: tuple[tuple[int, str], ...]
    duration_ms: int
    look: CalendarLook
    can_go_back: bool


def derive_bar(inputs: CalendarInputs) -> BarProps:
    """The toolbar for what is on screen."""
    days = inputs.days
    if inputs.look is CalendarLook.MONTH:
        title = inputs.words.month(inputs.anchor)
    else:
        title = inputs.words.days(days[0], days[-1])
    return BarProps(
        title=title,
        zone_city=city_of(inputs.guest_zone),
        zone_code=code_of(inputs.guest_zone) or city_of(inputs.guest_zone),
        zone_difference=difference_words(
            difference_minutes(inputs.guest_zone, inputs.own_zone, inputs.span.start) or 0
        ),
        durations=tuple((ms, inputs.words.minutes(ms)) for ms in inputs.state.durations_ms),
        duration_ms=inputs.duration_ms,
        look=inputs.look,
        can_go_back=days[0] > inputs.today,
    )


def usual_titles(words: TimeWords, year: int) -> dict[CalendarLook, tuple[str, ...]]:
    """The widest titles that each look has in an ordinary month of the year."""
    ends = [date(year, month, 28) for month in range(1, 13)]
    weeks = tuple(words.days(day, day + timedelta(days=6)) for day in ends)
    months = tuple(words.month(day) for day in ends)
    return {
        CalendarLook.WEEK: weeks,
        CalendarLook.COLUMNS: weeks,
        CalendarLook.LIST: weeks,
        CalendarLook.MONTH: months,
    }


def difference_words(minutes: int) -> str:
    """`−6 h`, `+5:30 h`, or nothing when both clocks show the same."""
    if not minutes:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    amount = f"{hours}:{rest:02}" if rest else str(hours)
    return translate("calendar", "{sign}{amount} h").format(sign=sign, amount=amount)
