"""Calls into a sandbox in this process, the way its listener would be called over the network."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from app.sandbox.app import HubSpotApplication
from app.sandbox.crm.store import RecordStore
from app.sandbox.listener import Listener
from app.sandbox.oauth.client import CLIENT_ID, CLIENT_SECRET, CONDITIONAL, OPTIONAL, REDIRECT_URLS, REQUIRED
from app.sandbox.sandbox import Sandbox, SandboxOptions

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOKEN = "fixed-bearer"
CREDENTIALS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
QUERY = {
    "client_id": CLIENT_ID,
    "redirect_uri": REDIRECT_URLS[0],
    "scope": " ".join(sorted(REQUIRED | CONDITIONAL)),
    "optional_scope": " ".join(sorted(OPTIONAL)),
    "state": "a state/with+signs & more",
}


@dataclass
class Caller:
    """A client of one sandbox; `bearer` is sent with every call unless it is None."""

    sandbox: Sandbox
    client: httpx.AsyncClient
    runner: asyncio.Runner
    bearer: str | None = TOKEN

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self.bearer is not None:
            headers.setdefault("Authorization", f"Bearer {self.bearer}")
        return self.runner.run(self.client.request(method, path, headers=headers, **options))

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.call("GET", path, **({"params": query} if query else {}))

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.call("POST", path, json=body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.call("PATCH", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.call("DELETE", path)

    def form(self, path: str, fields: dict[str, str], **query: str) -> httpx.Response:
        return self.call("POST", path, data=fields, **({"params": query} if query else {}))

    def with_scopes(self, *scopes: str) -> "Caller":
        pair = self.sandbox.grant(scopes=frozenset(scopes))
        return Caller(self.sandbox, self.client, self.runner, pair.access_token)

    def anonymous(self) -> "Caller":
        return Caller(self.sandbox, self.client, self.runner, None)

    @property
    def store(self) -> RecordStore:
        return self.sandbox.portals[0].store

    def first_id(self, type_id: str) -> str:
        return next(iter(self.store.all(type_id))).id


@contextmanager
def calling(**options: Any) -> Iterator[Caller]:
    """A fresh sandbox on Monday 23 November 2026, 08:00 UTC, whose clock stands still."""
    chosen = {"meetings": 24, "links": 8, "now": MONDAY, "frozen": True, "token": TOKEN, **options}
    with asyncio.Runner() as runner:
        sandbox = Sandbox(SandboxOptions(**chosen))
        listener = Listener(sandbox, "hubspot", HubSpotApplication(sandbox))
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(listener, raise_app_exceptions=True),
            base_url="http://localhost",
        )
        yield Caller(sandbox, client, runner)
        runner.run(client.aclose())
