"""The client: trust, TLS, no cookies, no redirects, and odd proxy settings."""

import logging
import ssl

import httpx
import pytest
import truststore

from app.api.http_client import make_http_client, make_tls
from tests.api.wire import BASE, answer, script


async def test_trust_is_the_systems_and_tls_is_new_enough() -> None:
    tls = await make_tls()
    assert isinstance(tls, truststore.SSLContext)
    assert tls.minimum_version == ssl.TLSVersion.TLSv1_2
    assert tls.verify_mode == ssl.CERT_REQUIRED
    assert tls.check_hostname


async def test_no_cookie_is_ever_sent_back() -> None:
    handler, seen = script(answer(headers={"Set-Cookie": "a=1; Path=/"}), answer())
    transport = httpx.MockTransport(handler)
    async with await make_http_client(user_agent="Slotdesk/1", transport=transport) as http:
        await http.get(BASE)
        await http.get(BASE)
        assert len(http.cookies.jar) == 0
    assert "cookie" not in seen[1].headers
    assert seen[1].headers["user-agent"] == "Slotdesk/1"
    assert not http.follow_redirects


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1"])
async def test_a_proxy_setting_we_cannot_use_does_not_stop_the_app(
    proxy: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    tls = await make_tls()
    with caplog.at_level(logging.WARNING):
        async with await make_http_client(user_agent="Slotdesk/1", tls=tls) as http:
            assert not http.trust_env
    assert "proxy" in caplog.text
    assert proxy not in caplog.text


async def test_a_service_on_this_computer_never_goes_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    tls = await make_tls()
    async with await make_http_client(user_agent="Slotdesk/1", tls=tls, is_local=True) as http:
        assert not http.trust_env
    async with await make_http_client(user_agent="Slotdesk/1", tls=tls) as http:
        assert http.trust_env
