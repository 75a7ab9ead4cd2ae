"""Buttons: primary, secondary, quiet and danger, icon buttons and links that act."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.text import clean, safe_tooltip, without_mnemonic
from app.ui.kit.theme import MEASURES, Tokens, font, line_height, tokens_of
from app.ui.kit.theme.focus import FocusRing
from app.ui.kit.widgets.progress import Turning, paint_arc

Kind = Literal["primary", "secondary", "quiet", "danger"]
_GAP = 7.0
_COMPACT = 26
_LINK_MIN = 60


class Pressable(QPushButton):
    """A push button that Enter presses too, with the focus ring; the kit's buttons paint the rest."""

    def __init__(self, name: str, *, radius: float = MEASURES.radius, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = FocusRing(self, radius=radius)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What a screen reader says, and what a test looks for."""
        self.setText(without_mnemonic(name))
        self.setAccessibleName(clean(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


class Button(Pressable):
    """A labelled button, 32 px high (28 when `small`, 26 when `compact`); filled while it is checked.

    `keys` is the shortcut printed behind the label. While busy it turns an arc and ignores presses.
    """

    def __init__(
        self,
        label: str,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        keys: str = "",
        small: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent=parent)
        self._label = clean(label)
        self._busy_label = ""
        self._kind: Kind = kind
        self._icon = icon
        self._keys = keys
        self._height = _COMPACT if compact else MEASURES.chip if small else MEASURES.control
        self._busy = False
        self._turning = Turning(self)
        self.setFont(font("control" if small or compact else "medium"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def label(self) -> str:
        return self._label

    @property
    def is_busy(self) -> bool:
        return self._busy

    def set_label(self, label: str, *, icon: str | None = None) -> None:
        self._label = clean(label)
        self._icon = self._icon if icon is None else icon
        self.set_name(label)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def set_busy(self, busy: bool, label: str = "") -> None:
        """Show that the work is under way, with another `label` ('Booking…') if one is given."""
        self._busy = busy
        self._busy_label = clean(label) if busy else ""
        self.setAccessibleName(self._shown())
        self._turning.set_running(busy)
        self.updateGeometry()

    def _shown(self) -> str:
        return self._busy_label or self._label

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = max(metrics.horizontalAdvance(self._label), metrics.horizontalAdvance(self._shown()))
        if self._icon or self._busy:
            width += MEASURES.icon + (_GAP if self._shown() else 0)
        if self._keys:
            width += QFontMetricsF(font("small")).horizontalAdvance(self._keys) + _GAP
        margin = {_COMPACT: MEASURES.s, MEASURES.chip: 10}.get(self._height, MEASURES.m)
        return QSize(round(width + 2 * margin + 1), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._busy:
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._busy and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def _colours(self, tokens: Tokens) -> tuple[str | None, str | None, str]:
        """Fill, edge and text for the state the button is in."""
        kind = "primary" if self.isChecked() else self._kind
        over, down = self.underMouse(), self.isDown()
        if not self.isEnabled():
            fill = None if kind == "quiet" else tokens.sunken if kind == "secondary" else tokens.track
            return fill, tokens.line if kind == "secondary" else None, tokens.disabled
        if kind == "primary":
            fill = tokens.accent_pressed if down else tokens.accent_hover if over else tokens.accent
            return fill, None, tokens.on_accent
        if kind == "danger":
            fill = tokens.bad_pressed if down else tokens.bad_hover if over else tokens.bad
            return fill, None, tokens.on_bad
        resting = None if kind == "quiet" else tokens.surface
        fill = tokens.pressed if down else tokens.hover if over else resting
        return fill, None if kind == "quiet" else tokens.edge, tokens.text

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        fill, edge, colour = self._colours(tokens)
        radius = MEASURES.radius_small if self._height == _COMPACT else MEASURES.radius
        box(painter, QRectF(self.rect()), radius=radius, fill=fill, edge=edge)
        size = MEASURES.icon
        label_width = QFontMetricsF(self.font()).horizontalAdvance(self._shown())
        keys_width = QFontMetricsF(font("small")).horizontalAdvance(self._keys) + _GAP if self._keys else 0.0
        lead = size + _GAP if self._icon or self._busy else 0.0
        left = max((self.width() - label_width - keys_width - lead) / 2, MEASURES.s)
        height = float(self.height())
        if lead:
            spot = mirrored(self, QRectF(left, (height - size) / 2, size, size))
            if self._busy:
                paint_arc(painter, spot, colour, self._turning.phase)
            else:
                paint_icon(painter, self._icon, colour, spot)
        room = QRectF(left + lead, 0, min(label_width + 1, self.width() - left - lead - 4), height)
        line_of_text(painter, mirrored(self, room), self._shown(), colour)
        if self._keys:
            painter.setFont(font("small"))
            quiet = colour if self.isChecked() or self._kind in ("primary", "danger") else tokens.muted
            place = QRectF(left + lead + label_width + _GAP, 0, keys_width, height)
            line_of_text(painter, mirrored(self, place), self._keys, quiet)


class IconButton(Pressable):
    """A square button with only an icon; `name` is its tooltip and accessible name, `keys` its shortcut."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        keys: str = "",
        size: int = 28,
        icon_size: int = MEASURES.icon,
        tone: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent=parent)
        self._icon = icon
        self._icon_size = icon_size
        self._tone = tone
        self._keys = keys
        self._busy = False
        self._turning = Turning(self)
        self.setFixedSize(size, size)
        self.set_icon(icon, name)

    def set_icon(self, icon: str, name: str) -> None:
        self._icon = icon
        self.set_name(name)
        self.setToolTip(safe_tooltip(f"{name} ({self._keys})" if self._keys else name))
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Turn an arc instead of the icon while something is being fetched."""
        self._busy = busy
        self._turning.set_running(busy)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        colour = tokens.colour(self._tone) if self.isEnabled() else tokens.disabled
        if self.isChecked():
            box(painter, QRectF(self.rect()), radius=MEASURES.radius, fill=tokens.accent_soft)
            colour = tokens.accent_text
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            fill = tokens.pressed if self.isDown() else tokens.hover
            box(painter, QRectF(self.rect()), radius=MEASURES.radius, fill=fill)
            colour = tokens.text
        spot = QRectF(0, 0, self._icon_size, self._icon_size)
        spot.moveCenter(QRectF(self.rect()).center())
        if self._busy:
            paint_arc(painter, spot, colour, self._turning.phase)
        else:
            paint_icon(painter, self._icon, colour, spot)


class LinkButton(Pressable):
    """Words that act like a link ('Try now'), underlined; `tone` is the colour token.

    A long label that `gives_way` is elided where the room ends, with the whole of it as the tooltip.
    """

    def __init__(
        self,
        label: str,
        *,
        tone: str = "accent_text",
        icon: str = "",
        gives_way: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, radius=MEASURES.radius_small, parent=parent)
        self._label = clean(label)
        self._tone = tone
        self._icon = icon
        self._gives_way = gives_way
        self.setFont(font("base"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        width = QSizePolicy.Policy.Maximum if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)

    def set_label(self, label: str) -> None:
        self._label = clean(label)
        self.set_name(label)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        lead = MEASURES.icon + _GAP if self._icon else 0
        return QSize(round(metrics.horizontalAdvance(self._label) + lead + 2), line_height("base"))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), _LINK_MIN), whole.height()) if self._gives_way else whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._gives_way:
            self.setToolTip(safe_tooltip(self._label) if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        colour = tokens.colour(self._tone) if self.isEnabled() else tokens.disabled
        metrics = QFontMetricsF(self.font())
        lead = 0.0
        if self._icon:
            lead = MEASURES.icon + _GAP
            spot = QRectF(0, (self.height() - MEASURES.icon) / 2, MEASURES.icon, MEASURES.icon)
            paint_icon(painter, self._icon, colour, mirrored(self, spot))
        width = min(metrics.horizontalAdvance(self._label), self.width() - lead)
        room = mirrored(self, QRectF(lead, 0, width + 1, self.height()))
        line_of_text(painter, room, self._label, colour)
        painter.setPen(QPen(painter.pen().color(), 1))
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2 + 2.5
        painter.drawLine(QPointF(room.left(), base), QPointF(room.left() + width, base))
