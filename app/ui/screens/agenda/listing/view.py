"""The left side of the Agenda: head, list, what is said where it is empty, and the note below it."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.agenda import AgendaView
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.widgets.buttons import Button, LinkButton
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.screens.agenda.listing.header import AgendaHeader
from app.ui.screens.agenda.listing.inputs import Look, RowKey
from app.ui.screens.agenda.listing.list_view import AgendaList
from app.ui.screens.agenda.listing.model import AgendaModel
from app.ui.screens.agenda.listing.nothing import Note, Nothing, Way
from app.ui.screens.agenda.listing.props import AgendaProps
from app.ui.screens.agenda.listing.skeleton import AgendaSkeleton
from app.ui.screens.agenda.listing.viewmodel import AgendaViewModel

translate = QCoreApplication.translate


class AgendaListView(QWidget):
    """Binds `AgendaViewModel`.

    `opened` asks for the card with the keyboard in it, `picked` for the card; `acted(RowKey)` for what the
    button of a row says; `plan_wanted` for a new meeting.
    """

    opened = Signal()
    picked = Signal()
    acted = Signal(object)
    plan_wanted = Signal()
    reconnect_wanted = Signal()

    def __init__(self, viewmodel: AgendaViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._serial = -1
        self._label = ""
        self._remedy: Button | None = None
        self.header = AgendaHeader()
        self._model = AgendaModel()
        self.list = AgendaList(self._model)
        self.list.setObjectName("agenda.list")
        self.list.setAccessibleName(translate("agenda", "Meetings by day"))
        self._skeleton = AgendaSkeleton(translate("agenda", "Loading meetings"))
        self._empty = EmptyState("calendar-days", "")
        self._progress = ThinProgress(translate("agenda", "Loading meetings"))
        self._lay_out()
        self._connect()
        self._show()

    def focus_list(self) -> None:
        """Put the keyboard on the list, or on what is there in its place, where the keys still work."""
        shown = self._stack.currentWidget()
        target = self._remedy if shown is self._empty else None
        (target or shown or self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self) -> None:
        """Bring the selected row into sight."""
        self.list.reveal(self._viewmodel.props.selected)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.list, self._skeleton, self._empty):
            self._stack.addWidget(page)
            page.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if page is self.list else Qt.FocusPolicy.ClickFocus
            )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._progress)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        self._note = ElidedLabel(role="small", tone="muted")
        self._note.setObjectName("agenda.note")
        self._act = LinkButton("")
        self._act.setObjectName("agenda.act")
        self._act.clicked.connect(self._on_act)
        self._foot = Pane("surface", lines=("top",))
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(18, 7, 18, 6)
        row.addWidget(self._note, 1)
        row.addWidget(self._act)
        return self._foot

    def _connect(self) -> None:
        viewmodel, header = self._viewmodel, self.header
        viewmodel.props_changed.connect(self._show)
        header.stepped.connect(viewmodel.step)
        header.today_clicked.connect(viewmodel.show_today)
        header.view_chosen.connect(self._on_view)
        header.look_chosen.connect(self._on_look)
        header.person_typed.connect(viewmodel.search)
        header.everybody_toggled.connect(viewmodel.show_everybody)
        header.search.entered.connect(self.focus_list)
        header.search.stepped.connect(self._on_search_stepped)
        self.list.chosen.connect(self._on_chosen)
        self.list.picked.connect(self._on_picked)
        self.list.acted.connect(self.acted)
        self.list.opened.connect(self.opened)
        self.list.left.connect(header.focus_search)

    def _show(self) -> None:
        props = self._viewmodel.props
        self.header.show_props(props)
        has_moved = self.list.show_items(props.items, props.now_line, props.selected)
        if has_moved and props.serial != self._serial:
            self.list.to_top()
            self.reveal()
        self._serial = props.serial
        self.list.setAccessibleDescription(props.now_line.spoken if props.now_line is not None else "")
        self._show_page(props)
        self._progress.setVisible(props.is_syncing)
        self._progress.set_busy(props.is_syncing)
        self._show_note(props.note)

    def _show_page(self, props: AgendaProps) -> None:
        """Rows, the reason why there are none, or their shapes; the keyboard goes along."""
        focused = self.window().focusWidget()
        had_focus = focused is not None and self._stack.isAncestorOf(focused)
        if props.nothing is not None:
            self._show_nothing(props.nothing)
        page = self._skeleton if props.is_first_load else self._empty if props.nothing else self.list
        has_turned = page is not self._stack.currentWidget()
        self._stack.setCurrentWidget(page)
        if had_focus and (has_turned or page is self._empty):
            self.focus_list()

    def _show_nothing(self, nothing: Nothing) -> None:
        self._empty.set_content(nothing.icon, nothing.title, nothing.text)
        if nothing.label == self._label:
            return
        self._label, self._remedy = nothing.label, None
        if nothing.label:
            self._remedy = Button(nothing.label)
            self._remedy.setObjectName("agenda.remedy")
            self._remedy.clicked.connect(self._on_remedy)
        self._empty.set_actions([self._remedy] if self._remedy is not None else [])
        if self._remedy is not None:
            self._remedy.show()

    def _show_note(self, note: Note | None) -> None:
        self._foot.setVisible(note is not None)
        if note is not None:
            self._note.setText(note.text)
            self._note.set_tone(note.tone)
            self._act.set_label(note.label)
            self._act.setVisible(bool(note.label))

    def _on_view(self, choice: str) -> None:
        self._viewmodel.show_view(AgendaView(choice))

    def _on_look(self, choice: str) -> None:
        self._viewmodel.show_look(Look(choice))

    def _on_chosen(self, key: RowKey) -> None:
        self._viewmodel.select(key)

    def _on_picked(self, key: RowKey) -> None:
        self._viewmodel.select(key)
        self.picked.emit()

    def _on_search_stepped(self, by: int) -> None:
        if by > 0 and self._viewmodel.props.items:
            self.focus_list()

    def _on_act(self) -> None:
        note = self._viewmodel.props.note
        self._go(note.way if note is not None else Way.NONE)

    def _on_remedy(self) -> None:
        nothing = self._viewmodel.props.nothing
        self._go(nothing.way if nothing is not None else Way.NONE)

    def _go(self, way: Way) -> None:
        match way:
            case Way.ELSEWHERE:
                self._viewmodel.show_elsewhere()
                self.focus_list()
            case Way.CLEAR:
                self._viewmodel.search("")
                self.header.focus_search()
            case Way.PLAN:
                self.plan_wanted.emit()
            case Way.RETRY:
                self._viewmodel.refresh()
            case Way.STOP:
                self._viewmodel.stop_sync()
            case Way.RECONNECT:
                self.reconnect_wanted.emit()
            case Way.NONE:
                pass
