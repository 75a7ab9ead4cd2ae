"""Looking up people and their records in the CRM of the active account."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from app.domain.accounts import AccountId
from app.domain.guests import is_email
from app.domain.links import UserId
from app.domain.ports import Clock
from app.domain.problems import NotAllowed, Problem
from app.domain.records import Company, Contact, ContactId, Deal, Owner
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.turns import Turns

T = TypeVar("T")

MIN_QUERY: Final = 2
"""Letters that are needed before HubSpot is asked."""

_OWNERS_LAST: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Related:
    """What belongs to a contact; `problem` says why a part is missing."""

    companies: tuple[Company, ...] = ()
    deals: tuple[Deal, ...] = ()
    problem: Problem | None = None


class DirectoryService:
    """Asks HubSpot at once and passes its problems on; the caller debounces and cancels what is stale."""

    def __init__(self, accounts: AccountsService, connectivity: ConnectivityService, clock: Clock) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._clock = clock
        self._owners: dict[AccountId, tuple[datetime, tuple[Owner, ...]]] = {}
        self._turns: Turns[AccountId] = Turns()

    async def search_contacts(
        self, text: str, *, limit: int = 8, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts by free text, best first; none for a text below `MIN_QUERY` letters."""
        query = text.strip()
        if len(query) < MIN_QUERY:
            return ()
        records = self._accounts.ports().records
        return await self._connectivity.watch(
            records.search_contacts(query, limit=limit, properties=properties)
        )

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact with the named properties. Raises Gone."""
        records = self._accounts.ports().records
        return await self._connectivity.watch(records.contact(contact_id, properties=properties))

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with exactly this address; None where there is none or it is no address."""
        address = email.strip()
        if not is_email(address):
            return None
        records = self._accounts.ports().records
        return await self._connectivity.watch(records.contact_by_email(address, properties=properties))

    async def related(self, contact_id: ContactId) -> Related:
        """Companies and deals of the contact; what could not be read is empty, with the first problem."""
        records = self._accounts.ports().records
        companies, company_problem = await self._tried(records.companies_of(contact_id))
        deals, deal_problem = await self._tried(records.deals_of(contact_id))
        return Related(companies, deals, company_problem or deal_problem)

    async def _tried(self, call: Awaitable[tuple[T, ...]]) -> tuple[tuple[T, ...], Problem | None]:
        try:
            return await self._connectivity.watch(call), None
        except Problem as problem:
            return (), problem

    async def owners(self) -> tuple[Owner, ...]:
        """All owners, remembered for an hour for each account."""
        ports, account_id = self._accounts.ports(), self._accounts.active_id or AccountId("")

        async def fetch() -> None:
            owners = await self._connectivity.watch(ports.records.owners())
            self._owners[account_id] = (self._clock.now(), owners)

        fetched_at, owners = self._owners.get(account_id, (None, ()))
        if fetched_at is None or self._clock.now() - fetched_at >= _OWNERS_LAST:
            await self._turns.share(account_id, fetch)
            owners = self._owners[account_id][1]
        return owners

    async def member_names(self) -> Mapping[UserId, str]:
        """Names of users by user id; empty where the grant does not allow to read owners."""
        try:
            owners = await self.owners()
        except NotAllowed:
            return {}
        return {UserId(owner.user_id): owner.full_name for owner in owners if owner.user_id is not None}
