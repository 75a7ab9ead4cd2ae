"""Calling a provider's endpoint as Pipedrive's servers do: Basic auth, a JSON body, one try."""

import base64
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

_TIMEOUT_S: Final = 10.0
_BODY_LIMIT: Final = 256 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call and its answer: status 0: none came, `reply` says why; an empty `finding` is fine."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str
    status: int
    reply: str
    took_ms: float
    finding: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for the steering."""
        return {
            "method": self.method,
            "url": self.url,
            "headers": dict(self.headers),
            "body": self.body,
            "status": self.status,
            "reply": self.reply,
            "tookMs": round(self.took_ms, 1),
            "finding": self.finding,
        }


def is_loopback(url: str) -> bool:
    """Say whether an address is http on this computer; the sandbox calls no other."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and parts.hostname in _LOOPBACK and (parts.port or 80) > 0
    except ValueError:
        return False


def call_provider(method: str, url: str, credentials: tuple[str, str], body: Any = None) -> Exchange:
    """Call and wait at most ten seconds (blocking); whatever happens is in the exchange."""
    basic = base64.b64encode(":".join(credentials).encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "User-Agent": "Pipedrive (sandbox)"}
    content = b"" if body is None else msgspec.json.encode(body)
    if body is not None:
        headers["Content-Type"] = "application/json"
    started = time.perf_counter()
    status, reply = _sent(method, url, headers, content)
    took_ms = (time.perf_counter() - started) * 1000
    return Exchange(method, url, headers, content.decode(), status, reply, took_ms)


def _sent(method: str, url: str, headers: Mapping[str, str], content: bytes) -> tuple[int, str]:
    if not is_loopback(url):
        return 0, "Not sent: the sandbox calls only http addresses of this computer."
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_TIMEOUT_S)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, content or None, dict(headers))
        response = connection.getresponse()
        return response.status, response.read(_BODY_LIMIT).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return 0, f"No answer: {problem or type(problem).__name__}"
    finally:
        connection.close()
