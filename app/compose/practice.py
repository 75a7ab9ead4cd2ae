"""The practice world as a child process, and the browser that allows its own sign-in."""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

from app.compose.options import PracticeAddress
from app.domain.problems import SignInFailed, SignInStop

START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 1.0
ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class PracticeSize:
    """How large the practice world is; None leaves the sandbox's own default."""

    links: int | None = None
    meetings: int | None = None

    def arguments(self) -> list[str]:
        """The same as command-line arguments of `python -m app.sandbox`."""
        found: list[str] = []
        if self.links is not None:
            found += ["--links", str(self.links)]
        if self.meetings is not None:
            found += ["--meetings", str(self.meetings)]
        return found


def sandbox_command() -> list[str]:
    """How this program starts its sandbox: as a module from a checkout, as itself when packaged."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--serve-sandbox"]
    return [sys.executable, "-m", "app.sandbox"]


@contextlib.asynccontextmanager
async def practice_process(executor: Executor, size: PracticeSize) -> AsyncIterator[PracticeAddress]:
    """Start the sandbox on free ports, stop it on leaving; it stops too when this process dies."""
    loop = asyncio.get_running_loop()
    process = await loop.run_in_executor(executor, _start, size)
    try:
        line = await asyncio.wait_for(
            loop.run_in_executor(executor, _first_line, process), timeout=START_TIMEOUT_S
        )
        try:
            addresses = json.loads(line)
            address = PracticeAddress(addresses["hubspot"], addresses.get("pipedrive", ""))
        except (ValueError, KeyError, TypeError) as reason:
            raise SignInFailed(SignInStop.STRANGE_ANSWER, "sandbox") from reason
        yield address
    finally:
        _stop(process)


def _start(size: PracticeSize) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [
            *sandbox_command(),
            "--hubspot-port",
            "0",
            "--pipedrive-port",
            "0",
            "--parent-pipe",
            *size.arguments(),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT_S)
    if process.stdout is not None:
        process.stdout.close()


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
