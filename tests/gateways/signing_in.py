"""A browser, and where HubSpot is asked during a sign-in."""

from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

import httpx

from app.api.loopback import ReceiverRules
from app.domain.accounts import Account, Workspace
from app.domain.ports import BrowserStep
from app.gateways.grants import secret_name
from app.gateways.sign_in import HubSpotSignInGateway, OpenBrowser
from tests.gateways.service import (
    ACCOUNT,
)

TOKEN = "/oauth/2026-03/token"
INTROSPECT = f"{TOKEN}/introspect"
REVOKE = f"{TOKEN}/revoke"
DETAILS = "/account-info/2026-03/details"
OWNER = "/crm/owners/2026-03/77"
SECRET = secret_name(ACCOUNT.id)
WHO: dict[str, object] = {
    "active": True,
    "hub_id": 4711,
    "user_id": 77,
    "user": "ada@northwind.test",
    "hub_domain": "northwind.test",
    "scopes": ["oauth", "tickets"],
}


class FakeBrowser:
    """Follows the address to the receiver and comes back with `query` and the right state."""

    def __init__(self) -> None:
        self.query = "code=the-code"
        self.works = True
        self.addresses: list[str] = []
        self.statuses: list[int] = []

    async def __call__(self, workspace: Workspace, url: str) -> bool:
        """Open an address."""
        self.addresses.append(url)
        if not self.works:
            return False
        asked = dict(parse_qsl(urlsplit(url).query))
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"{asked['redirect_uri']}?{self.query}&state={asked['state']}")
        self.statuses.append(answer.status_code)
        return True


class Maker(Protocol):
    """Makes a gateway that opens its addresses with `browser`."""

    def __call__(self, browser: OpenBrowser, rules: ReceiverRules | None = None) -> HubSpotSignInGateway: ...


async def sign_in(gateway: HubSpotSignInGateway, steps: list[BrowserStep] | None = None) -> Account:
    seen = [] if steps is None else steps
    return await gateway.sign_in(Workspace.LIVE, seen.append)
