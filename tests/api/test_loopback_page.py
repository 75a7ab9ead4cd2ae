"""The pages the browser is left with."""

import base64
import hashlib
import re

import pytest

from app.api.loopback_page import PageText, PageTexts, page


def parts(reply: bytes) -> tuple[str, dict[str, str], str]:
    head, _, body = reply.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return first, dict(line.split(": ", 1) for line in lines), body


@pytest.mark.parametrize(("status", "line"), [(200, "HTTP/1.1 200 OK"), (400, "HTTP/1.1 400 Bad Request")])
def test_a_page_is_static_and_loads_nothing(status: int, line: str) -> None:
    first, headers, body = parts(page(status, PageTexts().received))
    assert first == line
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Connection"] == "close"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert int(headers["Content-Length"]) == len(body.encode())
    assert "<script" not in body
    assert "http" not in body.lower().replace("<!doctype html>", "")


def test_the_only_style_is_the_one_that_is_allowed() -> None:
    _, headers, body = parts(page(200, PageTexts().received))
    style = re.search(r"<style>(.*)</style>", body)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in headers["Content-Security-Policy"]


def test_every_page_sends_the_reader_back_to_slotdesk() -> None:
    texts = PageTexts()
    for words in (texts.received, texts.refused, texts.stray):
        assert "Slotdesk" in words.title + words.text


def test_translated_words_are_words_and_no_markup() -> None:
    _, _, body = parts(page(200, PageText("<b>Zurück</b>", 'a & "b"', 'de"><x')))
    assert "<b>" not in body
    assert "&lt;b&gt;Zurück&lt;/b&gt;" in body
    assert "a &amp; &quot;b&quot;" in body
    assert "<x" not in body
