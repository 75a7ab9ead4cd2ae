"""The sign-in as widgets: the same head over cards, credentials or the wait for the browser."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import Tone
from app.ui.kit.opening import Opener
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.avatar import IconTile
from app.ui.kit.widgets.banner import Banner
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.screens.signin.choices import CARD_WIDTH, ChoicesView
from app.ui.screens.signin.credentials_view import CredentialsView
from app.ui.screens.signin.props import Stage
from app.ui.screens.signin.viewmodel import SignInViewModel
from app.ui.screens.signin.waiting_view import WaitingView, centred

translate = QCoreApplication.translate
LOGO, LOGO_ICON = 52, 22
UNBOUNDED = 16_777_215
"""Qt's own word for no maximum (QWIDGETSIZE_MAX)."""
WIDTH = 2 * CARD_WIDTH + MEASURES.l


class SignInView(Pane):
    """Binds `SignInViewModel` to widgets. Escape goes one step back."""

    def __init__(self, viewmodel: SignInViewModel, *, addresses: Sequence[str], opener: Opener) -> None:
        super().__init__("win")
        self._viewmodel = viewmodel
        self._title = Paragraph(role="welcome", centred=True)
        self._failure = Banner("", tone=Tone.BAD, rounded=True)
        self._failure.setObjectName("signInFailure")
        self._failure.action.setObjectName("signInRemedy")
        self._back = Button(translate("signin", "Back"), kind="quiet", icon="chevron-left")
        self._back.setObjectName("signInBack")
        self.choices = ChoicesView()
        self.waiting = WaitingView()
        self.credentials = CredentialsView(viewmodel.credentials, addresses=addresses, opener=opener)
        self._stages: dict[Stage, QWidget] = {
            Stage.CHOICES: self.choices,
            Stage.WAITING: self.waiting,
            Stage.CREDENTIALS: self.credentials,
        }
        self._build()
        self._connect()
        for show in (self._show_title, self._show_waiting, self._show_failure, self._show_back):
            show()
        self._show_stage()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._viewmodel.go_back()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def _build(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        logo = IconTile("calendar-check", size=LOGO, icon_size=LOGO_ICON, strong=True)
        column.addWidget(logo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(MEASURES.m)
        column.addWidget(self._title)
        column.addSpacing(MEASURES.s)
        promise = translate("signin", "Sign in opens in your browser. Your password is never typed here.")
        column.addWidget(Paragraph(promise, tone="muted", centred=True))
        column.addSpacing(MEASURES.xl)
        column.addLayout(centred(self._failure))
        self._under_failure = QWidget()
        self._under_failure.setFixedHeight(MEASURES.l)
        column.addWidget(self._under_failure)
        column.addWidget(self.choices)
        column.addLayout(centred(self.waiting))
        column.addLayout(centred(self.credentials))
        # As much room below as Back takes above, so that the cards stand in the middle of the screen.
        self._below = QWidget()
        self._below.setFixedHeight(MEASURES.control)
        scroll = self._scroll = ScrollArea(padding=MEASURES.l, spacing=0)
        scroll.verticalScrollBar().rangeChanged.connect(self._on_scroll_range)
        scroll.column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._above = QWidget()
        scroll.column.addWidget(self._above, 1)
        scroll.column.addLayout(centred(middle))
        scroll.column.addStretch(1)
        scroll.column.addWidget(self._below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        viewmodel = self._viewmodel
        viewmodel.title_changed.connect(self._show_title)
        viewmodel.waiting_changed.connect(self._show_waiting)
        viewmodel.failure_changed.connect(self._show_failure)
        viewmodel.can_go_back_changed.connect(self._show_back)
        viewmodel.stage_changed.connect(self._on_stage)
        self.choices.chosen.connect(viewmodel.begin)
        self.choices.permissions.unfolding.connect(self._hold_place)
        self.choices.permissions.folded.connect(self._release_place)
        self.waiting.cancelled.connect(viewmodel.cancel)
        self.credentials.cancelled.connect(viewmodel.go_back)
        self._failure.action.clicked.connect(viewmodel.mend)
        self._back.clicked.connect(viewmodel.go_back)

    def _show_title(self) -> None:
        self._title.setText(self._viewmodel.props.title)

    def _show_waiting(self) -> None:
        waiting = self._viewmodel.props.waiting
        if waiting is not None:
            self.waiting.show_waiting(waiting)

    def _show_failure(self) -> None:
        failure = self._viewmodel.props.failure
        self._failure.setVisible(failure is not None)
        self._under_failure.setVisible(failure is not None)
        if failure is None:
            return
        self._failure.text.setText(failure.text)
        self._failure.setAccessibleName(failure.text)
        self._failure.action.set_label(failure.action)
        self._failure.action.setVisible(bool(failure.action))
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self._failure, QAccessible.Event.Alert))

    def _show_back(self) -> None:
        for part in (self._back, self._below):
            part.setVisible(self._viewmodel.props.can_go_back)

    def _show_stage(self) -> None:
        # The old face goes first: hiding what has the focus would let Qt hand it to any neighbour.
        shown = self._viewmodel.props.stage
        self._failure.setMaximumWidth(self._stages[shown].maximumWidth())
        self._stages[shown].setVisible(True)
        for stage, widget in self._stages.items():
            if stage is not shown:
                widget.setVisible(False)

    def _on_scroll_range(self, _lowest: int, highest: int) -> None:
        """The scroll bar takes its room on one side: as much on the other keeps the cards in the middle."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if highest > 0 else 0
        self._scroll.column.setContentsMargins(MEASURES.l + bar, MEASURES.l, MEASURES.l, MEASURES.l)

    def _hold_place(self) -> None:
        """What is on screen stays where it is: the list opens downwards."""
        self._above.setFixedHeight(self._above.height())

    def _release_place(self) -> None:
        self._above.setMinimumHeight(0)
        self._above.setMaximumHeight(UNBOUNDED)

    def _on_stage(self) -> None:
        self._release_place()
        self._show_stage()
        self._take_focus()

    def _take_focus(self) -> None:
        if not self.isVisible():
            return
        match self._viewmodel.props.stage:
            case Stage.CHOICES:
                button = self.choices.button_of(self._viewmodel.last)
                button.setFocus(Qt.FocusReason.OtherFocusReason)
            case Stage.WAITING:
                self.waiting.take_focus()
            case Stage.CREDENTIALS:
                self.credentials.form.focus()
