"""A browser as the loopback receiver sees it: raw requests, and hostile ones by the thousand."""

import asyncio
import random
import string
from contextlib import suppress
from dataclasses import dataclass

from app.api.loopback import LoopbackReceiver

STATE = "Zy3vS0mqT1x8Kc5pQe7rUw9a"
GONE = (ConnectionError, asyncio.IncompleteReadError, TimeoutError, OSError)


def request(target: str, host: str, *lines: str) -> bytes:
    """A GET as a browser writes it."""
    head = [f"GET {target} HTTP/1.1", f"Host: {host}", "User-Agent: Test", "Accept: text/html", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")


async def send(port: int, data: bytes, *, address: str = "127.0.0.1") -> bytes:
    """What the receiver answers to these bytes; empty when it hung up or nobody listens."""
    try:
        reader, writer = await asyncio.open_connection(address, port)
    except OSError:
        return b""
    try:
        writer.write(data)
        await writer.drain()
        return await reader.read()
    except GONE:
        return b""
    finally:
        await hang_up(writer)


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close this end now."""
    writer.transport.abort()
    with suppress(*GONE):
        await writer.wait_closed()


def status(reply: bytes) -> int:
    """The status of an answer, 0 where there was none."""
    return int(reply[9:12]) if reply else 0


def good(receiver: LoopbackReceiver, code: str = "the-code") -> bytes:
    """The one right request."""
    target = f"/oauth/callback?code={code}&state={STATE}"
    return request(target, f"localhost:{receiver.port}")


@dataclass(frozen=True, slots=True)
class Hostile:
    """Makes requests that must never count; the right state is never among them."""

    source: random.Random
    port: int

    def request(self) -> bytes:
        """One hostile request."""
        makers = (self._target, self._host, self._method, self._noise, self._long, self._states, self._body)
        return self.source.choice(makers)()

    def _word(self, most: int = 30) -> str:
        return "".join(self.source.choices(string.ascii_letters + string.digits + "-_.~%", k=most))

    def _target(self) -> bytes:
        path = self.source.choice(
            [
                "/",
                "/favicon.ico",
                "/oauth/callback/",
                "/OAuth/Callback",
                "/oauth/callback/..",
                "//oauth/callback",
            ]
        )
        return request(f"{path}?code=x&state={self._word()}", f"localhost:{self.port}")

    def _host(self) -> bytes:
        host = self.source.choice(
            [
                "evil.test",
                f"127.0.0.1:{self.port}",
                "localhost",
                f"localhost:{self.port + 1}",
                f"localhost:{self.port}.evil.test",
                f"LOCALHOST:{self.port}",
            ]
        )
        return request(f"/oauth/callback?code=x&state={STATE}", host)

    def _method(self) -> bytes:
        method = self.source.choice(["POST", "HEAD", "OPTIONS", "PUT", "CONNECT", "get", "GET "])
        return good_head(self.port).replace(b"GET", method.encode(), 1)

    def _noise(self) -> bytes:
        return self.source.randbytes(self.source.randrange(1, 2_000))

    def _long(self) -> bytes:
        return b"GET /" + b"a" * self.source.randrange(8_100, 20_000) + b" HTTP/1.1\r\n\r\n"

    def _states(self) -> bytes:
        state = self.source.choice(
            [
                f"state={self._word()}",
                f"state={STATE[:-1]}",
                f"state={STATE}x",
                f"state={STATE.lower()}",
                f"state={STATE}&state={STATE}",
                f"state={STATE}&state={self._word()}",
                f"State={STATE}",
                f"state[]={STATE}",
                "state=",
                "",
                f"state={STATE}&code=&x=1",
                f"state={STATE}&code=a&code=b",
                f"state={STATE}&code=a&error=b",
                f"state={self._word()}&error=access_denied",
                f"state={STATE}&code=%00%0d%0a",
                f"state={STATE}&code=%ff%fe",
                "&".join(f"a{n}=1" for n in range(30)) + f"&state={STATE}&code=a",
            ]
        )
        code = "" if "code" in state or "error" in state else "code=x&"
        return request(f"/oauth/callback?{code}{state}", f"localhost:{self.port}")

    def _body(self) -> bytes:
        line = self.source.choice(
            [
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                f"Host: localhost:{self.port}",
                "Host: evil.test",
                " folded: line",
                "Upgrade: websocket",
                "Bad\tName: x",
                "NoColon",
                "Nul: \x00",
            ]
        )
        return request(f"/oauth/callback?code=x&state={STATE}", f"localhost:{self.port}", line)


def good_head(port: int) -> bytes:
    """The right request with the right state, for makers that spoil it."""
    return request(f"/oauth/callback?code=x&state={STATE}", f"localhost:{port}")
