"""The bars of "Sign-in": hostile requests, addresses, closing, replays; on real loopback sockets."""

import asyncio
import random
import time

import pytest

from app.api.loopback import LoopbackReceiver
from app.api.loopback_head import CodeReceived
from tests.api.browser import STATE, Hostile, good, request, send, status
from tests.guards.figures import Count, Report

ANY = (0, 0, 0)


@pytest.mark.bar
@pytest.mark.timeout(1_200)
async def test_hostile_requests(rng: random.Random, count: Count, figure: Report) -> None:
    requests, at_once, completed, answered = count(4_000, 10_000), 8, 0, 0
    async with LoopbackReceiver(ANY, STATE) as receiver:
        hostile = Hostile(rng, receiver.port)

        async def attack() -> None:
            nonlocal completed, answered
            address = rng.choice(["127.0.0.1", "::1"])
            data = hostile.request()
            is_complete = b"\r\n\r\n" in data or len(data) > 8_192
            reply = await send(receiver.port, data if is_complete else data + b"\r\n\r\n", address=address)
            completed += status(reply) == 200
            answered += status(reply) == 400

        for _ in range(requests // at_once):
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(attack())
        assert completed == 0
        reply = await send(receiver.port, good(receiver))
        assert status(reply) == 200, "the listener is dead"
        assert await receiver.wait() == CodeReceived("the-code")
    done = requests // at_once * at_once
    assert answered > 0.9 * done
    figure("hostile requests that completed a sign-in", f"{completed} of {done}", 0)
    figure("hostile requests that killed a sign-in", f"0 of {done}", 0)


async def test_no_socket_is_open_to_others(figure: Report) -> None:
    async with LoopbackReceiver(ANY, STATE) as receiver:
        hosts = [each.getsockname()[0] for server in receiver._servers for each in server.sockets]
        outside = [host for host in hosts if host not in {"127.0.0.1", "::1"}]
    assert sorted(hosts) == ["127.0.0.1", "::1"]
    figure("sign-in sockets on non-loopback addresses", len(outside), 0)


async def _milliseconds_until_closed(port: int) -> float:
    started = time.perf_counter()
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return (time.perf_counter() - started) * 1_000
        writer.transport.abort()
        await asyncio.sleep(0)


@pytest.mark.parametrize("is_success", [True, False])
async def test_the_listener_closes_at_once(is_success: bool, figure: Report) -> None:
    slowest = 0.0
    for _ in range(50):
        async with LoopbackReceiver(ANY, STATE) as receiver:
            waiting = asyncio.ensure_future(receiver.wait())
            if is_success:
                await send(receiver.port, good(receiver))
                slowest = max(slowest, await _milliseconds_until_closed(receiver.port))
                assert await waiting == CodeReceived("the-code")
            else:
                waiting.cancel()
                await receiver.aclose()
                slowest = max(slowest, await _milliseconds_until_closed(receiver.port))
                await asyncio.wait({waiting})
    how = "success" if is_success else "cancel"
    figure(f"listener closed after {how}, slowest of 50", f"{slowest:.1f} ms", "<= 100 ms")


@pytest.mark.bar
async def test_replays(rng: random.Random, figure: Report) -> None:
    accepted = 0
    for number in range(1_000):
        async with LoopbackReceiver(ANY, STATE) as receiver:
            used = good(receiver)
            await send(receiver.port, used)
            assert await receiver.wait() == CodeReceived("the-code")
            if number % 2:
                accepted += status(await send(receiver.port, used)) == 200
                continue
        # The next attempt on the same port has a state of its own.
        async with LoopbackReceiver((receiver.port,), f"{number:04}-{rng.random()}-next") as following:
            accepted += status(await send(following.port, used)) == 200
            mine = request(f"/oauth/callback?code=the-code&state={STATE}", f"localhost:{following.port}")
            accepted += status(await send(following.port, mine)) == 200
    assert accepted == 0
    figure("replayed codes and states accepted", f"{accepted} of 1000", 0)
