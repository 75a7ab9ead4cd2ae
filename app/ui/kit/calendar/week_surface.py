"""The scrolling surface of a week grid: size, scroll position and repainting, without any input."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.kit.calendar.empty import EmptyCard
from app.ui.kit.calendar.header import paint_header_end
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import WeekProps
from app.ui.kit.calendar.opening import is_good_view, opening_top
from app.ui.kit.calendar.painting import FOCUS_REACH
from app.ui.kit.calendar.week_canvas import HEADER, WeekCanvas
from app.ui.kit.theme import tokens_of
from app.ui.kit.widgets.progress import Turning

_MARGIN = 12
_MANY = 64
_SHIMMER_MS = 1600
_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LocaleChange)


class _HeaderEnd(QWidget):
    """The end of the header, above the scroll bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_header_end(QPainter(self), Ink(tokens_of(self), self.devicePixelRatioF()), self.width())


class WeekSurface(QAbstractScrollArea):
    """Paints a WeekCanvas under a header that stays; subclasses say what is hovered and focused."""

    def __init__(self, props: WeekProps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = WeekCanvas(props, tokens_of(self), self.devicePixelRatioF())
        self._hovered: str | None = None
        self._hovered_day: int | None = None
        self._focused: str | None = None
        self._ring = False
        self._opened = False
        self._turning = Turning(self.viewport(), period_ms=_SHIMMER_MS)
        self._card = EmptyCard(self.viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.addScrollBarWidget(_HeaderEnd(self), Qt.AlignmentFlag.AlignTop)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def props(self) -> WeekProps:
        """What is shown."""
        return self._canvas.props

    def sizeHint(self) -> QSize:
        return QSize(744, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    def body(self) -> QRect:
        """The viewport below the header."""
        return self.viewport().rect().adjusted(0, HEADER, 0, 0)

    def scroll_to_opening(self) -> None:
        """Scroll to where the day gets interesting, as for days that are shown for the first time."""
        self._open()

    def _show_props(self, props: WeekProps) -> bool:
        """Take new props and repaint what differs; True when everything was laid out anew."""
        changed = self._canvas.set_props(props)
        if changed is not None and len(changed) <= _MANY:
            for box in changed:
                self._repaint(box)
        else:
            self.viewport().update()
        if changed is None:
            self._settle()
        return changed is None

    def _settle(self) -> None:
        """Make scroll bar, skeleton and empty card fit the props."""
        props = self.props
        self._set_range()
        self._turning.set_running(self._canvas.is_skeleton)
        self._card.show_notice(props.empty if not props.slots and not props.loading else None)
        self._place_card()

    def _open(self) -> None:
        """Scroll to where the day gets interesting."""
        self.verticalScrollBar().setValue(opening_top(self._canvas.layout, self.props))

    def _is_well_placed(self) -> bool:
        return is_good_view(self._canvas.layout, self._canvas.offset, self.body().height())

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        room = max(self.viewport().height() - HEADER, 1)
        bar.setRange(0, max(self._canvas.layout.height - room, 0))
        bar.setPageStep(room)
        bar.setSingleStep(self.props.hour_height // 3)
        self._canvas.offset = bar.value()

    def _place_card(self) -> None:
        self._card.place(QRectF(self.body().adjusted(self._canvas.layout.body_left, 0, 0, 0)))

    def _scroll_to(self, box: Box) -> None:
        bar = self.verticalScrollBar()
        room = self.body().height()
        if box.y - _MARGIN < bar.value():
            bar.setValue(box.y - _MARGIN)
        elif box.bottom + _MARGIN > bar.value() + room:
            bar.setValue(box.bottom + _MARGIN - room)

    def _repaint(self, box: Box) -> None:
        self.viewport().update(self._canvas.view_rect(box, FOCUS_REACH))

    def _repaint_slot(self, key: str | None) -> None:
        for place in self._canvas.layout.placed if key is not None else ():
            if place.slot.key == key:
                self._repaint(place.box)

    def _repaint_header(self) -> None:
        self.viewport().update(QRect(0, 0, self.viewport().width(), HEADER))

    def _show_rulers_of(self, day: int) -> None:
        """Let the rulers be true for a day; they differ only in a week with a clock change."""
        if self._canvas.set_ruler_day(day):
            self.viewport().update(
                self.body().adjusted(0, 0, self._canvas.layout.body_left - self.width(), 0)
            )

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        value = self.verticalScrollBar().value()
        moved = self._canvas.offset - value
        self._canvas.offset = value
        if self._card.isVisible() or self._canvas.is_skeleton:
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved, self.body())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._canvas.set_width(self.viewport().width())
        self._set_range()
        self._place_card()
        if not self._opened:
            self._open()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._canvas.refresh_ink(tokens_of(self), self.devicePixelRatioF())
            self._set_range()
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._opened = self._opened or bool(self.props.slots)
        self._canvas.set_ink(tokens_of(self), self.devicePixelRatioF())
        painter = QPainter(self.viewport())
        self._canvas.paint(
            painter,
            event.region(),
            self.viewport().rect(),
            hovered=self._hovered,
            focused=self._focused if self._ring and self.hasFocus() else None,
            hovered_day=self._hovered_day,
            phase=self._turning.phase,
        )
