"""Calls into the Pipedrive side of a sandbox in this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from app.sandbox.listener import Listener
from app.sandbox.pipedrive.app import PipedriveApplication
from app.sandbox.pipedrive.client import CLIENT_ID, CLIENT_SECRET, REDIRECT_URL
from app.sandbox.pipedrive.company import Company
from app.sandbox.pipedrive.service import PipedriveService
from app.sandbox.pipedrive.trouble import pipedrive_trouble
from app.sandbox.sandbox import Sandbox, SandboxOptions
from tests.sandbox.calling import MONDAY, TOKEN

QUERY = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT_URL, "state": "a state/with+signs & more"}
LINK = "3f1c7a52-9a55-4d0e-8b8e-5a2f5f0c4e11"


@dataclass
class Caller:
    """A client of one sandbox; `bearer` is sent with every call unless it is None."""

    sandbox: Sandbox
    client: httpx.AsyncClient
    runner: asyncio.Runner
    bearer: str | None = TOKEN

    @property
    def service(self) -> PipedriveService:
        return self.sandbox.pipedrive

    @property
    def company(self) -> Company:
        return self.service.main

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self.bearer is not None and "auth" not in options:
            headers.setdefault("Authorization", f"Bearer {self.bearer}")
        return self.runner.run(self.client.request(method, path, headers=headers, **options))

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.call("GET", path, **({"params": query} if query else {}))

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.call("POST", path, json=body)

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.call("PUT", path, json=body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.call("PATCH", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.call("DELETE", path)

    def form(self, path: str, fields: dict[str, str], **options: Any) -> httpx.Response:
        options.setdefault("auth", (CLIENT_ID, CLIENT_SECRET))
        return self.call("POST", path, data=fields, **options)

    def steer(self, path: str, body: Any) -> httpx.Response:
        reply = self.post(f"/__pipedrive__/{path}", body)
        assert reply.status_code < 300, reply.text
        return reply

    def using(self, bearer: str | None) -> "Caller":
        return Caller(self.sandbox, self.client, self.runner, bearer)

    def with_scopes(self, *scopes: str) -> "Caller":
        return self.using(self.service.grant(scopes=scopes).access_token)

    def link_body(self, **changes: Any) -> dict[str, Any]:
        me = self.get("/v1/users/me").json()["data"]
        return {
            "user_provider_id": LINK,
            "user_id": me["id"],
            "company_id": me["company_id"],
            "marketplace_client_id": CLIENT_ID,
            **changes,
        }


@contextmanager
def calling(**options: Any) -> Iterator[Caller]:
    """A fresh sandbox on Monday 23 November 2026, 08:00 UTC, whose clock stands still."""
    chosen = {"meetings": 24, "links": 8, "now": MONDAY, "frozen": True, "token": TOKEN, **options}
    with asyncio.Runner() as runner:
        sandbox = Sandbox(SandboxOptions(**chosen))
        api = PipedriveApplication(sandbox.pipedrive)
        listener = Listener(sandbox, "pipedrive", api, pipedrive_trouble)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(listener, raise_app_exceptions=True),
            base_url="http://localhost",
        )
        yield Caller(sandbox, client, runner)
        runner.run(client.aclose())
