"""The account whose meetings are shown, and the watched way to its ports."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import TypeVar

from app.domain.accounts import Account, AccountId
from app.domain.ports import CrmPorts
from app.domain.ports_meetings import MeetingPage, MeetingPorts
from app.services.accounts import AccountsService, AccountsState
from app.services.connectivity import ConnectivityService, Online

T = TypeVar("T")


class ActiveAccount:
    """Says which account is active and tells when another one is, or when it can be asked again."""

    def __init__(self, accounts: AccountsService, connectivity: ConnectivityService) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._on_switched: list[Callable[[], None]] = []
        self._on_regained: list[Callable[[], None]] = []
        self._id = accounts.active_id
        self._was_lost = accounts.state.value.is_lost
        accounts.state.subscribe(self._on_accounts)

    @property
    def id(self) -> AccountId | None:
        """The active account's id."""
        return self._id

    @property
    def account(self) -> Account | None:
        """The active account."""
        return self._accounts.state.value.active

    @property
    def can_be_asked(self) -> bool:
        """Whether a call has a chance: signed in, with a grant that is not lost, not known to be offline."""
        accounts, connection = self._accounts.state.value, self._connectivity.state.value
        return accounts.active is not None and not accounts.is_lost and isinstance(connection, Online)

    def when_switched(self, callback: Callable[[], None]) -> None:
        """Call back after another account (or none) has become active."""
        self._on_switched.append(callback)

    def when_regained(self, callback: Callable[[], None]) -> None:
        """Call back after an account with a good grant has become active, or was reconnected."""
        self._on_regained.append(callback)

    def is_still(self, account_id: AccountId) -> bool:
        """Whether that account is the active one."""
        return self._id == account_id

    def crm(self) -> CrmPorts:
        """All ports of the account. Raises SignInNeeded when nobody is signed in."""
        return self._accounts.ports()

    def ports(self) -> MeetingPorts:
        """The ports for meetings. Raises SignInNeeded when nobody is signed in."""
        return self._accounts.ports().meetings

    async def watch(self, call: Awaitable[T]) -> T:
        """Await the call, note what it says about the connection, and pass its result or problem on."""
        return await self._connectivity.watch(call)

    async def walk(self, pages: AsyncIterator[MeetingPage]) -> AsyncGenerator[MeetingPage, None]:
        """The pages, each of them watched; closing this closes them."""
        try:
            while (page := await self._connectivity.watch(anext(pages, None))) is not None:
                yield page
        finally:
            if isinstance(pages, AsyncGenerator):
                await pages.aclose()

    async def wait_for_return(self) -> None:
        """Return when the connection comes back the next time."""
        await self._connectivity.wait_for_return()

    def _on_accounts(self, state: AccountsState) -> None:
        active_id = state.active.id if state.active else None
        is_switched, was_lost = active_id != self._id, self._was_lost
        self._id, self._was_lost = active_id, state.is_lost
        if is_switched:
            for callback in self._on_switched:
                callback()
        if state.active and not state.is_lost and (is_switched or was_lost):
            for callback in self._on_regained:
                callback()
