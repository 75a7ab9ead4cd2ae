"""Keeps an account's access token fresh: one refresher, kept before used, blind to the wall clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from app.api.clock import Clock
from app.api.errors import (
    ApiError,
    GrantNotKept,
    OAuthRefused,
    RateLimited,
    SignInLost,
    TokenUnavailable,
)
from app.api.grants import Grant, GrantStore, TokenReply
from app.api.single_flight import SingleFlight

_RENEW_AT: Final = 0.8
_SHORTEST_LIFE: Final = 30.0
_PAUSE_AFTER_FAILURE: Final = 30.0
_GRANT_IS_DEAD: Final = "invalid_grant"
_SIGNED_OUT: Final = "signed_out"
_CREDENTIALS_ARE_WRONG: Final = frozenset({"invalid_client", "unauthorized_client"})


@dataclass(frozen=True, slots=True)
class _Access:
    """An access token with its times in `Clock.monotonic` seconds."""

    token: str = field(repr=False)
    renew_at: float
    expires_at: float

    @classmethod
    def of(cls, reply: TokenReply, asked_at: float) -> "_Access":
        life = max(reply.expires_in, _SHORTEST_LIFE)
        return cls(reply.access_token, asked_at + life * _RENEW_AT, asked_at + life)


class RefreshingTokens:
    """The token source of one signed-in account (HubSpot reference 4.5).

    The access token lives in memory only. It is renewed at 80 % of its life and when the service refuses
    it; however many calls ask, one refresh runs, and a cancelled call does not cancel it. A refresh
    that fails for a passing reason leaves the grant alone, and a token that is still good is used on.
    """

    def __init__(
        self,
        store: GrantStore,
        refresh: Callable[[str], Awaitable[TokenReply]],
        *,
        initial: TokenReply | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`refresh` takes the refresh token (`OAuthClient.refresh`); `initial` comes fresh from a sign-in."""
        self._store = store
        self._refresh = refresh
        self._clock = clock or Clock()
        self._access = None if initial is None else _Access.of(initial, self._clock.monotonic())
        self._unkept: tuple[Grant, _Access] | None = None
        self._try_again_at = float("-inf")
        self._barred_until = float("-inf")
        self._lost: str | None = None
        self._flight: SingleFlight[str] = SingleFlight()

    async def current(self) -> str:
        """A token that is good as far as this computer can know.

        Raises SignInLost, and TokenUnavailable when there is no good token and none can be had now.
        """
        access, now = self._access, self._clock.monotonic()
        if access is None or now >= access.expires_at:
            return await self._flight.join(self._renew)
        if now < max(access.renew_at, self._try_again_at):
            return access.token
        try:
            return await self._flight.join(self._renew)
        except TokenUnavailable:
            if self._access is not access:
                raise
            return access.token

    async def renewed(self, rejected: str) -> str:
        """Another token than `rejected`; the newest one when somebody has renewed it meanwhile.

        Raises SignInLost, TokenUnavailable.
        """
        access = self._access
        if access is not None and access.token != rejected:
            return access.token
        self._access = None
        return await self._flight.join(self._renew)

    async def aclose(self) -> None:
        """Renew no more; a refresh under way may finish within a second. Comes before forgetting a grant."""
        self._lost = self._lost or _SIGNED_OUT
        self._access = None
        await self._flight.aclose()

    async def _renew(self) -> str:
        """The one refresh: nobody else is in here, so what it reads is what it decides on."""
        if self._lost is not None:
            raise SignInLost(self._lost)
        barred = self._barred_until - self._clock.monotonic()
        if barred > 0:
            raise TokenUnavailable(RateLimited(retry_after=barred, is_stated=False))
        try:
            access = await self._fresh_access()
        except SignInLost as error:
            if error.code == _GRANT_IS_DEAD:
                self._lost = error.code
            raise
        except ApiError as error:
            now = self._clock.monotonic()
            self._try_again_at = now + _PAUSE_AFTER_FAILURE
            self._barred_until = now + (error.retry_after or 0.0)
            raise TokenUnavailable(error) from error
        self._access = access
        return access.token

    async def _fresh_access(self) -> _Access:
        if self._unkept is not None:
            grant, access = self._unkept
            await self._store.save(grant)
            self._unkept = None
            if self._clock.monotonic() < access.expires_at:
                return access
        kept = await self._store.load()
        if kept is None:
            raise SignInLost(_SIGNED_OUT)
        asked_at = self._clock.monotonic()
        grant, reply = await self._ask(kept)
        access = _Access.of(reply, asked_at)
        merged = grant.merged(reply)
        if merged != grant:
            try:
                await self._store.save(merged)
            except GrantNotKept:
                self._unkept = (merged, access)
                raise
        return access

    async def _ask(self, grant: Grant) -> tuple[Grant, TokenReply]:
        """Refresh with `grant`, or with the one that has replaced it in the store meanwhile."""
        while True:
            try:
                return grant, await self._refresh(grant.refresh_token)
            except OAuthRefused as error:
                if error.code in _CREDENTIALS_ARE_WRONG:
                    raise SignInLost(error.code, error.details) from error
                if error.code != _GRANT_IS_DEAD:
                    raise
                kept = await self._store.load()
                if kept is None or kept.refresh_token == grant.refresh_token:
                    raise SignInLost(error.code, error.details) from error
                grant = kept
