"""The `state` of an install that began here: signed, short-lived, and without anything kept."""

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

_LIFE: Final = timedelta(minutes=10)
_NONCE_BYTES: Final = 12


class InstallStates:
    """Makes and recognizes states with a key derived from the client secret, so all replicas agree."""

    def __init__(self, client_secret: str) -> None:
        self._key = hashlib.sha256(b"install-state:" + client_secret.encode()).digest()

    def make(self, now: datetime) -> str:
        """A new state; good for ten minutes."""
        said = f"{int((now + _LIFE).timestamp())}.{secrets.token_urlsafe(_NONCE_BYTES)}"
        return f"{said}.{self._sign(said)}"

    def is_good(self, state: str, now: datetime) -> bool:
        """Whether a state was made by one of us and is not too old."""
        said, _, signature = state.rpartition(".")
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), self._sign(said).encode()):
            return False
        return now < datetime.fromtimestamp(int(said.partition(".")[0]), UTC)

    def _sign(self, said: str) -> str:
        digest = hmac.digest(self._key, said.encode("utf-8", "replace"), "sha256")
        return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
