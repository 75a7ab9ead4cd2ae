"""The appearance page as widgets."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.preferences import Scheme
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.checks import CheckBox
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.settings.appearance.viewmodel import AppearanceViewModel
from app.ui.screens.settings.page import Page, Row, Rows

translate = QCoreApplication.translate


class AppearancePage(Page):
    """Binds `AppearanceViewModel`."""

    def __init__(self, viewmodel: AppearanceViewModel) -> None:
        super().__init__(translate("settings", "Appearance"))
        self._viewmodel = viewmodel
        self._scheme = Segmented(
            translate("settings", "Colours"),
            [
                (Scheme.SYSTEM.value, translate("settings", "System")),
                (Scheme.LIGHT.value, translate("settings", "Light")),
                (Scheme.DARK.value, translate("settings", "Dark")),
            ],
        )
        self._scheme.setObjectName("settings.theme")
        self._motion = CheckBox(translate("settings", "Reduce motion: nothing slides, turns or shimmers"))
        self._motion.setObjectName("settings.reducedMotion")
        motion = QWidget()
        line = QHBoxLayout(motion)
        line.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.l, MEASURES.m)
        line.addWidget(self._motion)
        self.add(Rows(Row(translate("settings", "Colours"), self._scheme), motion))
        self._scheme.choice_changed.connect(viewmodel.choose_scheme)
        self._motion.checked_changed.connect(viewmodel.reduce_motion)
        viewmodel.props_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        props = self._viewmodel.props
        self._scheme.set_choice(props.scheme.value)
        self._motion.setChecked(props.reduced_motion)
