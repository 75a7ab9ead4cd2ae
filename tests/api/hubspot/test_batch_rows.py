"""What became of each input row of a batch."""

import pytest

from app.api.decoding import WireId
from app.api.hubspot.batch_rows import batch_rows
from app.api.hubspot.object_payloads import BatchErrorPayload, BatchPayload, ObjectPayload

KEYS = ("row-0", "row-1", "row-2")


def made(number: str, trace: str | None = None) -> ObjectPayload:
    return ObjectPayload(id=WireId(number), object_write_trace_id=trace)


def failed(message: str, **context: str) -> BatchErrorPayload:
    return BatchErrorPayload(
        message=message, context={name: [WireId(value)] for name, value in context.items()}
    )


def told(payload: BatchPayload, keys: tuple[str, ...] = KEYS) -> list[str]:
    """The id or the sentence of each row; `?` where the answer is silent."""
    return [
        f"#{row.record.id}" if row.record else row.error.message if row.error else "?"
        for row in batch_rows(payload, keys)
    ]


@pytest.mark.parametrize(
    ("results", "errors", "expected"),
    [
        ((made("7", "row-1"), made("6", "row-0"), made("8", "row-2")), (), ["#6", "#7", "#8"]),
        ((made("6"), made("7"), made("8")), (), ["#6", "#7", "#8"]),
        ((made("6"), made("8")), (failed("no", objectWriteTraceId="row-1"),), ["#6", "no", "#8"]),
        ((made("6", "row-0"),), (failed("no", objectWriteTraceId="row-1"),), ["#6", "no", "?"]),
        ((made("6", "row-0"),), (failed("no", odd="x"),), ["#6", "no", "no"]),
        ((made("6"),), (), ["?", "?", "?"]),
        ((made("6"), made("7")), (failed("no"),), ["?", "?", "?"]),
        (
            (made("6", "row-0"),),
            (failed("no", objectWriteTraceId="row-0"), failed("all")),
            ["no", "all", "all"],
        ),
    ],
)
def test_rows_that_are_made(
    results: tuple[ObjectPayload, ...], errors: tuple[BatchErrorPayload, ...], expected: list[str]
) -> None:
    assert told(BatchPayload(results=results, errors=errors)) == expected


def test_rows_that_are_changed_are_known_by_their_ids() -> None:
    errors = (failed("gone", ids="3"), failed("odd", id="4"))
    payload = BatchPayload(results=(made("2"), made("1")), errors=errors)
    assert told(payload, ("1", "2", "3", "4", "5")) == ["#1", "#2", "gone", "odd", "?"]


def test_one_error_may_be_about_many_rows() -> None:
    error = BatchErrorPayload(message="gone", context={"ids": [WireId("1"), WireId("2")]})
    assert told(BatchPayload(errors=(error,)), ("1", "2")) == ["gone", "gone"]
