"""Makes the HTTP client of an account: the system's trust, TLS 1.2 or newer, no cookies, no HTTP/2."""

import asyncio
import logging
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, TypeAlias

import httpx
import truststore

HttpClient: TypeAlias = httpx.AsyncClient
"""What the layers above call the client, so that they need not know its library."""

_log = logging.getLogger(__name__)
_LIMITS: Final = httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=15.0)


def _new_tls() -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def make_tls() -> ssl.SSLContext:
    """The one TLS context of the process, made off the event loop's thread (it takes 34 ms)."""
    return await asyncio.to_thread(_new_tls)


async def make_http_client(
    *,
    user_agent: str,
    tls: ssl.SSLContext | None = None,
    is_local: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """A client to be closed by the caller; clients share `tls` (made here when None).

    The system's proxy settings count unless `is_local`, for a service on this computer. Cookies are
    dropped, redirects are not followed, and nothing here knows a token.
    """
    if tls is None:
        tls = await make_tls()
    try:
        return await asyncio.to_thread(_client, user_agent, tls, transport, trust_env=not is_local)
    except (ImportError, ValueError, httpx.InvalidURL):
        _log.warning("the proxy setting of the environment cannot be used; connecting directly")
        return _client(user_agent, tls, transport, trust_env=False)


def _client(
    user_agent: str,
    tls: ssl.SSLContext,
    transport: httpx.AsyncBaseTransport | None,
    *,
    trust_env: bool,
) -> httpx.AsyncClient:
    """Blocking: the first one loads the transport (48 ms)."""
    return httpx.AsyncClient(
        verify=tls,
        trust_env=trust_env,
        transport=transport,
        limits=_LIMITS,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"User-Agent": user_agent, "Accept": "application/json"},
    )
