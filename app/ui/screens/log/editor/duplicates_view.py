"""Meetings that HubSpot has already and that look like the one being logged, side by side with it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.meetings import MeetingDetails, MeetingOptions
from app.services.meetings.state import MeetingRow
from app.ui.context import Manners
from app.ui.kit.labels import Label, Paragraph
from app.ui.kit.meetings.words import outcome_words, people_line, title_words
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card

translate = QCoreApplication.translate
SHOWN = 3
_LETTERS = 160


class DuplicatesView(Card):
    """`used(meeting id)` when the rep takes one of them, `insisted` when it is another meeting after all."""

    used = Signal(str)
    insisted = Signal()

    def __init__(self, manners: Manners) -> None:
        super().__init__(tone="warn", padding=MEASURES.m)
        self.setObjectName("log.duplicates")
        self._manners = manners
        self._rows = QVBoxLayout()
        self._rows.setSpacing(MEASURES.s)
        self.insist = Button(translate("log", "Log anyway"))
        self.insist.setObjectName("log.insist")
        foot = QHBoxLayout()
        foot.addWidget(Label(translate("log", "Nothing has been sent yet."), role="small", tone="muted"), 1)
        foot.addWidget(self.insist)
        self.column.addWidget(Label(translate("log", "HubSpot has this meeting already?"), role="strong"))
        self.column.addLayout(self._rows)
        self.column.addLayout(foot)
        self.insist.clicked.connect(self.insisted)
        self.hide()

    def show_rows(self, rows: Sequence[MeetingRow], mine: MeetingDetails, options: MeetingOptions) -> None:
        """Show the nearest ones next to what was typed; none hides the card."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows[:SHOWN]:
            self._rows.addWidget(self._pair(row, mine, options))
        self.setVisible(bool(rows))

    def _pair(self, row: MeetingRow, mine: MeetingDetails, options: MeetingOptions) -> QWidget:
        theirs = Card(padding=10, spacing=3)
        theirs.column.addWidget(Label(translate("log", "In HubSpot"), role="small_strong", tone="muted"))
        self._fill(theirs, row.meeting.details, people_line(row.meeting, row.records), options)
        use = Button(translate("log", "Use this one"), kind="primary", compact=True)
        use.setObjectName(f"log.use.{row.meeting.id}")
        use.clicked.connect(lambda _checked=False, meeting_id=row.meeting.id: self.used.emit(meeting_id))
        theirs.column.addWidget(use)
        own = Card(padding=10, spacing=3)
        own.column.addWidget(Label(translate("log", "What you typed"), role="small_strong", tone="muted"))
        self._fill(own, mine, "", options)
        own.column.addStretch(1)
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(MEASURES.s)
        line.addWidget(theirs, 1)
        line.addWidget(own, 1)
        return pair

    def _fill(self, card: Card, details: MeetingDetails, people: str, options: MeetingOptions) -> None:
        words, zone = self._manners.words, self._manners.zone
        card.column.addWidget(Paragraph(title_words(details.title), role="medium"))
        when = ""
        if details.start is not None:
            end = details.end or details.start
            when = words.span_in(details.start, end, zone)
        lines = (when, people, outcome_words(details.outcome, options), details.notes or details.body)
        for text in lines:
            if text:
                card.column.addWidget(Paragraph(_short(text), role="small", tone="muted"))


def _short(text: str) -> str:
    plain = clean(text)
    return plain if len(plain) <= _LETTERS else f"{plain[:_LETTERS]}…"
