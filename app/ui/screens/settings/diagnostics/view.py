"""The diagnostics page as widgets."""

from PySide6.QtCore import QCoreApplication, Qt

from app.ui.kit.labels import Label, Paragraph
from app.ui.kit.widgets.copying import CopyButton
from app.ui.screens.settings.diagnostics.viewmodel import DiagnosticsViewModel
from app.ui.screens.settings.page import Page, Row

translate = QCoreApplication.translate


class DiagnosticsPage(Page):
    """Binds `DiagnosticsViewModel`; rows are made anew when something changed."""

    def __init__(self, viewmodel: DiagnosticsViewModel) -> None:
        super().__init__(translate("settings", "Diagnostics"))
        self._viewmodel = viewmodel
        self._problems = self.add_group(translate("settings", "What is wrong at present"))
        self._facts = self.add_group(translate("settings", "This installation"))
        self.copy = CopyButton(translate("settings", "Copy all of this"))
        self.copy.setObjectName("settings.diagnostics.copy")
        self.add(self.copy, alignment=Qt.AlignmentFlag.AlignLeft)
        note = translate("settings", "The copy also names the folders. No guest and no secret is in it.")
        self.add(Paragraph(note, role="small", tone="muted"))
        self._shown: object = None
        viewmodel.props_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        props = self._viewmodel.props
        self.copy.set_text(props.text)
        if (props.facts, props.problems) == self._shown:
            return
        self._shown = (props.facts, props.problems)
        self._problems.clear()
        for area, sentence in props.problems:
            self._problems.add(Row(area, detail=sentence))
        if not props.problems:
            self._problems.add(Row(translate("settings", "Nothing that Slotdesk knows of")))
        self._facts.clear()
        for name, value in props.facts:
            words = Label(value, tone="muted")
            words.set_selectable()
            self._facts.add(Row(name, words))
