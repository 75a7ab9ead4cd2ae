"""Signing in: through HubSpot's consent page and back to this computer, and every way in which that fails."""

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from app.sandbox.oauth.client import CLIENT_ID, CLIENT_SECRET
from app.sandbox.sockets import StartError, loopback_sockets
from tests.journeys import browser
from tests.journeys.house import House
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def enter_credentials(rep: Rep, secret: str = CLIENT_SECRET) -> None:
    """Type the app's id and secret where the sign-in asks for them."""
    await rep.write("credentialsId", CLIENT_ID)
    await rep.write("credentialsSecret", secret)
    await rep.hands.click("credentialsSave")


async def start_sign_in(rep: Rep) -> None:
    """Choose HubSpot itself, which asks for the app's id and secret first."""
    await rep.hands.click("signInHubSpot")
    await enter_credentials(rep)


async def fails_with(rep: Rep, words: str) -> None:
    """Wait for the sign-in to be given up with a sentence that says `words`."""
    await rep.hands.until(lambda: words in rep.failure, f"a failure: {words}, not {rep.failure!r}")
    assert rep.running.services.accounts.state.value.active is None


def is_taken(port: int) -> bool:
    """Whether anybody listens on this loopback port."""
    try:
        for one in loopback_sockets(port):
            one.close()
    except StartError:
        return True
    return False


async def test_a_rep_signs_in_through_the_consent_page(house: House) -> None:
    person = browser.Person(browser.allows)
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await rep.sees_links()
        await rep.sees_times()
        consent, decision, landing = person.pages
        account = rep.running.services.accounts.state.value.active
        assert account is not None
        assert (account.full_name, account.portal_name) == ("Mei Nelson", "northwind-sales.example")
        assert "Slotdesk" in consent.text
        assert landing.status_code == 200
        assert landing.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert landing.headers["Cache-Control"] == "no-store"
        code = decision.headers["location"].split("code=")[1].split("&")[0]
        assert code not in landing.text
        assert not rep.banners
    assert any(name.startswith("hubspot-client") for _, name in house.keys.items)


async def test_the_sandbox_opens_with_one_click_and_its_own_consent(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        assert rep.week.props.slots
    paths = [row.path for row in house.server.requests.rows()]
    assert paths[:2] == ["/oauth/authorize", "/oauth/authorize/decision"]


async def test_declining_sends_nothing_back_and_cancel_ends_the_wait(house: House) -> None:
    person = browser.Person(browser.declines)
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await rep.hands.until(lambda: len(person.pages) == 2, "the page that says it was declined")
        assert not person.pages[-1].is_redirect
        assert rep.hands.is_there("signInCancel")
        await rep.hands.click("signInCancel")
        await rep.hands.until(lambda: rep.hands.is_there("signInHubSpot"), "the cards")
        assert rep.running.services.accounts.state.value.active is None
        assert not is_taken(house.ports[0])
        person.answers_with(browser.allows)
        await rep.hands.click("signInHubSpot")
        await rep.sees_times()


async def test_a_refusal_that_comes_back_has_its_own_sentence(house: House) -> None:
    person = browser.Person(partial(browser.comes_back_with, "access_denied"))
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await fails_with(rep, "Access was declined in the browser")
        person.answers_with(browser.allows)
        await rep.hands.click("signInRemedy")
        await rep.sees_times()
        assert not rep.failure


async def test_any_other_error_that_comes_back_is_no_riddle(house: House) -> None:
    person = browser.Person(partial(browser.comes_back_with, "server_error"))
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await fails_with(rep, "HubSpot answered something Slotdesk does not understand")


async def test_a_browser_that_never_answers_is_given_up(house: House) -> None:
    person = browser.Person(browser.looks_only)
    async with house.open(browser=person, patience_s=0.4) as rep:
        await start_sign_in(rep)
        await fails_with(rep, "The browser did not answer within five minutes")
        assert rep.hands.is_there("signInRemedy")


async def test_the_address_can_be_carried_to_another_browser(house: House) -> None:
    person = browser.Person(browser.looks_only)
    async with house.open(browser=person) as rep:
        await start_sign_in(rep)
        await rep.hands.click("signInCopyAddress")
        assert QApplication.clipboard().text() == person.seen[0]
        await browser.allows(person, QApplication.clipboard().text())
        await rep.sees_times()


async def test_the_next_port_is_taken_when_one_is_in_use(house: House) -> None:
    taken = loopback_sockets(house.ports[0])
    try:
        person = browser.Person(browser.allows)
        async with house.open(browser=person) as rep:
            await start_sign_in(rep)
            await rep.sees_times()
        assert f"localhost%3A{house.ports[1]}%2F" in person.seen[0]
    finally:
        for one in taken:
            one.close()


async def test_ports_that_are_all_in_use_are_named(house: House) -> None:
    taken = [one for port in house.ports for one in loopback_sockets(port)]
    try:
        async with house.open(browser=browser.Person(browser.allows)) as rep:
            await start_sign_in(rep)
            await fails_with(rep, ", ".join(map(str, house.ports)))
    finally:
        for one in taken:
            one.close()


async def test_a_wrong_secret_is_said_and_can_be_mended(house: House) -> None:
    async with house.open(browser=browser.Person(browser.allows)) as rep:
        await rep.hands.click("signInHubSpot")
        await enter_credentials(rep, secret="not-the-secret-of-this-app")
        await fails_with(rep, "HubSpot does not know this client ID and secret")
        await rep.hands.click("signInRemedy")
        await enter_credentials(rep)
        await rep.sees_times()


async def test_a_failed_sign_in_keeps_the_account_that_is_there(house: House) -> None:
    person = browser.Person(browser.allows)
    async with house.open(browser=person) as rep:
        await rep.sign_in()
        person.answers_with(partial(browser.comes_back_with, "access_denied"))
        await rep.hands.click("rail.settings")
        await rep.hands.click("settings.accounts.add")
        await start_sign_in(rep)
        await rep.hands.until(lambda: "stays signed in" in rep.failure, "what was kept")
        await rep.hands.click("signInBack")
        await rep.hands.click("rail.book")
        await rep.sees_times()
