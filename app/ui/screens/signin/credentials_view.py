"""Asking for the HubSpot app's client id and secret before the first sign-in."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.kit.credentials.form import CredentialsForm
from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.labels import Paragraph, caption
from app.ui.kit.opening import Opener
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, LinkButton
from app.ui.kit.widgets.card import Card, Hairline
from app.ui.kit.widgets.copying import CopyLine
from app.ui.screens.signin.choices import CARD_PADDING, card_head

translate = QCoreApplication.translate
WIDTH = 500
HELP_PAGE = "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration"


class CredentialsView(Card):
    """The explanation, the addresses to register and the form; emits `cancelled`."""

    cancelled = Signal()

    def __init__(self, viewmodel: CredentialsViewModel, *, addresses: Sequence[str], opener: Opener) -> None:
        super().__init__(padding=CARD_PADDING, spacing=MEASURES.m)
        self.setMaximumWidth(WIDTH)
        self._opener = opener
        self.column.addLayout(card_head("key-round", translate("signin", "Connect your HubSpot app")))
        why = translate("signin", "HubSpot lets only registered apps sign in. You enter ID and secret once.")
        who = translate(
            "signin", "Register an app in your HubSpot developer account, or ask your administrator."
        )
        self.column.addWidget(Paragraph(f"{why} {who}", tone="muted"))
        self.help = LinkButton(translate("signin", "How to register an app"), icon="external-link")
        self.help.setObjectName("credentialsHelp")
        self.help.clicked.connect(self._on_help)
        self.column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        if addresses:
            self.column.addWidget(Hairline())
            self.column.addWidget(caption(translate("signin", "Redirect addresses to enter in the app")))
            lines = QVBoxLayout()
            lines.setSpacing(MEASURES.xs)
            for address in addresses:
                lines.addWidget(CopyLine(address))
            self.column.addLayout(lines)
        self.column.addWidget(Hairline())
        self.form = CredentialsForm(
            viewmodel,
            names=("credentialsId", "credentialsSecret", "credentialsSave"),
            save_label=translate("signin", "Save and sign in"),
        )
        cancel = Button(translate("signin", "Cancel"))
        cancel.setObjectName("credentialsCancel")
        cancel.clicked.connect(self.cancelled)
        self.form.add_button(cancel)
        self.column.addWidget(self.form)

    def _on_help(self) -> None:
        self._opener.open(HELP_PAGE)
