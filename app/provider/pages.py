"""The plain pages that a person sees in the browser at the end of an install."""

from html import escape

from starlette.responses import HTMLResponse


def page(title: str, sentence: str, *, status: int = 200, onward: str | None = None) -> HTMLResponse:
    """A page of one title and one sentence, with a link to go on where there is one; it runs no script."""
    link = f'<p><a href="{escape(onward)}">Continue to Pipedrive</a></p>' if onward else ""
    body = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>"
        f"<p>{escape(sentence)}</p>{link}</main></body></html>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(body, status, headers=headers)
