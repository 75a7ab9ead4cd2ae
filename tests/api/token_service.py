"""A token endpoint and a key store for tests: counted, slow, rotating, failing on demand."""

import asyncio
import random
from dataclasses import replace

from app.api.errors import ApiError, ErrorDetails, GrantNotKept, OAuthRefused
from app.api.grants import Grant, TokenReply


class FakeStore:
    """A key store that can be slow, broken or emptied."""

    def __init__(self, refresh_token: str | None = "R1") -> None:
        self.grant = None if refresh_token is None else Grant(refresh_token, hub_id="7")
        self.is_broken = False
        self.saved: list[str] = []
        self.delay = 0.0

    async def load(self) -> Grant | None:
        await asyncio.sleep(self.delay)
        return self.grant

    async def save(self, grant: Grant) -> None:
        await asyncio.sleep(self.delay)
        if self.is_broken:
            raise GrantNotKept
        self.grant = grant
        self.saved.append(grant.refresh_token)


class FakeTokenService:
    """Answers refreshes with A1, A2, … and, when `rotates`, a new refresh token that ends the old one."""

    def __init__(self, *, rotates: bool = False, expires_in: float = 1_800.0) -> None:
        self.calls: list[str] = []
        self.valid = "R1"
        self.rotates = rotates
        self.expires_in = expires_in
        self.failures: list[ApiError] = []
        self.delay = 0.2
        self.source: random.Random | None = None

    async def refresh(self, refresh_token: str) -> TokenReply:
        """What `OAuthClient.refresh` does."""
        self.calls.append(refresh_token)
        await asyncio.sleep(self.source.uniform(0.0, 2.0) if self.source else self.delay)
        if self.failures:
            raise self.failures.pop(0)
        if refresh_token != self.valid:
            raise OAuthRefused("invalid_grant", ErrorDetails(status=400))
        reply = TokenReply(f"A{len(self.calls)}", self.expires_in)
        if self.rotates:
            self.valid = f"R{len(self.calls) + 1}"
            reply = replace(reply, refresh_token=self.valid)
        return reply
