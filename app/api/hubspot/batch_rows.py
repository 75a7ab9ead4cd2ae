"""What became of each input row of a batch, which may fail in parts (207; reference section 3, Batch)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.api.hubspot.object_payloads import BatchErrorPayload, BatchPayload, ObjectPayload

_NAMING: Final = ("objectWriteTraceId", "ids", "id")
"""Keys of an error's context whose values say which rows it is about."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One input row by its `key` (record id or trace id).

    Its record, or its error; neither where HubSpot says nothing of it.
    """

    key: str
    record: ObjectPayload | None = None
    error: BatchErrorPayload | None = None


def batch_rows(payload: BatchPayload, keys: Sequence[str]) -> tuple[BatchRow, ...]:
    """Every input row in its order, with what the answer says about it.

    Rows are known by their trace id, else by their record id. What has neither (a create that was answered
    without trace ids) is taken in order where the numbers agree. An error that names no row counts for
    every row that nothing else is said of, unless some of those may have been made.
    """
    wanted = frozenset(keys)
    records = {name: row for row in payload.results if (name := _key_of(row, wanted)) is not None}
    errors = {name: error for error in payload.errors for name in _named(error, wanted)}
    nameless = [error for error in payload.errors if not any(_named(error, wanted))]
    open_keys = [key for key in keys if key not in records and key not in errors]
    strangers = [row for row in payload.results if _key_of(row, wanted) is None]
    if len(strangers) == len(open_keys) and not nameless:
        records |= dict(zip(open_keys, strangers, strict=True))
    elif nameless and not strangers:
        errors |= dict.fromkeys(open_keys, nameless[0])
    return tuple(_row(key, records, errors) for key in keys)


def _row(key: str, records: Mapping[str, ObjectPayload], errors: Mapping[str, BatchErrorPayload]) -> BatchRow:
    error = errors.get(key)
    return BatchRow(key, None if error is not None else records.get(key), error)


def _key_of(row: ObjectPayload, wanted: frozenset[str]) -> str | None:
    names = (row.object_write_trace_id or "", str(row.id))
    return next((name for name in names if name in wanted), None)


def _named(error: BatchErrorPayload, wanted: frozenset[str]) -> Iterator[str]:
    for name in _NAMING:
        yield from (str(value) for value in error.context.get(name, ()) if str(value) in wanted)
