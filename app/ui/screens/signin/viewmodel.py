"""The sign-in's state: what was chosen, whether credentials are missing, the wait for the browser."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.accounts import Workspace
from app.domain.problems import Problem
from app.services.accounts import AccountsState
from app.ui.context import UiContext
from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import Remedy
from app.ui.screens.signin.props import SignInInputs, SignInProps, Stage, derive_sign_in

TICK_MS = 1_000
_SIGN_IN = "sign-in"


class SignInViewModel(QObject):
    """Signs in once at a time; `settled` fires when an account became active."""

    stage_changed = Signal()
    title_changed = Signal()
    waiting_changed = Signal()
    failure_changed = Signal()
    can_go_back_changed = Signal()
    settled = Signal()
    back_wanted = Signal()

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._accounts = context.services.accounts
        self._store = context.credentials
        self._clock = context.clock
        self._tasks = tasks
        self.credentials = CredentialsViewModel(context.credentials, tasks)
        inputs = SignInInputs(now=context.clock.now(), accounts=self._accounts.state.value)
        self._publisher = Publisher(self, inputs, derive_sign_in)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._accounts.state.subscribe(self._on_accounts)
        self.credentials.saved.connect(self._on_credentials_saved)
        self.credentials.note_key_store(self._accounts.state.value.keeps_secrets)

    @property
    def props(self) -> SignInProps:
        """What is shown now."""
        return self._publisher.props

    @property
    def last(self) -> Workspace | None:
        """What was tried last."""
        return self._publisher.inputs.last

    def allow_back(self, can_go_back: bool) -> None:
        """Whether there is a screen to go back to."""
        self._set(can_go_back=can_go_back)

    def begin(self, workspace: Workspace) -> None:
        """Start signing in, or ask for the app's credentials first; nothing while one is under way."""
        if self._tasks.is_running(_SIGN_IN):
            return
        self._set(under_way=workspace, last=workspace, problem=None, is_cancelling=False)
        self._tasks.start(self._sign_in(workspace), key=_SIGN_IN, policy=Policy.ONCE)

    def cancel(self) -> None:
        """Stop the sign-in that is under way."""
        self._tasks.cancel(_SIGN_IN)
        if self._accounts.state.value.is_signing_in:
            self._set(is_cancelling=True)
        else:
            # It had not begun, so nothing of it runs that could say that it ended.
            self._set(under_way=None)

    def go_back(self) -> None:
        """One step back: from the wait, from the credentials, or to the screen that was left."""
        match self.props.stage:
            case Stage.WAITING:
                self.cancel()
            case Stage.CREDENTIALS:
                self._set(asks_credentials=False, problem=None)
            case Stage.CHOICES:
                if self.props.can_go_back:
                    self._set(problem=None)
                    self._accounts.dismiss_problem()
                    self.back_wanted.emit()

    def mend(self) -> None:
        """Do what the failure offers."""
        failure = self.props.failure
        if failure is None:
            return
        match failure.remedy:
            case Remedy.CREDENTIALS:
                self._ask_credentials()
            case Remedy.RETRY | Remedy.RECONNECT:
                if self.last is not None:
                    self.begin(self.last)
                else:
                    self._tasks.start(self._accounts.load(), key="load", policy=Policy.ONCE)
            case Remedy.NONE | Remedy.WAIT:
                return

    def tick(self) -> None:
        """Count the time that is left."""
        self._set(now=self._clock.now())

    async def _sign_in(self, workspace: Workspace) -> None:
        account = None
        try:
            if workspace is Workspace.PRACTICE or await self._has_credentials():
                self._set(asks_credentials=False)
                account = await self._accounts.sign_in(workspace)
        finally:
            self._set(under_way=None, is_cancelling=False)
        if account is not None:
            self.settled.emit()

    async def _has_credentials(self) -> bool:
        try:
            found = await self._store.credentials()
        except Problem as problem:
            self._set(problem=problem)
            return False
        if found is None:
            self._ask_credentials()
        return found is not None

    def _ask_credentials(self) -> None:
        self.credentials.load()
        self._set(asks_credentials=True)

    def _on_credentials_saved(self) -> None:
        if self.props.stage is Stage.CREDENTIALS:
            self.begin(Workspace.LIVE)

    def _on_accounts(self, state: AccountsState) -> None:
        self.credentials.note_key_store(state.keeps_secrets)
        is_counting = state.waiting is not None
        if is_counting != self._ticker.isActive():
            (self._ticker.start if is_counting else self._ticker.stop)()
        self._set(accounts=state, now=self._clock.now())

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]
