"""The focus ring stands around the control that has the keyboard, outside its pixels, and follows it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit.theme.focus import FocusRing
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.text_fields import LineEdit

Shown = Callable[..., QWidget]


def ring_of(widget: QWidget, home: QWidget) -> QRect:
    rings = [
        child for child in home.findChildren(QWidget) if type(child).__name__ == "_Ring" and child.isVisible()
    ]
    assert len(rings) == 1
    return QRect(rings[0].mapToGlobal(rings[0].rect().topLeft()), rings[0].size())


def tab_to(widget: QWidget) -> None:
    widget.clearFocus()
    widget.setFocus(Qt.FocusReason.TabFocusReason)


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())


def test_tab_shows_the_ring_four_pixels_outside(shown: Shown) -> None:
    button = Button("Book meeting")
    window = shown(button, Button("Cancel"))
    tab_to(button)
    assert button.ring.is_shown
    assert ring_of(button, window) == on_screen(button).adjusted(-4, -4, 4, 4)


def test_a_mouse_press_shows_none_on_a_button(shown: Shown) -> None:
    button = Button("Book meeting")
    shown(button)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.ring.is_shown


def test_a_text_field_shows_where_typing_goes_whatever_brought_the_focus(shown: Shown) -> None:
    edit = LineEdit(name="Name")
    shown(edit)
    for reason in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
        edit.clearFocus()
        edit.setFocus(reason)
        assert edit.ring.is_shown


def test_the_ring_leaves_with_the_focus(shown: Shown) -> None:
    first, second = Button("One"), Button("Two")
    shown(first, second)
    tab_to(first)
    tab_to(second)
    assert (first.ring.is_shown, second.ring.is_shown) == (False, True)


def test_the_ring_follows_a_moved_parent_and_hides_with_it(shown: Shown) -> None:
    box = QWidget()
    button = Button("Inside", parent=box)
    button.resize(button.sizeHint())
    box.setMinimumHeight(80)
    window = shown(box)
    tab_to(button)
    box.move(box.x() + 30, box.y() + 40)
    assert ring_of(button, window) == on_screen(button).adjusted(-4, -4, 4, 4)
    button.setEnabled(False)
    assert not button.ring.is_shown


def test_inside_a_scroll_area_the_ring_scrolls_along(shown: Shown) -> None:
    area = ScrollArea()
    buttons = [Button(f"Button {number}") for number in range(20)]
    for button in buttons:
        area.column.addWidget(button)
    area.setMinimumHeight(150)
    shown(area)
    tab_to(buttons[1])
    area.verticalScrollBar().setValue(20)
    assert ring_of(buttons[1], area.content) == on_screen(buttons[1]).adjusted(-4, -4, 4, 4)


def test_a_ring_around_a_frame_is_driven_by_what_is_inside(shown: Shown) -> None:
    frame = QWidget()
    frame.setMinimumHeight(40)
    inner = LineEdit(name="Inner", bare=True, parent=frame)
    ring = FocusRing(inner, target=frame, radius=7, text=True)
    window = shown(frame, Button("Other"))
    tab_to(inner)
    assert ring.is_shown
    assert ring_of(frame, window) == on_screen(frame).adjusted(-4, -4, 4, 4)
