"""One request and its answer, with limits on time and size; nothing is retried or followed here."""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, cast

import httpx

from app.api.body import LARGEST_BODY, BoundedBody
from app.api.errors import (
    ApiError,
    BadReply,
    ConnectFailed,
    ConnectFault,
    ErrorDetails,
    LossFault,
    OutcomeUnknown,
    ReplyFault,
)
from app.api.reply import Reply
from app.api.request import StreamedBody

_SENT_BODY: Final = "send_request_body.started"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for each step and for the whole exchange; bytes of a body after decompression.

    `total` does not count for a body that is streamed: each of its pieces has `write` seconds.
    """

    connect: float = 5.0
    read: float = 20.0
    write: float = 10.0
    pool: float = 5.0
    total: float = 30.0
    body: int = LARGEST_BODY

    def timeout(self) -> httpx.Timeout:
        """The steps as httpx takes them."""
        return httpx.Timeout(connect=self.connect, read=self.read, write=self.write, pool=self.pool)


class _Departure:
    """Watches how much of a request has left, through httpcore's trace extension."""

    def __init__(self) -> None:
        self._is_watched = False
        self._has_body_left = False

    async def trace(self, event: str, info: Mapping[str, object]) -> None:  # noqa: ARG002
        self._is_watched = True
        self._has_body_left = self._has_body_left or event.endswith(_SENT_BODY)

    @property
    def stopped_before_body(self) -> bool:
        return self._is_watched and not self._has_body_left


class _Outgoing(httpx.AsyncByteStream):
    """Pieces that their maker closes: httpx would leave them to the garbage collector."""

    def __init__(self, pieces: AsyncGenerator[bytes, None]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


async def exchange(
    http: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes | StreamedBody | None = None,
    limits: Limits | None = None,
) -> Reply:
    """Send once and read the whole answer, whatever its status.

    Raises ConnectFailed when nothing of the body had left, OutcomeUnknown when the answer was lost, and
    BadReply when a 2xx answer came cut, too large or wrongly packed (other statuses keep an empty body).
    A streamed `content` raises SourceFailed.
    """
    limits = limits or Limits()
    if http.is_closed:
        raise ConnectFailed(ConnectFault.CLOSED)
    headers = {**headers, "Accept-Encoding": "gzip"}
    if content is None or isinstance(content, bytes):
        request = http.build_request(method, url, headers=headers, content=content)
        return await _watched(http, request, limits, limits.total)
    async with aclosing(content.pieces()) as pieces:
        # httpx adds neither of these two to a request that is given a stream.
        needed = {"Host": httpx.URL(url).netloc.decode("ascii"), "Content-Length": str(content.length)}
        merged = httpx.Headers(http.headers)
        merged.update({**headers, **needed})
        request = httpx.Request(method, url, headers=merged, stream=_Outgoing(pieces))
        return await _watched(http, request, limits, None)


async def _watched(
    http: httpx.AsyncClient, request: httpx.Request, limits: Limits, total: float | None
) -> Reply:
    departure = _Departure()
    request.extensions |= {"timeout": limits.timeout().as_dict(), "trace": departure.trace}
    try:
        async with asyncio.timeout(total):
            return await _round_trip(http, request, limits.body)
    except (httpx.TransportError, OSError) as error:
        raise _lost(error, departure) from error


async def _round_trip(http: httpx.AsyncClient, request: httpx.Request, largest: int) -> Reply:
    response = await http.send(request, stream=True, auth=None, follow_redirects=False)
    pieces = cast(AsyncGenerator[bytes, None], response.aiter_raw())
    try:
        reply = Reply(response.status_code, {name.lower(): text for name, text in response.headers.items()})
        try:
            body = await _body(response, pieces, largest)
        except BadReply as error:
            if reply.is_success:
                raise BadReply(error.fault, _details(reply)) from error
            return reply
        return Reply(reply.status, reply.headers, body)
    finally:
        await response.aclose()
        # Left to the garbage collector, a body that was not read to its end is closed outside of any task.
        await pieces.aclose()


async def _body(response: httpx.Response, pieces: AsyncGenerator[bytes, None], largest: int) -> bytes:
    body = BoundedBody(response.headers.get("content-encoding"), largest=largest)
    try:
        async for piece in pieces:
            body.feed(piece)
    except (httpx.TransportError, OSError) as error:
        raise BadReply(ReplyFault.TRUNCATED) from error
    return body.finish()


def _details(reply: Reply) -> ErrorDetails:
    return ErrorDetails(status=reply.status, correlation_id=reply.correlation_id)


def _lost(error: Exception, departure: _Departure) -> ApiError:
    match error:
        case httpx.ConnectError() | httpx.UnsupportedProtocol():
            return ConnectFailed(_connect_fault(error))
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return ConnectFailed(ConnectFault.TIMEOUT)
        case httpx.ProxyError():
            return ConnectFailed(ConnectFault.PROXY)
    timed_out = isinstance(error, httpx.TimeoutException | TimeoutError)
    if departure.stopped_before_body:
        return ConnectFailed(ConnectFault.TIMEOUT if timed_out else ConnectFault.NETWORK)
    return OutcomeUnknown(LossFault.TIMEOUT if timed_out else LossFault.RESET)


def _connect_fault(error: BaseException) -> ConnectFault:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return ConnectFault.TLS
        if isinstance(cause, socket.gaierror):
            return ConnectFault.NAME
        cause = cause.__cause__ or cause.__context__
    return ConnectFault.NETWORK
