"""The way every call of one account goes: token, pace, retry, and what the answer means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

import httpx

from app.api.addresses import api_base
from app.api.attempts import persist
from app.api.breaker import Breaker
from app.api.decoding import Decoded, Decoder
from app.api.error_reply import error_of
from app.api.errors import (
    ApiError,
    BadReply,
    ErrorDetails,
    Invalid,
    RateLimited,
    ReplyFault,
    ServerFailed,
    SignInLost,
    Unauthorized,
)
from app.api.exchange import exchange
from app.api.reply import Reply
from app.api.request import ApiRequest
from app.api.retry import RetryBudget
from app.api.rules import CallRules
from app.api.throttle import CallKind, Throttle

T = TypeVar("T")

_LONGEST_URL: Final = 8_000
# Reading this much row by row would hold up the window.
_LARGE_BODY: Final = 1024 * 1024


class TokenSource(Protocol):
    """Hands out the access token of one account."""

    async def current(self) -> str:
        """A token that should be good now. Raises TokenUnavailable, SignInLost."""
        ...

    async def renewed(self, rejected: str) -> str:
        """Another token than `rejected`, which the service refused. Raises TokenUnavailable, SignInLost."""
        ...


@dataclass(frozen=True, slots=True)
class FixedToken:
    """A token that is never renewed (a service key, or a script's fixed bearer)."""

    token: str = field(repr=False)

    async def current(self) -> str:
        """The token."""
        return self.token

    async def renewed(self, rejected: str) -> str:  # noqa: ARG002
        """Raises SignInLost: there is no other one."""
        raise SignInLost("fixed_token_refused")


class ApiSession:
    """One account's connection to one API host; the token goes to that exact host and nowhere else.

    `http` belongs to the caller. Raises ValueError for a `base_url` that is not https (or on this computer).
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        tokens: TokenSource,
        throttle: Throttle,
        *,
        rules: CallRules | None = None,
    ) -> None:
        self._http = http
        self._base = api_base(base_url)
        self._tokens = tokens
        self._throttle = throttle
        self._rules = rules or CallRules()
        self._budget = RetryBudget()
        self._breaker = Breaker()

    async def fetch(self, request: ApiRequest, decoder: Decoder[T]) -> Decoded[T]:
        """Send and decode the JSON answer; an unreadable one counts as a failure of the call.

        Raises ApiError; `delivery` says whether the request can have had an effect.
        """

        async def read(reply: Reply) -> Decoded[T]:
            if not reply.is_json:
                raise BadReply(ReplyFault.WRONG_TYPE, _details(reply))
            try:
                if len(reply.body) > _LARGE_BODY:
                    return await asyncio.to_thread(decoder.decode, reply.body)
                return decoder.decode(reply.body)
            except BadReply as error:
                raise BadReply(error.fault, _details(reply)) from error

        return await self._persist(request, read)

    async def send(self, request: ApiRequest) -> Reply:
        """Send, and give back the 2xx answer as it is (for answers without a body). Raises ApiError."""

        async def read(reply: Reply) -> Reply:
            return reply

        return await self._persist(request, read)

    async def _persist(self, request: ApiRequest, read: Callable[[Reply], Awaitable[T]]) -> T:
        patience = self._rules.patience.of(request.urgency)
        return await persist(
            lambda: self._guarded(request, patience, read),
            request_class=request.request_class,
            rules=self._rules,
            patience=patience,
            budget=self._budget,
        )

    async def _guarded(
        self, request: ApiRequest, patience: float, read: Callable[[Reply], Awaitable[T]]
    ) -> T:
        """One try under the breaker."""
        clock = self._rules.clock
        self._breaker.admit(clock.monotonic(), request.urgency)
        try:
            result = await read(await self._authorised(request, patience))
        except ApiError as error:
            self._breaker.note_failure(clock.monotonic(), error)
            raise
        except asyncio.CancelledError:
            self._breaker.note_abandoned()
            raise
        self._breaker.note_success()
        return result

    async def _authorised(self, request: ApiRequest, patience: float) -> Reply:
        """One try, and a second one with a renewed token after a 401 (which did nothing)."""
        used: list[str] = []
        try:
            return await self._admitted(request, patience, used)
        except Unauthorized:
            await self._tokens.renewed(used[-1])
            return await self._admitted(request, patience, used)

    async def _admitted(self, request: ApiRequest, patience: float, used: list[str]) -> Reply:
        """Wait for a token and a place, send, and note in `used` which token went along."""
        url = self._base + request.target
        if len(url) > _LONGEST_URL:
            raise Invalid(ErrorDetails(status=414))
        while True:
            # Renewed out here, where waiting for it holds no place; in there it is then just read.
            await self._tokens.current()
            async with self._throttle.admit(request.kind, request.urgency, patience=patience):
                token = await self._tokens.current()
                # A pause may have begun while the token was renewed after all.
                if not self._throttle.paused_for(request.kind, request.urgency):
                    used.append(token)
                    return await self._sent(request, url, token)

    async def _sent(self, request: ApiRequest, url: str, token: str) -> Reply:
        """Send once, now. Raises what the answer means."""
        headers = {"Authorization": f"Bearer {token}"}
        if request.content_type is not None:
            headers["Content-Type"] = request.content_type
        reply = await exchange(
            self._http,
            request.method,
            url,
            headers=headers,
            content=request.body,
            limits=self._rules.limits,
        )
        self._throttle.note_headers(reply.headers)
        if reply.is_success:
            return reply
        problem = error_of(reply, utc_now=self._rules.clock.utc_now())
        self._note_pause(request.kind, problem)
        raise problem

    def _note_pause(self, kind: CallKind, problem: ApiError) -> None:
        """Let no call start before the pause that the service asked for is over."""
        match problem:
            case RateLimited(retry_after=seconds, is_stated=True):
                self._throttle.pause(seconds)
            case RateLimited(retry_after=seconds):
                self._throttle.pause(seconds, kinds=(kind,))
            case ServerFailed(retry_after=float(seconds)):
                self._throttle.pause(seconds)


def _details(reply: Reply) -> ErrorDetails:
    return ErrorDetails(status=reply.status, correlation_id=reply.correlation_id)
