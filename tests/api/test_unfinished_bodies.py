"""A body that is too large is left unread, and nothing of it is left to the garbage collector."""

import asyncio
from collections.abc import AsyncGenerator

import httpx
import pytest

from app.api.errors import BadReply, ReplyFault
from app.api.exchange import Limits, exchange


class EndlessStream(httpx.AsyncByteStream):
    """Never ends; notes whether its generator was closed, and whether while it was still wanted."""

    def __init__(self) -> None:
        self.is_closed = False
        self.ended: list[str] = []

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield b"x" * 1000
        finally:
            self.ended.append("closed first" if self.is_closed else "dropped while open")

    async def aclose(self) -> None:
        """The connection is given back."""
        self.is_closed = True


async def test_its_connection_is_closed_first_and_its_generators_at_once() -> None:
    stream = EndlessStream()
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, stream=stream))
    async with httpx.AsyncClient(transport=transport) as http:
        with pytest.raises(BadReply) as caught:
            await exchange(http, "GET", "http://localhost/", headers={}, limits=Limits(body=5000))
        assert caught.value.fault is ReplyFault.TOO_LARGE
        # The error, and with it every frame on the way, is still alive here.
        async with asyncio.timeout(5):
            while not stream.ended:  # noqa: ASYNC110 - it ends at the loop's next turn
                await asyncio.sleep(0)
        assert stream.ended == ["closed first"]
