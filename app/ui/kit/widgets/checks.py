"""Check boxes and radio buttons whose labels wrap."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.ui.kit.paint import box, leading, mirrored, painter_on
from app.ui.kit.text import clean, without_mnemonic
from app.ui.kit.theme import MEASURES, Tokens, font, line_height, tokens_of
from app.ui.kit.theme.focus import FocusRing

_MARK = 15
_GAP = 8
MARK_ROOM = _MARK + _GAP
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


def _words(button: QAbstractButton) -> str:
    """The label as painted; the button's own text has its '&' doubled."""
    return button.text().replace("&&", "&")


def _prepare(button: QAbstractButton, label: str) -> FocusRing:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setFont(font("base"))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setText(without_mnemonic(label))
    button.setAccessibleName(clean(label))
    return FocusRing(button, radius=MEASURES.radius_small)


def _text_height(button: QAbstractButton, width: int) -> int:
    room = QRect(0, 0, max(1, width - _MARK - _GAP), 10_000)
    return button.fontMetrics().boundingRect(room, int(_WRAP), _words(button)).height()


def _height(button: QAbstractButton, width: int) -> int:
    return max(line_height("base"), _text_height(button, width)) + 2


def _size(button: QAbstractButton) -> QSize:
    width = button.fontMetrics().horizontalAdvance(_words(button)) + _MARK + _GAP + 2
    shown = min(width, 320)
    return QSize(shown, _height(button, shown))


def _mark_rect(button: QAbstractButton) -> QRectF:
    top = (line_height("base") + 2 - _MARK) / 2
    return mirrored(button, QRectF(0, top, _MARK, _MARK))


def _paint_text(button: QAbstractButton, painter: QPainter, tokens: Tokens, *, star: bool = False) -> None:
    painter.setPen(QColor(tokens.text if button.isEnabled() else tokens.disabled))
    top = (line_height("base") + 2 - button.fontMetrics().height()) / 2
    room = QRectF(_MARK + _GAP, top, button.width() - _MARK - _GAP, button.height())
    direction = button.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(mirrored(button, room), int(_WRAP | leading(direction)), _words(button))
    if star:
        metrics = button.fontMetrics()
        last = _end_of_text(button, int(room.width()))
        painter.setPen(QColor(tokens.bad))
        spot = QRectF(room.left() + last.x(), room.top() + last.y(), metrics.horizontalAdvance("*"), 1)
        painter.drawText(mirrored(button, spot).topLeft(), "*")


def _end_of_text(button: QAbstractButton, width: int) -> QPointF:
    """Where a star behind the last wrapped line of the label stands, from the top left of the text."""
    layout = QTextLayout(_words(button), button.font())
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    used, count = 0.0, 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        used, count = line.naturalTextWidth(), count + 1
    layout.endLayout()
    metrics = button.fontMetrics()
    return QPointF(used + 4, metrics.lineSpacing() * max(count - 1, 0) + metrics.ascent())


def _edge(button: QAbstractButton, tokens: Tokens) -> str:
    if button.property("invalid"):
        return tokens.bad
    return tokens.edge_hover if button.underMouse() and button.isEnabled() else tokens.edge


class CheckBox(QCheckBox):
    """A check box with a wrapping label. `checked_changed(bool)` fires for the user's changes only."""

    checked_changed = Signal(bool)

    def __init__(self, label: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = _prepare(self, label)
        self._required = False
        self.setChecked(checked)
        self.clicked.connect(self.checked_changed)

    @property
    def label(self) -> str:
        return _words(self)

    def set_label(self, label: str) -> None:
        self.setText(without_mnemonic(label))
        self.setAccessibleName(clean(label))
        self.updateGeometry()

    def set_required(self, required: bool) -> None:
        """Print the red star behind the label, and say it to screen readers."""
        self._required = required
        self.setAccessibleName(
            self.tr("{label}, required").format(label=self.label) if required else self.label
        )
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 100), line_height("base") + 2)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 - the whole row is the target, text included
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        mark = _mark_rect(self)
        if self.isChecked():
            fill = tokens.accent if self.isEnabled() else tokens.disabled
            box(painter, mark, radius=4, fill=fill)
            pen = QPen(QColor(tokens.on_accent), 1.75)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            corner = mark.topLeft()
            painter.drawPolyline([corner + QPointF(x, y) for x, y in ((3.6, 7.8), (6.3, 10.5), (11.4, 4.8))])
        else:
            edge = _edge(self, tokens) if self.isEnabled() else tokens.line
            box(painter, mark, radius=4, fill=tokens.surface, edge=edge)
        _paint_text(self, painter, tokens, star=self._required)


class RadioButton(QRadioButton):
    """One choice of several with a wrapping label; put them in a `RadioField`."""

    def __init__(self, choice: str, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.ring = _prepare(self, label)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 100), line_height("base") + 2)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 - the whole row is the target, text included
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        mark = _mark_rect(self)
        if self.isChecked():
            colour = tokens.accent if self.isEnabled() else tokens.disabled
            box(painter, mark, radius=_MARK / 2, fill=tokens.surface, edge=colour, width=5)
        else:
            edge = _edge(self, tokens) if self.isEnabled() else tokens.line
            box(painter, mark, radius=_MARK / 2, fill=tokens.surface, edge=edge)
        _paint_text(self, painter, tokens)
