"""One request and its answer, on a scripted service and on a real socket."""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx
import pytest

from app.api.errors import (
    ApiError,
    BadReply,
    ConnectFailed,
    ConnectFault,
    Delivery,
    LossFault,
    OutcomeUnknown,
    ReplyFault,
)
from app.api.exchange import Limits, exchange
from app.api.reply import Reply
from tests.api.virtual_time import run_virtual
from tests.api.wire import BASE, Handler, answer, client, script


async def told(step: httpx.Response | Exception | Handler, *, limits: Limits | None = None) -> Reply:
    handler, _ = script(step)
    async with client(handler) as http:
        return await exchange(http, "POST", f"{BASE}/x", headers={}, content=b"{}", limits=limits)


async def failure(step: httpx.Response | Exception | Handler) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await told(step)
    return caught.value


async def test_an_answer_comes_back_whole_whatever_its_status() -> None:
    for status in (200, 204, 302, 404, 500):
        reply = await told(answer(status, {"a": 1}, headers={"X-Odd": "Yes"}, is_packed=True))
        assert (reply.status, reply.body, reply.headers["x-odd"]) == (status, b'{"a":1}', "Yes")


async def test_only_gzip_is_asked_for_and_no_redirect_is_followed() -> None:
    handler, seen = script(answer(307, headers={"Location": "https://evil.test/"}))
    async with client(handler) as http:
        reply = await exchange(http, "GET", f"{BASE}/x", headers={"Authorization": "Bearer T"})
    assert reply.status == 307
    assert len(seen) == 1
    assert seen[0].headers["accept-encoding"] == "gzip"
    assert seen[0].content == b""


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (httpx.ConnectError("x"), ConnectFault.NETWORK),
        (httpx.UnsupportedProtocol("x"), ConnectFault.NETWORK),
        (httpx.ConnectTimeout("x"), ConnectFault.TIMEOUT),
        (httpx.PoolTimeout("x"), ConnectFault.TIMEOUT),
        (httpx.ProxyError("x"), ConnectFault.PROXY),
    ],
)
async def test_what_never_left_is_told_apart(error: Exception, fault: ConnectFault) -> None:
    found = await failure(error)
    assert isinstance(found, ConnectFailed)
    assert found.fault is fault
    assert found.delivery is Delivery.REFUSED


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (ssl.SSLCertVerificationError("bad"), ConnectFault.TLS),
        (socket.gaierror("no such name"), ConnectFault.NAME),
        (ConnectionRefusedError(), ConnectFault.NETWORK),
    ],
)
async def test_the_cause_of_a_failed_connection_is_found(cause: Exception, fault: ConnectFault) -> None:
    async def handle(request: httpx.Request) -> httpx.Response:
        try:
            raise cause
        except OSError as error:
            raise httpx.ConnectError("x") from error

    found = await failure(handle)
    assert isinstance(found, ConnectFailed)
    assert found.fault is fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (httpx.ReadTimeout("x"), LossFault.TIMEOUT),
        (httpx.WriteTimeout("x"), LossFault.TIMEOUT),
        (httpx.ReadError("x"), LossFault.RESET),
        (httpx.WriteError("x"), LossFault.RESET),
        (httpx.RemoteProtocolError("x"), LossFault.RESET),
        (httpx.LocalProtocolError("x"), LossFault.RESET),
        (ConnectionResetError(), LossFault.RESET),
    ],
)
async def test_what_left_without_an_answer_is_unknown(error: Exception, fault: LossFault) -> None:
    found = await failure(error)
    assert isinstance(found, OutcomeUnknown)
    assert found.fault is fault
    assert found.delivery is Delivery.UNKNOWN


@pytest.mark.parametrize(
    ("events", "error", "kind"),
    [
        (["connection.connect_tcp.started"], httpx.ReadError("x"), ConnectFailed),
        (["http11.send_request_headers.started"], httpx.WriteTimeout("x"), ConnectFailed),
        (
            ["http11.send_request_headers.started", "http11.send_request_body.started"],
            httpx.ReadError("x"),
            OutcomeUnknown,
        ),
    ],
)
async def test_a_body_that_never_started_cannot_have_acted(
    events: list[str], error: Exception, kind: type[ApiError]
) -> None:
    async def handle(request: httpx.Request) -> httpx.Response:
        for event in events:
            await request.extensions["trace"](event, {})
        raise error

    assert type(await failure(handle)) is kind


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (lambda: answer(200, b"{", error=httpx.ReadError("x")), ReplyFault.TRUNCATED),
        (lambda: answer(201, b"{", error=httpx.ReadTimeout("x")), ReplyFault.TRUNCATED),
        (lambda: answer(200, b"x" * (10 * 1024 * 1024 + 1)), ReplyFault.TOO_LARGE),
        (lambda: answer(200, b"x", headers={"Content-Encoding": "br"}), ReplyFault.WRONG_TYPE),
        (lambda: answer(200, b"not packed", headers={"Content-Encoding": "gzip"}), ReplyFault.GARBAGE),
    ],
)
async def test_a_spoilt_success_is_a_bad_reply(step: Callable[[], httpx.Response], fault: ReplyFault) -> None:
    found = await failure(step())
    assert isinstance(found, BadReply)
    assert found.fault is fault
    assert found.status is not None


@pytest.mark.parametrize("status", [400, 429, 503])
async def test_a_spoilt_refusal_is_still_a_refusal(status: int) -> None:
    reply = await told(answer(status, b"{", error=httpx.ReadError("x")))
    assert (reply.status, reply.body) == (status, b"")


def test_the_whole_exchange_has_an_end() -> None:
    async def hang(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(3_600)
        raise AssertionError

    async def work() -> tuple[ApiError, float]:
        return await failure(hang), asyncio.get_running_loop().time()

    error, took = run_virtual(work())
    assert isinstance(error, OutcomeUnknown)
    assert error.fault is LossFault.TIMEOUT
    assert took == 30.0


async def test_a_closed_client_sends_nothing() -> None:
    handler, seen = script()
    http = client(handler)
    await http.aclose()
    with pytest.raises(ConnectFailed) as caught:
        await exchange(http, "GET", f"{BASE}/x", headers={})
    assert caught.value.fault is ConnectFault.CLOSED
    assert seen == []


def test_the_steps_have_their_limits() -> None:
    assert Limits().timeout().as_dict() == {"connect": 5.0, "read": 20.0, "write": 10.0, "pool": 5.0}


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def on_socket(serve: Serve, *, limits: Limits | None = None) -> Reply:
    """POST to a real server that answers with `serve`."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, httpx.AsyncClient(trust_env=False) as http:
        url = f"http://127.0.0.1:{port}/x"
        return await exchange(http, "POST", url, headers={}, content=b"{}", limits=limits)


async def test_a_real_server_is_read() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")
        await writer.drain()

    assert (await on_socket(serve)).body == b"fine"


async def test_a_real_reset_after_the_body_is_unknown() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")

    with pytest.raises(OutcomeUnknown):
        await on_socket(serve)


async def test_a_real_answer_that_stops_is_truncated() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nfine")
        await writer.drain()

    with pytest.raises(BadReply) as caught:
        await on_socket(serve)
    assert caught.value.fault is ReplyFault.TRUNCATED


async def test_a_real_silence_times_out_as_unknown() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    with pytest.raises(OutcomeUnknown) as caught:
        await on_socket(serve, limits=Limits(read=0.05))
    assert caught.value.fault is LossFault.TIMEOUT


async def test_a_port_nobody_listens_on_is_a_failed_connection() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/x"
        async with httpx.AsyncClient(trust_env=False) as http:
            with pytest.raises(ConnectFailed) as caught:
                await exchange(http, "POST", url, headers={}, content=b"{}")
    assert caught.value.fault is ConnectFault.NETWORK


class Stream:
    """A body in two pieces that tells whether it was closed."""

    content_type = "text/plain"
    length = 2
    is_closed = False

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        try:
            yield b"a"
            yield b"b"
        finally:
            self.is_closed = True


def test_a_streamed_body_has_no_overall_limit_and_is_closed() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        assert (await request.aread(), request.headers["content-length"]) == (b"ab", "2")
        await asyncio.sleep(100)
        return answer(200)

    async def work(content: bytes | Stream) -> int:
        async with client(slow) as http:
            return (await exchange(http, "POST", f"{BASE}/x", headers={}, content=content)).status

    stream = Stream()
    assert run_virtual(work(stream)) == 200
    assert stream.is_closed
    with pytest.raises(OutcomeUnknown):
        run_virtual(work(b"ab"))


async def test_a_stream_that_never_left_is_told() -> None:
    handler, _ = script(httpx.ConnectError("x"))
    stream = Stream()
    async with client(handler) as http:
        with pytest.raises(ConnectFailed):
            await exchange(http, "POST", f"{BASE}/x", headers={}, content=stream)
