"""The sheet on which the rep chooses what the list leaves out."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.meetings import CrmRecord, Outcome
from app.domain.records import OwnerId
from app.services.meetings.state import MeetingsState
from app.ui.kit.labels import heading
from app.ui.kit.meetings.words import outcome_words, record_words, type_words
from app.ui.kit.records.kinds import kind_name
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.avatar import initials_of
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Bar, Hairline
from app.ui.kit.widgets.choice_fields import MultiCheckField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.widgets.sheet import Sheet
from app.ui.kit.widgets.typeahead import TypeAheadField
from app.ui.screens.log.listing.narrowing import Filters
from app.ui.screens.log.listing.record_search import RecordSearch
from app.ui.screens.log.sheet_head import sheet_head
from app.ui.screens.log.values import owner_words

translate = QCoreApplication.translate


class FilterSheet(Sheet):
    """Made anew for each look at it; `chosen(Filters)` when the rep has chosen."""

    chosen = Signal(object)

    def __init__(
        self,
        host: QWidget,
        filters: Filters,
        state: MeetingsState,
        records: RecordSearch,
        *,
        is_to_log: bool,
    ) -> None:
        super().__init__(host, translate("log", "Filter meetings"), width=560)
        self._records = records
        self._record: CrmRecord | None = None
        any_words = translate("log", "Any")
        outcomes = [one.value for one in state.options.outcomes] or [str(one) for one in Outcome]
        choices = [(one, outcome_words(one, state.options)) for one in outcomes]
        types = [(one.value, type_words(one.value, state.options)) for one in state.options.activity_types]
        owners = [(str(one.id), owner_words(one.id, state)) for one in state.owners]
        self._outcomes = MultiCheckField(translate("log", "Outcome"), choices)
        if is_to_log:
            self._outcomes.hide()
        self._type = ComboField(translate("log", "Meeting type"), [("", any_words), *types])
        anybody = translate("log", "Me") if is_to_log else translate("log", "Anybody")
        self._owner = ComboField(translate("log", "Owner"), [("", anybody), *owners])
        self._record_field = TypeAheadField(
            translate("log", "On this record"), placeholder=translate("log", "Contact, company, deal, ticket")
        )
        self._first = DateField(translate("log", "From"))
        self._last = DateField(translate("log", "To"))
        self._lay_out()
        self._connect()
        self.show_filters(filters)

    def show_filters(self, filters: Filters) -> None:
        """Fill the fields in."""
        self._outcomes.set_values(sorted(filters.outcomes))
        self._type.set_value(filters.activity_type)
        self._owner.set_value(filters.owner_id or "")
        self._first.set_value(filters.first_day)
        self._last.set_value(filters.last_day)
        self._choose(filters.record)

    def filters(self) -> Filters:
        """What the fields say; days that are the wrong way round are turned."""
        first, last = self._first.value(), self._last.value()
        if first is not None and last is not None and last < first:
            first, last = last, first
        return Filters(
            outcomes=frozenset(self._outcomes.values()),
            activity_type=self._type.value(),
            owner_id=OwnerId(self._owner.value()) if self._owner.value() else None,
            record=self._record,
            first_day=first,
            last_day=last,
        )

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.l, MEASURES.m)
        body.setSpacing(MEASURES.m)
        body.addWidget(self._outcomes)
        body.addLayout(_beside(self._type, self._owner))
        body.addWidget(self._record_field)
        body.addLayout(_beside(self._first, self._last))
        foot = Bar(lines=("top",))
        foot.row.addWidget(self._button("clear", translate("log", "Clear filters")))
        foot.row.addStretch(1)
        foot.row.addWidget(self._button("cancel", translate("log", "Cancel")))
        apply = Button(translate("log", "Show meetings"), kind="primary")
        apply.setObjectName("filters.apply")
        apply.clicked.connect(self._on_apply)
        foot.row.addWidget(apply)
        self.column.addWidget(sheet_head(heading(translate("log", "Filter meetings"))))
        self.column.addWidget(Hairline())
        self.column.addLayout(body)
        self.column.addStretch(1)
        self.column.addWidget(foot)

    def _button(self, name: str, label: str) -> Button:
        button = Button(label, kind="quiet" if name == "clear" else "secondary")
        button.setObjectName(f"filters.{name}")
        button.clicked.connect(self._on_clear if name == "clear" else self.dismiss)
        return button

    def _connect(self) -> None:
        for name, field in (("type", self._type), ("owner", self._owner), ("record", self._record_field)):
            field.setObjectName(f"filters.{name}")
        self._first.setObjectName("filters.first")
        self._last.setObjectName("filters.last")
        self._record_field.query_changed.connect(self._on_query)
        self._record_field.picked.connect(self._on_picked)
        self._record_field.cleared.connect(self._on_cleared)
        self._records.answered.connect(self._on_answer)

    def _choose(self, record: CrmRecord | None) -> None:
        self._record = record
        if record is None:
            self._record_field.set_chosen("")
        else:
            name = record_words(record)
            self._record_field.set_chosen(name, kind_name(record.ref.type), initials_of(name))

    def _on_query(self, text: str) -> None:
        self._record_field.set_loading(bool(text.strip()))
        self._records.search(text)

    def _on_answer(self, rows: tuple[ListRow, ...], message: str) -> None:
        self._record_field.set_loading(False)
        query = self._record_field.query.strip()
        nothing = translate("log", "No record matches") if query and not rows else ""
        self._record_field.set_rows(rows, message=message or nothing)

    def _on_picked(self, row_id: str) -> None:
        self._choose(self._records.record(row_id))

    def _on_cleared(self) -> None:
        self._record = None

    def _on_clear(self) -> None:
        self.show_filters(Filters())

    def _on_apply(self) -> None:
        self.chosen.emit(self.filters())
        self.dismiss()


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(MEASURES.m)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return row
