"""How the panes share the room: side by side, the desk in a drawer, one at a time, and back again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.screens.book.screen import BookScreen
from app.ui.screens.book.view import BookView, Room, room_for
from tests.ui.screens.book.at_the_desk import ready
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet

pytestmark = pytest.mark.qt_loop


def panes(screen: BookScreen) -> BookView:
    view = screen.widget
    assert isinstance(view, BookView)
    return view


@pytest.mark.parametrize(
    ("width", "room"),
    [(699, Room.SINGLE), (700, Room.DRAWER), (999, Room.DRAWER), (1000, Room.WIDE)],
)
def test_the_room_follows_the_width_of_the_window(width: int, room: Room) -> None:
    assert room_for(width) is room


@pytest.mark.parametrize("desk", [300, 340, 420])
async def test_the_desk_is_as_wide_as_before_a_narrow_window(
    screen: BookScreen, hands: Hands, desk: int
) -> None:
    view = panes(screen)
    view.setMinimumSize(1, 1)  # the frame's own size counts, as it does in the program
    view.set_widths((256, 1111, 1110 - desk, desk))
    for width in (940, 800, 600, 480):
        await hands.resize(width)
        assert view.widths == () or width == 940
    for width in (800, 940, 1368):
        await hands.resize(width)
    assert (view.widths[0], view.widths[3]) == (256, desk)
    assert view.desk.width() == desk


@pytest.mark.parametrize("width", [408, 560, 640, 928, 1368])
async def test_nothing_is_wider_than_the_window(screen: BookScreen, hands: Hands, width: int) -> None:
    """408 is what the rail leaves of the smallest window."""
    screen.widget.setMinimumSize(1, 1)
    screen.selection.choose_guest_zone("America/Argentina/Buenos_Aires")
    await hands.resize(width)
    assert screen.widget.minimumSizeHint().width() <= width
    beyond = [
        widget.objectName()
        for widget in screen.widget.findChildren(QWidget)
        if widget.isVisible()
        and widget.objectName().startswith(("calendar.", "links.", "desk."))
        and widget.mapTo(screen.widget, widget.rect().topRight()).x() > width
    ]
    assert beyond == []
    await quiet()


@pytest.mark.parametrize("width", [1368, 900, 600])
async def test_after_a_booking_one_enter_ends_it_and_the_keyboard_is_in_the_calendar(
    screen: BookScreen, hands: Hands, width: int
) -> None:
    screen.widget.setMinimumSize(1, 1)
    await hands.resize(width)
    await ready(screen)
    screen.selection.open_desk()
    screen.desk.submit()
    await quiet(120)
    assert hands.focus_name() == "booked.done"
    await hands.press(Qt.Key.Key_Return)
    assert screen.desk.props.booked is None
    assert hands.focus_name() == "calendar.week"
    assert screen.selection.guest_zone == "Europe/Berlin"
