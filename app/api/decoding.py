"""Decodes JSON answers into payloads so that one bad row never hides the others."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from app.api.errors import BadReply, ReplyFault

T = TypeVar("T")


class WireId(str):
    """An id: HubSpot sends strings, numbers are taken too."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """A payload, and how many unreadable rows were left out of it."""

    value: T
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Where a list of rows lies in a payload (`*` goes through every entry), and what a row is."""

    path: tuple[str, ...]
    row: type[msgspec.Struct]


class Decoder(Generic[T]):
    """Decodes one kind of answer: fast when all is well, row by row when something is not.

    Unknown fields are ignored, numbers may come as strings, and null counts as missing in the slow
    way. `rows` names the lists whose rows may be skipped, inner lists before the ones around them.
    """

    def __init__(self, kind: type[T], *rows: Rows) -> None:
        self._kind = kind
        self._rows = rows
        self._fast = msgspec.json.Decoder(kind, strict=False, dec_hook=_custom)

    def decode(self, body: bytes) -> Decoded[T]:
        """The payload in `body`. Raises BadReply(GARBAGE)."""
        try:
            return Decoded(self._fast.decode(body))
        except msgspec.ValidationError:
            return self._slowly(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadReply(ReplyFault.GARBAGE) from error

    def _slowly(self, body: bytes) -> Decoded[T]:
        try:
            tree = _without_nulls(msgspec.json.decode(body))
            skipped = sum(_prune(tree, rows.path, rows.row) for rows in self._rows)
            return Decoded(_convert(tree, self._kind), skipped)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadReply(ReplyFault.GARBAGE) from error


def _convert(tree: object, kind: type[T]) -> T:
    return msgspec.convert(tree, kind, strict=False, dec_hook=_custom)


def _custom(kind: type[object], value: object) -> object:
    """Called by msgspec for the types it does not know: only WireId is one."""
    if isinstance(value, str):
        return kind(value)  # type: ignore[call-arg]
    if isinstance(value, int) and not isinstance(value, bool):
        return kind(str(value))  # type: ignore[call-arg]
    raise ValueError("an id is a string or a number")


def _without_nulls(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_nulls(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_without_nulls(value) for value in tree if value is not None]
    return tree


def _prune(tree: Any, path: tuple[str, ...], row: type[msgspec.Struct]) -> int:
    """Take the rows that are not a `row` out of the list at `path`, and count them."""
    if not path:
        return _drop_bad(tree, row) if isinstance(tree, list) else 0
    head, rest = path[0], path[1:]
    if head != "*":
        return _prune(tree.get(head), rest, row) if isinstance(tree, dict) else 0
    entries = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return sum(_prune(entry, rest, row) for entry in entries)


def _drop_bad(rows: list[Any], kind: type[msgspec.Struct]) -> int:
    good = [row for row in rows if _is_readable(row, kind)]
    skipped = len(rows) - len(good)
    rows[:] = good
    return skipped


def _is_readable(row: object, kind: type[msgspec.Struct]) -> bool:
    try:
        _convert(row, kind)
    except msgspec.ValidationError:
        return False
    return True
