"""An account's grant in the key store: one item a secret, the refresh token only."""

from app.api.errors import GrantNotKept
from app.api.grants import Grant
from app.domain.accounts import AccountId
from app.domain.ports import SecretVault
from app.domain.problems import Problem


def secret_name(account_id: AccountId) -> str:
    """Under which name the refresh token of an account is kept."""
    return f"hubspot-refresh-token-{account_id}"


class VaultGrantStore:
    """Fulfils the API layer's `GrantStore` with the key store.

    HubSpot sends the same refresh token with every refresh: only another one is written.
    """

    def __init__(self, vault: SecretVault, account_id: AccountId) -> None:
        self._vault = vault
        self._name = secret_name(account_id)
        self._kept: str | None = None

    async def load(self) -> Grant | None:
        """The grant as it is kept now. Raises GrantNotKept."""
        try:
            self._kept = await self._vault.read(self._name)
        except Problem as problem:
            raise GrantNotKept from problem
        return Grant(self._kept) if self._kept else None

    async def save(self, grant: Grant) -> None:
        """Keep it before it is used. Raises GrantNotKept."""
        if grant.refresh_token == self._kept:
            return
        try:
            await self._vault.write(self._name, grant.refresh_token)
        except Problem as problem:
            raise GrantNotKept from problem
        self._kept = grant.refresh_token
