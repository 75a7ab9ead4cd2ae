"""The templates of the editor: the menu that applies one, and the way to save and manage them."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.meetings import MeetingField
from app.domain.ports_meetings import TextTemplate
from app.ui.kit.asking import answer_of
from app.ui.kit.notices import Action, Tone
from app.ui.kit.tasks import Policy
from app.ui.kit.text import clean, without_mnemonic
from app.ui.kit.wording import words_for
from app.ui.screens.log.editor.template_values import (
    filling,
    placeholder_words,
    template_of,
    template_values,
)
from app.ui.screens.log.editor.templates_dialog import TemplatesDialog
from app.ui.screens.log.editor.viewmodel import EditorViewModel

translate = QCoreApplication.translate
UNDO_S = 8
LETTERS = 60


class EditorTemplates(QObject):
    """Opens the menu at a widget of the editor; applying one can be taken back for some seconds."""

    def __init__(self, viewmodel: EditorViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self._context = viewmodel.context
        self._service = viewmodel.context.services.templates
        self._window = parent
        self.menu = QMenu(parent)
        self.menu.setObjectName("log.templates.menu")

    def open(self, at: QWidget) -> None:
        """Show the menu above a button, once the templates are read."""
        self._viewmodel.tasks.start(self._open(at), key="editor-templates", policy=Policy.LATEST)

    def apply(self, template: TextTemplate) -> None:
        """Fill title, description and notes of the open meeting."""
        viewmodel, manners = self._viewmodel, self._context.manners
        inputs = viewmodel.inputs
        if not inputs.is_open or inputs.is_saving:
            return
        made = filling(template, inputs.details, template_values(inputs, manners.words, manners.zone))
        before = {name: inputs.details.text(name) for name in made.texts}
        for name, text in made.texts.items():
            viewmodel.type_text(name, text)
        said = translate("log", "{template} applied").format(template=_short(template.name))
        if not made.texts:
            said = translate("log", "{template} is there already").format(template=_short(template.name))
        if made.empty:
            names = ", ".join(placeholder_words(name) for name in made.empty)
            said = translate("log", "{said}. Left empty: {names}").format(said=said, names=names)
        key = viewmodel.draft_key
        undo = Action(translate("log", "Undo"), lambda: self._take_back(key, before, made.texts))
        self._context.notices.say(said, tone=Tone.OK, action=undo if made.texts else None, seconds=UNDO_S)

    def save_as(self) -> None:
        """Make a template of what stands in the editor."""
        if self._viewmodel.inputs.is_open:
            self._show_dialog(template_of(self._viewmodel.inputs.details))

    def manage(self) -> None:
        """Show all templates."""
        self._show_dialog(None)

    def _take_back(
        self, key: str, before: Mapping[MeetingField, str], after: Mapping[MeetingField, str]
    ) -> None:
        """Only what nobody has typed on since, and only while that meeting is open."""
        viewmodel = self._viewmodel
        if key != viewmodel.draft_key or not viewmodel.inputs.is_open:
            return
        for name, text in before.items():
            if viewmodel.inputs.details.text(name) == after[name]:
                viewmodel.type_text(name, text)

    async def _open(self, at: QWidget) -> None:
        if not self._service.state.value.is_loaded:
            await self._service.load()
        self._fill()
        corner = at.mapToGlobal(QPoint(0, -self.menu.sizeHint().height() - 2))
        self.menu.popup(corner)

    def _fill(self) -> None:
        state = self._service.state.value
        self.menu.clear()
        for template in state.templates:
            action = self._add(_short(template.name))
            action.triggered.connect(lambda _checked=False, one=template: self.apply(one))
        if not state.templates:
            words = words_for(state.problem).title if state.problem is not None else ""
            self._add(words or translate("log", "No templates yet")).setEnabled(False)
        self.menu.addSeparator()
        self._add(translate("log", "Save as template…")).triggered.connect(self.save_as)
        self._add(translate("log", "Manage templates…")).triggered.connect(self.manage)

    def _add(self, text: str) -> QAction:
        return self.menu.addAction(without_mnemonic(text))

    def _show_dialog(self, new: TextTemplate | None) -> None:
        self._viewmodel.tasks.start(self._manage(new), key="editor-manage", policy=Policy.ONCE)

    async def _manage(self, new: TextTemplate | None) -> None:
        if not self._service.state.value.is_loaded:
            await self._service.load()
        dialog = TemplatesDialog(self._service, self._viewmodel.tasks, parent=self._window.window())
        if new is not None:
            dialog.begin(new)
        await answer_of(dialog)


def _short(name: str) -> str:
    plain = clean(name[: 2 * LETTERS])
    return plain if len(plain) <= LETTERS else f"{plain[:LETTERS].rstrip()}…"
