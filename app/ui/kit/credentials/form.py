"""The credentials form as widgets: client id, masked secret, where they are kept, and Save."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.labels import Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.text_fields import TextField

translate = QCoreApplication.translate


class CredentialsForm(QWidget):
    """Binds `CredentialsViewModel`; `add_button` puts another one before Save.

    `names` are the object names of id, secret and Save. With `only_changes` Save waits until something
    differs from what is kept.
    """

    def __init__(
        self,
        viewmodel: CredentialsViewModel,
        *,
        names: tuple[str, str, str],
        save_label: str,
        only_changes: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self._only_changes = only_changes
        self.client_id = TextField(translate("credentials", "Client ID"), required=True, max_length=200)
        self.secret = TextField(translate("credentials", "Client secret"), required=True, max_length=400)
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.client_id, self.secret):
            field.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
            )
            field.edit.returnPressed.connect(viewmodel.save)
        self._place = Paragraph(role="small", tone="muted")
        self._failure = Paragraph(tone="bad")
        self.save = Button(save_label, kind="primary")
        self._buttons = QHBoxLayout()
        self._build(names)
        self.client_id.value_changed.connect(self._on_id)
        self.secret.value_changed.connect(self._on_secret)
        self.save.clicked.connect(viewmodel.save)
        viewmodel.props_changed.connect(self._show)
        self._show()

    def focus(self) -> None:
        """Put the keyboard into the first field that lacks something."""
        props = self._viewmodel.props
        (self.secret if props.client_id and not props.id_error else self.client_id).focus()

    def add_button(self, button: Button) -> None:
        """Put a button at the left of Save, in the order of Tab too."""
        self._buttons.insertWidget(1, button)
        QWidget.setTabOrder(self.secret.edit, button)
        QWidget.setTabOrder(button, self.save)

    def _build(self, names: tuple[str, str, str]) -> None:
        for widget, name in zip((self.client_id.edit, self.secret.edit, self.save), names, strict=True):
            widget.setObjectName(name)
        self._buttons.setSpacing(MEASURES.s)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.m)
        for part in (self.client_id, self.secret, self._place, self._failure):
            column.addWidget(part)
        column.addLayout(self._buttons)

    def _show(self) -> None:
        props = self._viewmodel.props
        self.client_id.set_value(props.client_id)
        self.client_id.set_error(props.id_error)
        self.client_id.set_read_only(not props.can_edit)
        self.secret.set_value(props.secret)
        self.secret.set_error(props.secret_error)
        self.secret.set_read_only(not props.can_edit)
        kept = translate("credentials", "Kept, and not shown") if props.has_kept_secret else ""
        self.secret.edit.setPlaceholderText(kept)
        self._place.setText(props.place)
        self._failure.setText(props.failure)
        self._failure.setVisible(bool(props.failure))
        self.save.set_busy(props.is_saving)
        self.save.setVisible(props.can_edit or props.is_saving)
        self.save.setEnabled(props.is_changed or not self._only_changes)

    def _on_id(self) -> None:
        self._viewmodel.type_id(self.client_id.value())

    def _on_secret(self) -> None:
        self._viewmodel.type_secret(self.secret.value())
