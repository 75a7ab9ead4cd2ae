"""The bars over the list: which days, which kind of meetings, whose, and how many days."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.agenda import AgendaView
from app.ui.kit.labels import ElidedLabel, heading
from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Hairline
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.agenda.listing.inputs import ORIGINS, Look, Origin
from app.ui.screens.agenda.listing.props import AgendaProps

translate = QCoreApplication.translate
SIDE = 14
ARROW = 28


class OriginChip(QWidget):
    """Names where meetings come from, with the colour of their bars; there is nothing to press yet."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self._origin = origin
        self.setFont(font("control"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("agenda", "Meetings of {origin}").format(origin=origin.name))

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self.font()).horizontalAdvance(self._origin.name)
        return QSize(round(words) + 35, MEASURES.chip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = tokens_of(self), painter_on(self)
        rect = QRectF(self.rect())
        box(painter, rect, radius=MEASURES.radius, edge=tokens.line)
        dot = mirrored(self, QRectF(10, rect.center().y() - 4, 8, 8))
        box(painter, dot, radius=4, fill=tokens.colour(self._origin.tone))
        words = mirrored(self, QRectF(25, 0, rect.width() - 30, rect.height()))
        line_of_text(painter, words, self._origin.name, tokens.text)


class AgendaHeader(QWidget):
    """Emits what was asked for; where one line has no room for all, the second takes more."""

    stepped = Signal(int)
    today_clicked = Signal()
    view_chosen = Signal(str)
    look_chosen = Signal(str)
    person_typed = Signal(str)
    everybody_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._title = heading(translate("agenda", "Agenda"))
        self._previous = IconButton("chevron-left", translate("agenda", "Earlier"), size=ARROW)
        self._today = Button(translate("agenda", "Today"), small=True)
        self._next = IconButton("chevron-right", translate("agenda", "Later"), size=ARROW)
        self._days = ElidedLabel(tone="muted")
        self._origins = [OriginChip(origin) for origin in ORIGINS]
        self._views = Segmented(
            translate("agenda", "Which meetings"),
            [
                (AgendaView.UPCOMING, translate("agenda", "Upcoming")),
                (AgendaView.PAST, translate("agenda", "Past")),
                (AgendaView.CANCELED, translate("agenda", "Canceled")),
            ],
        )
        self._looks = Segmented(
            translate("agenda", "How many days"),
            [(Look.DAY, translate("agenda", "Day")), (Look.WEEK, translate("agenda", "Week"))],
        )
        self.search = SearchField(translate("agenda", "Search by person"), keys="/")
        self._everybody = Button(translate("agenda", "Everybody's"), icon="users", small=True)
        self._everybody.setCheckable(True)
        self._name_parts()
        self._lay_out()
        self._connect()

    def show_props(self, props: AgendaProps) -> None:
        """Print what is asked for."""
        question = props.question
        if self._days.text() != props.title:
            self._days.setText(props.title)
            self._fit()
        self._previous.setEnabled(props.can_go_back)
        self._next.setEnabled(props.can_go_on)
        self._views.set_choice(question.view)
        self._looks.set_choice(question.look)
        if self.search.query != question.person:
            self.search.set_query(question.person)
        self._everybody.setChecked(question.is_everybody)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _name_parts(self) -> None:
        names = {
            self._previous: "agenda.previous",
            self._today: "agenda.today",
            self._next: "agenda.next",
            self._days: "agenda.days",
            self._views: "agenda.views",
            self._looks: "agenda.looks",
            self._everybody: "agenda.everybody",
            self.search.edit: "agenda.search",
        }
        for part, name in names.items():
            part.setObjectName(name)

    def _lay_out(self) -> None:
        upper, row = _line(MEASURES.bar - 1)
        for part in (self._title, self._previous, self._today, self._next):
            row.addWidget(part)
        row.addWidget(self._days)
        row.addStretch(1)
        for chip in self._origins:
            row.addWidget(chip)
        row.addWidget(self._views)
        lower, second = _line(MEASURES.bar - 1)
        second.addWidget(self.search, 1)
        second.addWidget(self._everybody)
        second.addWidget(self._looks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(Hairline())
        column.addWidget(lower)
        column.addWidget(Hairline())

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._today.clicked.connect(self.today_clicked)
        self._views.choice_changed.connect(self.view_chosen)
        self._looks.choice_changed.connect(self.look_chosen)
        self.search.query_changed.connect(self.person_typed)
        self._everybody.toggled.connect(self._on_everybody)

    def _fit(self) -> None:
        """Give up the origins, then the title, then the days, before anything has to be squeezed."""
        room = self.width() - 2 * SIDE
        room -= sum(_width(part) for part in (self._previous, self._today, self._next, self._views))
        for part in (self._days, self._title, *self._origins):
            room -= _width(part)
            part.setVisible(room >= 0)

    def _on_everybody(self, is_checked: bool) -> None:
        self.everybody_toggled.emit(is_checked)


def _width(part: QWidget) -> int:
    return part.sizeHint().width() + MEASURES.s


def _line(height: int) -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    holder.setFixedHeight(height)
    row = QHBoxLayout(holder)
    row.setContentsMargins(SIDE, 0, SIDE, 0)
    row.setSpacing(MEASURES.s)
    return holder, row
