"""The sheet of a change of many meetings."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.meetings import MeetingField, MeetingOption, Outcome
from app.ui.kit.labels import ElidedLabel, heading
from app.ui.kit.meetings.words import outcome_words, type_words
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Bar, Hairline
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.rows import ResultList
from app.ui.kit.widgets.sheet import Sheet
from app.ui.screens.log.bulk.viewmodel import BulkProps, BulkViewModel
from app.ui.screens.log.sheet_head import sheet_head
from app.ui.screens.log.values import owner_words

translate = QCoreApplication.translate
KEEP = "="


class BulkSheet(Sheet):
    """Binds `BulkViewModel`: three fields, what they would change, Apply."""

    def __init__(self, host: QWidget, viewmodel: BulkViewModel) -> None:
        super().__init__(host, translate("log", "Change several meetings"), width=640)
        self._viewmodel = viewmodel
        self._title = heading("")
        self._boxes = {name: ComboField(label, []) for name, label in _labels().items()}
        self._progress = ThinProgress(translate("log", "Reading the meetings"))
        self._message = ElidedLabel(role="small", tone="muted")
        self._message.setObjectName("bulk.message")
        self._list = ResultList(translate("log", "What changes"), padding=16)
        self._list.setObjectName("bulk.list")
        self._list.setSelectionMode(ResultList.SelectionMode.NoSelection)
        self._list.setMinimumHeight(280)
        self._cancel = Button(translate("log", "Cancel"))
        self._cancel.setObjectName("bulk.cancel")
        self._apply = Button(translate("log", "Change"), kind="primary")
        self._apply.setObjectName("bulk.apply")
        self._lay_out()
        for name, box in self._boxes.items():
            box.setObjectName(f"bulk.{name.value}")
            box.value_changed.connect(lambda name=name: self._on_value(name))
        self._cancel.clicked.connect(self.dismiss)
        self._apply.clicked.connect(viewmodel.apply)
        viewmodel.props_changed.connect(self._show)
        viewmodel.applied.connect(self.dismiss)

    def show_change(self) -> None:
        """Open it with what the view-model has begun."""
        self._show()
        self.open(self._boxes[MeetingField.OUTCOME].control)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(MEASURES.l, MEASURES.m, MEASURES.l, MEASURES.m)
        row.setSpacing(MEASURES.s)
        for box in self._boxes.values():
            row.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        foot = Bar(lines=("top",))
        foot.row.addWidget(self._message, 1)
        foot.row.addWidget(self._cancel)
        foot.row.addWidget(self._apply)
        self.column.addWidget(sheet_head(self._title))
        self.column.addWidget(Hairline())
        self.column.addLayout(row)
        self.column.addWidget(Hairline())
        self.column.addWidget(self._progress)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(foot)

    def _show(self) -> None:
        props = self._viewmodel.props
        self._title.setText(translate("log", "Change {n} meetings").format(n=props.count))
        for name, box in self._boxes.items():
            box.set_choices(_choices(name, props))
            box.set_value(props.edits.get(name, KEEP))
        self._progress.setVisible(props.is_loading)
        self._progress.set_busy(props.is_loading)
        self._list.set_rows(props.preview.rows)
        changing = len(props.preview.changing)
        words = translate("log", "{n} of {all} change").format(n=changing, all=props.count)
        self._message.setText(props.problem or words)
        self._message.set_tone("bad" if props.problem else "muted")
        label = translate("log", "Change 1 meeting")
        if changing != 1:
            label = translate("log", "Change {n} meetings").format(n=changing)
        self._apply.set_label(label)
        self._apply.setEnabled(changing > 0)
        self._apply.set_busy(props.is_sending)

    def _on_value(self, name: MeetingField) -> None:
        value = self._boxes[name].value()
        self._viewmodel.set_field(name, None if value == KEEP else value)


def _labels() -> dict[MeetingField, str]:
    return {
        MeetingField.OUTCOME: translate("log", "Outcome"),
        MeetingField.ACTIVITY_TYPE: translate("log", "Meeting type"),
        MeetingField.OWNER: translate("log", "Owner"),
    }


def _choices(name: MeetingField, props: BulkProps) -> list[tuple[str, str]]:
    state = props.state
    keep = (KEEP, translate("log", "Leave as it is"))
    match name:
        case MeetingField.OUTCOME:
            values = [one.value for one in _offered(state.options.outcomes)] or list(Outcome)
            return [keep, *((value, outcome_words(value, state.options)) for value in values)]
        case MeetingField.ACTIVITY_TYPE:
            types = [one.value for one in _offered(state.options.activity_types)]
            return [keep, *((value, type_words(value, state.options)) for value in types)]
        case _:
            active = [one.id for one in state.owners if one.is_active]
            return [keep, *((one, owner_words(one, state)) for one in active)]


def _offered(options: tuple[MeetingOption, ...]) -> list[MeetingOption]:
    return [option for option in options if not option.is_hidden]
