"""The Agenda as time goes by: the line, what is next, midnight, other zones and clocks."""

import pytest
from PySide6.QtCore import Qt

from app.domain.preferences import ClockStyle, Preferences
from app.ui.screens.agenda.listing.model import AgendaModel
from tests.ui.screens.agenda.bench import ADA, HOUR, IMANI, Bench, berlin
from tests.ui.screens.book.hands import CTRL

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def line(bench: Bench) -> tuple[str, str]:
    """The item above the line, and the time it shows."""
    now_line = bench.screen.listing.props.now_line
    assert now_line is not None
    return bench.texts[now_line.after], now_line.text


async def test_the_line_moves_each_minute_without_a_new_list(bench: Bench) -> None:
    resets: list[None] = []
    model = bench.rows.model()
    assert isinstance(model, AgendaModel)
    model.modelReset.connect(lambda: resets.append(None))
    assert line(bench) == ("Renewal: Fabrikam", "16:15")
    await bench.rest(60)
    assert line(bench) == ("Renewal: Fabrikam", "16:16")
    assert bench.faces[2].line.endswith("in 14 minutes")
    await bench.rest(14 * 60)
    assert line(bench) == ("Product demo", "16:30")
    assert bench.faces[2].line.endswith("now")
    assert resets == []


async def test_the_line_lies_between_the_rows_and_goes_with_them(bench: Bench) -> None:
    await bench.hands.resize(1320, 400)
    rows = bench.rows
    place = rows.visualRect(rows.model().index(2, 0)).bottom() + 1
    before = rows.viewport().grab().toImage().pixelColor(60, place - 1)
    rows.verticalScrollBar().setValue(20)
    after = rows.viewport().grab().toImage().pixelColor(60, place - 21)
    assert before.red() > 150 > before.green()
    assert after == before


async def test_what_is_next_follows_the_time_until_the_rep_has_chosen(bench: Bench) -> None:
    await bench.rest(HOUR)
    assert bench.selected == "Partner call"
    await bench.hands.press(Qt.Key.Key_Down)
    assert bench.selected == "Technical scoping"
    await bench.rest(2 * HOUR)
    assert bench.selected == "Technical scoping"
    await bench.hands.press(Qt.Key.Key_T)
    await bench.rest()
    assert bench.selected == "Technical scoping"
    assert bench.faces[-2].is_primary


async def test_midnight_brings_the_new_day(bench: Bench) -> None:
    await bench.rest(7.7 * HOUR)
    assert bench.texts[0].startswith("Today, Mon 23 Nov")
    await bench.rest(0.1 * HOUR)
    assert bench.texts[0] == "Today, Tue 24 Nov · Berlin time"
    assert bench.screen.listing.props.title == "24 – 30 Nov"


async def test_days_that_were_chosen_stay_over_midnight(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Right, CTRL)
    await bench.rest(8 * HOUR)
    assert bench.screen.listing.props.title == "30 Nov – 6 Dec"


async def test_after_a_sleep_of_the_computer_the_time_is_right(bench: Bench) -> None:
    bench.clock.jump(berlin(1, 9))
    bench.screen.refresh_if_old()
    await bench.rest()
    assert bench.texts[0] == "Today, Tue 24 Nov · Berlin time"


async def test_another_zone_and_clock_style_are_taken_at_once(bench: Bench) -> None:
    preferences = bench.desk.services.preferences
    await preferences.change(zone="America/New_York", clock=ClockStyle.HOURS_12)
    await bench.rest()
    assert bench.texts[0] == "Today, Mon 23 Nov · New York time"
    assert (bench.faces[2].start, line(bench)[1]) == ("10:30 AM", "10:15 AM")
    assert "in New York" not in bench.faces[2].line


async def test_a_zone_far_away_has_another_today(empty: Bench) -> None:
    empty.desk.fakes.preferences.kept = Preferences(zone="Pacific/Auckland")
    empty.meet("Late there", berlin(0, 18), IMANI)
    empty.meet("Early here", berlin(0, 11), ADA)
    await empty.open()
    assert empty.texts == ["Today, Tue 24 Nov · Auckland time", "Late there"]
