"""The appearance page's state: colours and motion, applied as soon as they are chosen."""

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from app.domain.preferences import Scheme
from app.services.preferences import PreferencesState
from app.ui.kit.publisher import Publisher
from app.ui.kit.theme import Theme
from app.ui.screens.settings.keeping import PreferenceKeeper


@dataclass(frozen=True, slots=True)
class AppearanceProps:
    """What is chosen."""

    scheme: Scheme
    reduced_motion: bool


def derive_appearance(state: PreferencesState) -> AppearanceProps:
    """The page from the preferences."""
    return AppearanceProps(state.preferences.scheme, state.preferences.reduced_motion)


class AppearanceViewModel(QObject):
    """Folds the preferences into `props`, and gives each choice to the theme at once."""

    props_changed = Signal()

    def __init__(self, keeper: PreferenceKeeper, theme: Theme) -> None:
        super().__init__()
        self._keeper = keeper
        self._service = keeper.service
        self._theme = theme
        self._publisher = Publisher(self, self._service.state.value, derive_appearance)
        self._service.state.subscribe(self._on_preferences)

    @property
    def props(self) -> AppearanceProps:
        """The page now."""
        return self._publisher.props

    def choose_scheme(self, scheme: str) -> None:
        """`system`, `light` or `dark`."""
        chosen = Scheme(scheme)
        match chosen:
            case Scheme.SYSTEM:
                self._theme.set_scheme("system")
            case Scheme.LIGHT:
                self._theme.set_scheme("light")
            case Scheme.DARK:
                self._theme.set_scheme("dark")
            case _:
                assert_never(chosen)
        self._keeper.keep(self._service.change(scheme=chosen))

    def reduce_motion(self, is_reduced: bool) -> None:
        """Whether moving parts stand still."""
        self._theme.set_reduced_motion(is_reduced)
        self._keeper.keep(self._service.change(reduced_motion=is_reduced))

    def _on_preferences(self, state: PreferencesState) -> None:
        self._publisher.set(state)
