"""The accounts page's state: cards from the accounts, and what signing out involves."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.accounts import FEATURE_SCOPES, Account, AccountId, Workspace, missing_scopes
from app.domain.problems import SignInFailed
from app.services.accounts import AccountsState
from app.ui.context import UiContext
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.permissions import feature_title
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Permission:
    """One feature; `missing` are the scopes to name when it was not granted."""

    title: str
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """What stands at the end of the row."""
        if not self.missing:
            return translate("settings", "granted")
        return translate("settings", "not granted · ask a super admin")

    @property
    def explanation(self) -> str:
        """For tooltip and screen readers: names the missing scopes, empty when there are none."""
        if not self.missing:
            return ""
        pattern = translate("settings", "Missing: {scopes}. A super admin can grant it; then reconnect.")
        return pattern.format(scopes=", ".join(self.missing))


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One account as it is shown."""

    id: AccountId
    workspace: Workspace
    title: str
    detail: str
    is_active: bool
    is_lost: bool
    permissions: tuple[Permission, ...]

    @property
    def lacks_permissions(self) -> bool:
        """Whether reconnecting could bring more."""
        return any(permission.missing for permission in self.permissions)


@dataclass(frozen=True, slots=True)
class AccountsProps:
    """The page; `problem` is a sentence about the accounts on this computer."""

    cards: tuple[AccountCard, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SignOutQuestion:
    """What would be lost by signing out: None where it is not known.

    `drafts` are bookings, `logs` meetings that were begun and not finished; `changes` wait for HubSpot.
    """

    account_id: AccountId
    portal: str
    drafts: int | None
    logs: int | None = None
    changes: int | None = None


def derive_accounts(state: AccountsState) -> AccountsProps:
    """The page from one snapshot."""
    problem = state.problem
    is_told = problem is not None and not isinstance(problem, SignInFailed)
    return AccountsProps(
        cards=tuple(_card(account, state) for account in state.accounts),
        problem=words_for(problem).sentence if problem is not None and is_told else "",
    )


def _card(account: Account, state: AccountsState) -> AccountCard:
    where = translate("settings", "HubSpot")
    if account.workspace is Workspace.PRACTICE:
        where = translate("settings", "Sandbox")
    detail = translate("settings", "{who}, portal {portal}")
    return AccountCard(
        id=account.id,
        workspace=account.workspace,
        title=f"{where} · {account.portal_name or account.portal_id}",
        detail=detail.format(who=account.full_name or account.email, portal=account.portal_id),
        is_active=state.active is not None and state.active.id == account.id,
        is_lost=account.id in state.lost,
        permissions=tuple(
            Permission(feature_title(feature), missing_scopes(account.scopes, feature))
            for feature in FEATURE_SCOPES
        ),
    )


class AccountsViewModel(QObject):
    """Follows the accounts; `sign_out_asked(SignOutQuestion)` wants the rep's answer first."""

    props_changed = Signal()
    sign_out_asked = Signal(object)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._accounts = context.services.accounts
        self._drafts = context.services.drafts
        self._log_drafts = context.services.log_drafts
        self._outbox = context.services.outbox
        self._preferences = context.services.preferences
        self._notices: Notices = context.notices
        self._tasks = tasks
        self._publisher = Publisher(self, self._accounts.state.value, derive_accounts)
        self._accounts.state.subscribe(self._on_accounts)

    @property
    def props(self) -> AccountsProps:
        """The page now."""
        return self._publisher.props

    def use(self, account_id: AccountId) -> None:
        """Make it the active account."""
        self._tasks.start(self._accounts.activate(account_id), key="activate", policy=Policy.ONCE)

    def ask_to_sign_out(self, account_id: AccountId) -> None:
        """Sign out, after a question when something unfinished would be lost."""
        self._tasks.start(self._ask(account_id), key=f"ask/{account_id}", policy=Policy.ONCE)

    def sign_out(self, account_id: AccountId) -> None:
        """Sign out and remove the account's data from this computer."""
        self._tasks.start(self._sign_out(account_id), key=f"leave/{account_id}", policy=Policy.ONCE)

    def dismiss_problem(self) -> None:
        """The rep has read it."""
        self._accounts.dismiss_problem()

    async def _ask(self, account_id: AccountId) -> None:
        account = self._accounts.state.value.find(account_id)
        if account is None:
            return
        question = SignOutQuestion(account_id, account.portal_name, None)
        if account_id == self._accounts.active_id:
            await self._drafts.load()
            question = replace(
                question,
                drafts=len(self._drafts.state.value.drafts),
                logs=len(await self._log_drafts.unfinished()),
                changes=len(self._outbox.state.value.rows),
            )
        if (question.drafts, question.logs, question.changes) == (0, 0, 0):
            self.sign_out(account_id)
        else:
            self.sign_out_asked.emit(question)

    async def _sign_out(self, account_id: AccountId) -> None:
        account = self._accounts.state.value.find(account_id)
        if account is None:
            return
        if account_id == self._accounts.active_id:
            # The settings file outlives the account, and the address of a link names a person.
            await self._preferences.change(last_link="")
        if await self._accounts.sign_out(account_id):
            text = translate("settings", "Signed out of {portal}. Its data is gone from this computer.")
            self._notices.say(text.format(portal=account.portal_name), tone=Tone.OK)
            return
        text = translate("settings", "Signed out of {portal}, but HubSpot could not be told.")
        rest = translate("settings", "Remove Slotdesk in HubSpot too, under Connected apps.")
        self._notices.say(f"{text.format(portal=account.portal_name)} {rest}", tone=Tone.WARN, seconds=0)

    def _on_accounts(self, state: AccountsState) -> None:
        self._publisher.set(state)
