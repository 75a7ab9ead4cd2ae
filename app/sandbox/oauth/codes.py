"""Authorization codes: single use, two minutes, bound to a redirect address and any PKCE challenge."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.sandbox.oauth.tokens import Grant

CODE_LIFE: Final = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A PKCE challenge (RFC 7636): `method` is S256 or plain."""

    value: str
    method: str

    def is_met_by(self, verifier: str) -> bool:
        """Say whether a verifier belongs to this challenge."""
        made = verifier
        if self.method == "S256":
            digest = hashlib.sha256(verifier.encode()).digest()
            made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return hmac.compare_digest(made.encode(), self.value.encode())


@dataclass(frozen=True, slots=True)
class Code:
    """What a code can be exchanged for, and what must be repeated to exchange it."""

    grant: Grant
    redirect_uri: str
    challenge: Challenge | None
    expires_at: datetime


class CodeBook:
    """The codes handed out and not yet used; `clock` returns aware UTC instants."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}

    def issue(self, grant: Grant, redirect_uri: str, challenge: Challenge | None) -> str:
        """Return a new code."""
        text = f"na1-{uuid.uuid4()}"
        self._codes[text] = Code(grant, redirect_uri, challenge, self._clock() + CODE_LIFE)
        return text

    def take(self, text: str) -> Code | None:
        """Use up a code; None when it is unknown, already used or too old."""
        code = self._codes.pop(text, None)
        return code if code is not None and self._clock() < code.expires_at else None
