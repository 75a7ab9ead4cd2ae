"""The focus ring: drawn around the focused control, outside its own pixels, 2 px wide with a 2 px gap."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.theme.scheme import tokens_of
from app.ui.kit.theme.tokens import MEASURES

_REASON = Qt.FocusReason
_KEYBOARD = (_REASON.TabFocusReason, _REASON.BacktabFocusReason, _REASON.ShortcutFocusReason)
_RETURNING = (_REASON.PopupFocusReason, _REASON.ActiveWindowFocusReason)
_REACH = MEASURES.focus_width + MEASURES.focus_gap
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.EnabledChange,
}


class _Ring(QWidget):
    def __init__(self, parent: QWidget, radius: float, *, soft: bool) -> None:
        super().__init__(parent)
        self._radius = radius
        self._soft = soft
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = MEASURES.focus_width
        inset = width / 2 + (MEASURES.focus_gap if self._soft else 0)
        painter.setPen(QPen(QColor(tokens.accent_line if self._soft else tokens.accent), width))
        radius = self._radius + _REACH - inset
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)


class FocusRing(QObject):
    """Shows a ring around `target` while `trigger` has focus.

    Buttons get it unless the mouse gave the focus. A text control always shows where typing goes: a soft
    halo, or the full ring when the keyboard brought the focus.
    """

    _trigger: QWidget | None = None
    _ring: _Ring | None = None

    def __init__(
        self, trigger: QWidget, *, target: QWidget | None = None, radius: float, text: bool = False
    ) -> None:
        super().__init__(trigger)
        self._target = trigger if target is None else target
        self._radius = radius
        self._text = text
        self._home: QWidget | None = None
        self._chain: list[QWidget] = []
        self._trigger = trigger
        trigger.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        return self._ring is not None and intact(self._ring) and not self._ring.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not intact(self, self._trigger):
            return False
        kind = event.type()
        if watched is self._trigger and kind is QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._show(event.reason())
        elif watched is self._trigger and kind is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _RETURNING:
                self._drop()
        elif self._ring is not None and kind in _FOLLOWED:
            self._place()
        return False

    def _show(self, reason: Qt.FocusReason) -> None:
        if reason in _RETURNING and self._ring is not None:
            return
        self._drop()
        soft = self._text and reason not in _KEYBOARD
        if not self._text and (reason in _RETURNING or reason is _REASON.MouseFocusReason):
            return
        self._home = self._find_home()
        if self._home is None:
            return
        self._ring = _Ring(self._home, self._radius, soft=soft)
        self._place()

    def _drop(self) -> None:
        for widget in self._chain:
            if intact(widget):
                widget.removeEventFilter(self)
        self._chain = []
        if self._trigger is not None:
            self._trigger.installEventFilter(self)
        if self._ring is not None and intact(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def _find_home(self) -> QWidget | None:
        """The widget the ring is drawn in: the window, or what a scroll area moves. The way up is watched."""
        chain: list[QWidget] = [self._target]
        parent = self._target.parentWidget()
        while parent is not None and not parent.isWindow():
            above = parent.parentWidget()
            beyond = above.parentWidget() if above is not None else None
            if isinstance(beyond, QAbstractScrollArea) and beyond.viewport() is above:
                break
            chain.append(parent)
            parent = above
        for widget in chain:
            widget.installEventFilter(self)
        self._chain = chain
        return parent

    def _place(self) -> None:
        ring, home = self._ring, self._home
        if ring is None or home is None or not intact(ring, home, self._target):
            return
        corner = self._target.mapTo(home, QPoint(0, 0)) - QPoint(_REACH, _REACH)
        size = self._target.size()
        ring.setGeometry(corner.x(), corner.y(), size.width() + 2 * _REACH, size.height() + 2 * _REACH)
        ring.setVisible(self._target.isVisibleTo(home) and self._target.isEnabled())
        ring.raise_()
