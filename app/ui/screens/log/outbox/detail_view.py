"""The open row of the outbox: what it does, how it stands, why, and what can be done."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.kit.asking import Question, ask
from app.ui.kit.labels import ElidedLabel, Paragraph
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, Kind
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.screens.log.fields_card import FieldsCard
from app.ui.screens.log.outbox.props import OpenChange
from app.ui.screens.log.outbox.viewmodel import OutboxViewModel

translate = QCoreApplication.translate


class OutboxDetailView(Pane):
    """Binds the open row of `OutboxViewModel`; `meeting_wanted(MeetingId)` opens its meeting."""

    meeting_wanted = Signal(object)

    def __init__(self, viewmodel: OutboxViewModel, tasks: TaskScope) -> None:
        super().__init__("surface")
        self._viewmodel = viewmodel
        self._tasks = tasks
        self._title = ElidedLabel(role="title")
        self._status = Paragraph(tone="muted")
        self._status.setObjectName("outbox.status")
        self._reason = Paragraph()
        self._reason.setObjectName("outbox.reason")
        self._progress = ThinProgress(translate("outbox", "Uploading"))
        self._fields = FieldsCard()
        self._nothing = EmptyState(
            "circle-check",
            translate("outbox", "Nothing waits"),
            translate("outbox", "What you log is sent at once, or when you are online again."),
        )
        self._buttons = self._make_buttons()
        self._lay_out()
        viewmodel.props_changed.connect(self._show)
        self._show()

    def focus_actions(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        shown = next((button for button in self._buttons.values() if not button.isHidden()), None)
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_buttons(self) -> dict[str, Button]:
        plan: tuple[tuple[str, str, Kind], ...] = (
            ("discard", translate("outbox", "Discard"), "secondary"),
            ("undo", translate("outbox", "Undo"), "secondary"),
            ("cancel", translate("outbox", "Stop upload"), "secondary"),
            ("edit", translate("outbox", "Open meeting"), "secondary"),
            ("again", translate("outbox", "Send again"), "secondary"),
            ("there", translate("outbox", "It is there"), "primary"),
            ("resolve", translate("outbox", "Use these versions"), "primary"),
            ("retry", translate("outbox", "Retry"), "primary"),
        )
        buttons = {}
        for name, label, kind in plan:
            button = Button(label, kind=kind)
            button.setObjectName(f"outbox.{name}")
            button.clicked.connect(lambda _checked=False, action=name: self._act(action))
            buttons[name] = button
        return buttons

    def _lay_out(self) -> None:
        self._head = Bar()
        self._head.row.addWidget(self._title, 1)
        area = ScrollArea(padding=MEASURES.l)
        for part in (self._status, self._progress, self._reason, self._fields):
            area.column.addWidget(part)
        area.column.addStretch(1)
        self._area = area
        self._foot = Bar(lines=("top",))
        self._foot.row.addStretch(1)
        for button in self._buttons.values():
            self._foot.row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(area, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._foot)

    def _show(self) -> None:
        shown = self._viewmodel.props.open
        for part in (self._head, self._area, self._foot):
            part.setVisible(shown is not None)
        self._nothing.setVisible(shown is None)
        if shown is not None:
            self._show_open(shown)

    def _show_open(self, shown: OpenChange) -> None:
        self._title.setText(shown.title)
        self._status.setText(shown.status)
        self._status.set_tone(shown.tone)
        self._reason.setText(shown.reason)
        self._reason.setVisible(bool(shown.reason))
        self._progress.setVisible(shown.share is not None)
        self._progress.set_value(shown.share)
        self._fields.set_lines(shown.fields)
        self._fields.setVisible(bool(shown.fields))
        for name, button in self._buttons.items():
            button.setVisible(name in shown.actions)
            button.setEnabled(not shown.is_busy)

    def _act(self, action: str) -> None:
        shown = self._viewmodel.props.open
        if shown is None:
            return
        match action:
            case "retry":
                self._viewmodel.retry(shown.id)
            case "resolve":
                self._viewmodel.resolve(shown.id, self._fields.choices)
            case "there" | "again":
                self._viewmodel.decide(shown.id, send_again=action == "again")
            case "cancel":
                self._viewmodel.cancel_upload(shown.id)
            case "undo":
                self._viewmodel.undo(shown.id, shown.group)
            case "edit":
                self.meeting_wanted.emit(shown.meeting_id)
            case _:
                self._tasks.start(self._discard(shown), key="discard", policy=Policy.ONCE)

    async def _discard(self, shown: OpenChange) -> None:
        question = Question(
            title=translate("outbox", "Discard this change?"),
            text=shown.loses,
            confirm=translate("outbox", "Discard"),
            cancel=translate("outbox", "Keep"),
            danger=True,
        )
        if not shown.loses or await ask(self, question):
            self._viewmodel.discard(shown.id)
