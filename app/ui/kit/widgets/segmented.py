"""A row of mutually exclusive choices in one track: durations, Week | Month | List."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.ui.kit.paint import box, line_of_text, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import Pressable

_PAD = 2


class _Segment(Pressable):
    def __init__(self, choice: str, label: str) -> None:
        super().__init__(label, radius=MEASURES.radius_small)
        self.choice = choice
        self._label = clean(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFont(font("control"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self._label)
        return QSize(round(width) + 2 * 11, MEASURES.chip - 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        colour = tokens.muted
        if self.isChecked():
            box(painter, rect, radius=MEASURES.radius_small, fill=tokens.selected, edge=tokens.edge)
            colour = tokens.text
        elif self.underMouse() and self.isEnabled():
            colour = tokens.text
        if not self.isEnabled():
            colour = tokens.disabled
        line_of_text(painter, rect, self._label, colour, Qt.AlignmentFlag.AlignHCenter)


class Segmented(QWidget):
    """Choices as (id, label) pairs; Tab reaches the chosen one, arrows move the choice.

    `choice_changed(id)` fires for the user's changes only.
    """

    choice_changed = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(clean(name))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonToggled.connect(self._on_toggled)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        self._row.setSpacing(0)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._segments: dict[str, _Segment] = {}
        self._silent = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    @property
    def choice(self) -> str:
        """The id of what is chosen; '' while there are no choices."""
        checked = self._group.checkedButton()
        return checked.choice if isinstance(checked, _Segment) else ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return self._choices

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the choices; the chosen id stays chosen when it is still there, else the first one is."""
        if tuple(choices) == self._choices:
            return
        chosen = self.choice
        self._choices = tuple(choices)
        for segment in self._segments.values():
            self._group.removeButton(segment)
            self._row.removeWidget(segment)
            segment.hide()
            segment.deleteLater()
        self._segments = {key: _Segment(key, label) for key, label in self._choices}
        for segment in self._segments.values():
            self._group.addButton(segment)
            self._row.addWidget(segment)
        ids = [key for key, _ in self._choices]
        self.set_choice(chosen if chosen in ids else next(iter(ids), ""))

    def set_choice(self, choice: str) -> None:
        segment = self._segments.get(choice)
        if segment is not None and not segment.isChecked():
            self._silent = True
            segment.setChecked(True)
            self._silent = False

    def set_choice_enabled(self, choice: str, enabled: bool) -> None:
        self._segments[choice].setEnabled(enabled)

    def step(self, by: int) -> None:
        """Choose the next (`by` 1) or previous (-1) one, around the end, as if the user had."""
        ids = [key for key, segment in self._segments.items() if segment.isEnabled()]
        if ids and self.choice in ids:
            self._segments[ids[(ids.index(self.choice) + by) % len(ids)]].setChecked(True)

    def segment(self, choice: str) -> QAbstractButton:
        """The button of one choice."""
        return self._segments[choice]

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        # Qt itself moves the Tab stop only after the group had the focus once.
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if checked else Qt.FocusPolicy.ClickFocus)
        if checked and not self._silent and isinstance(button, _Segment):
            self.choice_changed.emit(button.choice)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box(painter_on(self), QRectF(self.rect()), radius=MEASURES.radius, fill=tokens_of(self).track)
