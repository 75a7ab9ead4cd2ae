"""A change that somebody else's crossed: both versions, field by field, and the rep's choice."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.changes import ChangeState, PendingChange
from app.services.meetings.state import MeetingsState
from app.ui.context import Manners
from app.ui.kit.labels import Paragraph
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card
from app.ui.screens.log.field_lines import field_lines
from app.ui.screens.log.fields_card import FieldsCard

translate = QCoreApplication.translate


class ConflictView(Card):
    """`decided(change id, choices by field)` when the rep has chosen; nothing is sent before."""

    decided = Signal(str, object)

    def __init__(self, manners: Manners) -> None:
        super().__init__(tone="surface")
        self.setObjectName("log.conflict")
        self._manners = manners
        self._row: PendingChange | None = None
        self.fields = FieldsCard()
        self.decide = Button(translate("log", "Keep these"), kind="primary")
        self.decide.setObjectName("log.conflict.decide")
        self.column.addWidget(
            Paragraph(translate("log", "Somebody changed this meeting in HubSpot meanwhile"), role="strong")
        )
        self.column.addWidget(
            Paragraph(translate("log", "Choose for each field which version stays."), tone="muted")
        )
        self.column.addWidget(self.fields)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.decide)
        self.column.addLayout(foot)
        self.decide.clicked.connect(self._on_decided)
        self.hide()

    def show_changes(self, changes: Sequence[PendingChange], state: MeetingsState) -> None:
        """Show the first change that is in conflict; none hides the card."""
        row = next((row for row in changes if row.state is ChangeState.CONFLICT), None)
        if row is not None:
            lines = field_lines(row, state, self._manners.words, self._manners.zone)
            self.fields.set_lines([line for line in lines if line.theirs is not None])
        self._row = row
        self.setVisible(row is not None)

    def _on_decided(self) -> None:
        if self._row is not None:
            self.decided.emit(self._row.id, self.fields.choices)
