"""A layer over the whole window: dims it, keeps Tab inside, closes on Escape or a press outside."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, tokens_of


class Overlay(QWidget):
    """The dimmed layer over `host`; subclasses place `panel` on it. `closed` fires whenever it goes."""

    closed = Signal()
    _host: QWidget | None = None

    def __init__(self, host: QWidget, panel: QWidget, name: str) -> None:
        super().__init__(host)
        self._host = host
        self.panel = panel
        self._returns_to: QWidget | None = None
        panel.setParent(self)
        self.setAccessibleName(clean(name))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        host.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open(self, focus: QWidget | None = None) -> None:
        """Show it and focus `focus` (or the first control inside); the focus returns when it closes."""
        if not self.is_open:
            self._returns_to = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        inside = self._stops()
        target = focus if focus is not None else (inside[0] if inside else self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close it; nothing when it is closed."""
        if not self.is_open:
            return
        self.hide()
        back, self._returns_to = self._returns_to, None
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Fill the host; subclasses then place `panel`."""
        if self._host is not None:
            self.setGeometry(self._host.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = intact(self, self._host) and watched is self._host and event.type() is QEvent.Type.Resize
        if resized and self.is_open:
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        current = QApplication.focusWidget()
        at = next((place for place, stop in enumerate(stops) if stop is current), -1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """The controls inside that Tab reaches, in the tab order of the window."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            usable = widget.isEnabled() and widget.isVisibleTo(self) and widget.focusProxy() is None
            if tabbed and usable and self.panel.isAncestorOf(widget):
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = QColor(tokens_of(self).scrim)
        shade.setAlpha(MEASURES.scrim_alpha)
        QPainter(self).fillRect(self.rect(), shade)
