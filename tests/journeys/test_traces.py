"""Secrets and addresses do not get into files: neither while the app runs nor after it."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.sandbox.oauth.client import CLIENT_ID, CLIENT_SECRET
from tests.guards.figures import Report
from tests.journeys import browser
from tests.journeys.house import House
from tests.journeys.test_sign_in import start_sign_in

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop, pytest.mark.bar]
ADDRESS = re.compile(rb"[a-z.]+@[a-z.-]+\.example")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_no_secret_is_in_any_file(house: House, figure: Report) -> None:
    person = browser.Person(browser.allows)
    secrets = [CLIENT_SECRET]
    async with house.open(browser=person, debug=True) as rep:
        await start_sign_in(rep)
        await rep.sees_links()
        await rep.sees_times()
        secrets.append(house.refresh_token)
        tokens = house.server.sandbox.tokens
        first = set(tokens._access)
        tokens.expire_access_tokens()
        await rep.open_link("Roadmap talk")
        await rep.pick_slot()
        await rep.choose_guest("ada okaf", "Ada Okafor")
        await rep.book()
        await rep.sees_booked()
        secrets += first | set(tokens._access)
        query = parse_qs(urlsplit(person.pages[1].headers["location"]).query)
        secrets += [query["code"][0], query["state"][0]]
        during = contents(house.folder)
    after = contents(house.folder)
    found = [
        f"{secret[:6]}... in {name}"
        for files in (during, after)
        for name, content in files.items()
        for secret in secrets
        if secret.encode() in content
    ]
    figure("canary secrets found in data, config, log and cache folders", len(found), 0)
    assert found == []
    assert len(set(secrets)) == 6
    logs = [content for name, content in after.items() if ".log" in name]
    assert logs
    assert not any(ADDRESS.search(content) or CLIENT_ID.encode() in content for content in logs)
