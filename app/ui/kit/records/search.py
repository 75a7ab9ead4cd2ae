"""Finding a record to put a meeting on: the kind, what is typed, what HubSpot found."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.meetings import CONTACT, CrmRecord, RecordRef, RecordType
from app.domain.ports import Clock
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Problem
from app.ui.kit.publisher import Publisher
from app.ui.kit.records.kinds import kind_icon, kind_name, shown_name
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate
TYPING_PAUSE_S = 0.2
MIN_QUERY = 2
AT_MOST = 8


class RecordSource(Protocol):
    """Where records are looked for; the meetings service is one."""

    async def kinds(self) -> tuple[RecordKind, ...]: ...

    async def search_records(self, record_type: RecordType, text: str) -> tuple[CrmRecord, ...]: ...


@dataclass(frozen=True, slots=True)
class SearchInputs:
    """The kinds, the chosen one, the text and what came of it; `taken` are on the meeting already."""

    kinds: tuple[RecordKind, ...] = ()
    kind: RecordType = CONTACT
    query: str = ""
    found: tuple[CrmRecord, ...] = ()
    is_searching: bool = False
    problem: Problem | None = None
    taken: frozenset[RecordRef] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchProps:
    """What the search shows; `kinds` are (type, name) pairs."""

    kinds: tuple[tuple[str, str], ...]
    kind: str
    rows: tuple[ListRow, ...]
    is_searching: bool
    message: str


def derive_search(inputs: SearchInputs) -> SearchProps:
    """The search from one snapshot."""
    kinds = inputs.kinds or (RecordKind(CONTACT),)
    return SearchProps(
        kinds=tuple((kind.type, kind_name(kind.type, inputs.kinds)) for kind in kinds),
        kind=inputs.kind,
        rows=tuple(_row(record, inputs) for record in inputs.found[:AT_MOST]),
        is_searching=inputs.is_searching,
        message=_message(inputs),
    )


def _row(record: CrmRecord, inputs: SearchInputs) -> ListRow:
    is_taken = record.ref in inputs.taken
    return ListRow(
        id=record.ref.id,
        title=shown_name(record.name, record.ref.type, record.ref.id, inputs.kinds),
        detail=record.detail,
        icon=kind_icon(record.ref.type),
        trailing=translate("records", "On this meeting") if is_taken else "",
        enabled=not is_taken,
    )


def _message(inputs: SearchInputs) -> str:
    query = inputs.query.strip()
    if inputs.problem is not None:
        return words_for(inputs.problem).title
    if len(query) < MIN_QUERY:
        return translate("records", "Type two letters") if query else ""
    if not inputs.found and not inputs.is_searching:
        return translate("records", "Nothing in HubSpot matches")
    return ""


class RecordSearchViewModel(QObject):
    """Searches while the rep types; `picked` carries the CrmRecord."""

    props_changed = Signal()
    picked = Signal(object)

    def __init__(self, source: RecordSource, clock: Clock, tasks: TaskScope) -> None:
        super().__init__()
        self._source = source
        self._clock = clock
        self._tasks = tasks
        self._publisher = Publisher(self, SearchInputs(), derive_search)

    @property
    def props(self) -> SearchProps:
        """What the search shows now."""
        return self._publisher.props

    @property
    def kinds(self) -> tuple[RecordKind, ...]:
        """The record types that were read, for their names."""
        return self._publisher.inputs.kinds

    def load(self) -> None:
        """Ask once which record types there are."""
        if not self._publisher.inputs.kinds:
            self._tasks.start(self._load(), key="record-kinds", policy=Policy.ONCE)

    def set_taken(self, refs: Collection[RecordRef]) -> None:
        """These records are on the meeting already."""
        self._set(taken=frozenset(refs))

    def choose_kind(self, record_type: str) -> None:
        """Search among records of this type from now on."""
        self._set(kind=RecordType(record_type), found=())
        self.search(self._publisher.inputs.query)

    def search(self, text: str) -> None:
        """Look for records, after a short pause of typing; an older search is cancelled."""
        query = text.strip()
        is_searching = len(query) >= MIN_QUERY
        self._set(query=text, is_searching=is_searching, problem=None, found=self._still_found(query))
        if is_searching:
            self._tasks.start(self._search(query), key="record-search", policy=Policy.LATEST)
        else:
            self._tasks.cancel("record-search")

    def pick(self, record_id: str) -> None:
        """Take a row of the list."""
        inputs = self._publisher.inputs
        found = next((record for record in inputs.found if record.ref.id == record_id), None)
        if found is not None and found.ref not in inputs.taken:
            self.clear()
            self.picked.emit(found)

    def clear(self) -> None:
        """Begin anew."""
        self._tasks.cancel("record-search")
        self._set(query="", found=(), is_searching=False, problem=None)

    async def _load(self) -> None:
        try:
            self._set(kinds=await self._source.kinds())
        except Problem:
            return

    async def _search(self, query: str) -> None:
        await self._clock.sleep(TYPING_PAUSE_S)
        kind = self._publisher.inputs.kind
        try:
            found = await self._source.search_records(kind, query)
        except Problem as problem:
            self._set(is_searching=False, problem=problem, found=())
            return
        self._set(is_searching=False, found=found)

    def _still_found(self, query: str) -> tuple[CrmRecord, ...]:
        """What was found for other letters and still answers these: Enter never takes a stranger."""
        words = query.casefold().split()
        return tuple(
            record
            for record in self._publisher.inputs.found
            if words and all(word in f"{record.name} {record.detail}".casefold() for word in words)
        )

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]
