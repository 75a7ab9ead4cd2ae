"""The gateways against the sandbox over real HTTP: sign in, look, book, find it again, sign out."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.api.http_client import make_http_client
from app.api.pacing import FlightGate
from app.api.versions import ApiVersion
from app.domain.accounts import Account, AppCredentials, Workspace
from app.domain.booking import BookingRequest
from app.domain.forms import Answers, FieldKind
from app.domain.links import BookingInfo, LinkKind, Slug
from app.domain.ports import CrmPorts
from app.domain.problems import (
    AddressBlocked,
    Gone,
    GuestsRefused,
    NotAllowed,
    Problem,
    Rejected,
    SignInNeeded,
    SlotGone,
    Unknown,
)
from app.domain.requests import build_request
from app.domain.slots import AvailabilityPage, Slot, YearMonth
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.endpoints import ServiceEndpoints
from app.gateways.sign_in import HubSpotSignInGateway
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.oauth.client import CLIENT_ID, CLIENT_SECRET
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from tests.gateways.service import FakeVault

ZONE = "Europe/Berlin"
BOOK = "*/meeting-links/book"


@dataclass
class Rep:
    """A rep with a gateway to a sandbox."""

    server: SandboxServer
    sign_in: HubSpotSignInGateway
    connections: HubSpotConnectionsGateway
    vault: FakeVault
    account: Account
    ports: CrmPorts

    def page(self) -> str:
        """The first part of the signed-in user's slugs."""
        return self.server.world.signed_in.page

    async def info(self, slug: str) -> BookingInfo:
        """Booking info."""
        return await self.ports.scheduler.booking_info(Slug(slug), ZONE)

    async def month(self, slug: str, offset: int) -> AvailabilityPage:
        """A month of slots."""
        month = YearMonth.of(self.server.clock.now().date()).plus(offset)
        return await self.ports.scheduler.availability(Slug(slug), ZONE, month, month_offset=offset)

    async def slot(self, slug: str, duration_ms: int) -> Slot:
        """A slot some way ahead."""
        return (await self.month(slug, 1)).slots[duration_ms][5]

    async def wish(self, slug: str, answers: Answers | None = None) -> BookingRequest:
        """A request that the link takes."""
        info = await self.info(slug)
        duration = info.durations_ms[0]
        return build_request(
            answers or Answers(first_name="Grace", last_name="Hopper", email="grace.hopper@navy.example"),
            slot=await self.slot(slug, duration),
            duration_ms=duration,
            info=info,
            zone=ZONE,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[SandboxServer, int]]:
    port = free_port()
    redirect = f"http://localhost:{port}/oauth/callback"
    with SandboxServer(SandboxOptions(meetings=60, redirect_urls=(redirect,))) as running:
        yield running, port


@asynccontextmanager
async def rep_at(server: SandboxServer, port: int, version: ApiVersion) -> AsyncIterator[Rep]:
    async with await make_http_client(user_agent="Test", is_local=True) as http:
        vault = FakeVault()

        async def endpoints(workspace: Workspace) -> ServiceEndpoints:
            return ServiceEndpoints(
                authorize_base=server.hubspot_url,
                api_base=server.hubspot_url,
                credentials=AppCredentials(CLIENT_ID, CLIENT_SECRET),
                ports=(port,),
                version=version,
                http=http,
                flights=FlightGate(),
            )

        async def allow(workspace: Workspace, url: str) -> bool:
            answer = await http.get(server.sandbox.consent(url))
            return answer.status_code == httpx.codes.OK

        connections = HubSpotConnectionsGateway(endpoints, vault, now=lambda: datetime.now(UTC))
        sign_in = HubSpotSignInGateway(endpoints, connections, vault, allow, now=lambda: datetime.now(UTC))
        account = await sign_in.sign_in(Workspace.PRACTICE, lambda _: None)
        ports = await connections.connect(account)
        yield Rep(server, sign_in, connections, vault, account, ports)
        await connections.aclose()


@pytest.fixture(params=[ApiVersion.V2026_03, ApiVersion.V3])
async def rep(server: tuple[SandboxServer, int], request: pytest.FixtureRequest) -> AsyncIterator[Rep]:
    running, port = server
    async with rep_at(running, port, request.param) as found:
        yield found
    running.faults.clear()
    running.clock.advance(11)


async def test_the_account_is_the_one_of_the_portal(rep: Rep) -> None:
    world = rep.server.world
    assert rep.account.portal_id == world.portal.hub_id
    assert rep.account.user_id == str(world.signed_in.user_id)
    assert rep.account.email == world.signed_in.email
    assert rep.account.full_name == world.signed_in.full_name
    assert rep.account.ui_domain == world.portal.ui_domain
    assert "crm.objects.contacts.write" in rep.account.scopes
    assert list(rep.vault.items) == [f"hubspot-refresh-token-{rep.account.id}"]


async def test_all_links_come_whole(rep: Rep) -> None:
    pages = [page async for page in rep.ports.links.pages()]
    links = [link for page in pages for link in page.links]
    assert len(links) == pages[0].total == len(rep.server.world.links)
    assert sum(page.skipped for page in pages) == 0
    assert {link.kind for link in links} == {LinkKind.PERSONAL, LinkKind.GROUP, LinkKind.ROUND_ROBIN}
    assert any(link.is_paid for link in links)
    assert all(link.created_at and link.url.startswith("https://") for link in links)


async def test_every_link_has_its_booking_info(rep: Rep) -> None:
    infos = []
    for page in [page async for page in rep.ports.links.pages()]:
        infos += [await rep.info(link.slug) for link in page.links]
    kinds = {field.kind for info in infos for field in info.form_fields}
    assert kinds == set(FieldKind)
    assert any(info.offline_members for info in infos)
    assert any(info.consent and info.consent.processing_required for info in infos)
    texts = [
        text
        for info in infos
        if info.consent
        for text in (info.consent.intro, info.consent.processing_text, info.consent.privacy_text)
    ]
    assert any(texts)
    assert not any("<" in text for text in texts)
    assert {info.increment for info in infos} >= {None, timedelta(minutes=5), timedelta(hours=2)}


async def test_booking_takes_the_slot_and_can_be_found(rep: Rep) -> None:
    wish = await rep.wish("sales/product-demo")
    receipt = await rep.ports.scheduler.book(wish)
    assert receipt.calendar_event_id
    assert (receipt.start, receipt.end) == wish.slot
    contact = await rep.ports.records.contact_by_email(wish.email)
    assert contact is not None
    assert contact.id == receipt.contact_id
    found = await rep.ports.records.find_meeting(wish.email, wish.slot.start)
    assert found is not None
    assert (found.start, found.outcome, found.title) == (wish.slot.start, "SCHEDULED", receipt.subject)
    assert await rep.ports.records.find_meeting(wish.email, wish.slot.start + timedelta(hours=9)) is None
    assert await rep.ports.records.find_meeting("nobody@navy.example", wish.slot.start) is None


async def test_a_slot_is_booked_only_once(rep: Rep) -> None:
    wish = await rep.wish(f"{rep.page()}/question")
    await rep.ports.scheduler.book(wish)
    with pytest.raises(SlotGone):
        await rep.ports.scheduler.book(replace(wish, email="second@navy.example"))
    again = await rep.month(f"{rep.page()}/question", 1)
    assert wish.slot.start not in {slot.start for slot in again.slots[wish.duration_ms]}


async def test_a_lost_answer_is_unknown_and_the_meeting_is_there(rep: Rep) -> None:
    wish = replace(await rep.wish("sales/product-demo"), email=f"lost.{rep.account.id}@navy.example")
    rep.server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST", path=BOOK))
    with pytest.raises(Unknown):
        await rep.ports.scheduler.book(wish)
    found = await rep.ports.records.find_meeting(wish.email, wish.slot.start)
    assert found is not None
    booked = [
        row for row in rep.server.requests.rows(method="POST") if row.path.endswith("/meeting-links/book")
    ]
    assert booked[-1:] != booked[-2:-1]


def _late(slot: Slot) -> Slot:
    return Slot(slot.start + timedelta(minutes=1), slot.end)


Change = Callable[[BookingRequest], BookingRequest]


@pytest.mark.parametrize(
    ("slug", "change", "problem"),
    [
        ("customers", lambda wish: replace(wish, email="ann@rival.example"), AddressBlocked),
        ("customers", lambda wish: replace(wish, guests=("a@b.example",) * 3), GuestsRefused),
        ("private-advice", lambda wish: replace(wish, guests=("a@b.example",)), GuestsRefused),
        ("customers", lambda wish: replace(wish, email="ann@example.com"), Rejected),
        ("customers", lambda wish: replace(wish, duration_ms=60_000), Rejected),
        ("callback", lambda wish: replace(wish, answers=()), Rejected),
        (
            "customers",
            lambda wish: replace(wish, slot=Slot(wish.slot.start + timedelta(minutes=1), wish.slot.end)),
            SlotGone,
        ),
        ("customers", lambda wish: replace(wish, slug=Slug("nobody/nothing")), Gone),
    ],
)
async def test_what_hubspot_refuses_has_its_meaning(
    rep: Rep, slug: str, change: Change, problem: type[Problem]
) -> None:
    values = {"phone": "+49 30 901820"}
    answers = Answers(first_name="Ann", last_name="Lee", email="ann@navy.example", values=values)
    wish = await rep.wish(f"{rep.page()}/{slug}", answers)
    with pytest.raises(problem) as caught:
        await rep.ports.scheduler.book(change(wish))
    assert getattr(caught.value, "reference", None)
    if isinstance(caught.value, Rejected) and slug == "callback":
        assert set(caught.value.fields) == {"phone"}
    if isinstance(caught.value, AddressBlocked):
        assert caught.value.email == "ann@rival.example"


async def test_an_unknown_slug_is_gone(rep: Rep) -> None:
    with pytest.raises(Gone):
        await rep.info("nobody/nothing")


async def test_records_are_found_by_what_is_typed(rep: Rep) -> None:
    by_name = await rep.ports.records.search_contacts("a", limit=5)
    assert 0 < len(by_name) <= 5
    known = by_name[0]
    again = await rep.ports.records.contact(known.id, properties=("jobtitle",))
    assert (again.id, again.email) == (known.id, known.email)
    assert "jobtitle" in again.properties
    for contact in by_name:
        await rep.ports.records.deals_of(contact.id)
    companies = [await rep.ports.records.companies_of(contact.id) for contact in by_name]
    assert any(companies)
    owners = await rep.ports.records.owners()
    assert rep.account.user_id in {owner.user_id for owner in owners}


async def test_an_expired_token_is_renewed_in_the_middle(rep: Rep) -> None:
    assert [page async for page in rep.ports.links.pages()]
    assert rep.server.sandbox.tokens.expire_access_tokens()
    assert [page async for page in rep.ports.links.pages()]


async def test_a_missing_scope_is_named(rep: Rep) -> None:
    rep.server.faults.add(Fault(FaultKind.MISSING_SCOPE, path="*/meeting-links*", scopes=("some.scope",)))
    with pytest.raises(NotAllowed) as caught:
        await rep.info("sales/product-demo")
    assert caught.value.missing_scopes == ("some.scope",)


async def test_signing_out_ends_the_grant_at_hubspot(rep: Rep) -> None:
    (refresh_token,) = rep.vault.items.values()
    assert await rep.sign_in.sign_out(rep.account)
    assert rep.vault.items == {}
    rep.vault.items[f"hubspot-refresh-token-{rep.account.id}"] = refresh_token
    ports = await rep.connections.connect(rep.account)
    with pytest.raises(SignInNeeded):
        await ports.records.owners()
