"""The services of the running app, wired to whatever fulfils their ports."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.ports import (
    AccountStore,
    Clock,
    Connections,
    DraftStore,
    LinkCache,
    LinkMarkStore,
    PreferenceStore,
    SecretVault,
    SignInPort,
)
from app.domain.ports_meetings import MeetingCache, OutboxStore, Spool, TemplateStore
from app.services.accounts import AccountsService
from app.services.agenda import AgendaService
from app.services.availability import AvailabilityService
from app.services.booking import BookingService
from app.services.connectivity import ConnectivityService
from app.services.directory import DirectoryService
from app.services.drafts import DraftsService
from app.services.links import LinksService
from app.services.log_drafts import LogDraftsService
from app.services.meetings.service import MeetingsService
from app.services.outbox.service import OutboxService
from app.services.preferences import PreferencesService
from app.services.templates import TemplatesService
from app.ui.context import Services


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything the services need from outside."""

    sign_in: SignInPort
    connections: Connections
    accounts: AccountStore
    vault: SecretVault
    cache: LinkCache
    marks: LinkMarkStore
    drafts: DraftStore
    preferences: PreferenceStore
    outbox: OutboxStore
    meetings: MeetingCache
    templates: TemplateStore
    spool: Spool
    clock: Clock


def build_services(ports: Ports, *, rng: random.Random, on_error: Callable[[Exception], None]) -> Services:
    """One of each, sharing accounts and connectivity; starts nothing."""
    clock = ports.clock
    accounts = AccountsService(
        ports.sign_in, ports.accounts, ports.connections, ports.vault, on_error=on_error
    )
    connectivity = ConnectivityService(accounts, clock, rng, on_error=on_error)
    links = LinksService(accounts, connectivity, ports.cache, ports.marks, clock, on_error=on_error)
    availability = AvailabilityService(accounts, connectivity, links, ports.cache, clock, on_error=on_error)
    outbox = OutboxService(accounts, connectivity, ports.outbox, ports.spool, clock, rng, on_error=on_error)
    meetings = MeetingsService(
        accounts, connectivity, outbox, ports.meetings, ports.spool, clock, on_error=on_error
    )
    return Services(
        accounts=accounts,
        connectivity=connectivity,
        links=links,
        availability=availability,
        booking=BookingService(
            accounts, connectivity, links, availability, ports.drafts, clock, on_error=on_error
        ),
        directory=DirectoryService(accounts, connectivity, clock),
        drafts=DraftsService(accounts, ports.drafts, clock, on_error=on_error),
        preferences=PreferencesService(ports.preferences, on_error=on_error),
        outbox=outbox,
        meetings=meetings,
        agenda=AgendaService(accounts, meetings, on_error=on_error),
        templates=TemplatesService(accounts, ports.templates, on_error=on_error),
        log_drafts=LogDraftsService(accounts, ports.drafts, clock),
    )
