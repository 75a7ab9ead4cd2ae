"""Who may ask: Pipedrive by HTTP Basic with the OAuth pair, the desktop app by a bearer token."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from starlette.requests import Request

from app.provider.replies import Refused

_REALM: Final = "slotdesk-provider"


class Credentials:
    """Compares in constant time: neither the length nor the first difference shows in how long it takes."""

    def __init__(self, *, client_id: str, client_secret: str, admin_token: str) -> None:
        self._pair = _digest(f"{client_id}:{client_secret}".encode())
        self._token = _digest(admin_token.encode()) if admin_token else None

    def check_pipedrive(self, request: Request) -> None:
        """Let Pipedrive pass; Refused 401 for anybody else."""
        given = _after(request, "basic")
        try:
            pair = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            pair = b""
        if not hmac.compare_digest(_digest(pair), self._pair):
            raise _unauthorized(f'Basic realm="{_REALM}", charset="UTF-8"')

    def check_desktop(self, request: Request) -> None:
        """Let the desktop app pass; Refused 401 for anybody else, and for all when there is no token."""
        given = _digest(_after(request, "bearer").encode("utf-8", "surrogateescape"))
        expected = self._token if self._token is not None else bytes(len(given))
        if not hmac.compare_digest(given, expected) or self._token is None:
            raise _unauthorized(f'Bearer realm="{_REALM}"')


def _after(request: Request, scheme: str) -> str:
    """What follows the scheme in the only Authorization header; empty when there is none or more than one."""
    headers = request.headers.getlist("authorization")
    found, _, rest = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    return rest.strip(" ") if found.lower() == scheme else ""


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()


def _unauthorized(challenge: str) -> Refused:
    message = "The credentials are missing or wrong."
    return Refused(401, "UNAUTHORIZED", message, headers={"WWW-Authenticate": challenge})
