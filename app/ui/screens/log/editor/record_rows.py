"""The panel beside the form: the meeting's records, what is suggested, and its files."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.changes import (
    AttachFile,
    ChangeState,
    DetachFile,
    PendingChange,
)
from app.domain.meetings import Association, CrmRecord, FileId, RecordRef
from app.domain.projection import mark_of
from app.ui.kit.meetings.pending import pending_note
from app.ui.kit.meetings.words import pending_words
from app.ui.kit.records.card import RecordRow
from app.ui.kit.records.kinds import kind_name, shown_name
from app.ui.kit.text import clean
from app.ui.screens.log.editor.inputs import EditorInputs

translate = QCoreApplication.translate
MOST_OFFERED = 4
LETTERS_OFFERED = 22


@dataclass(frozen=True, slots=True)
class FileChip:
    """One file: `key` is its FileId, the change that uploads it, or the path of one that is not taken yet.

    `progress` is 0 to 1 while it is on its way, None otherwise.
    """

    key: str
    name: str
    detail: str = ""
    progress: float | None = None
    can_open: bool = False


@dataclass(frozen=True, slots=True)
class SideProps:
    """The panel: records, suggestions as (record, label), files."""

    records: tuple[RecordRow, ...] = ()
    suggestions: tuple[tuple[CrmRecord, str], ...] = ()
    files: tuple[FileChip, ...] = ()
    can_attach: bool = True


def derive_side(inputs: EditorInputs) -> SideProps:
    """The panel from the editor's snapshot."""
    return SideProps(
        records=tuple(_row(record, inputs) for record in inputs.records),
        suggestions=tuple((record, _suggestion(record, inputs)) for record in _offered(inputs)),
        files=(*_attached(inputs), *_uploading(inputs), *_chosen(inputs)),
        can_attach=inputs.may_attach,
    )


def _offered(inputs: EditorInputs) -> tuple[CrmRecord, ...]:
    known = {record.ref for record in inputs.records}
    return tuple(record for record in inputs.suggestions if record.ref not in known)[:MOST_OFFERED]


def _row(record: CrmRecord, inputs: EditorInputs) -> RecordRow:
    association = _association(record.ref, inputs)
    labels = tuple(clean(label.name) for label in association.labels if label.name) if association else ()
    return RecordRow(
        ref=record.ref,
        name=shown_name(record.name, record.ref.type, record.ref.id, inputs.kinds),
        kind=kind_name(record.ref.type, inputs.kinds),
        labels=labels,
        is_pinned=is_pinned(record, inputs),
        has_labels=not inputs.is_new and any(one.name for one in inputs.labels.get(record.ref.type, ())),
        note=pending_note(record.ref, inputs.changes),
    )


def is_pinned(record: CrmRecord, inputs: EditorInputs) -> bool:
    """Whether this meeting is (or will be) the one pinned on the record."""
    if inputs.row is None:
        return record.ref in inputs.draft.pins
    return bool(record.pinned) and record.pinned == inputs.row.meeting.id


def _association(ref: RecordRef, inputs: EditorInputs) -> Association | None:
    if inputs.row is None:
        return None
    return next((one for one in inputs.row.meeting.associations or () if one.ref == ref), None)


def _suggestion(record: CrmRecord, inputs: EditorInputs) -> str:
    name = shown_name(record.name, record.ref.type, record.ref.id, inputs.kinds)
    short = name if len(name) <= LETTERS_OFFERED else f"{name[:LETTERS_OFFERED].rstrip()}…"
    return f"{short} · {kind_name(record.ref.type, inputs.kinds)}"


def _attached(inputs: EditorInputs) -> list[FileChip]:
    if inputs.row is None:
        return []
    names = {attachment.id: attachment for attachment in inputs.attachments}
    leaving = {row.change.file_id for row in inputs.changes if isinstance(row.change, DetachFile)}
    chips = []
    for file_id in inputs.row.meeting.attachments:
        known = names.get(file_id)
        name = clean(known.name) if known is not None else translate("log", "File {id}").format(id=file_id)
        size = size_words(known.size) if known is not None and known.size is not None else ""
        if file_id not in leaving:
            chips.append(FileChip(str(file_id), name, size, can_open=True))
    return chips


def _uploading(inputs: EditorInputs) -> list[FileChip]:
    attached = set(inputs.row.meeting.attachments) if inputs.row is not None else set[FileId]()
    chips = []
    for row in inputs.changes:
        if not isinstance(row.change, AttachFile) or row.file_id in attached:
            continue
        sent, total = inputs.progress.get(row.id, (0, row.change.size))
        progress = sent / total if row.state is ChangeState.SENDING and total else None
        detail = size_words(row.change.size) if progress is not None else _waiting_words(row)
        chips.append(FileChip(str(row.id), clean(row.change.name), detail, progress))
    return chips


def _waiting_words(row: PendingChange) -> str:
    mark = mark_of((row,))
    return "" if mark is None else pending_words(mark)


def _chosen(inputs: EditorInputs) -> list[FileChip]:
    if not inputs.is_new:
        return []
    return [FileChip(path, clean(path.replace("\\", "/").rpartition("/")[2])) for path in inputs.draft.files]


def size_words(size: int) -> str:
    """`84 kB`, `2.4 MB`; bytes in."""
    if size == 1:
        return translate("log", "1 byte")
    if size < 1_000:
        return translate("log", "{n} bytes").format(n=size)
    if size < 1_000_000:
        return translate("log", "{n} kB").format(n=round(size / 1_000))
    return translate("log", "{n} MB").format(n=f"{size / 1_000_000:.1f}")
