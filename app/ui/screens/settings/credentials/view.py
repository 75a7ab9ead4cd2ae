"""The app credentials page as widgets."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.services.preferences import PreferencesState
from app.ui.kit.credentials.form import CredentialsForm
from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.copying import CopyButton
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.settings.keeping import PreferenceKeeper
from app.ui.screens.settings.page import Page, Row

translate = QCoreApplication.translate
API_VERSIONS = ("2026-03", "v3")


class CredentialsPage(Page):
    """Binds the credentials and the API version to widgets."""

    def __init__(
        self,
        viewmodel: CredentialsViewModel,
        keeper: PreferenceKeeper,
        *,
        addresses: Sequence[str],
        notices: Notices,
    ) -> None:
        super().__init__(translate("settings", "App credentials"))
        self._viewmodel = viewmodel
        self._keeper = keeper
        self._notices = notices
        self._forget = Button(translate("settings", "Forget"))
        self._forget.setObjectName("settings.credentials.forget")
        self._versions = Segmented(
            translate("settings", "HubSpot API version"), [(version, version) for version in API_VERSIONS]
        )
        self._versions.setObjectName("settings.apiVersion")
        self._build(addresses)
        self._forget.clicked.connect(viewmodel.forget)
        viewmodel.props_changed.connect(self._show)
        viewmodel.saved.connect(self._on_saved)
        self._versions.choice_changed.connect(self._on_version)
        keeper.service.state.subscribe(self._on_preferences)
        self._on_preferences(keeper.service.state.value)
        self._show()

    def _build(self, addresses: Sequence[str]) -> None:
        form = CredentialsForm(
            self._viewmodel,
            names=("settings.credentials.id", "settings.credentials.secret", "settings.credentials.save"),
            save_label=translate("settings", "Save"),
            only_changes=True,
        )
        form.add_button(self._forget)
        why = translate("settings", "The app in HubSpot through which Slotdesk signs in.")
        change = translate("settings", "Accounts of another app have to be reconnected after a change.")
        card = Card(padding=MEASURES.l, spacing=MEASURES.m)
        card.column.addWidget(Paragraph(f"{why} {change}", tone="muted"))
        card.column.addWidget(form)
        self.add(card)
        if addresses:
            title = translate("settings", "Redirect addresses to register in the app")
            self.add_group(title, *(_address_row(address) for address in addresses))
        row = Row(
            translate("settings", "HubSpot API version"),
            self._versions,
            detail=translate("settings", "Counts from the next start of Slotdesk."),
        )
        self.add_group(translate("settings", "Advanced"), row)

    def _show(self) -> None:
        self._forget.setVisible(self._viewmodel.props.can_forget)

    def _on_saved(self) -> None:
        self._notices.say(translate("settings", "Client ID and secret are saved"), tone=Tone.OK)

    def _on_version(self, version: str) -> None:
        self._keeper.keep(self._keeper.service.change(api_version=version))

    def _on_preferences(self, state: PreferencesState) -> None:
        self._versions.set_choice(state.preferences.api_version)


def _address_row(address: str) -> Row:
    copy = CopyButton(translate("settings", "Copy"), address, what=address, kind="quiet", compact=True)
    return Row(address, copy)
