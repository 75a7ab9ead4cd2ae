"""Choosing one of a list: a drop-down box, alone or as a field."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.theme.focus import FocusRing
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.frame import frame_colours


class Combo(QComboBox):
    """A drop-down of (id, label) pairs. `choice_changed(id)` fires for the user's changes only.

    The wheel scrolls the form behind it, not the value, until the box has focus.
    """

    choice_changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ring = FocusRing(self, radius=MEASURES.radius, text=True)
        view = QListView(self)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self._shape_popup(view)
        self.setFont(font("base"))
        self.setFixedHeight(MEASURES.control)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setAccessibleName(clean(name))
        self.setPlaceholderText(clean(placeholder))
        self.activated.connect(self._on_activated)
        self.set_choices(choices)

    @staticmethod
    def _shape_popup(view: QListView) -> None:
        """Let the rounded corners of the list show through its pop-up window."""
        window = view.window()
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    @property
    def choice(self) -> str:
        """The id of what is chosen, '' when nothing is."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        chosen = self.choice
        self.clear()
        for key, label in choices:
            self.addItem(clean(label), key)
        self.set_choice(chosen)

    def set_choice(self, choice: str) -> None:
        """Choose by id; an id that is not in the list leaves nothing chosen."""
        self.setCurrentIndex(self.findData(choice))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        fill, edge = frame_colours(self, tokens, focused=self.hasFocus() or self.view().isVisible())
        box(painter, QRectF(self.rect()), radius=MEASURES.radius, fill=fill, edge=edge)
        colour = tokens.text if self.isEnabled() else tokens.disabled
        side = MEASURES.icon
        spot = QRectF(self.width() - side - 9, (self.height() - side) / 2, side, side)
        paint_icon(painter, "chevron-down", colour, mirrored(self, spot))
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        shade = tokens.muted if self.currentIndex() < 0 and self.isEnabled() else colour
        room = QRectF(10, 0, self.width() - side - 26, self.height())
        line_of_text(painter, mirrored(self, room), text, shade)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.choice_changed.emit(self.choice)


class ComboField(Field):
    """A labelled drop-down; `value` is the chosen id, '' while nothing is chosen."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.combo = Combo(choices, placeholder=placeholder)
        super().__init__(label, self.combo, required=required, hint=hint, parent=parent)
        self.combo.choice_changed.connect(self._on_choice_changed)

    def value(self) -> str:
        return self.combo.choice

    def set_value(self, value: str) -> None:
        self.combo.set_choice(value)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        self.combo.set_choices(choices)

    @Slot(str)
    def _on_choice_changed(self, _choice: str) -> None:
        self.value_changed.emit()
