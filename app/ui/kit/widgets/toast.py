"""Toasts: passing notices stacked over the bottom of the window, with Undo, Retry or Open."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.intact import intact
from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import Notices, Toast, Tone
from app.ui.kit.paint import box, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.buttons import IconButton, LinkButton

_ICONS = {
    Tone.INFO: ("info", "accent_text"),
    Tone.OK: ("circle-check", "ok"),
    Tone.WARN: ("triangle-alert", "warn"),
    Tone.BAD: ("triangle-alert", "bad"),
}
_WIDTH = 380


class ToastView(QWidget):
    """One toast. It stays while the pointer is on it or its buttons have focus."""

    acted = Signal(int)
    dismissed = Signal(int)

    _timer: QTimer | None = None

    def __init__(self, toast: Toast, parent: QWidget) -> None:
        super().__init__(parent)
        self.toast = toast
        icon, tone = _ICONS[toast.tone]
        self.text = Paragraph(toast.text)
        self.text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(IconView(icon, tone=tone), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        self.action = LinkButton(toast.action.label if toast.action is not None else "")
        row.addWidget(self.action)
        self.action.setVisible(toast.action is not None)
        self.closer = IconButton("x", self.tr("Dismiss"), size=24, icon_size=13)
        row.addWidget(self.closer)
        self.setAccessibleName(clean(toast.text))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(toast.seconds * 1000))
        self._timer.timeout.connect(self._on_dismiss)
        self.action.clicked.connect(self._on_action)
        self.closer.clicked.connect(self._on_dismiss)
        for button in (self.action, self.closer):
            button.installEventFilter(self)
        self._restart()

    @property
    def is_waiting(self) -> bool:
        """True while the clock that takes the toast away is running."""
        return self._timer is not None and self._timer.isActive()

    def size_for(self, width: int) -> QSize:
        return QSize(width, max(44, self._row.heightForWidth(width)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._timer is None or not intact(self, self._timer):
            return False
        if event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() is QEvent.Type.FocusOut:
            self._restart()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        if self._timer is not None:
            self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if intact(self, self._timer):
            self._restart()
        super().leaveEvent(event)

    def _restart(self) -> None:
        if (
            self._timer is not None
            and self.toast.seconds
            and not (self.action.hasFocus() or self.closer.hasFocus())
        ):
            self._timer.start()

    @Slot()
    def _on_action(self) -> None:
        self.acted.emit(self.toast.id)

    @Slot()
    def _on_dismiss(self) -> None:
        self.dismissed.emit(self.toast.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        rect = QRectF(self.rect())
        box(painter_on(self), rect, radius=MEASURES.radius_card, fill=tokens.surface, edge=tokens.edge)


class ToastStack(QObject):
    """Shows the toasts of `notices` over `host`, newest lowest, `above` pixels from its lower edge."""

    _host: QWidget | None = None

    def __init__(self, host: QWidget, notices: Notices, *, above: int = MEASURES.status + MEASURES.m) -> None:
        super().__init__(host)
        self._host = host
        self._notices = notices
        self._above = above
        self._views: dict[int, ToastView] = {}
        host.installEventFilter(self)
        notices.toast_added.connect(self._on_toast_added)
        notices.toast_removed.connect(self._on_toast_removed)
        for toast in notices.toasts:
            self._on_toast_added(toast)

    @property
    def views(self) -> tuple[ToastView, ...]:
        return tuple(self._views.values())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if intact(self, self._host) and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    @Slot(object)
    def _on_toast_added(self, toast: Toast) -> None:
        if self._host is None:
            return
        view = ToastView(toast, self._host)
        view.acted.connect(self._on_acted)
        view.dismissed.connect(self._on_dismissed)
        self._views[toast.id] = view
        self._place()  # before it is shown: at its first place it could lie under the pointer and wait
        view.show()
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.Alert))

    @Slot(int)
    def _on_toast_removed(self, toast_id: int) -> None:
        view = self._views.pop(toast_id, None)
        if view is not None:
            view.hide()
            view.deleteLater()
            self._place()

    @Slot(int)
    def _on_acted(self, toast_id: int) -> None:
        self._notices.act(toast_id)

    @Slot(int)
    def _on_dismissed(self, toast_id: int) -> None:
        self._notices.dismiss(toast_id)

    def _place(self) -> None:
        if self._host is None:
            return
        width = min(_WIDTH, self._host.width() - 2 * MEASURES.m)
        bottom = self._host.height() - self._above
        for view in reversed(self.views):
            size = view.size_for(width)
            bottom -= size.height()
            view.setGeometry((self._host.width() - width) // 2, bottom, size.width(), size.height())
            view.raise_()
            bottom -= MEASURES.s
