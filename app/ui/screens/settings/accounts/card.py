"""One account as a card: who and where, its state, what can be done, and what was granted."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts import AccountId
from app.ui.kit.icons import IconView
from app.ui.kit.labels import ElidedLabel, Label, safe_tooltip
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Hairline
from app.ui.screens.settings.accounts.viewmodel import AccountCard, Permission
from app.ui.screens.settings.page import Rows

translate = QCoreApplication.translate
ROW_HEIGHT = 35
BESIDE = 560


class PermissionRow(QWidget):
    """Check mark or dash, the feature, and whether it was granted."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        words = Label(permission.words, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(MEASURES.l, 0, MEASURES.l, 0)
        row.setSpacing(MEASURES.s)
        row.addWidget(IconView("minus" if permission.missing else "check"))
        row.addWidget(ElidedLabel(permission.title), 1)
        row.addWidget(words)
        self.setFixedHeight(ROW_HEIGHT)
        self.setToolTip(safe_tooltip(permission.explanation))
        self.setAccessibleName(f"{permission.title}: {permission.words}")
        self.setAccessibleDescription(permission.explanation)
        words.setAccessibleName(" ".join(part for part in (permission.words, permission.explanation) if part))


class AccountCardView(Rows):
    """Shows an `AccountCard`; its signals carry nothing, the account is `account_id`."""

    use_wanted = Signal(str)
    reconnect_wanted = Signal(str)
    sign_out_wanted = Signal(str)

    def __init__(self, account_id: AccountId) -> None:
        super().__init__()
        self._id = account_id
        self._title = ElidedLabel(role="strong")
        self._detail = ElidedLabel(tone="muted")
        self._active = Badge(translate("settings", "In use"))
        self._state = Badge("")
        self.use = Button(translate("settings", "Use this account"))
        self.reconnect = Button(translate("settings", "Reconnect"))
        self.sign_out = Button(translate("settings", "Sign out"))
        self._permissions: tuple[Permission, ...] | None = None
        self._name_parts()
        self._head = self._make_head()
        self.use.clicked.connect(self._on_use)
        self.reconnect.clicked.connect(self._on_reconnect)
        self.sign_out.clicked.connect(self._on_sign_out)

    @property
    def stops(self) -> tuple[Button, ...]:
        """Where Tab stops, in reading order."""
        return self.use, self.reconnect, self.sign_out

    def show_card(self, card: AccountCard) -> None:
        """Bring the card up to date."""
        self._title.setText(card.title)
        self._detail.setText(card.detail)
        self._active.setVisible(card.is_active)
        self._state.set_text(
            translate("settings", "Sign in again") if card.is_lost else translate("settings", "Connected")
        )
        self._state.set_tone("warn" if card.is_lost else "ok")
        self.use.setVisible(not card.is_active)
        self.reconnect.setVisible(card.is_lost or card.lacks_permissions)
        self.reconnect.set_kind("primary" if card.is_lost else "secondary")
        for button in (self.use, self.reconnect, self.sign_out):
            button.setAccessibleDescription(card.title)
        self.setAccessibleName(card.title)
        if card.permissions != self._permissions:
            self._permissions = card.permissions
            self.clear()
            for permission in card.permissions:
                self.add(PermissionRow(permission))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons go under the words where the card is narrow."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(sideways if is_wide else down)

    def _name_parts(self) -> None:
        self.setObjectName(f"settings.account.{self._id}")
        for button, name in ((self.use, "use"), (self.reconnect, "reconnect"), (self.sign_out, "signOut")):
            button.setObjectName(f"settings.account.{name}.{self._id}")

    def _make_head(self) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        holder = QWidget()
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        head.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.l, MEASURES.m)
        head.setSpacing(MEASURES.s)
        head.addLayout(words, 1)
        head.addLayout(_line(self._active, self._state))
        head.addLayout(_line(self.use, self.reconnect, self.sign_out))
        self.column.addWidget(holder)
        self.column.addWidget(Hairline())
        return head

    def _on_use(self) -> None:
        self.use_wanted.emit(self._id)

    def _on_reconnect(self) -> None:
        self.reconnect_wanted.emit(self._id)

    def _on_sign_out(self) -> None:
        self.sign_out_wanted.emit(self._id)


def _line(*parts: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(MEASURES.s)
    for part in parts:
        line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addStretch(1)
    return line
