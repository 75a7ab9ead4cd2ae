"""The theme of the application: follows the system or a choice, and hands colours and fonts to Qt."""

from typing import Literal, assert_never

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.ui.kit.theme import fonts
from app.ui.kit.theme.palette import palette_for
from app.ui.kit.theme.scheme import tokens_of
from app.ui.kit.theme.stylesheet import stylesheet_for
from app.ui.kit.theme.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens

Scheme = Literal["light", "dark", "system"]


def choose_tokens(scheme: Scheme, *, system_dark: bool, high_contrast: bool) -> Tokens:
    """The tokens for a choice of the user and the state of the system."""
    match scheme:
        case "light":
            dark = False
        case "dark":
            dark = True
        case "system":
            dark = system_dark
        case _:
            assert_never(scheme)
    if high_contrast:
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT


class Theme(QObject):
    """Owns the current tokens. `changed` fires after the application has been given the new ones."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme = "system"
        self._tokens = LIGHT
        self._app: QApplication | None = None

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        """Choose light or dark, or follow the system; takes effect at once when applied."""
        self._scheme = scheme
        self._refresh()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Turn the moving parts (shimmer, sliding) of every widget off or on."""
        QApplication.setEffectEnabled(Qt.UIEffect.UI_General, not reduced)

    def apply(self, app: QApplication) -> None:
        """Give `app` the style, fonts and colours, and keep following the system from here on."""
        self._app = app
        app.setStyle(QStyleFactory.create("Fusion"))
        if fonts.uses_bundled_faces() and fonts.load_faces():
            family = QFont(fonts.FAMILY)
            family.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            app.setFont(family)
        app.setFont(fonts.font("base"))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self._refresh()

    def font(self, role: fonts.Role = "base") -> QFont:
        return fonts.font(role)

    @Slot()
    def _on_system_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        hints = QGuiApplication.styleHints()
        tokens = choose_tokens(
            self._scheme,
            system_dark=hints.colorScheme() is Qt.ColorScheme.Dark,
            high_contrast=hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast,
        )
        if self._app is None or (tokens is self._tokens and self._app.styleSheet()):
            self._tokens = tokens
            return
        self._tokens = tokens
        self._app.setPalette(palette_for(tokens))
        self._app.setStyleSheet(stylesheet_for(tokens))
        self._reach_hidden_widgets(self._app)
        self.changed.emit()

    def _reach_hidden_widgets(self, app: QApplication) -> None:
        """Qt tells widgets of a new palette only while its own loop runs; this tells the ones left out."""
        for widget in app.allWidgets():
            if tokens_of(widget) is not self._tokens:
                QApplication.sendEvent(widget, QEvent(QEvent.Type.ApplicationPaletteChange))
