"""The cards of the sign-in, and the quiet list of the permissions that HubSpot will name."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.accounts import FEATURE_SCOPES, Feature, Workspace
from app.ui.kit.labels import ElidedLabel, Label, Paragraph
from app.ui.kit.permissions import feature_purpose, feature_title, is_needed
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.avatar import IconTile
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card, Hairline

translate = QCoreApplication.translate
CARD_WIDTH = 330
CARD_PADDING = 20
BESIDE = 560
"""Logical pixels from which on the cards stand beside each other."""


def card_head(icon: str, title: str) -> QHBoxLayout:
    """Icon tile and title, as every card of this screen begins."""
    row = QHBoxLayout()
    row.setSpacing(MEASURES.s)
    row.addWidget(IconTile(icon))
    row.addWidget(ElidedLabel(title, role="title"), 1)
    return row


class ChoiceCard(Card):
    """One way in: what it is, what it is good for, and the button."""

    def __init__(self, icon: str, title: str, text: str, button: Button) -> None:
        super().__init__(padding=CARD_PADDING, spacing=MEASURES.s)
        self.column.addLayout(card_head(icon, title))
        self.column.addWidget(Paragraph(text, tone="muted"))
        self.column.addStretch(1)
        self.column.addSpacing(MEASURES.s)
        self.column.addWidget(button)


class ChoicesView(QWidget):
    """Emits `chosen(Workspace)`."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.hubspot = Button(translate("signin", "Sign in to HubSpot"), kind="primary")
        self.hubspot.setObjectName("signInHubSpot")
        self.hubspot.clicked.connect(self._on_hubspot)
        self.practice = Button(translate("signin", "Open the sandbox"))
        self.practice.setObjectName("openSandbox")
        self.practice.clicked.connect(self._on_practice)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(MEASURES.l)
        for card in self._make_cards():
            self._cards.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.l)
        column.addLayout(self._cards)
        self.permissions = PermissionsList()
        column.addWidget(self.permissions)

    def button_of(self, workspace: Workspace | None) -> Button:
        """The button that leads there; HubSpot's for none."""
        return self.practice if workspace is Workspace.PRACTICE else self.hubspot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards that do not fit beside each other stand under each other."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(sideways if is_wide else down)

    def _make_cards(self) -> tuple[ChoiceCard, ...]:
        return (
            ChoiceCard(
                "calendar-plus",
                translate("signin", "HubSpot"),
                translate(
                    "signin",
                    "Browse meeting links, see their free times and book them for your contacts.",
                ),
                self.hubspot,
            ),
            ChoiceCard(
                "flask-conical",
                translate("signin", "Try it first"),
                translate(
                    "signin",
                    "A sandbox on this computer with sample links and records. Nothing leaves your machine.",
                ),
                self.practice,
            ),
        )

    def _on_hubspot(self) -> None:
        self.chosen.emit(Workspace.LIVE)

    def _on_practice(self) -> None:
        self.chosen.emit(Workspace.PRACTICE)


class PermissionsList(QWidget):
    """Folded at first: a line that opens the list of permissions and their reasons.

    `unfolding` fires before the list is shown, `folded` after it was taken away.
    """

    unfolding = Signal()
    folded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.toggle = Button("", kind="quiet", icon="chevron-right")
        self.toggle.setObjectName("signInPermissions")
        self.toggle.set_label(translate("signin", "Which permissions Slotdesk asks for, and why"))
        self.toggle.clicked.connect(self._on_toggled)
        self.rows = Card(padding=0, spacing=0)
        for place, feature in enumerate(FEATURE_SCOPES):
            if place:
                self.rows.column.addWidget(Hairline(tone="line2"))
            self.rows.column.addWidget(PermissionRow(feature))
        self.rows.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.s)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.rows)
        self._describe()

    def _on_toggled(self) -> None:
        is_open = self.rows.isHidden()
        if is_open:
            self.unfolding.emit()
        self.rows.setVisible(is_open)
        if not is_open:
            self.folded.emit()
        self.toggle.set_label(self.toggle.label, icon="chevron-down" if is_open else "chevron-right")
        self._describe()

    def _describe(self) -> None:
        is_open = not self.rows.isHidden()
        self.toggle.setAccessibleDescription(
            translate("signin", "Open") if is_open else translate("signin", "Folded")
        )


class PermissionRow(QWidget):
    """What the permission is good for, and whether the sign-in can do without it."""

    def __init__(self, feature: Feature) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(feature_title(feature), role="medium"))
        words.addWidget(Paragraph(feature_purpose(feature), role="small", tone="muted"))
        need = translate("signin", "needed") if is_needed(feature) else translate("signin", "if granted")
        row = QHBoxLayout(self)
        row.setContentsMargins(MEASURES.l, MEASURES.s, MEASURES.l, MEASURES.s)
        row.setSpacing(MEASURES.l)
        row.addLayout(words, 1)
        row.addWidget(Label(need, tone="muted"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{feature_title(feature)}, {need}")
