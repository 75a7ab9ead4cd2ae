"""One call as the session takes it: what is sent, how dear a second sending is, and who waits."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from app.api.addresses import target
from app.api.retry import RequestClass
from app.api.throttle import CallKind
from app.api.urgency import Urgency


class StreamedBody(Protocol):
    """A body too large for memory. `length` is in bytes, of all pieces together."""

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        ...

    @property
    def length(self) -> int:
        """The Content-Length header."""
        ...

    def pieces(self) -> AsyncGenerator[bytes, None]:
        """The body from its start, once for every sending. Raises SourceFailed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest:
    """`path` is already percent-encoded, below the API host; `body` is JSON, a stream or None.

    A call with a stream may take as long as its pieces keep going out.
    """

    method: str
    path: str
    request_class: RequestClass
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | StreamedBody | None = field(default=None, repr=False)
    kind: CallKind = CallKind.GENERAL
    urgency: Urgency = Urgency.USER

    @property
    def content_type(self) -> str | None:
        """What the body is; None without one."""
        if self.body is None or isinstance(self.body, bytes):
            return None if self.body is None else "application/json"
        return self.body.content_type

    @property
    def target(self) -> str:
        """Path and query as they are sent."""
        return target(self.path, self.query)


def get(path: str, *, query: tuple[tuple[str, str], ...] = (), urgency: Urgency = Urgency.USER) -> ApiRequest:
    """A GET: safe."""
    return ApiRequest(method="GET", path=path, query=query, request_class=RequestClass.SAFE, urgency=urgency)


def post(
    path: str,
    payload: object,
    *,
    request_class: RequestClass,
    query: tuple[tuple[str, str], ...] = (),
    kind: CallKind = CallKind.GENERAL,
    urgency: Urgency = Urgency.USER,
) -> ApiRequest:
    """A POST with `payload` (anything msgspec encodes) as JSON."""
    return ApiRequest(
        method="POST",
        path=path,
        query=query,
        request_class=request_class,
        body=_json(payload),
        kind=kind,
        urgency=urgency,
    )


def upload(path: str, body: StreamedBody, *, request_class: RequestClass) -> ApiRequest:
    """A POST whose body is streamed anew at every sending."""
    return ApiRequest(method="POST", path=path, request_class=request_class, body=body)


def put(path: str, payload: object = None) -> ApiRequest:
    """A PUT: idempotent; without a body where `payload` is None."""
    body = None if payload is None else _json(payload)
    return ApiRequest(method="PUT", path=path, body=body, request_class=RequestClass.IDEMPOTENT)


def patch(path: str, payload: object) -> ApiRequest:
    """A PATCH with absolute values: idempotent."""
    body = _json(payload)
    return ApiRequest(method="PATCH", path=path, body=body, request_class=RequestClass.IDEMPOTENT)


def delete(path: str) -> ApiRequest:
    """A DELETE: idempotent."""
    return ApiRequest(method="DELETE", path=path, request_class=RequestClass.IDEMPOTENT)


def _json(payload: object) -> bytes:
    return msgspec.json.encode(payload, enc_hook=_plain)


def _plain(value: object) -> str:
    """An id that came off the wire is a kind of text that msgspec does not know."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a request")
