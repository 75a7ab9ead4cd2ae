"""The HubSpot app's client id and secret: from the administrator's file, else from the key store."""

import asyncio
import tomllib
from concurrent.futures import Executor
from pathlib import Path
from typing import Final

from app.domain.accounts import AppCredentials
from app.domain.ports import SecretVault
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import file_troubles as troubles

_CLIENT_ID: Final = "hubspot-client-id"
_CLIENT_SECRET: Final = "hubspot-client-secret"  # noqa: S105 - the item's name


class ProvisionedCredentialStore:
    """Fulfils `CredentialStore`.

    The administrator's file is TOML: `client_id` and `client_secret`, both text, under `[hubspot]`.
    """

    def __init__(self, administrator_file: Path, vault: SecretVault, executor: Executor) -> None:
        self._file = administrator_file
        self._vault = vault
        self._executor = executor

    async def credentials(self) -> AppCredentials | None:
        """What sign-in uses, or None when nothing was entered.

        Raises StorageFailed: NOT_UNDERSTOOD for an administrator's file that says something else, UNREADABLE,
        or what the key store raises.
        """
        provisioned = await self._provisioned()
        if provisioned is not None:
            return provisioned
        client_id = await self._vault.read(_CLIENT_ID)
        client_secret = await self._vault.read(_CLIENT_SECRET)
        return AppCredentials(client_id, client_secret) if client_id and client_secret else None

    async def is_provisioned(self) -> bool:
        """Whether the administrator's file decides, so that the rep cannot change it."""
        return await self._provisioned() is not None

    async def save(self, credentials: AppCredentials | None) -> None:
        """Keep (or forget) what the rep typed, in the key store."""
        if credentials is None:
            await self._vault.delete(_CLIENT_SECRET)
            await self._vault.delete(_CLIENT_ID)
        else:
            await self._vault.write(_CLIENT_ID, credentials.client_id)
            await self._vault.write(_CLIENT_SECRET, credentials.client_secret)

    async def _provisioned(self) -> AppCredentials | None:
        return await asyncio.get_running_loop().run_in_executor(self._executor, _read, self._file)


def _read(path: Path) -> AppCredentials | None:
    with troubles.reading(path):
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    try:
        section = tomllib.loads(content.decode("utf-8-sig")).get("hubspot", {})
    except ValueError as reason:
        raise StorageFailed(StorageTrouble.NOT_UNDERSTOOD, str(path)) from reason
    match section:
        case {"client_id": str(client_id), "client_secret": str(client_secret)} if (
            client_id and client_secret
        ):
            return AppCredentials(client_id, client_secret)
        case {"client_id": _} | {"client_secret": _}:
            raise StorageFailed(StorageTrouble.NOT_UNDERSTOOD, str(path))
        case _:
            return None
