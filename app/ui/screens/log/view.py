"""The Log screen's panes: list and work side by side, or one at a time when narrow."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.kit.widgets.panes import Panes
from app.ui.screens.log.listing.view import MeetingsView

translate = QCoreApplication.translate
SINGLE_BELOW = 700
LIST_MINIMUM, WORK_MINIMUM = 300, 320


class LogView(QWidget):
    """Lays out the list and what stands beside it: editor, selected meetings, or a change of the outbox.

    `widths_changed` fires when the rep drags the separator.
    """

    list_shown = Signal()
    widths_changed = Signal()

    def __init__(self, meetings: MeetingsView, editor: QWidget, many: QWidget, change: QWidget) -> None:
        super().__init__()
        self.meetings, self.editor, self.many, self.change = meetings, editor, many, change
        self._is_single = False
        self._wants_list = True
        self._work_stack = QStackedWidget()
        for page in (editor, many, change):
            self._work_stack.addWidget(page)
        self.banner_host = QVBoxLayout()
        self.banner_host.setSpacing(0)
        self._back = Bar(secondary=True)
        back = Button(translate("log", "Meetings"), icon="chevron-left", kind="quiet")
        back.setObjectName("log.back")
        back.clicked.connect(self._on_back)
        self._back.row.addWidget(back)
        self._back.row.addStretch(1)
        self._lay_out()

    @property
    def is_single(self) -> bool:
        """Whether only one of the panes is shown at a time."""
        return self._is_single

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of list and work, to be remembered; none while one of them is hidden."""
        return () if self._is_single else self._panes.widths

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Restore remembered widths; anything else than two numbers is ignored."""
        self._panes.set_widths(widths)

    def show_page(self, page: QWidget) -> None:
        """Put one of the three beside the list."""
        self._work_stack.setCurrentWidget(page)

    def show_work(self) -> None:
        """In a narrow window: the work instead of the list."""
        self._wants_list = False
        self._show_single()

    def show_list(self) -> None:
        """In a narrow window: the list instead of the work."""
        self._wants_list = True
        self._show_single()

    def minimumSizeHint(self) -> QSize:
        """One pane at a time is enough."""
        return QSize(WORK_MINIMUM, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_single = event.size().width() + MEASURES.rail < SINGLE_BELOW
        if is_single != self._is_single:
            self._is_single = is_single
            self._show_single()

    def _lay_out(self) -> None:
        self._left = Pane("surface")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.meetings)
        self._right = Pane("surface")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._back)
        right.addWidget(self._work_stack, 1)
        self._panes = panes = Panes()
        panes.widths_changed.connect(self.widths_changed)
        panes.add(self._left, minimum=LIST_MINIMUM, width=MEASURES.log_list)
        panes.add(self._right, minimum=WORK_MINIMUM, width=938, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.banner_host)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(panes)
        column.addLayout(row, 1)
        self._show_single()

    def _show_single(self) -> None:
        self._back.setVisible(self._is_single)
        self._left.setVisible(not self._is_single or self._wants_list)
        self._right.setVisible(not self._is_single or not self._wants_list)

    def _on_back(self) -> None:
        self.show_list()
        self.list_shown.emit()
