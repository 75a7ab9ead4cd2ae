"""Secrets in the operating system's key store, or in memory where there is none."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, TypeVar

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.key_stores import KeyStore, find_key_store, is_locked
from app.storage.workers import DaemonWorker

_log = logging.getLogger(__name__)

T = TypeVar("T")

TIMEOUT_S: Final = 10.0
_COPIES: Final = 5
"""How many items of the same name are deleted at most; the Secret Service allows several."""


class KeyringSecretStore:
    """Fulfils `SecretVault`: one item per secret under `service`, read back after writing.

    Each call raises StorageFailed with the key store's name: LOCKED when it does not answer within
    `timeout_s` seconds or was left locked, UNREADABLE or READ_ONLY when it fails. Secrets are then neither
    kept elsewhere nor in a file.
    """

    def __init__(
        self,
        service: str = "Slotdesk",
        *,
        find: Callable[[], KeyStore | None] = find_key_store,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._service = service
        self._find = find
        self._timeout_s = timeout_s
        self._worker = DaemonWorker("key store")
        self._looked = False
        self._store: KeyStore | None = None
        self._memory: dict[str, str] = {}

    @property
    def is_durable(self) -> bool:
        """False once it is known that there is no key store; `prepare` finds out."""
        return self._store is not None or not self._looked

    async def prepare(self) -> bool:
        """Look for the key store, once; whether there is one. Raises StorageFailed(LOCKED, UNREADABLE)."""
        if not self._looked:
            store = await self._call(self._find, StorageTrouble.UNREADABLE)
            if not self._looked:
                self._store, self._looked = store, True
                _log.info("key store: %s", "none, memory only" if store is None else store.name)
        return self.is_durable

    def close(self) -> None:
        """Forget what was kept for this session and end the thread, without waiting for it."""
        self._memory.clear()
        self._worker.stop()

    async def read(self, name: str) -> str | None:
        """The secret, or None."""
        await self.prepare()
        store = self._store
        if store is None:
            return self._memory.get(name)
        return await self._call(lambda: store.get_password(self._service, name), StorageTrouble.UNREADABLE)

    async def write(self, name: str, secret: str) -> None:
        """Keep it, and read it back to be sure."""
        await self.prepare()
        store = self._store
        if store is None:
            self._memory[name] = secret
        elif not await self._call(lambda: self._write(store, name, secret), StorageTrouble.READ_ONLY):
            raise StorageFailed(StorageTrouble.READ_ONLY, store.name)

    async def delete(self, name: str) -> None:
        """Forget it; no error when there is none."""
        await self.prepare()
        store = self._store
        if store is None:
            self._memory.pop(name, None)
        elif not await self._call(lambda: self._delete(store, name), StorageTrouble.READ_ONLY):
            raise StorageFailed(StorageTrouble.READ_ONLY, store.name)

    def _write(self, store: KeyStore, name: str, secret: str) -> bool:
        store.set_password(self._service, name, secret)
        return store.get_password(self._service, name) == secret

    def _delete(self, store: KeyStore, name: str) -> bool:
        for _ in range(_COPIES):
            if store.get_password(self._service, name) is None:
                return True
            store.delete_password(self._service, name)
        return store.get_password(self._service, name) is None

    async def _call(self, work: Callable[[], T], trouble: StorageTrouble) -> T:
        answer = asyncio.wrap_future(self._worker.submit(work))
        try:
            await asyncio.wait({answer}, timeout=self._timeout_s)
        finally:
            if not answer.done():
                answer.cancel()
        where = "key store" if self._store is None else self._store.name
        if answer.cancelled():
            raise StorageFailed(StorageTrouble.LOCKED, where)
        failure = answer.exception()
        if failure is None:
            return answer.result()
        _log.info("%s: %s", where, type(failure).__name__)
        raise StorageFailed(StorageTrouble.LOCKED if is_locked(failure) else trouble, where) from failure
