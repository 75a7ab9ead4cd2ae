"""Waits on this computer's loopback for the browser to come back from a sign-in.

Binds first; the caller opens the browser afterwards. Anything but the one right request gets a 400 and
changes nothing; the first right one wins and closes the listener.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from app.api.clock import Clock
from app.api.loopback_head import (
    END_OF_HEAD,
    LARGEST_HEAD,
    CallbackResult,
    CodeReceived,
    Expected,
    read_callback,
)
from app.api.loopback_page import PageText, PageTexts, page
from app.api.loopback_sockets import bind_first_free

CALLBACK_PATH: Final = "/oauth/callback"
_LONGEST_WAIT: Final = 30.0
_LAST_WORDS: Final = 0.5


class CallbackTimedOut(Exception):  # noqa: N818
    """Nobody came back in time; declining at HubSpot looks like this too (it sends nothing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverRules:
    """Seconds for the whole wait and for one connection, connections at once, words, and the time."""

    overall: float = 300.0
    connection: float = 2.0
    connections: int = 16
    texts: PageTexts = field(default_factory=PageTexts)
    clock: Clock = field(default_factory=Clock)


class LoopbackReceiver:
    """Listens on 127.0.0.1 and ::1, on one port, for one answer.

    Use it as an async context manager: entering binds (NoPortFree), leaving closes. One receiver
    serves one `state`; a second answer to it finds nobody listening.
    """

    def __init__(
        self,
        ports: Sequence[int],
        state: str,
        *,
        path: str = CALLBACK_PATH,
        rules: ReceiverRules | None = None,
    ) -> None:
        """`ports` are the registered ones in order of preference; `state` is at least 16 characters."""
        if len(state) < 16:
            raise ValueError("a state this short can be guessed")
        self._ports = tuple(ports)
        self._state = state
        self._path = path
        self._rules = rules or ReceiverRules()
        self._port = 0
        self._servers: list[asyncio.Server] = []
        self._connections: dict[_Connection, None] = {}
        self._departure = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._port, listeners = bind_first_free(self._ports)
        loop = asyncio.get_running_loop()
        self._result: asyncio.Future[CallbackResult] = loop.create_future()
        try:
            for listener in listeners:
                server = await loop.create_server(
                    lambda: _Connection(self), sock=listener, backlog=16, start_serving=False
                )
                self._servers.append(server)
                await server.start_serving()
        except BaseException:
            self._stop_listening()
            for listener in listeners:
                listener.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    @property
    def port(self) -> int:
        """The port that was free."""
        return self._port

    @property
    def redirect_uri(self) -> str:
        """What to register, to put into the authorize address, and to repeat in the token call."""
        return f"http://localhost:{self._port}{self._path}"

    @property
    def expected(self) -> Expected:
        """What the right request carries."""
        return Expected(path=self._path, host=f"localhost:{self._port}", state=self._state)

    @property
    def rules(self) -> ReceiverRules:
        """Limits and words."""
        return self._rules

    async def wait(self) -> CallbackResult:
        """The browser's answer. Raises CallbackTimedOut; cancel it to give up."""
        clock = self._rules.clock
        deadline = clock.monotonic() + self._rules.overall
        while not self._result.done():
            left = deadline - clock.monotonic()
            if left <= 0:
                self._stop_listening()
                raise CallbackTimedOut
            await asyncio.wait({self._result}, timeout=min(left, _LONGEST_WAIT))
        return self._result.result()

    async def aclose(self) -> None:
        """Close the listener at once, and every connection once its page is out."""
        self._stop_listening()
        self._result.cancel()
        for connection in tuple(self._connections):
            connection.hang_up()
        try:
            async with asyncio.timeout(_LAST_WORDS):
                await self._all_gone()
        except TimeoutError:
            for connection in tuple(self._connections):
                connection.abort()
            await self._all_gone()

    def judge(self, head: bytes) -> bytes:
        """The page for a whole request head; the first right one settles the sign-in."""
        result = None if self._result.done() else read_callback(head, self.expected)
        texts = self._rules.texts
        if result is None:
            return page(400, texts.stray)
        self._result.set_result(result)
        self._stop_listening()
        words: PageText = texts.received if isinstance(result, CodeReceived) else texts.refused
        return page(200, words)

    def note_opened(self, connection: "_Connection") -> None:
        """Make room for the newcomer: whoever has kept us waiting longest goes."""
        if len(self._connections) >= self._rules.connections:
            oldest = next(iter(self._connections))
            del self._connections[oldest]
            oldest.abort()
        self._connections[connection] = None

    def note_closed(self, connection: "_Connection") -> None:
        """Forget the connection."""
        self._connections.pop(connection, None)
        self._departure.set()

    async def _all_gone(self) -> None:
        while self._connections:
            self._departure.clear()
            await self._departure.wait()

    def _stop_listening(self) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()


class _Connection(asyncio.Protocol):
    """One connection: takes in a head, answers it, closes; all without a task of its own."""

    def __init__(self, receiver: LoopbackReceiver) -> None:
        self._receiver = receiver
        self._head = b""
        self._is_answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._receiver.rules.connection, self.abort)
        self._receiver.note_opened(self)

    def data_received(self, data: bytes) -> None:
        self._head += data
        end = self._head.find(END_OF_HEAD)
        is_too_long = len(self._head) > LARGEST_HEAD
        if end < 0 and not is_too_long:
            return
        is_whole = end + len(END_OF_HEAD) == len(self._head) and not is_too_long
        self._is_answered = True
        self._transport.write(self._receiver.judge(self._head if is_whole else b""))
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._deadline.cancel()
        self._receiver.note_closed(self)

    def hang_up(self) -> None:
        """Close now, unless an answer is on its way out."""
        if not self._is_answered:
            self._transport.close()

    def abort(self) -> None:
        """Close now, whatever is still to be sent."""
        self._transport.abort()
