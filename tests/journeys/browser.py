"""The person at the browser: opens HubSpot's page and does there what the story says."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from app.domain.accounts import Workspace

Answer = Callable[["Person", str], Awaitable[None]]


class Person:
    """Fulfils `OpenBrowser`; `seen` are the addresses that were opened, `pages` what was shown last of each.

    The browser is a program of its own: what it does goes on while the app waits.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.seen: list[str] = []
        self.pages: list[httpx.Response] = []

    async def __call__(self, _workspace: Workspace, url: str) -> bool:
        """Open the address; True: there is a browser."""
        self.seen.append(url)
        await self._answer(self, url)
        return True

    def answers_with(self, answer: Answer) -> None:
        """Do something else from now on."""
        self._answer = answer

    async def look_at(self, http: httpx.AsyncClient, url: str) -> httpx.Response:
        """Open one page."""
        page = await http.get(url)
        self.pages.append(page)
        return page


async def allows(person: Person, url: str, *, account: str = "") -> None:
    """Press Allow, in the account that is chosen on the page or in the one named by its id."""
    await _decide(person, url, "allow", account)


async def declines(person: Person, url: str) -> None:
    """Press the button that declines."""
    await _decide(person, url, "deny", "")


async def looks_only(person: Person, url: str) -> None:
    """Open the page and go away."""
    async with httpx.AsyncClient(trust_env=False) as http:
        await person.look_at(http, url)


async def comes_back_with(error: str, person: Person, url: str) -> None:
    """Come back with an error, as OAuth 2 (RFC 6749, 4.1.2.1) describes it."""
    asked = parse_qs(urlsplit(url).query)
    query = {"error": error, "state": asked["state"][0]}
    async with httpx.AsyncClient(trust_env=False) as http:
        await person.look_at(http, str(httpx.URL(asked["redirect_uri"][0], params=query)))


async def _decide(person: Person, url: str, decision: str, account: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        page = await person.look_at(http, url)
        form = {"decision": decision, "ticket": _value(page.text, "ticket")}
        form["account"] = account or _value(page.text, "account")
        action = re.search(r'<form[^>]* action="([^"]+)"', page.text)
        assert action, page.text
        answer = await http.post(urljoin(str(page.url), unescape(action[1])), data=form)
        person.pages.append(answer)
        target = answer.headers.get("location", "")
        if target:
            await person.look_at(http, target)
        await asyncio.sleep(0)


def _value(page: str, name: str) -> str:
    """The value of the first (or the chosen) input of that name."""
    inputs = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]
    chosen = next((tag for tag in inputs if " checked" in tag), inputs[0])
    value = re.search(r'value="([^"]*)"', chosen)
    assert value, chosen
    return unescape(value[1])
