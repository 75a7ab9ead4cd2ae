"""What a change does, field by field; in a conflict both versions, and whose stays."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.conflicts import Side
from app.domain.meetings import MeetingField
from app.ui.kit.labels import Paragraph, caption
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.choice_fields import RadioField
from app.ui.screens.log.field_lines import FieldLine

translate = QCoreApplication.translate


class FieldsCard(QWidget):
    """Cards of fields; `choices` are the rep's for the fields in conflict, their own version until chosen.

    HubSpot keeps the history of a property, this computer does not: only the rep's version could be lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[FieldLine, ...] = ()
        self._radios: dict[MeetingField, RadioField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(MEASURES.m)

    @property
    def choices(self) -> Mapping[MeetingField, Side]:
        """Whose value stays, for every field in conflict."""
        return {name: Side(radio.value()) for name, radio in self._radios.items()}

    def set_lines(self, lines: Sequence[FieldLine]) -> None:
        """Show these fields; the choices made stay while they are the same ones."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._radios = {}
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._lines:
            self._column.addWidget(self._conflict(line) if line.theirs is not None else self._plain(line))

    def _plain(self, line: FieldLine) -> QWidget:
        card = Card(tone="sunken")
        card.column.addWidget(caption(line.label))
        pattern = translate("log", "{before} → {after}")
        card.column.addWidget(Paragraph(pattern.format(before=line.before, after=line.mine)))
        return card

    def _conflict(self, line: FieldLine) -> QWidget:
        card = Card(tone="warn")
        theirs, mine = translate("log", "HubSpot: {text}"), translate("log", "Yours: {text}")
        radio = RadioField(
            line.label,
            [
                (Side.MINE.value, mine.format(text=line.mine)),
                (Side.THEIRS.value, theirs.format(text=line.theirs)),
            ],
        )
        radio.set_value(Side.MINE.value)
        radio.setObjectName(f"log.choice.{line.name.value}")
        card.column.addWidget(radio)
        was = translate("log", "Before both: {text}").format(text=line.before)
        card.column.addWidget(Paragraph(was, role="small", tone="muted"))
        self._radios[line.name] = radio
        return card
