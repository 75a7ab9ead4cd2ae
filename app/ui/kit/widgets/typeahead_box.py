"""The framed edit of a type-ahead field: what is typed, what was picked, and the list under it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.ui.kit.intact import intact
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.text import clean, safe_tooltip
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.avatar import Avatar
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.frame import InputFrame
from app.ui.kit.widgets.progress import Spinner
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.widgets.suggestions import SuggestionPopup
from app.ui.kit.widgets.text_fields import LineEdit

_TITLE_ROOM = 150


class _TypeAheadEdit(LineEdit):
    stepped = Signal(int)
    accepted = Signal()
    dismissed = Signal()
    erased = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(bare=True)
        self.popup_open = False

    def sizeHint(self) -> QSize:
        return QSize(8, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
                return
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.popup_open and not event.modifiers():
                self.accepted.emit()
                return
            case Qt.Key.Key_Escape if self.popup_open:
                self.dismissed.emit()
                return
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete if not self.text():
                self.erased.emit()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if intact(self) and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TypeAheadBox(InputFrame):
    """The framed edit with its popup; see `TypeAheadField`."""

    query_changed = Signal(str)
    picked = Signal(str)
    cleared = Signal()
    _popup: SuggestionPopup | None = None
    _chosen = False

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        self.edit = _TypeAheadEdit()
        super().__init__(self.edit)
        self.setFixedHeight(MEASURES.control)
        self._rows: tuple[ListRow, ...] = ()
        self._loading = False
        self._message = ""
        self._placeholder = clean(placeholder)
        self._build(name)

    def _build(self, name: str) -> None:
        self.edit.setPlaceholderText(self._placeholder)
        self.edit.setAccessibleName(clean(name))
        self._avatar = Avatar(size=20)
        self._title = ElidedLabel()
        self._detail = ElidedLabel(tone="muted")
        self._spinner = Spinner(self.tr("Searching"))
        self._clear = IconButton("x", self.tr("Clear {name}").format(name=clean(name)), size=22, icon_size=13)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 5, 0)
        row.setSpacing(6)
        for widget in (self._avatar, self._title, self._detail):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget)
        for label in (self._title, self._detail):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.edit, 1)
        row.addWidget(self._spinner)
        row.addWidget(self._clear)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.stepped.connect(self._on_stepped)
        self.edit.accepted.connect(self._on_accepted)
        self.edit.dismissed.connect(self.close_popup)
        self.edit.left.connect(self.close_popup)
        self.edit.erased.connect(self._on_erased)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._show_parts()

    @property
    def query(self) -> str:
        return self.edit.text()

    @property
    def rows(self) -> tuple[ListRow, ...]:
        return self._rows

    @property
    def has_chosen(self) -> bool:
        return self._chosen

    @property
    def popup(self) -> SuggestionPopup | None:
        """The suggestions while they are open, else None."""
        return self._popup if self._popup is not None and not self._popup.isHidden() else None

    def set_rows(self, rows: Sequence[ListRow], *, message: str = "") -> None:
        """Show suggestions (and end loading); `message` stands above them, or alone when there are none."""
        self._rows = tuple(rows)
        self._message = message
        self.set_loading(False)

    def set_loading(self, loading: bool) -> None:
        """Say that suggestions are on their way; the ones shown stay."""
        self._loading = loading
        self._show_parts()
        self._refresh_popup()

    def set_chosen(self, title: str, detail: str = "", initials: str = "") -> None:
        """Show what was picked inside the field: avatar, name, address. '' as `title` takes it back."""
        self._chosen = bool(title)
        self._title.setText(title)
        self._detail.setText(detail)
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), _TITLE_ROOM))
        self._avatar.set_initials(initials)
        self.setToolTip(safe_tooltip(f"{title}\n{detail}"))
        if self._chosen:
            self.edit.clear()
            self.close_popup()
        self.edit.setAccessibleDescription(", ".join(part for part in (clean(title), clean(detail)) if part))
        self._show_parts()

    def set_query(self, query: str) -> None:
        self.edit.show_text(query)
        self._show_parts()

    @Slot()
    def close_popup(self) -> None:
        if not intact(self, self._edit, self._popup) or self._popup is None:
            return
        self._popup.hide()
        self.edit.popup_open = False

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if self._chosen:
            self.set_chosen("")
            self.cleared.emit()
        self._rows = () if not text else self._rows
        self._message = ""
        self._show_parts()
        self.query_changed.emit(text)
        self._open_popup()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        if self.popup is None:
            self._open_popup()
        elif self._popup is not None:
            self._popup.list.step(by)

    @Slot()
    def _on_accepted(self) -> None:
        if self._popup is not None:
            self._popup.list.activate()

    @Slot(str)
    def _on_activated(self, row_id: str) -> None:
        self.close_popup()
        self.picked.emit(row_id)

    @Slot()
    def _on_erased(self) -> None:
        if self._chosen:
            self.set_chosen("")
            self.cleared.emit()

    @Slot()
    def _on_clear_clicked(self) -> None:
        chosen, self._rows = self._chosen, ()
        self.set_chosen("")
        self.set_query("")
        self.close_popup()
        self.edit.setFocus()
        if chosen:
            self.cleared.emit()
        self.query_changed.emit("")

    def _show_parts(self) -> None:
        for widget in (self._avatar, self._title, self._detail):
            widget.setVisible(self._chosen)
        self._avatar.setVisible(self._chosen and self._avatar.has_initials)
        self.edit.setPlaceholderText("" if self._chosen else self._placeholder)
        self._spinner.setVisible(self._loading)
        self._clear.setVisible(self._chosen or bool(self.query))

    def _open_popup(self) -> None:
        if not (self._rows or self._loading or self._message) or not self.edit.hasFocus():
            self.close_popup()
            return
        if self._popup is None:
            self._popup = SuggestionPopup(self.edit.accessibleName(), self.window())
            self._popup.list.activated_id.connect(self._on_activated)
            self.destroyed.connect(self._popup.deleteLater)
        self._refresh_popup(opening=True)

    def _refresh_popup(self, *, opening: bool = False) -> None:
        if self.popup is None and not opening:
            if (self._rows or self._message) and self.query and self.edit.hasFocus():
                self._open_popup()
            return
        if self._popup is None:
            return
        if not (self._rows or self._loading or self._message):
            self.close_popup()
            return
        message = self._message
        if not message and not self._rows and self._loading:
            message = self.tr("Searching…")
        self._popup.show_state(self._rows, loading=self._loading, message=message)
        self._place_popup(self._popup)

    def _place_popup(self, popup: SuggestionPopup) -> None:
        window = self.window()
        corner = self.mapTo(window, QPoint(0, 0))
        below = corner.y() + self.height() + MEASURES.xs
        height = popup.wanted_height(self.width())
        room = window.height() - below - MEASURES.s
        if room < height and corner.y() > window.height() - below:
            height = min(height, corner.y() - MEASURES.s)
            below = corner.y() - height - MEASURES.xs
        else:
            height = min(height, max(room, 2 * MEASURES.control))
        popup.setGeometry(QRect(QPoint(corner.x(), below), QSize(self.width(), height)))
        popup.show()
        popup.raise_()
        self.edit.popup_open = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not intact(self, self._edit):
            return False
        if event.type() is QEvent.Type.FocusIn and self.query and not self._chosen:
            self._refresh_popup()
        return super().eventFilter(watched, event)
