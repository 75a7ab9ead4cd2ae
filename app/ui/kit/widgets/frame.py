"""The drawn frame around controls made of several parts: search, chips and type-ahead fields."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, Tokens, tokens_of
from app.ui.kit.theme.focus import FocusRing


def frame_colours(widget: QWidget, tokens: Tokens, *, focused: bool) -> tuple[str, str]:
    """Fill and edge of an input in its state: off, wrong, focused, under the pointer or resting."""
    if not widget.isEnabled():
        return tokens.sunken, tokens.line
    if widget.property("invalid"):
        return tokens.surface, tokens.bad
    if focused:
        return tokens.surface, tokens.accent
    return tokens.surface, tokens.edge_hover if widget.underMouse() else tokens.edge


class InputFrame(QWidget):
    """Looks like a line edit, glows when `edit` inside it has focus, and hands it every press.

    Without `framed` it paints nothing: for an edit that fills the head of a sheet.
    """

    _edit: QWidget | None = None

    def __init__(self, edit: QWidget, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._framed = framed
        self.ring: FocusRing | None = None
        if framed:
            self.ring = FocusRing(edit, target=self, radius=MEASURES.radius, text=True)
        self.setFocusProxy(edit)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(MEASURES.control)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        edit.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if intact(self, self._edit) and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._edit is not None:
            self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._framed:
            return
        tokens = tokens_of(self)
        fill, edge = frame_colours(self, tokens, focused=self._edit is not None and self._edit.hasFocus())
        box(painter_on(self), QRectF(self.rect()), radius=MEASURES.radius, fill=fill, edge=edge)
