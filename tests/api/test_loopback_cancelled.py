"""A sign-in that is given up before it listens leaves no port taken."""

import asyncio

import pytest

from app.api.loopback import LoopbackReceiver
from app.api.loopback_sockets import bind_first_free

STATE = "a-state-that-is-long-enough"


@pytest.mark.parametrize("turns", range(4))
async def test_the_ports_are_free_again(turns: int) -> None:
    port, listeners = bind_first_free([0])
    for listener in listeners:
        listener.close()

    async def sign_in() -> None:
        async with LoopbackReceiver([port], STATE):
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(sign_in())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
    again, listeners = bind_first_free([port])
    assert again == port
    for listener in listeners:
        listener.close()
