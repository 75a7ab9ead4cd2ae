"""Operations of the API: method, path, token cost and scopes, and what happens before each is answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.pipedrive.budget import Budget
from app.sandbox.pipedrive.company import Company, PipedriveUser
from app.sandbox.pipedrive.errors import PipedriveError, not_open, refusal, scope_mismatch


@dataclass(frozen=True, slots=True)
class Call:
    """One authenticated call: the request, and the company and user it acts for."""

    request: Request
    company: Company
    user: PipedriveUser
    client_id: str

    def now(self) -> datetime:
        """The instant it is in the sandbox."""
        return self.company.clock()


Handler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `version` is 1 or 2, `path` begins behind the version, any of `scopes` will do."""

    version: int
    method: str
    path: str
    cost: int
    scopes: frozenset[str]
    handler: Handler

    @property
    def is_search(self) -> bool:
        """Say whether the search burst applies."""
        return self.path.endswith("/search") or self.path == "/itemSearch"

    def routes(self, budget: Budget) -> list[Route]:
        """Return its routes: v1 also answers without the `/api` in front."""
        prefixes = ("/api/v1", "/v1") if self.version == 1 else ("/api/v2",)

        async def answer(request: Request) -> Response:
            return await self._answer(request, budget)

        return [Route(f"{prefix}{self.path}", answer, methods=[self.method]) for prefix in prefixes]

    async def _answer(self, request: Request, budget: Budget) -> Response:
        session = request.state.session
        call = Call(request, session.company, session.user, request.app.state.desk.client.client_id)
        headers: dict[str, str] = {}
        try:
            if self.scopes and self.scopes.isdisjoint(session.scopes):
                raise scope_mismatch()
            headers = budget.spend(call.company, session.bearer, self.cost, search=self.is_search)
            if not call.company.open:
                raise not_open()
            response = await self.handler(call)
        except PipedriveError as problem:
            response = refusal(problem)
        response.headers.update(headers)
        return response
