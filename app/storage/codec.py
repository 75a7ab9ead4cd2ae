"""Domain values as JSON and back; msgspec reads them straight into the dataclasses, and checks every type."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, Generic, TypeVar

import msgspec

T = TypeVar("T")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Codec(Generic[T]):
    """Turns values of one type into JSON and back."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.json.Encoder(enc_hook=_plain)
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(kind)

    def encode(self, value: T) -> bytes:
        """UTF-8 JSON; half of a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
        try:
            return self._encoder.encode(value)
        except UnicodeEncodeError:
            plain = msgspec.to_builtins(value, enc_hook=_plain)
            return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")

    def encode_text(self, value: T) -> str:
        """The same as text, for columns that SQLite checks."""
        return self.encode(value).decode()

    def decode(self, body: bytes | str) -> T | None:
        """The value, or None where `body` is not one (written by another version, or damaged)."""
        try:
            return self._decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None


def _plain(value: object) -> object:
    if isinstance(value, MappingProxyType | Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be kept")


def to_microseconds(instant: datetime) -> int:
    """An aware instant as microseconds since 1970 UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The UTC instant `count` microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=count)
