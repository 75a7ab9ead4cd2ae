"""A scheduler on its own: an app with the bearer already checked, a world from a seed, a clock to turn."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.sandbox.auth import AccessToken
from app.sandbox.crm.store import RecordStore
from app.sandbox.errors import HubSpotError
from app.sandbox.hubspot.scheduler import scheduler_routes
from app.sandbox.hubspot.scheduler.parameters import known_link
from app.sandbox.wire import refusal
from app.sandbox.world import World, build_world
from app.sandbox.world.links import MeetingLink
from app.sandbox.world.people import MEI
from tests.sandbox.scheduler.field_tables import ERROR

VERSIONS = ("v3", "2025-09", "2026-03", "2026-09")
MONDAY = datetime(2026, 11, 23, 15, 15, tzinfo=UTC)
READ = "scheduler.meetings.meeting-link.read"
WRITE = "crm.objects.contacts.write"


@dataclass
class Clock:
    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        self.moment += timedelta(**step)


@dataclass
class Bearer:
    """Stands where the server's bearer check stands."""

    app: ASGIApp
    scopes: set[str] = field(default_factory=lambda: {READ, WRITE})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            token = AccessToken("t", frozenset(self.scopes), MEI.user_id, 8412770)
            scope.setdefault("state", {})["token"] = token
        await self.app(scope, receive, send)


async def _refuse(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HubSpotError)
    return refusal(problem)


def make_app(world: World) -> Bearer:
    routes = [route for version in VERSIONS for route in scheduler_routes(version)]
    app = Starlette(routes=routes, exception_handlers={HubSpotError: _refuse})
    app.state.world = world
    return Bearer(app)


class Http:
    """Sends requests to an app in this process, one after the other."""

    def __init__(self, app: ASGIApp, runner: asyncio.Runner) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox")
        self._runner = runner

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def close(self) -> None:
        self._runner.run(self._client.aclose())


@contextmanager
def serving(world: World) -> Iterator["Scheduler"]:
    app = make_app(world)
    with asyncio.Runner() as runner:
        http = Http(app, runner)
        yield Scheduler(http, world, app)
        http.close()


@dataclass
class Scheduler:
    """One version of the scheduler as a client sees it."""

    http: Http
    world: World
    bearer: Bearer
    version: str = "2026-03"

    def get(self, path: str, **query: Any) -> Any:
        return self.http.request("GET", f"/scheduler/{self.version}/meetings/{path}", params=query)

    def post(self, path: str, body: Any, **query: Any) -> Any:
        return self.http.request(
            "POST", f"/scheduler/{self.version}/meetings/{path}", json=body, params=query
        )

    def link(self, name: str) -> MeetingLink:
        return self.world.links.named(name)

    def page(self, link: MeetingLink, offset: int = 0, zone: str = "Europe/Berlin") -> Any:
        slug = link.slug.replace("/", "%2F")
        reply = self.get(
            f"meeting-links/book/availability-page/{slug}", timezone=zone, monthOffset=str(offset)
        )
        assert reply.status_code == 200, reply.text
        return reply.json()

    def starts(
        self, link: MeetingLink, offset: int = 0, zone: str = "Europe/Berlin", nth: int = 0
    ) -> list[int]:
        found = self.page(link, offset, zone)["linkAvailability"]["linkAvailabilityByDuration"]
        slots = found[str(link.settings.durations_ms[nth])]["availabilities"]
        return [slot["startMillisUtc"] for slot in slots]

    def body(self, link: MeetingLink, **changes: Any) -> dict[str, Any]:
        """A body that books the first slot of next month with every required answer given."""
        answers = {
            "text": "a text",
            "textarea": "two\nlines",
            "phonenumber": "+49 30 1",
            "number": "12",
            "date": "2026-12-24",
            "file": "https://files.example/a.pdf",
        }
        body: dict[str, Any] = {
            "slug": link.slug,
            "startTime": None,
            "duration": link.settings.durations_ms[0],
            "firstName": "Ada",
            "lastName": "Okafor",
            "email": "ada@northwind.example",
            "formFields": [
                {
                    "name": each.name,
                    "value": each.options[0].value if each.options else answers[each.field_type],
                }
                for each in link.settings.fields
                if each.is_required
            ],
            "legalConsentResponses": [
                {"communicationTypeId": box.type_id, "consented": True}
                for box in (link.settings.consent.checkboxes if link.settings.consent else ())
                if box.required
            ],
            "likelyAvailableUserIds": [],
            "timezone": "America/New_York",
            "locale": "en-us",
        }
        body.update(changes)
        if body["startTime"] is None:
            months = (self.starts(link, offset) for offset in range(1, 6))
            body["startTime"] = next(starts for starts in months if starts)[0]
        return {name: value for name, value in body.items() if value is not ...}

    def book(self, link: MeetingLink, **changes: Any) -> Any:
        return self.post("meeting-links/book", self.body(link, **changes))

    def known(self, slug: str) -> MeetingLink:
        return known_link(self.world, slug)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return build_world(seed=7, now=clock, store=RecordStore(clock=clock), meetings=60)


@pytest.fixture
def scheduler(world: World) -> Iterator[Scheduler]:
    with serving(world) as served:
        yield served


def refused(reply: Any, status: int = 400, category: str = "VALIDATION_ERROR", sub: str | None = None) -> Any:
    """Assert a documented refusal and return its body."""
    assert reply.status_code == status, reply.text
    body = reply.json()
    ERROR(body)
    assert body["category"] == category
    assert body.get("subCategory") == sub
    return body
