"""A field that suggests while the user types, from rows that are pushed from outside."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.widgets.typeahead_box import TypeAheadBox


class TypeAheadField(Field):
    """A labelled type-ahead. It never searches by itself and never waits.

    `query_changed(text)` on every edit by the user: search (TaskScope policy LATEST), `set_loading(True)`
    meanwhile, then `set_rows(...)`. Up and Down move, Enter or a click emits `picked(row id)`, Escape closes.
    Answer `picked` with `set_chosen(title, detail, initials)`; `cleared` fires when the user takes it back.
    """

    query_changed = Signal(str)
    picked = Signal(str)
    cleared = Signal()

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = TypeAheadBox(label, placeholder=placeholder)
        super().__init__(label, self.box, required=required, hint=hint, parent=parent)
        self.box.query_changed.connect(self.query_changed)
        self.box.query_changed.connect(self._on_edited)
        self.box.picked.connect(self.picked)
        self.box.cleared.connect(self.cleared)

    @property
    def query(self) -> str:
        return self.box.query

    @property
    def has_chosen(self) -> bool:
        return self.box.has_chosen

    def set_rows(self, rows: Sequence[ListRow], *, message: str = "") -> None:
        self.box.set_rows(rows, message=message)

    def set_loading(self, loading: bool) -> None:
        self.box.set_loading(loading)

    def set_chosen(self, title: str, detail: str = "", initials: str = "") -> None:
        self.box.set_chosen(title, detail, initials)

    def set_query(self, query: str) -> None:
        self.box.set_query(query)

    def focus(self) -> None:
        self.box.edit.setFocus()

    def _name_control(self) -> None:
        super()._name_control()
        self.box.edit.setAccessibleName(self.box.accessibleName())

    @Slot(str)
    def _on_edited(self, _query: str) -> None:
        self.value_changed.emit()
