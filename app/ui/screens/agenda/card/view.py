"""The card beside the list: title, times, records, the last meeting, and what lies around."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit.labels import Label, Paragraph, caption, heading, muted
from app.ui.kit.records.card import RecordsCard
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.records.search_view import RecordSearchView
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Bar
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.screens.agenda.card.props import CardProps
from app.ui.screens.agenda.card.viewmodel import CardViewModel

translate = QCoreApplication.translate


class CardView(QWidget):
    """Binds `CardViewModel`; `close_card` is shown where the card lies in a drawer."""

    def __init__(self, viewmodel: CardViewModel, search: RecordSearchViewModel) -> None:
        super().__init__()
        self.setObjectName("agenda.card")
        self.setAccessibleName(translate("agenda", "Meeting"))
        self._viewmodel = viewmodel
        self._search_model = search
        self._make_parts(search)
        self._lay_out()
        self._connect()
        self._show()

    def focus_card(self) -> None:
        """Put the keyboard on the first thing to press."""
        target = next((button for button in (self.join, self.log) if button.isVisibleTo(self)), self.log)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_closable(self, is_closable: bool) -> None:
        """Show the cross that puts the drawer away."""
        self.close_card.setVisible(is_closable)

    def _make_parts(self, search: RecordSearchViewModel) -> None:
        self._title = heading()
        self.open = IconButton("external-link", translate("agenda", "Open in HubSpot"), keys="O")
        self.open.setObjectName("agenda.open")
        self.close_card = IconButton("x", translate("agenda", "Close"))
        self.close_card.setObjectName("agenda.close")
        self.close_card.hide()
        self._when = Paragraph(role="strong")
        self._when.setObjectName("agenda.when")
        self._zones = Paragraph(tone="muted")
        self._zones.setObjectName("agenda.zones")
        self._place = Paragraph(tone="muted")
        self._owner = muted(role="base")
        self._badge = Badge("")
        self._pending = Label(role="small", tone="muted")
        self.records = RecordsCard()
        self._reading = muted(translate("agenda", "Reading the records…"))
        self.search = RecordSearchView(search)
        self.search.hide()
        self._last_title = caption(translate("agenda", "Last time"))
        self._last = Paragraph(tone="muted")
        self._last.setObjectName("agenda.last")
        self._around_title = caption(translate("agenda", "Before and after"))
        self._around = Paragraph(tone="muted")
        self._around.setObjectName("agenda.around")
        self.join = Button(translate("agenda", "Join"), icon="video", kind="primary", keys="J")
        self.join.setObjectName("agenda.join")
        self.log = Button(translate("agenda", "Log"), icon="notebook-pen", keys="L")
        self.log.setObjectName("agenda.log")

    def _lay_out(self) -> None:
        head = Bar()
        head.row.addWidget(self._title, 1)
        head.row.addWidget(self.open)
        head.row.addWidget(self.close_card)
        marks = QHBoxLayout()
        marks.setSpacing(MEASURES.s)
        marks.addWidget(self._badge)
        marks.addWidget(self._pending)
        marks.addStretch(1)
        self._marks = QWidget()
        self._marks.setLayout(marks)
        marks.setContentsMargins(0, 4, 0, 0)
        times = QVBoxLayout()
        times.setSpacing(1)
        for part in (self._when, self._zones, self._place, self._owner, self._marks):
            times.addWidget(part)
        scroll = ScrollArea(padding=14, spacing=MEASURES.m)
        scroll.column.setContentsMargins(14, MEASURES.l, 14, 14)
        scroll.column.addLayout(times)
        for widget in (self.records, self._reading, self.search):
            scroll.column.addWidget(widget)
        for title, text in ((self._last_title, self._last), (self._around_title, self._around)):
            group = QVBoxLayout()
            group.setSpacing(5)
            group.setContentsMargins(0, MEASURES.xs, 0, 0)
            group.addWidget(title)
            group.addWidget(text)
            scroll.column.addLayout(group)
        scroll.column.addStretch(1)
        foot = Bar(lines=("top",))
        foot.row.addWidget(self.join, 1)
        foot.row.addWidget(self.log, 1)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(scroll, 1)
        column.addWidget(foot)
        self._empty = EmptyState("calendar-days", translate("agenda", "No meeting is open"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        viewmodel = self._viewmodel
        viewmodel.props_changed.connect(self._show)
        self.open.clicked.connect(viewmodel.open_in_hubspot)
        self.join.clicked.connect(self._on_join)
        self.log.clicked.connect(self._on_log)
        self.records.pin_toggled.connect(viewmodel.pin)
        self.records.removed.connect(viewmodel.take_off)
        self.records.add_wanted.connect(self.search.open)
        self.search.closed.connect(self._on_search_closed)
        self._search_model.picked.connect(self._viewmodel.put_on)

    def _show(self) -> None:
        props = self._viewmodel.props
        self._stack.setCurrentWidget(self._whole if props.is_open else self._empty)
        if not props.is_open:
            return
        self._title.setText(props.title)
        self.open.setVisible(props.can_open)
        for label, text in (
            (self._when, props.when),
            (self._zones, props.zones),
            (self._place, props.place),
            (self._owner, props.owner),
            (self._pending, props.pending),
            (self._last, props.last),
            (self._around, props.around),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._last_title.setVisible(bool(props.last))
        self._around_title.setVisible(bool(props.around))
        self._show_marks(props)
        self.records.set_rows(props.records)
        self._reading.setVisible(props.is_reading_records)
        self._search_model.set_taken([row.ref for row in props.records])
        self.join.setVisible(bool(props.join))
        self.join.set_kind("secondary" if props.is_over else "primary")
        self.log.set_kind("primary" if props.is_over else "secondary")

    def _show_marks(self, props: CardProps) -> None:
        self._badge.set_text(props.badge)
        self._badge.set_tone(props.badge_tone)
        self._badge.setVisible(bool(props.badge))
        self._marks.setVisible(bool(props.badge or props.pending))

    def _on_join(self) -> None:
        self._viewmodel.join()

    def _on_log(self) -> None:
        self._viewmodel.log()

    def _on_search_closed(self) -> None:
        self.records.add.setFocus(Qt.FocusReason.OtherFocusReason)
