"""A scripted HubSpot below httpx, and everything a gateway needs to talk to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx
import msgspec

from app.api.clock import Clock
from app.api.pacing import FlightGate
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.api.versions import PATHS, ApiVersion
from app.domain.accounts import Account, AccountId, AppCredentials, Workspace
from app.domain.problems import StorageFailed, StorageTrouble
from app.gateways.endpoints import ServiceEndpoints
from app.gateways.problems import Calls

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BASE = "https://api.example.test"
PATHS_NOW = PATHS[ApiVersion.V2026_03]
CREDENTIALS = AppCredentials("client-1", "secret-1")
ACCOUNT = Account(
    id=AccountId("live-4711-77"),
    workspace=Workspace.LIVE,
    portal_id=4711,
    portal_name="Northwind",
    user_id="77",
    email="ada@northwind.test",
    full_name="Ada Lovelace",
    ui_domain="app-eu1.hubspot.com",
    portal_zone="Europe/Berlin",
    scopes=frozenset({"oauth"}),
    connected_at=NOW,
)

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def reply(body: object = None, status: int = 200, **headers: str) -> httpx.Response:
    """A JSON answer."""
    found = {"Content-Type": "application/json", **{name.replace("_", "-"): v for name, v in headers.items()}}
    return httpx.Response(status, headers=found, content=msgspec.json.encode({} if body is None else body))


def refusal(status: int, category: str = "VALIDATION_ERROR", **parts: object) -> httpx.Response:
    """HubSpot's error body."""
    body = {"status": "error", "message": "No.", "correlationId": "c-1", "category": category, **parts}
    return reply(body, status)


class _Body(httpx.AsyncByteStream):
    """A body as it comes off the wire, not read yet."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


@dataclass
class FakeHubSpot:
    """Answers by method and path, the last answer of a list again and again; notes what was asked."""

    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)

    def on(self, method: str, path: str, *answers: Answer) -> None:
        """Answer calls of `path` (percent-encoded as it is sent) with these."""
        self.answers[method, path] = list(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request)
        key = (request.method, request.url.raw_path.decode().partition("?")[0])
        left = self.answers.get(key)
        assert left is not None, f"nothing was scripted for {key}"
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx.Response):
            return httpx.Response(found.status_code, headers=found.headers, stream=_Body(found.content))
        return found(request)

    def calls(self, path_part: str) -> list[httpx.Request]:
        """The requests whose path holds `path_part`."""
        return [request for request in self.asked if path_part in request.url.raw_path.decode()]

    def client(self) -> httpx.AsyncClient:
        """An HTTP client whose every request comes here."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self), trust_env=False)


class JumpingTime:
    """Time that passes only by sleeping, and then at once."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.seconds += seconds
        await asyncio.sleep(0)

    def now(self) -> datetime:
        """The present instant."""
        return NOW + timedelta(seconds=self.seconds)

    def rules(self) -> CallRules:
        """Call rules that wait in this time."""
        clock = Clock(monotonic=lambda: self.seconds, utc_now=self.now, sleep=self.sleep)
        return CallRules(clock=clock)


def session_on(hubspot: FakeHubSpot, time: JumpingTime) -> ApiSession:
    """A session with a fixed token."""
    rules = time.rules()
    throttle = Throttle(FlightGate(), clock=rules.clock)
    return ApiSession(hubspot.client(), BASE, FixedToken("T-1"), throttle, rules=rules)


def calls() -> Calls:
    """The translator of the account's calls."""
    return Calls(ACCOUNT.id, lambda: NOW)


def query_of(request: httpx.Request) -> dict[str, str]:
    """The query of a request."""
    return dict(request.url.params)


def json_of(request: httpx.Request) -> Any:
    """The JSON body of a request."""
    return msgspec.json.decode(request.content)


def form_of(request: httpx.Request) -> Mapping[str, str]:
    """The form body of a request."""
    return dict(parse_qsl(request.content.decode()))


class FakeVault:
    """`SecretVault` in memory; `trouble` makes every call fail."""

    def __init__(self) -> None:
        self.items: dict[str, str] = {}
        self.writes: list[str] = []
        self.trouble: StorageTrouble | None = None

    is_durable = True

    def _check(self) -> None:
        if self.trouble is not None:
            raise StorageFailed(self.trouble, "Fake store")

    async def read(self, name: str) -> str | None:
        """The secret, or None."""
        self._check()
        return self.items.get(name)

    async def write(self, name: str, secret: str) -> None:
        """Keep it."""
        self._check()
        self.writes.append(secret)
        self.items[name] = secret

    async def delete(self, name: str) -> None:
        """Forget it."""
        self._check()
        self.items.pop(name, None)


@dataclass
class FakeEndpoints:
    """An endpoint source on a scripted HubSpot; `problem` is raised instead where it is set."""

    hubspot: FakeHubSpot
    ports: tuple[int, ...] = (0,)
    version: ApiVersion = ApiVersion.V2026_03
    credentials: AppCredentials = CREDENTIALS
    problem: Exception | None = None
    asked: int = 0

    async def __call__(self, workspace: Workspace) -> ServiceEndpoints:
        """The endpoints."""
        self.asked += 1
        if self.problem is not None:
            raise self.problem
        return ServiceEndpoints(
            authorize_base="https://app.example.test",
            api_base=BASE,
            credentials=self.credentials,
            ports=self.ports,
            version=self.version,
            http=self.hubspot.client(),
            flights=FlightGate(),
        )
