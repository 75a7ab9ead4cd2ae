"""The receiver on real loopback sockets."""

import asyncio
from dataclasses import replace

import pytest

from app.api.clock import Clock
from app.api.loopback import CallbackTimedOut, LoopbackReceiver, ReceiverRules
from app.api.loopback_head import CodeReceived, ErrorReceived
from app.api.loopback_page import PageText, PageTexts
from app.api.loopback_sockets import NoPortFree
from tests.api.browser import STATE, good, hang_up, request, send, status

ANY = (0, 0, 0)


def receiver_of(rules: ReceiverRules | None = None) -> LoopbackReceiver:
    return LoopbackReceiver(ANY, STATE, rules=rules)


async def is_closed(port: int) -> bool:
    for address in ("127.0.0.1", "::1"):
        try:
            _, writer = await asyncio.open_connection(address, port)
        except OSError:
            continue
        await hang_up(writer)
        return False
    return True


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
async def test_the_browser_comes_back_on_either_address(address: str) -> None:
    async with receiver_of() as receiver:
        assert receiver.redirect_uri == f"http://localhost:{receiver.port}/oauth/callback"
        reply = await send(receiver.port, good(receiver), address=address)
        assert status(reply) == 200
        assert b"go back to Slotdesk" in reply
        assert b"the-code" not in reply
        assert STATE.encode() not in reply
        assert await receiver.wait() == CodeReceived("the-code")
        assert await is_closed(receiver.port)


@pytest.mark.qt_loop
async def test_it_works_on_the_programs_own_loop() -> None:
    async with receiver_of() as receiver:
        assert status(await send(receiver.port, b"GET /favicon.ico HTTP/1.1\r\n\r\n")) == 400
        assert status(await send(receiver.port, good(receiver))) == 200
        assert await receiver.wait() == CodeReceived("the-code")


async def test_a_refusal_counts_only_with_the_right_state() -> None:
    async with receiver_of() as receiver:
        host = f"localhost:{receiver.port}"
        stray = request("/oauth/callback?error=access_denied&state=guessed", host)
        assert status(await send(receiver.port, stray)) == 400
        real = request(f"/oauth/callback?error=access_denied&state={STATE}", host)
        reply = await send(receiver.port, real)
        assert status(reply) == 200
        assert b"not connected" in reply
        assert await receiver.wait() == ErrorReceived("access_denied")


async def test_strays_get_a_400_and_listening_goes_on() -> None:
    async with receiver_of() as receiver:
        for data in (b"GET /favicon.ico HTTP/1.1\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"x" * 9_000):
            assert status(await send(receiver.port, data)) == 400
        assert status(await send(receiver.port, good(receiver) + b"body")) == 400
        padded = good(receiver).replace(b"User-Agent: Test", b"User-Agent: " + b"x" * 8_192)
        assert status(await send(receiver.port, padded)) == 400
        assert status(await send(receiver.port, good(receiver))) == 200


async def test_a_request_may_come_in_pieces() -> None:
    async with receiver_of() as receiver:
        reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        for piece in (good(receiver)[:20], good(receiver)[20:]):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        assert status(await reader.read()) == 200
        await hang_up(writer)
        assert await receiver.wait() == CodeReceived("the-code")


async def test_a_silent_connection_is_dropped() -> None:
    async with receiver_of(ReceiverRules(connection=0.05)) as receiver:
        assert await send(receiver.port, b"GET /oauth") == b""
        assert status(await send(receiver.port, good(receiver))) == 200


async def test_a_crowd_of_silent_connections_does_not_keep_the_browser_out() -> None:
    async with receiver_of() as receiver:
        idle = [await asyncio.open_connection("127.0.0.1", receiver.port) for _ in range(60)]
        assert status(await send(receiver.port, good(receiver))) == 200
        async with asyncio.timeout(1.0):
            assert await idle[0][0].read() == b""
        for _, writer in idle:
            await hang_up(writer)


async def test_a_second_right_request_on_an_open_connection_is_refused() -> None:
    async with receiver_of() as receiver:
        reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        await asyncio.sleep(0)
        assert status(await send(receiver.port, good(receiver, "first"))) == 200
        writer.write(good(receiver, "second"))
        assert status(await reader.read()) == 400
        await hang_up(writer)
        assert await receiver.wait() == CodeReceived("first")


async def test_more_after_the_answer_is_not_read() -> None:
    async with receiver_of() as receiver:
        connections = tuple(receiver._connections)
        assert connections == ()
        reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        assert status(await reader.readuntil(b"\r\n\r\n")) == 400
        await hang_up(writer)


async def test_nobody_came() -> None:
    async with receiver_of(ReceiverRules(overall=0.05)) as receiver:
        with pytest.raises(CallbackTimedOut):
            await receiver.wait()
        assert await is_closed(receiver.port)


async def test_the_time_that_counts_is_the_clocks() -> None:
    ticks = iter([0.0, 299.0, 300.0])
    rules = ReceiverRules(clock=replace(Clock(), monotonic=lambda: next(ticks)))
    async with receiver_of(rules) as receiver:

        async def come_back() -> None:
            await send(receiver.port, b"GET / HTTP/1.1\r\n\r\n")
            receiver._result.cancel()

        async with asyncio.TaskGroup() as group:
            group.create_task(come_back())
            with pytest.raises(asyncio.CancelledError):
                await receiver.wait()


async def test_cancelling_closes_everything() -> None:
    async with receiver_of() as receiver:
        waiting = asyncio.ensure_future(receiver.wait())
        _, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
    assert await is_closed(receiver.port)
    await hang_up(writer)


async def test_a_browser_that_does_not_read_is_not_waited_for_long() -> None:
    texts = PageTexts(stray=PageText("x" * 9_000_000, ""))
    answered = asyncio.Event()

    class Watched(LoopbackReceiver):
        def judge(self, head: bytes) -> bytes:
            answered.set()
            return super().judge(head)

    rules = ReceiverRules(texts=texts, connection=60.0)
    async with Watched(ANY, STATE, rules=rules) as receiver:
        _, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        assert await answered.wait()
    assert not receiver._connections
    await hang_up(writer)


async def test_ports_in_use_are_said_so() -> None:
    async with receiver_of() as first:
        with pytest.raises(NoPortFree) as refusal:
            async with LoopbackReceiver((first.port,), STATE):
                raise AssertionError
        assert refusal.value.ports == (first.port,)
        async with LoopbackReceiver((first.port, 0), STATE) as second:
            assert second.port != first.port


def test_a_guessable_state_is_refused() -> None:
    with pytest.raises(ValueError, match="guessed"):
        LoopbackReceiver(ANY, "short")
