"""Every label of the application: plain text only, in the type scale and tones of the theme."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.kit.paint import leading
from app.ui.kit.text import clean, safe_tooltip, without_mnemonic
from app.ui.kit.theme import Role, font, line_height
from app.ui.kit.theme.palette import TEXT_ROLES

__all__ = [
    "ElidedLabel",
    "Label",
    "Paragraph",
    "caption",
    "clean",
    "heading",
    "muted",
    "safe_tooltip",
    "without_mnemonic",
]


class Label(QLabel):
    """One line of plain text. `tone`: text, muted, accent, accent_text, on_accent, ok, warn or bad."""

    def __init__(
        self, text: str = "", *, role: Role = "base", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.role = role
        self.setForegroundRole(TEXT_ROLES[tone])
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(clean(text))

    def set_tone(self, tone: str) -> None:
        self.setForegroundRole(TEXT_ROLES[tone])

    def set_selectable(self, selectable: bool = True) -> None:
        """Let the reader select and copy the text with mouse and keyboard."""
        flag = Qt.TextInteractionFlag
        both = flag.TextSelectableByMouse | flag.TextSelectableByKeyboard
        self.setTextInteractionFlags(both if selectable else flag.NoTextInteraction)


class ElidedLabel(Label):
    """One line that gives way: what does not fit is elided, and the whole text is the tooltip."""

    def __init__(
        self, text: str = "", *, role: Role = "base", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role=role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._explain()

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().horizontalAdvance("mm…")), whole.height())

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(1, 0)

    def is_elided(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        self.setToolTip(safe_tooltip(self.text()) if self.is_elided() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_elided():
            super().paintEvent(event)
            return
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)


class Paragraph(Label):
    """Plain text over as many lines as the width needs, with the line height of the design."""

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = "base",
        tone: str = "text",
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role=role, tone=tone, parent=parent)
        self._centred = centred
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        QLabel.setText(self, clean(text, lines=True))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = sum(layout.lineCount() for layout in self._laid_out(width))
        return lines * line_height(self.role) if self.text() else 0

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(line) for line in self.text().split("\n")), default=0)
        width = min(widest + 2, 420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 80), line_height(self.role) if self.text() else 0)

    def _laid_out(self, width: int) -> list[QTextLayout]:
        layouts = []
        for text in self.text().split("\n"):
            layout = QTextLayout(text, self.font())
            middle = Qt.AlignmentFlag.AlignHCenter
            option = QTextOption(middle if self._centred else leading(self.layoutDirection()))
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
            layout.endLayout()
            layouts.append(layout)
        return layouts

    def paintEvent(self, _event: QPaintEvent) -> None:
        step = line_height(self.role)
        painter = QPainter(self)
        painter.setPen(QColor(self.palette().color(self.foregroundRole())))
        layouts = self._laid_out(self.width())
        top = 0.0
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top = max(0.0, (self.height() - step * sum(layout.lineCount() for layout in layouts)) / 2)
        for layout in layouts:
            for index in range(layout.lineCount()):
                line = layout.lineAt(index)
                line.setPosition(QPointF(0, 0))
                line.draw(painter, QPointF(0, top + (step - line.height()) / 2))
                top += step


def heading(text: str = "", *, parent: QWidget | None = None) -> ElidedLabel:
    """The title of a pane: 15 px semibold."""
    return ElidedLabel(text, role="title", parent=parent)


def muted(text: str = "", *, role: Role = "small", parent: QWidget | None = None) -> ElidedLabel:
    """A quiet line of secondary text."""
    return ElidedLabel(text, role=role, tone="muted", parent=parent)


def caption(text: str = "", *, parent: QWidget | None = None) -> ElidedLabel:
    """The small semibold line above a group of rows ('Favourites')."""
    return ElidedLabel(text, role="small_strong", tone="muted", parent=parent)
