"""A server that answers nonsense: every first call ends in a sentence, none in the crash dialog."""

import pytest
from PySide6.QtWidgets import QLabel

from app.sandbox.faults import Fault, FaultKind
from app.ui.shell.crash import CrashDialog
from tests.journeys import browser
from tests.journeys.house import House
from tests.journeys.rep import Rep
from tests.journeys.test_sign_in import start_sign_in

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]

NONSENSE = [
    FaultKind.GARBAGE_JSON,
    FaultKind.TRUNCATED_JSON,
    FaultKind.WRONG_CONTENT_TYPE,
    FaultKind.HUGE_BODY,
    FaultKind.RESET_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.SERVER_ERROR,
    FaultKind.CONFLICT,
    FaultKind.MISSING_SCOPE,
    FaultKind.UNAUTHORIZED,
]
"""How everything is answered, and what then must be readable."""


def crashed(rep: Rep) -> bool:
    """Whether the crash dialog is on screen."""
    return any(dialog.isVisible() for dialog in rep.running.window.findChildren(CrashDialog))


def sentences(rep: Rep) -> str:
    """Everything that is readable in the window."""
    labels = [label for label in rep.running.window.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*(label.text() for label in labels), *rep.banners, *rep.toasts])


@pytest.mark.parametrize("kind", NONSENSE)
async def test_a_sign_in_says_what_is_wrong(house: House, kind: FaultKind) -> None:
    house.trouble(Fault(kind, "POST", "/oauth/*token*", times=None))
    async with house.open(browser=browser.Person(browser.allows)) as rep:
        await start_sign_in(rep)
        await rep.hands.until(lambda: bool(rep.failure), "a sentence")
        assert not crashed(rep)
        house.server.faults.clear()
        await rep.hands.click("signInRemedy" if rep.hands.is_there("signInRemedy") else "signInHubSpot")
        if rep.hands.is_there("credentialsSave"):
            await rep.hands.click("credentialsSave")
        await rep.sees_links()


@pytest.mark.parametrize("kind", NONSENSE)
async def test_the_first_calls_after_a_start_say_what_is_wrong(house: House, kind: FaultKind) -> None:
    async with house.open() as rep:
        await rep.sign_in()
    (house.folder / "cache" / "cache.db").unlink()
    house.trouble(Fault(kind, path="/[!_]*", times=None))
    async with house.open() as rep:
        links = rep.running.services.links.state
        accounts = rep.running.services.accounts.state

        def is_told() -> bool:
            house.clock.push(1.0)
            return links.value.problem is not None or accounts.value.is_lost

        await rep.hands.until(is_told, "the first failure")
        await rep.hands.until(
            lambda: any(word in sentences(rep) for word in ("HubSpot", "Offline")), "a sentence"
        )
        assert not crashed(rep)
        assert not links.value.links
