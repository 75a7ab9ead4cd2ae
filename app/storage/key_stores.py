"""The operating systems' key stores that are trusted with secrets, and no other."""

import sys
from importlib import import_module
from typing import Final, Protocol


class KeyStore(Protocol):
    """What Slotdesk asks of a keyring backend; all calls block, and raise whatever the backend raises."""

    @property
    def name(self) -> str:
        """How the backend calls itself."""
        ...

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Add or replace."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Remove one item."""
        ...


_FREEDESKTOP: Final = (
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.libsecret", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)
_BY_PLATFORM: Final = {
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
}
_LOCKED: Final = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
"""What keyring and SecretStorage raise when the person left the key store locked."""


def find_key_store(platform: str = sys.platform) -> KeyStore | None:
    """The best usable key store of this computer; blocking (it asks D-Bus), imports keyring.

    keyring's own choice is not asked: its configuration could name a plaintext file.
    """
    best: tuple[float, KeyStore] | None = None
    for module, name in _BY_PLATFORM.get(platform, _FREEDESKTOP):
        backend = getattr(import_module(module), name)
        if backend.viable and (best is None or backend.priority > best[0]):
            best = (backend.priority, backend())
    return None if best is None else best[1]


def is_locked(failure: BaseException) -> bool:
    """Whether a backend failed because the person has to unlock it."""
    return isinstance(failure, TimeoutError) or type(failure).__name__ in _LOCKED
