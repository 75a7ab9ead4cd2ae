"""Signing out: the grant is revoked, the key store emptied, and nothing of the account stays in a file."""

from pathlib import Path

import pytest

from tests.journeys.house import House
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
TRACES = ("ada@northwind.example", "Ada Okafor", "Roadmap talk", "mei-nelson", "8412770", "northwind-sales")


async def sign_out(rep: Rep) -> None:
    """Sign out in the settings and wait for the cards."""
    account = rep.running.services.accounts.state.value.active
    assert account is not None
    await rep.hands.click("rail.settings")
    await rep.hands.click(f"settings.account.signOut.{account.id}")
    if rep.running.services.drafts.state.value.drafts:
        await rep.hands.click("ask.confirm")
    await rep.hands.until(lambda: rep.hands.is_there("openSandbox"), "the cards")


def traces_in(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Which of `words` stand in which files of a folder."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        found += [f"{word} in {file.name}" for word in words if word.encode() in content]
    return found


async def test_signing_out_leaves_nothing_of_the_account_behind(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        await rep.book()
        await rep.sees_booked()
        await rep.hands.click("booked.done")
        assert traces_in(house.folder, TRACES)
        token = house.refresh_token
        await sign_out(rep)
        await rep.sees_toast("Its data is gone from this computer")
        assert not house.keys.items
    assert house.server.sandbox.tokens.grant_of(token) is None
    assert traces_in(house.folder, TRACES) == []


async def test_signing_out_works_without_a_connection(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        house.unplug()
        await sign_out(rep)
        await rep.sees_toast("HubSpot could not be told")
        assert not house.keys.items
    assert traces_in(house.folder, TRACES) == []
    async with house.open() as rep:
        await rep.hands.until(lambda: rep.hands.is_there("openSandbox"), "the cards after a restart")


async def test_a_draft_is_asked_about_before_it_is_thrown_away(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        await rep.write("desk.lastName", "Changed by hand")
        drafts = rep.running.services.drafts.state
        await rep.hands.until(lambda: bool(drafts.value.drafts), "the draft to be kept")
        await sign_out(rep)
        await rep.sees_toast("Its data is gone")
    assert traces_in(house.folder, (*TRACES, "Changed by hand")) == []
