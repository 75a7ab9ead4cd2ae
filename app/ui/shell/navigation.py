"""The rail at the far left: one item a screen, and the account at the bottom."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from app.ui.context import UiContext
from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.avatar import initials_of, paint_avatar
from app.ui.kit.widgets.badges import CountBadge
from app.ui.kit.widgets.buttons import Pressable
from app.ui.kit.widgets.card import Pane
from app.ui.screen import ScreenSpec

translate = QCoreApplication.translate
AVATAR = 30
BADGE_LEFT, BADGE_TOP = 32, 4


class RailItem(Pressable):
    """Icon over label; filled softly while its screen is shown."""

    def __init__(self, icon: str, label: str) -> None:
        super().__init__(label)
        self._icon = icon
        self._label = label
        self._badge = CountBadge(parent=self)
        self.setCheckable(True)
        self.setFixedSize(MEASURES.rail_item_width, MEASURES.rail_item_height)

    def show_badge(self, count: int, words: str) -> None:
        """The number beside the icon, said to screen readers as `words`; 0 takes it away."""
        self._badge.set_count(count)
        place = QRectF(BADGE_LEFT, BADGE_TOP, self._badge.width(), self._badge.height())
        self._badge.move(mirrored(self, place).topLeft().toPoint())
        name = translate("shell", "{screen}, {what}").format(screen=self._label, what=words)
        self.setAccessibleName(name if count else self._label)

    def sizeHint(self) -> QSize:
        return QSize(MEASURES.rail_item_width, MEASURES.rail_item_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        colour = tokens.muted
        if self.isChecked():
            box(painter, rect, radius=MEASURES.radius, fill=tokens.accent_soft)
            colour = tokens.accent_text if tokens.dark else tokens.accent
        elif self.underMouse():
            box(painter, rect, radius=MEASURES.radius, fill=tokens.hover)
        icon = QRectF(rect.center().x() - MEASURES.icon_rail / 2, 7, MEASURES.icon_rail, MEASURES.icon_rail)
        paint_icon(painter, self._icon, colour, icon)
        painter.setFont(font("caption"))
        place = QRectF(0, 28, rect.width(), 16)
        line_of_text(painter, place, self._label, colour, Qt.AlignmentFlag.AlignHCenter)


class AccountItem(Pressable):
    """The signed-in rep's initials; leads to the accounts page."""

    def __init__(self) -> None:
        super().__init__(translate("shell", "Not signed in"), radius=AVATAR / 2)
        self.setObjectName("rail.account")
        self.setFixedSize(MEASURES.rail_item_width, AVATAR + 6)
        self._initials = ""

    def show_account(self, name: str, portal: str) -> None:
        """Show whose account is active; empty when nobody is signed in."""
        self._initials = initials_of(name)
        if name:
            self.set_name(translate("shell", "Account: {name}, {portal}").format(name=name, portal=portal))
        else:
            self.set_name(translate("shell", "Not signed in"))
        self.setToolTip("")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        place = QRectF(self.width() / 2 - AVATAR / 2, 3, AVATAR, AVATAR)
        if self._initials:
            paint_avatar(painter, place, self._initials, tokens)
        else:
            paint_icon(painter, "user", tokens.muted, place.adjusted(6, 6, -6, -6))


class Rail(Pane):
    """Emits `chosen(screen id)` when the rep picks a screen, `account_clicked` for the initials."""

    chosen = Signal(str)
    account_clicked = Signal()

    def __init__(self, specs: Sequence[ScreenSpec]) -> None:
        super().__init__("win", lines=("right",))
        self.setFixedWidth(MEASURES.rail)
        self.setAccessibleName(translate("shell", "Screens"))
        self._specs = tuple(specs)
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._account = AccountItem()
        self._account.clicked.connect(self.account_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEASURES.s, 1, MEASURES.l)
        column.setSpacing(MEASURES.xs)
        for spec in specs:
            if not spec.is_footer:
                column.addWidget(self._make(spec), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for spec in specs:
            if spec.is_footer:
                column.addWidget(self._make(spec), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(MEASURES.s)
        column.addWidget(self._account, 0, Qt.AlignmentFlag.AlignHCenter)

    def choose(self, screen_id: str) -> None:
        """Mark the screen that is shown; an empty id marks none."""
        if screen_id in self._items:
            self._items[screen_id].setChecked(True)
            return
        self._group.setExclusive(False)
        for item in self._items.values():
            item.setChecked(False)
        self._group.setExclusive(True)

    def watch_badges(self, context: UiContext) -> None:
        """Show the numbers that screens count, from now on."""
        for spec in self._specs:
            if spec.watch_badge is not None:
                spec.watch_badge(context, self._items[spec.id].show_badge)

    def show_account(self, name: str, portal: str) -> None:
        """Show whose account is active."""
        self._account.show_account(name, portal)

    def _make(self, spec: ScreenSpec) -> RailItem:
        item = RailItem(spec.icon, spec.title())
        item.setObjectName(f"rail.{spec.id}")
        item.clicked.connect(lambda _checked=False, spec_id=spec.id: self.chosen.emit(spec_id))
        self._group.addButton(item)
        self._items[spec.id] = item
        return item
