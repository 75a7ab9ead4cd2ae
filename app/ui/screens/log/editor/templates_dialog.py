"""The dialog of all templates: a list, the texts of one of them, and what its placeholders stand for."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ports_meetings import TextTemplate
from app.domain.problems import Problem
from app.domain.templates import Placeholder, unknown_placeholders
from app.services.templates import TemplatesService, TemplatesState
from app.ui.kit.asking import Dialog
from app.ui.kit.intact import intact
from app.ui.kit.labels import Label, Paragraph
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, LinkButton
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.text_fields import TextArea, TextField
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate
WIDTH = 700
HEIGHT = 560
LIST_WIDTH = 190
LETTERS = 60
NEW = ""


class TemplatesDialog(Dialog):
    """What is typed is kept when another template is chosen and when the dialog closes, Escape included."""

    def __init__(self, service: TemplatesService, tasks: TaskScope, *, parent: QWidget) -> None:
        super().__init__(translate("log", "Templates"), width=_width(parent), parent=parent)
        self.setObjectName("log.templates")
        self._service = service
        self._tasks = tasks
        self._open: TextTemplate | None = None
        self._deleted: TextTemplate | None = None
        self._shown: dict[str, str] = {}
        self._is_leaving = False
        self._is_marking = False
        self._turn = asyncio.Lock()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._unsubscribe = service.state.subscribe(self._on_state)
        self._show_list()
        first = next(iter(service.state.value.templates), None)
        self._show(first)
        self.resize(self.width(), min(HEIGHT, parent.height() - 2 * MEASURES.l))

    def begin(self, template: TextTemplate) -> None:
        """Start a new template with these texts."""
        self._show(template)
        self.name.focus()
        self.name.edit.selectAll()

    def done(self, code: int) -> None:
        """Keep what was typed, then close; stays open when it could not be kept."""
        if self._is_leaving or not self._is_changed():
            self._leave(code)
        else:
            self._tasks.start(self._keep_and_leave(code), key="template-leave", policy=Policy.ONCE)

    def _leave(self, code: int) -> None:
        self._is_leaving = True
        self._unsubscribe()
        super().done(code)

    def _make_parts(self) -> None:
        self.list = ResultList(translate("log", "Templates"))
        self.list.setObjectName("log.templates.list")
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.new = Button(translate("log", "New template"), icon="plus", compact=True)
        self.new.setObjectName("log.templates.new")
        self.name = TextField(translate("log", "Name"), max_length=200)
        self.title = TextField(translate("log", "Title"), max_length=2_000)
        self.body = TextArea(translate("log", "Description, seen by attendees"), rows=3)
        self.notes = TextArea(translate("log", "Internal notes"), rows=5)
        for name, field in (
            ("name", self.name),
            ("title", self.title),
            ("body", self.body),
            ("notes", self.notes),
        ):
            field.setObjectName(f"log.templates.{name}")
        known = " ".join(f"{{{name.value}}}" for name in Placeholder)
        hint = translate("log", "Filled in from the meeting: {placeholders}").format(placeholders=known)
        self._known = Paragraph(hint, role="small", tone="muted")
        self.unknown = Paragraph(role="small", tone="warn")
        self.unknown.setObjectName("log.templates.unknown")
        self.problem = Paragraph(role="small", tone="bad")
        self.problem.hide()
        self.delete = Button(translate("log", "Delete"), icon="trash-2")
        self.delete.setObjectName("log.templates.delete")
        self.close_button = Button(translate("log", "Done"), kind="primary")
        self.close_button.setObjectName("log.templates.done")
        self._gone = Label(role="small", tone="muted")
        self.undo = LinkButton(translate("log", "Undo"))
        self.undo.setObjectName("log.templates.undo")

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(MEASURES.s)
        side.addWidget(self.list, 1)
        side.addWidget(self.new)
        scroll = ScrollArea(padding=4, spacing=MEASURES.m)
        for widget in (self.name, self.title, self.body, self.notes, self._known, self.unknown, self.problem):
            scroll.column.addWidget(widget)
        scroll.column.addStretch(1)
        work = QHBoxLayout()
        work.setSpacing(MEASURES.l)
        work.addLayout(side)
        work.addWidget(scroll, 1)
        self.column.addLayout(work, 1)
        gone = QHBoxLayout()
        gone.addWidget(self._gone)
        gone.addWidget(self.undo)
        gone.addStretch(1)
        self.column.addLayout(gone)
        self.add_button(self.delete)
        self.add_button(self.close_button)
        self._show_gone()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.new.clicked.connect(self._on_new)
        self.delete.clicked.connect(self._on_delete)
        self.undo.clicked.connect(self._on_undo)
        self.close_button.clicked.connect(self.accept)
        for field in (self.title, self.body, self.notes):
            field.value_changed.connect(self._show_unknown)

    def _show(self, template: TextTemplate | None) -> None:
        shown = template if template is not None else TextTemplate(NEW, "")
        self._open = shown
        self.name.set_value(shown.name)
        self.title.set_value(shown.title)
        self.body.set_value(shown.body)
        self.notes.set_value(shown.notes)
        self.delete.setEnabled(bool(shown.id))
        self._shown = self._texts()
        self._mark(shown.id)
        self.problem.hide()
        self._show_unknown()

    def _texts(self) -> dict[str, str]:
        return {
            "name": self.name.value(),
            "title": self.title.value(),
            "body": self.body.value(),
            "notes": self.notes.value(),
        }

    def _typed(self) -> TextTemplate:
        """The open template with what was changed in the fields; the others may not show all of a text."""
        base = self._open if self._open is not None else TextTemplate(NEW, "")
        shown = self._shown
        typed = replace(
            base,
            **{name: text for name, text in self._texts().items() if base.id == NEW or text != shown[name]},
        )
        usual = clean(typed.title)[:LETTERS] or translate("log", "Untitled template")
        return typed if typed.name.strip() else replace(typed, name=usual)

    def _is_changed(self) -> bool:
        """Whether there is something to keep; nothing typed makes no template."""
        texts = self._texts()
        is_new = self._open is None or not self._open.id
        return any(text.strip() for text in texts.values()) if is_new else texts != self._shown

    async def _keep(self) -> bool:
        if not self._is_changed():
            return True
        typed = self._typed()
        try:
            kept = await self._service.save(typed)
        except Problem as problem:
            self._say(problem)
            return False
        self._open, self._shown = kept, self._texts()
        return True

    async def _keep_and_leave(self, code: int) -> None:
        async with self._turn:
            if await self._keep():
                self._leave(code)

    async def _keep_and_show(self, template: TextTemplate | None) -> None:
        """One after the other: a new template that is being kept is not kept twice."""
        async with self._turn:
            if not await self._keep():
                self._mark(self._open.id if self._open is not None else NEW)
                return
            stored = self._service.state.value.template(template.id) if template is not None else None
            self._show(stored)
            if template is None:
                self.name.focus()

    def _on_current(self) -> None:
        template = self._service.state.value.template(self.list.current_id)
        if template is not None and not self._is_marking:
            self._tasks.start(self._keep_and_show(template))

    def _on_new(self) -> None:
        self._tasks.start(self._keep_and_show(None))

    def _on_delete(self) -> None:
        self._tasks.start(self._delete(), key="template-delete", policy=Policy.ONCE)

    async def _delete(self) -> None:
        gone = self._typed() if self._open is not None and self._open.id else None
        if gone is None:
            return
        try:
            await self._service.remove(gone.id)
        except Problem as problem:
            self._say(problem)
            return
        self._deleted = gone
        self._show(next(iter(self._service.state.value.templates), None))
        self._show_gone()
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_undo(self) -> None:
        self._tasks.start(self._undo(), key="template-undo", policy=Policy.ONCE)

    async def _undo(self) -> None:
        back = self._deleted
        if back is None or not await self._keep():
            return
        try:
            self._show(await self._service.save(back))
        except Problem as problem:
            self._say(problem)
            return
        self._deleted = None
        self._show_gone()
        self.name.focus()

    def _say(self, problem: Problem) -> None:
        self.problem.setText(words_for(problem).sentence)
        self.problem.show()

    def _show_gone(self) -> None:
        gone = self._deleted
        if gone is not None:
            name = clean(gone.name)[:LETTERS]
            self._gone.setText(translate("log", "{template} was deleted.").format(template=name))
        self._gone.setVisible(gone is not None)
        self.undo.setVisible(gone is not None)

    def _show_unknown(self) -> None:
        names = unknown_placeholders("\n".join((self.title.value(), self.body.value(), self.notes.value())))
        shown = ", ".join(f"{{{name}}}" for name in names[:5])
        text = translate("log", "Nothing is known for {names}: it stays as typed.").format(names=shown)
        self.unknown.setText(text)
        self.unknown.setVisible(bool(names))

    def _show_list(self) -> None:
        templates = self._service.state.value.templates
        self._is_marking = True
        self.list.set_rows([ListRow(one.id, clean(one.name)[: 2 * LETTERS]) for one in templates])
        self._mark(self._open.id if self._open is not None else NEW)

    def _mark(self, template_id: str) -> None:
        """Show which one is open; none where it is a new one."""
        self._is_marking = True
        self.list.setCurrentIndex(QModelIndex())
        self.list.set_current(template_id)
        self._is_marking = False

    def _on_state(self, state: TemplatesState) -> None:
        if not intact(self, self.list):
            return
        if not state.is_loaded:
            self._leave(0)  # another account is active: what is typed here has no place any more
        else:
            self._show_list()


def _width(parent: QWidget) -> int:
    return max(320, min(WIDTH, parent.width() - 2 * MEASURES.l))
