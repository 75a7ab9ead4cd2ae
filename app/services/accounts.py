"""Who is signed in, who is active, and how that changes."""

from dataclasses import dataclass, replace
from typing import Any

from app.domain.accounts import Account, AccountId, Workspace
from app.domain.ports import AccountStore, BrowserStep, Connections, CrmPorts, SecretVault, SignInPort
from app.domain.problems import Problem, SignInNeeded
from app.services.finishing import to_the_end
from app.services.published import ErrorSink, Published


@dataclass(frozen=True, slots=True)
class AccountsState:
    """The accounts on this computer.

    `waiting` is set while the browser is asked; `lost` are accounts whose grant is gone; `keeps_secrets` is
    false where sign-ins last only until the app quits.
    """

    accounts: tuple[Account, ...] = ()
    active: Account | None = None
    is_loaded: bool = False
    is_signing_in: bool = False
    waiting: BrowserStep | None = None
    problem: Problem | None = None
    lost: frozenset[AccountId] = frozenset()
    keeps_secrets: bool = True

    @property
    def is_lost(self) -> bool:
        """Whether the active account has to be reconnected."""
        return self.active is not None and self.active.id in self.lost

    def find(self, account_id: AccountId | None) -> Account | None:
        """The account of that id."""
        return next((account for account in self.accounts if account.id == account_id), None)


class AccountsService:
    """Signs in and out, and hands out the ports of the active account."""

    def __init__(
        self,
        sign_in: SignInPort,
        store: AccountStore,
        connections: Connections,
        vault: SecretVault,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._sign_in = sign_in
        self._store = store
        self._connections = connections
        self._vault = vault
        self.state = Published(AccountsState(keeps_secrets=vault.is_durable), on_error)

    @property
    def active_id(self) -> AccountId | None:
        """The active account's id."""
        active = self.state.value.active
        return active.id if active else None

    def ports(self) -> CrmPorts:
        """The ports of the active account; raises SignInNeeded when nobody is signed in."""
        active = self.state.value.active
        if active is None:
            raise SignInNeeded("")
        return self._connections.open(active)

    def note_key_store(self) -> None:
        """The key store has been looked for: publish whether sign-ins outlast this session."""
        self._publish(keeps_secrets=self._vault.is_durable)

    async def load(self) -> None:
        """Read the known accounts; the one that was active last is active again, else the oldest."""
        try:
            accounts = await self._store.accounts()
            active_id = await self._store.active()
        except Problem as problem:
            self._publish(problem=problem, is_loaded=True)
            return
        known = replace(self.state.value, accounts=accounts)
        active = known.find(active_id) or next(iter(accounts), None)
        self.state.set(replace(known, active=active, is_loaded=True, keeps_secrets=self._vault.is_durable))

    async def sign_in(self, workspace: Workspace) -> Account | None:
        """Sign in with the browser and make that account the active one; None when it failed.

        Only one sign-in runs at a time: a second call is answered with None at once. A failed one is told in
        `problem`; a failed or cancelled one leaves the accounts as they were. The same portal and user
        replaces itself, keeping its data.
        """
        if self.state.value.is_signing_in:
            return None
        self._publish(is_signing_in=True, problem=None)
        try:
            account = await self._sign_in.sign_in(workspace, lambda step: self._publish(waiting=step))
            if self.state.value.find(account.id):
                await self._connections.close(account.id)
            await self._store.save(account)
            await self._store.activate(account.id)
            self._welcome(account)
        except Problem as problem:
            self._publish(problem=problem)
            return None
        finally:
            self._publish(is_signing_in=False, waiting=None)
        return account

    def _welcome(self, account: Account) -> None:
        state = self.state.value
        self._publish(
            accounts=(*(one for one in state.accounts if one.id != account.id), account),
            active=account,
            is_signing_in=False,
            waiting=None,
            lost=state.lost - {account.id},
            keeps_secrets=self._vault.is_durable,
        )

    async def sign_out(self, account_id: AccountId) -> bool:
        """Hide the account at once, revoke its grant (best effort) and remove its rows; works offline.

        False when revoking failed: the rows are gone all the same. The oldest other account becomes active.
        """
        account = self.state.value.find(account_id)
        if account is None:
            return True
        state = self.state.value
        others = tuple(one for one in state.accounts if one.id != account_id)
        active = next(iter(others), None) if state.active == account else state.active
        self.state.set(
            replace(state, accounts=others, active=active, lost=state.lost - {account_id}, problem=None)
        )
        is_revoked = False
        try:
            await self._connections.close(account_id)
            is_revoked = await self._sign_in.sign_out(account)
        finally:
            await to_the_end(self._forget(account_id, active))
        return is_revoked

    async def _forget(self, account_id: AccountId, active: Account | None) -> None:
        try:
            await self._store.wipe(account_id)
            await self._store.activate(active.id if active else None)
        except Problem as problem:
            self._publish(problem=problem)

    async def activate(self, account_id: AccountId) -> None:
        """Make another account the active one; nothing happens for an unknown id."""
        account = self.state.value.find(account_id)
        if account is None or account == self.state.value.active:
            return
        self._publish(active=account)
        try:
            await self._store.activate(account_id)
        except Problem as problem:
            self._publish(problem=problem)

    def report_lost(self, account_id: AccountId) -> None:
        """Note that the account's grant is gone; its data stays, and signing in again ends it."""
        if self.state.value.find(account_id):
            self._publish(lost=self.state.value.lost | {account_id})

    def dismiss_problem(self) -> None:
        """Forget the last problem."""
        self._publish(problem=None)

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))
