"""Everything one sandbox consists of: clock, accounts with their worlds, sign-in, limits, trouble and log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from app.sandbox.clock import SandboxClock
from app.sandbox.crm.search.engine import SearchEngine
from app.sandbox.crm.store import RecordStore
from app.sandbox.faults import FaultScript
from app.sandbox.hubspot.attachments import add_attachment
from app.sandbox.hubspot.file_cabinet import FileCabinet
from app.sandbox.hubspot.portal import Portal, add_user_records
from app.sandbox.limits import RateLimits
from app.sandbox.oauth.client import REDIRECT_URLS, ClientApp
from app.sandbox.oauth.desk import Account, InstallDesk
from app.sandbox.oauth.scopes import ALL_SCOPES
from app.sandbox.oauth.tokens import Grant, TokenPair, TokenRegistry
from app.sandbox.pipedrive.service import PipedriveService
from app.sandbox.pipedrive.world.companies import Owner
from app.sandbox.pipedrive.world.people import Acquaintance
from app.sandbox.request_log import RequestLog
from app.sandbox.world.people import Portal as AccountDetails
from app.sandbox.world.world import DEFAULT_LINKS, DEFAULT_MEETINGS, World, build_world

DEFAULT_SEED: Final = 20260101

_SECOND_LINKS: Final = 6
_SECOND_MEETINGS: Final = 30
_SECOND_LACKS: Final = frozenset({"crm.objects.deals.read", "crm.objects.deals.write", "files"})
_SECOND_HUB: Final = 8412913
_CLOSED_HUB: Final = 8413056
_ACQUAINTANCES: Final = 60


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How a sandbox is made. `now` is an aware instant, `search_lag_s` seconds.

    `required` maps record type ids to properties an admin made required (enforced from 2026-09 on);
    `token` is a bearer with every scope that never expires.
    """

    links: int = DEFAULT_LINKS
    meetings: int = DEFAULT_MEETINGS
    seed: int = DEFAULT_SEED
    now: datetime | None = None
    frozen: bool = False
    token: str | None = None
    limits: bool = False
    search_lag_s: float = 0.0
    redirect_urls: tuple[str, ...] = ()
    required: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Sandbox:
    """The state behind both listeners. The first portal is the main one; the second is small."""

    def __init__(self, options: SandboxOptions) -> None:
        self.options = options
        self.clock = SandboxClock(options.now, frozen=options.frozen)
        self.faults = FaultScript(seed=options.seed)
        self.requests = RequestLog()
        self.limits = RateLimits(self.clock.now, enforced=options.limits)
        self.tokens = TokenRegistry(self.clock.now, seed=options.seed)
        main = self._portal(options.seed, options.links, options.meetings)
        second = self._portal(options.seed + 1, _SECOND_LINKS, _SECOND_MEETINGS)
        second.world.portal = _second_account(main.world.portal)
        self.portals = (main, second)
        client = ClientApp(redirect_urls=(*REDIRECT_URLS, *options.redirect_urls))
        self.desk = InstallDesk(client, self._accounts(), self.tokens, self.clock.now)
        if options.token is not None:
            user = main.world.signed_in
            self.tokens.admit_fixed(options.token, hub_id=main.hub_id, user_id=user.user_id)
        self.pipedrive = self._pipedrive(main)

    def portal(self, hub_id: int) -> Portal | None:
        """Return an account's portal; None for an account without one."""
        return next((portal for portal in self.portals if portal.hub_id == hub_id), None)

    def grant(
        self,
        *,
        scopes: frozenset[str] | None = None,
        hub_id: int | None = None,
        user_id: int | None = None,
    ) -> TokenPair:
        """Install the app without a browser: by default in the main portal, with every scope.

        KeyError for an unknown portal, user or scope.
        """
        portal = self.portals[0] if hub_id is None else self.portal(hub_id)
        if portal is None:
            raise KeyError(hub_id)
        wanted = ALL_SCOPES if scopes is None else scopes
        person = portal.world.signed_in.user_id if user_id is None else user_id
        if portal.world.user(person) is None:
            raise KeyError(user_id)
        return self.tokens.issue(Grant(portal.hub_id, person, wanted))

    def consent(self, authorize_url: str, *, hub_id: int | None = None) -> str:
        """Press Allow for an authorize address; return where the browser is sent (with code and state).

        InstallRefusedError when HubSpot would show an error page.
        """
        query = dict(parse_qsl(urlsplit(authorize_url).query, keep_blank_values=True))
        waiting = self.desk.receive(query)
        return self.desk.allow(waiting.ticket, self.portals[0].hub_id if hub_id is None else hub_id)

    def _portal(self, seed: int, links: int, meetings: int) -> Portal:
        clock = self.clock.now
        store = RecordStore(clock=clock)
        world = build_world(seed=seed, now=clock, store=store, links=links, meetings=meetings)
        add_user_records(store, world.users, world.portal.created_at)
        engine = SearchEngine(store, clock, lag_s=self.options.search_lag_s)
        files = FileCabinet()
        add_attachment(store, files, now=clock())
        required: dict[str, Sequence[str]] = dict(self.options.required)
        return Portal(world, store, clock, engine, files, required)

    def _pipedrive(self, main: Portal) -> PipedriveService:
        user = main.world.signed_in
        service = PipedriveService(
            seed=self.options.seed,
            clock=self.clock.now,
            enforced=lambda: self.limits.enforced,
            owner=Owner(user.full_name, user.email, user.zone_name),
            known=_acquaintances(main.store),
        )
        if self.options.token is not None:
            service.admit_fixed(self.options.token)
        return service

    def _accounts(self) -> list[Account]:
        main, second = (_account(portal.world) for portal in self.portals)
        closed = replace(
            main, hub_id=_CLOSED_HUB, name="Northwind Archive", domain="archive.example", may_install=False
        )
        return [main, replace(second, unavailable=_SECOND_LACKS), closed]


def _acquaintances(store: RecordStore) -> list[Acquaintance]:
    names = ("firstname", "lastname", "email", "phone", "company", "city")
    contacts = islice(store.all("0-1"), _ACQUAINTANCES)
    return [Acquaintance(*(one.properties.get(name) or "" for name in names)) for one in contacts]


def _account(world: World) -> Account:
    user = world.signed_in
    return Account(
        hub_id=world.portal.hub_id,
        name=world.portal.name,
        domain=world.portal.domain,
        region=world.portal.data_hosting,
        user_id=user.user_id,
        user_email=user.email,
        user_name=user.full_name,
        emails={one.user_id: one.email for one in world.users},
    )


def _second_account(main: AccountDetails) -> AccountDetails:
    return replace(
        main,
        hub_id=_SECOND_HUB,
        name="Northwind Partners",
        domain="northwind-partners.example",
        time_zone="US/Eastern",
        currency="USD",
        further_currencies=(),
        ui_domain="app.hubspot.com",
        data_hosting="na1",
        account_type="DEVELOPER_TEST",
    )
