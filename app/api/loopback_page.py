"""The static pages the browser is left with after a sign-in; nothing of the request is ever in them."""

import base64
import hashlib
import html
from dataclasses import dataclass
from typing import Final

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;"
    "font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}"
    "main{max-width:28rem;padding:2rem;text-align:center}"
    "h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode("ascii")).digest()).decode("ascii")
_HEADERS: Final = (
    "Content-Type: text/html; charset=utf-8",
    f"Content-Security-Policy: default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control: no-store",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "Connection: close",
)
_REASONS: Final = {200: "OK", 400: "Bad Request"}


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page, in `language` (a BCP 47 tag); the window hands in translated ones."""

    title: str
    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The three pages: the code arrived, the service sent an error, or the request was not ours."""

    received: PageText = PageText(
        "You can go back to Slotdesk", "Your answer has arrived. This page can be closed."
    )
    refused: PageText = PageText(
        "Slotdesk was not connected", "Go back to Slotdesk to try again. This page can be closed."
    )
    stray: PageText = PageText("Nothing to see here", "Go back to Slotdesk to sign in.")


def page(status: int, words: PageText) -> bytes:
    """A whole HTTP/1.1 answer with this status (200 or 400)."""
    title, text, language = map(html.escape, (words.title, words.text, words.language))
    body = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><main><h1>{title}</h1><p>{text}</p></main></html>"
    ).encode()
    head = (f"HTTP/1.1 {status} {_REASONS[status]}", *_HEADERS, f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode("ascii") + b"\r\n\r\n" + body
