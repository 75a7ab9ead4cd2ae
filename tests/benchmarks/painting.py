"""What painting a week of 500 slots costs, beside a naive painter in the same run (goal P6)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.calendar import BusyBlock, DayColumn, GridSlot, Ruler, SlotState, WeekGrid, WeekProps
from app.ui.kit.calendar.layout import Box, Frame, build_layout
from app.ui.kit.calendar.week_canvas import HEADER
from app.ui.kit.theme import LIGHT, MEASURES, font
from tests.benchmarks.figures import Figure, medians

_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
WIDTH, HEIGHT = 1200, 800
DAYS = 7
FIRST = date(2026, 11, 23)


def dense_week(*, hour_height: int, minutes: int, every: int) -> WeekProps:
    """Seven days around the clock: a slot of `minutes` begins `every` so many minutes, with busy times."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    days, slots, busy = [], [], []
    for number, name in enumerate(names):
        day = FIRST + timedelta(days=number)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        days.append(DayColumn(date=day, title=name, number=str(day.day), is_today=number == 1))
        for start in range(0, 24 * 60, every):
            begin = midnight + timedelta(minutes=start)
            label = f"{begin:%H:%M}"
            slots.append(
                GridSlot(
                    key=begin.isoformat(),
                    start=begin,
                    end=min(begin + timedelta(minutes=minutes), midnight + timedelta(days=1)),
                    label=label,
                    accessible_name=label,
                )
            )
        for hour in range(0, 24, 3):
            begin = midnight + timedelta(hours=hour)
            busy.append(BusyBlock(start=begin, end=begin + timedelta(hours=1), label="Busy"))
    rulers = (Ruler(zone="UTC", code="UTC", caption="guest", emphasised=True),)
    return WeekProps(
        days=tuple(days), rulers=rulers, slots=tuple(slots), busy=tuple(busy), hour_height=hour_height
    )


def next_week(props: WeekProps) -> WeekProps:
    """The same slots a week later."""
    later = timedelta(days=7)
    return replace(
        props,
        days=tuple(replace(day, date=day.date + later) for day in props.days),
        slots=tuple(
            replace(slot, key=f"{slot.key} later", start=slot.start + later, end=slot.end + later)
            for slot in props.slots
        ),
        busy=tuple(replace(block, start=block.start + later, end=block.end + later) for block in props.busy),
    )


class NaiveWeek(QWidget):
    """Paints the same blocks the straightforward way: all of them, one by one, on every paint."""

    def __init__(
        self, boxes: list[tuple[QRect, str]], busy: list[QRect], lines: list[int], left: int
    ) -> None:
        super().__init__()
        self._boxes, self._busy, self._lines, self._left = boxes, busy, lines, left

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        for rect in self._busy:
            painter.save()
            painter.setClipRect(rect)
            painter.setPen(QPen(QColor(LIGHT.busy), 5))
            for x in range(rect.left() - rect.height(), rect.right() + rect.height(), 14):
                painter.drawLine(x, rect.bottom(), x + rect.height(), rect.top())
            painter.restore()
            painter.setPen(QColor(LIGHT.busy_text))
            painter.drawText(rect.adjusted(7, 2, 0, 0), _TOP_LEFT, "Busy")
        for y in self._lines:
            painter.setPen(QPen(QColor(LIGHT.line2), 1))
            painter.drawLine(self._left, y, self.width(), y)
        for rect, label in self._boxes:
            painter.setPen(QPen(QColor(LIGHT.accent_edge), 1))
            painter.setBrush(QColor(LIGHT.accent_soft))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            painter.setPen(QColor(LIGHT.accent_text))
            painter.drawText(rect.adjusted(8, 2, 0, 0), _TOP_LEFT, label)


def naive_of(grid: WeekGrid) -> NaiveWeek:
    """A naive painter of exactly the blocks that the grid shows, at the same places."""
    layout = build_layout(grid.props, Frame(width=grid.viewport().width()))
    down = HEADER - grid.verticalScrollBar().value()
    boxes = [(_rect(placed.box, down), placed.slot.label) for placed in layout.placed]
    busy = [_rect(placed.box, down) for placed in layout.busy]
    lines = [layout.y(mark.position) + down for mark in layout.axis.marks()]
    naive = NaiveWeek(boxes, busy, lines, layout.body_left)
    naive.setFont(font("caption"))
    return naive


def _rect(box: Box, down: int) -> QRect:
    return QRect(box.x, box.y + down, box.width, box.height)


def compare(title: str, props: WeekProps) -> list[Figure]:
    """Full repaint, hover, selection and layout of a week of slots."""
    grid = WeekGrid(props)
    grid.resize(WIDTH, HEIGHT)
    grid.show()
    grid.verticalScrollBar().setValue(0 if props.hour_height < MEASURES.hour else 8 * props.hour_height)
    naive = naive_of(grid)
    naive.resize(grid.viewport().size())
    naive.show()
    QApplication.processEvents()
    shown = props.slots[len(props.slots) // 2]
    rect = grid.slot_rect(shown.key) or QRect()
    ours, theirs = medians(grid.viewport().repaint, naive.repaint)
    hovering, selecting = medians(lambda: hover(grid, rect), lambda: select(grid, shown))
    other = next_week(props)
    (switching,) = medians(lambda: switch(grid, props, other))
    what, name = f"{len(props.slots)} slots, {title}", "naive painter"
    return [
        Figure("P6", f"repaint, {what}", ours, "ms", theirs, name, at_most=5, at_most_times=0.3),
        Figure("P6", f"hover, {what}", hovering / 2, "ms", theirs, name, at_most=1),
        Figure("P6", f"selection, {what}", selecting, "ms", theirs, name, at_most=1),
        Figure("P6", f"another week in the widget, {what}", switching, "ms", theirs, name),
    ]


def hover(grid: WeekGrid, rect: QRect) -> None:
    """Move the mouse on a slot and off again; half of it is one hover."""
    for point in (rect.center(), QPoint(rect.left() - 3, rect.center().y())):
        where = grid.viewport().mapToGlobal(point)
        kind, button = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind, QPointF(point), QPointF(where), button, button, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), event)
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def select(grid: WeekGrid, slot: GridSlot) -> None:
    """Fill one slot, as a click does."""
    chosen = SlotState.FREE if grid_state(grid, slot.key) is SlotState.SELECTED else SlotState.SELECTED
    slots = tuple(replace(each, state=chosen) if each.key == slot.key else each for each in grid.props.slots)
    grid.set_props(replace(grid.props, slots=slots))
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def grid_state(grid: WeekGrid, key: str) -> SlotState:
    """How a slot is drawn now."""
    return next(slot.state for slot in grid.props.slots if slot.key == key)


def switch(grid: WeekGrid, one: WeekProps, other: WeekProps) -> None:
    """Show other props in full."""
    grid.set_props(other if grid.props == one else one)
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def measure_painting() -> list[Figure]:
    """A week that is wholly visible, and one at the usual scale."""
    return [
        *compare("all in view", dense_week(hour_height=31, minutes=60, every=20)),
        *compare("usual scale", dense_week(hour_height=MEASURES.hour, minutes=20, every=20)),
    ]
