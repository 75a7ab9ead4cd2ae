"""What a sign-in yields: the reply of the token endpoint, and the grant that is kept."""

from dataclasses import dataclass, field, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TokenReply:
    """One answer of the token endpoint (reference 4.5); a refresh may leave out all but the access token.

    `expires_in` is in seconds. `repr` shows no token.
    """

    access_token: str = field(repr=False)
    expires_in: float
    refresh_token: str | None = field(default=None, repr=False)
    hub_id: str | None = None
    user_id: str | None = None
    scopes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What is kept of a sign-in; the refresh token belongs into the key store. `repr` does not show it."""

    refresh_token: str = field(repr=False)
    hub_id: str | None = None
    user_id: str | None = None
    scopes: tuple[str, ...] = ()

    def merged(self, reply: TokenReply) -> "Grant":
        """This grant with everything that `reply` names; what it leaves out stays."""
        return replace(
            self,
            refresh_token=reply.refresh_token or self.refresh_token,
            hub_id=self.hub_id if reply.hub_id is None else reply.hub_id,
            user_id=self.user_id if reply.user_id is None else reply.user_id,
            scopes=self.scopes if reply.scopes is None else reply.scopes,
        )


class GrantStore(Protocol):
    """Where the grant of one account is kept. Both raise GrantNotKept and nothing else."""

    async def load(self) -> Grant | None:
        """The grant as it is kept now; None once the account is signed out."""
        ...

    async def save(self, grant: Grant) -> None:
        """Keep it durably (and read it back) before returning."""
        ...
