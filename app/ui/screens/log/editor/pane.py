"""The editor put together: header, form, panel and footer of the open meeting."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.deep_links import meeting_address
from app.domain.meetings import MeetingField, MeetingId, RecordRef, is_local
from app.ui.context import UiContext
from app.ui.kit.asking import answer_of
from app.ui.kit.labels import ElidedLabel, Label, Paragraph, heading
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Bar, Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.screens.log.editor.conflict_view import ConflictView
from app.ui.screens.log.editor.duplicates_view import DuplicatesView
from app.ui.screens.log.editor.form_view import EditorForm
from app.ui.screens.log.editor.saving import EditorCommands
from app.ui.screens.log.editor.side_view import FilesPanel, LabelsMenu, RecordsPanel
from app.ui.screens.log.editor.templates_menu import EditorTemplates
from app.ui.screens.log.editor.viewmodel import EditorViewModel
from app.ui.screens.log.selection import LogSelection
from app.ui.screens.log.undoing import Undoing

translate = QCoreApplication.translate
SIDE_WIDTH = 336
TWO_COLUMNS_FROM = 800
AGE_STEP_MS = 1_000


class EditorPane(Pane):
    """Binds `EditorViewModel` to widgets."""

    def __init__(
        self, context: UiContext, selection: LogSelection, undoing: Undoing, tasks: TaskScope
    ) -> None:
        super().__init__("surface")
        self.setObjectName("log.editor")
        self._context = context
        self._tasks = tasks
        self.viewmodel = EditorViewModel(context, selection, tasks)
        self.deeds = EditorCommands(self.viewmodel, undoing)
        self.search = RecordSearchViewModel(context.services.meetings, context.clock, tasks)
        self._drafted_at: datetime | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self._ticker = QTimer(self, interval=AGE_STEP_MS)
        self._ticker.timeout.connect(self._show_draft_age)
        self._show_form()
        self._show_side()

    def focus_editor(self) -> None:
        """Put the keyboard where writing begins: the notes, or the title of a new meeting."""
        is_new = self.viewmodel.inputs.is_new
        self.form.focus(MeetingField.TITLE if is_new else MeetingField.NOTES)

    def pick_files(self) -> None:
        """Ask for files to attach."""
        self._tasks.start(self._pick_files(), key="editor-pick", policy=Policy.ONCE)

    def open_in_hubspot(self) -> None:
        """Open the meeting's own page in the browser."""
        active = self._context.services.accounts.state.value.active
        meeting_id = self.viewmodel.inputs.meeting_id
        if active is not None and meeting_id is not None:
            self._context.opener.open(meeting_address(active.ui_domain, active.portal_id, meeting_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def _make_parts(self) -> None:
        manners = self._context.manners
        self._title = heading()
        self._badge = Badge("", tone="accent")
        self._pending = Label(role="small", tone="muted")
        self.open = Button(translate("log", "Open in HubSpot"), icon="external-link")
        self.delete = IconButton("trash-2", translate("log", "Move to HubSpot's recycle bin"), size=32)
        self.form = EditorForm(manners)
        self.records = RecordsPanel(self.search)
        self.files = FilesPanel()
        self.duplicates = DuplicatesView(manners)
        self.conflict = ConflictView(manners)
        self._labels = LabelsMenu(self)
        self._problem = Paragraph(tone="bad")
        self._problem.setObjectName("log.problem")
        self._thin = ThinProgress(translate("log", "Reading the meeting"))
        self.draft_text = ElidedLabel(role="small", tone="muted")
        self.draft_text.setObjectName("log.draft")
        self.templates = EditorTemplates(self.viewmodel, self)
        self.templates_button = Button(translate("log", "Templates"), kind="quiet")
        self.templates_button.setObjectName("log.templates.open")
        self.discard = Button(translate("log", "Discard"))
        self.discard.setObjectName("log.discard")
        self.save = Button("", kind="primary", keys="Ctrl ↵")
        self.save.setObjectName("log.save")
        self.empty = EmptyState(
            "notebook-pen",
            translate("log", "No meeting is open"),
            translate("log", "Pick one on the left, or log a new one."),
        )

    def _lay_out(self) -> None:
        head = Bar()
        head.row.addWidget(self._title)
        head.row.addWidget(self._badge)
        head.row.addWidget(self._pending)
        head.row.addStretch(1)
        head.row.addWidget(self.open)
        head.row.addWidget(self.delete)
        self._main = ScrollArea(padding=MEASURES.l, spacing=MEASURES.m)
        for widget in (self._problem, self.conflict, self.duplicates, self.form, self.files):
            self._main.column.addWidget(widget)
        self._main.column.addStretch(1)
        self._side = Pane("surface", lines=("left",))
        self._side.setFixedWidth(SIDE_WIDTH)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        self._side_scroll = ScrollArea(padding=MEASURES.l, spacing=MEASURES.l)
        self._side_scroll.column.addWidget(self.records)
        self._side_scroll.column.addStretch(1)
        side.addWidget(self._side_scroll)
        work = QHBoxLayout()
        work.setSpacing(0)
        work.addWidget(self._main, 1)
        work.addWidget(self._side)
        foot = Bar(lines=("top",))
        foot.setFixedHeight(52)
        foot.row.addWidget(self.draft_text, 1)
        foot.row.addWidget(self.templates_button)
        foot.row.addWidget(self.discard)
        foot.row.addWidget(self.save)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._thin)
        column.addLayout(work, 1)
        column.addWidget(foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        viewmodel, actions = self.viewmodel, self.deeds
        viewmodel.form_changed.connect(self._show_form)
        viewmodel.side_changed.connect(self._show_side)
        viewmodel.duplicates_changed.connect(self._show_duplicates)
        viewmodel.changes_changed.connect(self._show_conflict)
        viewmodel.opened.connect(self._on_opened)
        viewmodel.drafted.connect(self._on_drafted)
        actions.stopped.connect(self.form.focus)
        self.form.typed.connect(viewmodel.type_text)
        self.form.unread.connect(viewmodel.mark_unreadable)
        self.form.outcome_chosen.connect(viewmodel.choose_outcome)
        self.records.suggested.connect(actions.put_on)
        self.search.picked.connect(actions.put_on)
        self.records.card.pin_toggled.connect(actions.pin)
        self.records.card.removed.connect(actions.take_off)
        self.records.card.labels_wanted.connect(self._on_labels_wanted)
        self._labels.chosen.connect(actions.label)
        self.files.pick_wanted.connect(self.pick_files)
        self.files.added.connect(actions.attach)
        self.files.removed.connect(actions.remove_file)
        self.files.opened.connect(actions.open_file)
        self.duplicates.used.connect(self._on_duplicate_used)
        self.duplicates.insisted.connect(actions.save)
        self.conflict.decided.connect(actions.resolve)
        self.save.clicked.connect(actions.save)
        self.templates_button.clicked.connect(self._open_templates)
        self.discard.clicked.connect(actions.discard)
        self.delete.clicked.connect(actions.delete)
        self.open.clicked.connect(self.open_in_hubspot)
        self._context.manners.changed.connect(self.form.show_zone)

    def _show_form(self) -> None:
        props = self.viewmodel.shown.form
        self._stack.setCurrentWidget(self._whole if props.is_open else self.empty)
        self._thin.set_busy(props.is_loading and props.is_open)
        if not props.is_open:
            return
        self._title.setText(props.heading)
        self._badge.set_text(props.badge)
        self._badge.set_tone(props.badge_tone)
        self._badge.setVisible(bool(props.badge))
        self._pending.setText(props.pending)
        meeting_id = self.viewmodel.inputs.meeting_id
        self.open.setVisible(meeting_id is not None and not is_local(meeting_id))
        self.delete.setVisible(props.can_delete)
        self._problem.setText(props.problem)
        self._problem.setVisible(bool(props.problem))
        self.form.show_form(props)
        self.save.set_label(props.primary)
        self.save.set_busy(props.is_locked)
        self.templates_button.setEnabled(not props.is_locked)
        self.discard.setEnabled(props.can_discard and not props.is_locked)

    def _show_side(self) -> None:
        side = self.viewmodel.shown.side
        self.records.show_side(side)
        self.files.show_files(side)
        self.search.set_taken([row.ref for row in side.records])

    def _show_duplicates(self) -> None:
        shown, inputs = self.viewmodel.shown, self.viewmodel.inputs
        self.duplicates.show_rows(shown.duplicates, inputs.details, inputs.options)
        if shown.duplicates:
            self._main.ensureWidgetVisible(self.duplicates)

    def _show_conflict(self) -> None:
        state = self._context.services.meetings.state.value
        self.conflict.show_changes(self.viewmodel.inputs.changes, state)

    def _show_draft_age(self) -> None:
        text = ""
        if self._drafted_at is not None:
            age = self._context.manners.words.age(self._drafted_at, self._context.clock.now())
            text = translate("log", "Draft saved {age}").format(age=age)
        self.draft_text.setText(text)

    def _on_drafted(self, at: datetime | None) -> None:
        self._drafted_at = at
        self._show_draft_age()
        if at is None:
            self._ticker.stop()
        else:
            self._ticker.start()

    def _on_opened(self) -> None:
        self.records.search.hide()
        self._main.verticalScrollBar().setValue(0)

    def _on_duplicate_used(self, meeting_id: str) -> None:
        self.deeds.use_duplicate(MeetingId(meeting_id))

    def _on_labels_wanted(self, ref: RecordRef) -> None:
        self._tasks.start(self._choose_labels(ref), key="editor-labels", policy=Policy.LATEST)

    async def _choose_labels(self, ref: RecordRef) -> None:
        labels = await self.viewmodel.labels_of(ref.type)
        view = self.records.card.row_view(ref)
        if view is not None and labels:
            corner = view.label.mapToGlobal(QPoint(0, view.label.height() + 2))
            self._labels.open_for(ref, labels, view.row.labels, corner)

    def _open_templates(self) -> None:
        self.templates.open(self.templates_button)

    async def _pick_files(self) -> None:
        dialog = QFileDialog(self, translate("log", "Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        accepted = await answer_of(dialog) == QFileDialog.DialogCode.Accepted
        if accepted:
            self.deeds.attach([Path(name) for name in dialog.selectedFiles()])

    def _place_side(self) -> None:
        """Under the form where there is no room beside it."""
        is_wide = self.width() >= TWO_COLUMNS_FROM
        target = self._side_scroll.column if is_wide else self._main.column
        if self._side.isHidden() == is_wide or target.indexOf(self.records) < 0:
            self._side.setVisible(is_wide)
            target.insertWidget(0 if is_wide else target.indexOf(self.files), self.records)
