"""A change that somebody else's crossed: both versions, field by field, and the rep's choice."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.changes import ChangeId, ChangeState, PendingChange
from app.domain.conflicts import FieldConflict, Side, conflict_in
from app.domain.days import local_day
from app.domain.meetings import MeetingField, MeetingOptions
from app.domain.records import Owner
from app.domain.zones import city_of
from app.ui.context import Manners
from app.ui.kit.labels import Label, Paragraph
from app.ui.kit.meetings.words import field_words, outcome_words, type_words
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.segmented import Segmented

translate = QCoreApplication.translate
_LETTERS = 400


class ConflictView(Card):
    """`decided(change id, choices by field)` when the rep has chosen; nothing is sent before."""

    decided = Signal(str, object)

    def __init__(self, manners: Manners) -> None:
        super().__init__(tone="warn")
        self.setObjectName("log.conflict")
        self._manners = manners
        self._row: PendingChange | None = None
        self._choices: dict[MeetingField, Segmented] = {}
        self._grid_host = QWidget()
        self.decide = Button(translate("log", "Keep these"), kind="primary")
        self.decide.setObjectName("log.conflict.decide")
        self.column.addWidget(
            Paragraph(translate("log", "Somebody changed this meeting in HubSpot meanwhile"), role="strong")
        )
        self.column.addWidget(
            Paragraph(translate("log", "Choose for each field which version stays."), tone="muted")
        )
        self.column.addWidget(self._grid_host)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.decide)
        self.column.addLayout(foot)
        self.decide.clicked.connect(self._on_decided)
        self.hide()

    def choice(self, name: MeetingField) -> Segmented:
        """The choice of a field."""
        return self._choices[name]

    def show_changes(
        self, changes: Sequence[PendingChange], options: MeetingOptions, owners: Sequence[Owner]
    ) -> None:
        """Show the first change that is in conflict; none hides the card."""
        row = next((row for row in changes if row.state is ChangeState.CONFLICT), None)
        if row is not None and row != self._row:
            self._rebuild(conflict_in(row), options, owners)
        self._row = row
        self.setVisible(row is not None)

    def _rebuild(
        self, fields: Sequence[FieldConflict], options: MeetingOptions, owners: Sequence[Owner]
    ) -> None:
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEASURES.m)
        grid.setVerticalSpacing(MEASURES.s)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = ("", translate("log", "Yours"), translate("log", "In HubSpot"))
        for place, text in enumerate(heads):
            grid.addWidget(Label(text, role="small_strong", tone="muted"), 0, place)
        self._choices = {}
        for line, field in enumerate(fields, start=1):
            grid.addWidget(Label(field_words(field.name), role="small_medium"), line, 0)
            for place, text in enumerate((field.mine, field.theirs), start=1):
                grid.addWidget(Paragraph(self._words(field.name, text, options, owners)), line, place)
            chooser = Segmented(
                field_words(field.name),
                [(Side.MINE, translate("log", "Yours")), (Side.THEIRS, translate("log", "HubSpot’s"))],
            )
            chooser.set_choice(Side.MINE)
            self._choices[field.name] = chooser
            grid.addWidget(chooser, line, 3)
        self.column.replaceWidget(self._grid_host, host)
        self._grid_host.hide()
        self._grid_host.deleteLater()
        self._grid_host = host

    def _words(self, name: MeetingField, text: str, options: MeetingOptions, owners: Sequence[Owner]) -> str:
        if not text:
            return translate("log", "Empty")
        match name:
            case MeetingField.START | MeetingField.END:
                return self._when(datetime.fromisoformat(text))
            case MeetingField.OUTCOME:
                return outcome_words(text, options)
            case MeetingField.ACTIVITY_TYPE:
                return type_words(text, options)
            case MeetingField.OWNER:
                return next((clean(one.full_name) for one in owners if one.id == text), text)
            case _:
                plain = clean(text, lines=True)
                return plain if len(plain) <= _LETTERS else f"{plain[:_LETTERS]}…"

    def _when(self, instant: datetime) -> str:
        words, zone = self._manners.words, self._manners.zone
        return translate("log", "{day}, {time} in {city}").format(
            day=words.day(local_day(instant, zone)), time=words.time(instant, zone), city=city_of(zone)
        )

    def _on_decided(self) -> None:
        if self._row is not None:
            choices = {name: Side(chooser.choice) for name, chooser in self._choices.items()}
            self.decided.emit(ChangeId(self._row.id), choices)
