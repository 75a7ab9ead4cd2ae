"""The calls to Pipedrive that an install needs: token exchange, users/me, the provider link.

Follows reference/pipedrive.md 5.4, 6 and 7.2. Calls block; they belong in a thread.
"""

import base64
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from app.domain.addresses import https_host, is_below

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_GENERIC_API: Final = "https://api.pipedrive.com/v1"
_LINKS_PATH: Final = "/meetings/userProviderLinks"
_TIMEOUT_S: Final = 10.0
_MOST_BYTES: Final = 1024 * 1024


class PipedriveTrouble(Exception):  # noqa: N818
    """An install that did not work out; the sentence is for the person who installs."""


class PipedriveRefused(PipedriveTrouble):
    """Pipedrive said no; nothing was made."""


class PipedriveUnclear(PipedriveTrouble):
    """There was no usable answer; the call may have been done all the same."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token and the base of the API it is for, with the version and without a closing slash."""

    access_token: str = field(repr=False)
    api_base: str


@dataclass(frozen=True, slots=True)
class PipedriveUser:
    """Who installs: `language` a code of two letters, `zone` an IANA zone; both may be empty."""

    user_id: int
    company_id: int
    language: str
    zone: str


class PipedriveClient:
    """Speaks to Pipedrive as the app `client_id`. Redirects are not followed."""

    def __init__(self, oauth_url: str, *, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self._oauth_url = oauth_url.rstrip("/")
        self._client_id = client_id
        self._redirect_uri = redirect_uri
        pair = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode("ascii")
        self._basic = f"Basic {pair}"

    def authorize_url(self, state: str) -> str:
        """Where an install begins, with exactly the three parameters Pipedrive knows."""
        query = {"client_id": self._client_id, "redirect_uri": self._redirect_uri, "state": state}
        return f"{self._oauth_url}/oauth/authorize?{urlencode(query)}"

    def exchange(self, code: str) -> Grant:
        """A grant for a code; PipedriveTrouble otherwise."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._redirect_uri}
        headers = {"Authorization": self._basic, "Content-Type": "application/x-www-form-urlencoded"}
        data = _call("POST", f"{self._oauth_url}/oauth/token", urlencode(form).encode(), headers)
        token, domain = data.get("access_token"), data.get("api_domain")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise PipedriveUnclear("Pipedrive's answer held no token.")
        return Grant(token, self._api_base(domain))

    def me(self, grant: Grant) -> PipedriveUser:
        """The user of a grant; PipedriveTrouble otherwise."""
        data = _call("GET", f"{grant.api_base}/users/me", None, _bearer(grant)).get("data")
        if not isinstance(data, dict) or not _is_id(data.get("id")) or not _is_id(data.get("company_id")):
            raise PipedriveUnclear("Pipedrive did not say who you are.")
        language = data.get("language")
        code = language.get("language_code") if isinstance(language, dict) else ""
        return PipedriveUser(
            data["id"], data["company_id"], _text(code)[:2].lower(), _text(data.get("timezone_name"))
        )

    def link(self, grant: Grant, user: PipedriveUser, link_id: str) -> str | None:
        """Link the user; the page of Pipedrive to go to, when it names one. PipedriveTrouble otherwise."""
        body = {
            "user_provider_id": link_id,
            "user_id": user.user_id,
            "company_id": user.company_id,
            "marketplace_client_id": self._client_id,
        }
        headers = {**_bearer(grant), "Content-Type": "application/json"}
        said = _call("POST", grant.api_base + _LINKS_PATH, json.dumps(body).encode(), headers)
        data = said.get("data") if isinstance(said.get("data"), dict) else {}
        assert isinstance(data, dict)
        names = (data.get("redirectUrl"), data.get("redirect_url"), said.get("redirectUrl"))
        return next((url for url in names if isinstance(url, str) and self._is_pipedrive(url)), None)

    def _api_base(self, domain: object) -> str:
        if domain is None:
            return _GENERIC_API
        if not isinstance(domain, str) or not self._is_pipedrive(domain):
            raise PipedriveUnclear("Pipedrive named an API address that is not its own.")
        return domain.rstrip("/") + "/api/v1"

    def _is_pipedrive(self, url: str) -> bool:
        """Https below pipedrive.com; loopback too when the sign-in itself is there."""
        host = https_host(url)
        if host is not None and is_below(host, "pipedrive.com"):
            return True
        is_local = urlsplit(self._oauth_url).hostname in _LOOPBACK
        try:
            return is_local and urlsplit(url).scheme == "http" and urlsplit(url).hostname in _LOOPBACK
        except ValueError:
            return False


def _bearer(grant: Grant) -> dict[str, str]:
    return {"Authorization": f"Bearer {grant.access_token}"}


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) < 100 and value.isprintable() else ""


def _call(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> dict[str, Any]:
    """The decoded object of a 2xx answer; PipedriveRefused for 4xx, PipedriveUnclear for all else."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=_TIMEOUT_S)
    try:
        connection.request(method, parts.path, body, {**headers, "Accept": "application/json"})
        response = connection.getresponse()
        status, content = response.status, response.read(_MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise PipedriveUnclear("Pipedrive could not be reached.") from error
    finally:
        connection.close()
    if 400 <= status < 500:
        raise PipedriveRefused(f"Pipedrive refused the request ({status}).")
    if not 200 <= status < 300:
        raise PipedriveUnclear(f"Pipedrive answered with an error ({status}).")
    try:
        decoded = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PipedriveUnclear("Pipedrive's answer could not be read.") from error
    if not isinstance(decoded, dict):
        raise PipedriveUnclear("Pipedrive's answer could not be read.")
    return decoded
