"""The browser of the practice world, which allows its own sign-in."""

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

import httpx

ALLOW: Final = "allow"


class _ConsentForm(HTMLParser):
    """Reads the first form of a page: its action, its hidden fields and the button that allows."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = values.get("action", "")
            self._inside = True
        elif self._inside and tag == "input" and values.get("name"):
            kind = values.get("type", "text")
            if kind not in {"radio", "checkbox"} or "checked" in values:
                self.fields.setdefault(values["name"], values.get("value", ""))
        elif self._inside and tag == "button" and values.get("value") == ALLOW:
            self.fields[values.get("name", "")] = ALLOW

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class ConsentingBrowser:
    """Stands in for the rep's browser in the practice world: opens the consent page and presses Allow.

    It goes the whole way of the real one: page, form, redirect, loopback receiver.
    """

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def open(self, url: str) -> bool:
        """Allow the sign-in at `url`; False when the page could not be used."""
        try:
            page = await self._http.get(url)
            form = _ConsentForm()
            form.feed(page.text)
            if page.status_code != httpx.codes.OK or not form.action:
                return False
            allowed = await self._http.post(urljoin(str(page.url), form.action), data=form.fields)
            target = allowed.headers.get("location", "")
            if not target.startswith("http://localhost:"):
                return False
            answer = await self._http.get(target)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK
