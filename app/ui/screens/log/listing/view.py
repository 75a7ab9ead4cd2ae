"""The left pane: which meetings, search and filters, the list, and what is said where it is empty."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.meetings import MeetingId
from app.ui.kit.labels import ElidedLabel, heading
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.card import Hairline, Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.log.listing.chips import FilterChip
from app.ui.screens.log.listing.list_view import MeetingList
from app.ui.screens.log.listing.model import MeetingsModel
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.listing.props import ListProps, Nothing
from app.ui.screens.log.listing.skeleton import MeetingSkeleton
from app.ui.screens.log.listing.viewmodel import AHEAD, MeetingsViewModel

translate = QCoreApplication.translate


class MeetingsView(QWidget):
    """Binds `MeetingsViewModel`; `outbox` is what the third segment shows.

    `opened` asks for the editor, `new_wanted` for an empty form, `filters_wanted` for the filter sheet,
    `change_wanted(change id)` for a row of the outbox.
    """

    opened = Signal()
    new_wanted = Signal()
    filters_wanted = Signal()
    reconnect_wanted = Signal()
    change_wanted = Signal(str)

    def __init__(self, viewmodel: MeetingsViewModel, outbox: QWidget) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._outbox = outbox
        self._question = -1
        self._remedy = ""
        self._model = MeetingsModel(viewmodel.face, self)
        self._build()
        viewmodel.props_changed.connect(self._show)
        viewmodel.rows_changed.connect(self._list.repaint_rows)
        viewmodel.words_changed.connect(self._list.viewport().update)
        viewmodel.selection.changed.connect(self._on_selection)
        viewmodel.selection.renamed.connect(self._on_renamed)
        self._show()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.edit.selectAll()

    def focus_list(self) -> None:
        """Put the keyboard on the list, or on what is there in its place.

        The shape of a list that is being read passes it on to the list.
        """
        is_empty = self._stack.currentWidget() is self._empty
        target = self._search.edit if is_empty else self._stack.currentWidget()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, meeting_id: MeetingId) -> None:
        """Bring a meeting of the list into sight."""
        self._list.reveal(meeting_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _build(self) -> None:
        self._head_title = heading(translate("log", "Meetings"))
        self._segments = Segmented(translate("log", "Which meetings"))
        self._segments.setObjectName("log.segments")
        self._segments.choice_changed.connect(self._on_segment)
        self._new = Button(translate("log", "Log meeting"), kind="primary", icon="plus")
        self._new.setObjectName("log.new")
        self._new.clicked.connect(self.new_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.setSpacing(MEASURES.m)
        head.addWidget(self._head_title)
        head.addWidget(self._segments)
        head.addStretch(1)
        head.addWidget(self._new)
        holder = QWidget()
        holder.setLayout(head)
        holder.setFixedHeight(MEASURES.bar - 1)
        self._head = holder
        self._progress = ThinProgress(translate("log", "Loading meetings"))
        self._list = self._make_list()
        self._skeleton = MeetingSkeleton(translate("log", "Loading meetings"))
        self._skeleton.setObjectName("log.skeleton")
        self._empty = EmptyState("circle-check", "")
        self._stack = QStackedWidget()
        for page in (self._list, self._skeleton, self._empty, self._outbox):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder)
        column.addWidget(Hairline())
        column.addWidget(self._progress)
        column.addWidget(self._make_tools())
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())

    def _make_tools(self) -> QWidget:
        self._search = SearchField(translate("log", "Search title, notes, people"), keys="/")
        self._search.edit.setObjectName("log.search")
        self._search.query_changed.connect(self._viewmodel.search)
        self._search.entered.connect(self._on_entered)
        self._search.stepped.connect(self._on_stepped)
        self._filter = IconButton("sliders-horizontal", translate("log", "Filter meetings"))
        self._filter.setObjectName("log.filter")
        self._filter.clicked.connect(self.filters_wanted)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(MEASURES.xs)
        line.addWidget(self._search, 1)
        line.addWidget(self._filter)
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, gap=6)
        self._tools = QWidget()
        column = QVBoxLayout(self._tools)
        column.setContentsMargins(13, 10, 10, 0)
        column.setSpacing(MEASURES.s)
        column.addLayout(line)
        column.addWidget(self._chips)
        return self._tools

    def _make_list(self) -> MeetingList:
        view = MeetingList(self._model, self._viewmodel.day_words)
        view.setObjectName("log.list")
        view.setAccessibleName(translate("log", "Meetings"))
        view.chosen.connect(self._on_chosen)
        view.opened.connect(self.opened)
        view.left.connect(self.focus_search)
        view.rows_wanted.connect(self._on_rows_wanted)
        view.typed.connect(self._on_typed)
        return view

    def _make_foot(self) -> QWidget:
        self._note = ElidedLabel(role="small", tone="muted")
        self._note.setObjectName("log.note")
        self._act = LinkButton(translate("log", "Stop"))
        self._act.setObjectName("log.act")
        self._act.clicked.connect(self._on_act)
        self._foot = Pane("surface", lines=("top",))
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(14, 7, 14, 6)
        row.addWidget(self._note, 1)
        row.addWidget(self._act)
        return self._foot

    def _show(self) -> None:
        props = self._viewmodel.props
        self._segments.set_choices(props.segments)
        self._segments.set_choice(props.segment)
        self._fit_head()
        is_outbox = props.segment is Segment.OUTBOX
        self._tools.setVisible(not is_outbox)
        if self._search.query != props.narrowing.text:
            self._search.set_query(props.narrowing.text)
        self._show_filters(props)
        self._show_page(props)
        self._list.show_days(props.days, from_top=props.question != self._question)
        self._question = props.question
        self._show_selected()
        self._progress.setVisible(props.is_syncing)
        self._progress.set_busy(props.is_syncing)
        self._progress.set_value(props.share)
        stuck = props.stuck[1] if props.stuck is not None else ""
        self._note.setText(stuck or props.progress or props.note)
        self._note.set_tone("muted" if props.progress and not stuck else "warn")
        self._act.set_label(self._act_words(props))
        self._foot.setVisible(bool(self._note.text()) and not is_outbox)

    def _show_page(self, props: ListProps) -> None:
        if props.segment is Segment.OUTBOX:
            self._stack.setCurrentWidget(self._outbox)
        elif props.is_first_load:
            self._stack.setCurrentWidget(self._skeleton)
        elif props.nothing is not None:
            self._show_nothing(props.nothing)
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._list)

    def _show_nothing(self, nothing: Nothing) -> None:
        self._empty.set_content(nothing.icon, nothing.title, nothing.text)
        if nothing.label != self._remedy:
            self._remedy = nothing.label
            button = Button(nothing.label)
            button.setObjectName("log.remedy")
            button.clicked.connect(self._on_remedy)
            self._empty.set_actions([button])

    def _show_filters(self, props: ListProps) -> None:
        is_open = props.narrowing.filters.is_open
        name = translate("log", "Filter meetings")
        if not is_open:
            name = translate("log", "Filter meetings, some are hidden")
        self._filter.set_icon("sliders-horizontal" if is_open else "filter", name)
        shown = [
            (chip.key, chip.words) for chip in self._chips.findChildren(FilterChip) if not chip.isHidden()
        ]
        if shown != list(props.chips):
            self._rebuild_chips(props.chips)
        self._chips.setVisible(bool(props.chips))

    def _rebuild_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        while (item := self._chip_flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in chips:
            chip = FilterChip(key, words)
            chip.dropped.connect(self._on_chip_dropped)
            self._chip_flow.addWidget(chip)
            chip.show()

    def _act_words(self, props: ListProps) -> str:
        if props.stuck is not None:
            return translate("log", "Show")
        if props.is_syncing:
            return translate("log", "Stop")
        return translate("log", "Reconnect") if props.can_reconnect else translate("log", "Try again")

    def _fit_head(self) -> None:
        """Where the button's words do not fit beside the segments, its sign stays."""
        words = translate("log", "Log meeting")
        self._new.set_label(words)
        names = [name for name, _ in self._segments.choices]
        wish = sum(self._segments.segment(name).sizeHint().width() for name in names) + MEASURES.xs
        wish += self._head_title.sizeHint().width() + self._new.sizeHint().width()
        if wish + 28 + 2 * MEASURES.m > self.width():
            self._new.set_label("")
            self._new.set_name(words)
            self._new.setText("")

    def _show_selected(self) -> None:
        selection = self._viewmodel.selection
        self._list.select(selection.meeting_id, selection.selected)

    def _on_selection(self) -> None:
        self._show_selected()
        meeting_id = self._viewmodel.selection.meeting_id
        if meeting_id is not None:
            self._list.reveal(meeting_id)

    def _on_renamed(self, _before: str, _after: str) -> None:
        self._show_selected()

    def _on_chosen(self) -> None:
        selected = self._list.selected()
        current = self._list.current or (selected[-1] if selected else None)
        if current is not None:
            self._viewmodel.selection.choose(current, selected)

    def _on_rows_wanted(self, first: int, last: int) -> None:
        ids = self._model.days.ids
        self._viewmodel.want(ids[max(first - AHEAD, 0) : last + 1 + AHEAD])

    def _on_segment(self, choice: str) -> None:
        self._viewmodel.show_segment(Segment(choice))

    def _on_typed(self, text: str) -> None:
        self._search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.set_query(text)
        self._search.edit.setCursorPosition(len(text))
        self._viewmodel.search(text)

    def _on_entered(self) -> None:
        ids = self._viewmodel.props.days.ids
        if ids:
            self._viewmodel.selection.choose(ids[0])
            self.focus_list()

    def _on_stepped(self, by: int) -> None:
        if by > 0 and self._viewmodel.props.days.ids:
            self.focus_list()

    def _on_chip_dropped(self, key: str) -> None:
        self._viewmodel.filter(self._viewmodel.props.narrowing.filters.without(key))

    def _on_act(self) -> None:
        props = self._viewmodel.props
        if props.stuck is not None:
            self.change_wanted.emit(props.stuck[0])
        elif props.is_syncing:
            self._viewmodel.stop_sync()
        elif props.can_reconnect:
            self.reconnect_wanted.emit()
        else:
            self._viewmodel.refresh()

    def _on_remedy(self) -> None:
        nothing = self._viewmodel.props.nothing
        match nothing.remedy if nothing is not None else "":
            case "clear":
                self._viewmodel.widen()
            case "all":
                self._viewmodel.show_segment(Segment.ALL)
            case "log":
                self.new_wanted.emit()
            case "reconnect":
                self.reconnect_wanted.emit()
            case _:
                self._viewmodel.refresh()
