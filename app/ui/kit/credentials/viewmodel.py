"""The state of the credentials form: what is kept, what is typed, and whether it may be saved."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.accounts import AppCredentials
from app.domain.ports import CredentialStore
from app.domain.problems import Problem
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CredentialsInputs:
    """`client_id` and `secret` are as typed; an empty secret beside the kept id stands for the kept one.

    `is_touched` says that something was typed since what is kept was last asked for.
    """

    kept: AppCredentials | None = None
    is_provisioned: bool = False
    keeps_secrets: bool = True
    client_id: str = ""
    secret: str = field(default="", repr=False)
    is_touched: bool = False
    is_checked: bool = False
    is_saving: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class CredentialsProps:
    """What the form shows; `place` says where the credentials are kept, `failure` what went wrong."""

    client_id: str
    secret: str = field(repr=False)
    id_error: str
    secret_error: str
    has_kept_secret: bool
    place: str
    failure: str
    can_edit: bool
    is_changed: bool
    can_forget: bool
    is_saving: bool


def wanted(inputs: CredentialsInputs) -> AppCredentials:
    """What saving would keep; both parts may be empty."""
    client_id, secret = inputs.client_id.strip(), inputs.secret.strip()
    if not secret and inputs.kept is not None and inputs.kept.client_id == client_id:
        secret = inputs.kept.client_secret
    return AppCredentials(client_id, secret)


def derive_credentials(inputs: CredentialsInputs) -> CredentialsProps:
    """The form from one snapshot."""
    result = wanted(inputs)
    required = translate("credentials", "Required") if inputs.is_checked else ""
    return CredentialsProps(
        client_id=inputs.client_id,
        secret=inputs.secret,
        id_error="" if result.client_id else required,
        secret_error="" if result.client_secret else required,
        has_kept_secret=inputs.kept is not None and inputs.kept.client_id == result.client_id,
        place=_place(inputs),
        failure=words_for(inputs.problem).sentence if inputs.problem is not None else "",
        can_edit=not inputs.is_provisioned and not inputs.is_saving,
        is_changed=result != (inputs.kept or AppCredentials("", "")),
        can_forget=inputs.kept is not None and not inputs.is_provisioned,
        is_saving=inputs.is_saving,
    )


def _place(inputs: CredentialsInputs) -> str:
    if inputs.is_provisioned:
        return translate(
            "credentials",
            "Your administrator set these for this computer. Only the administrator changes them.",
        )
    if not inputs.keeps_secrets:
        return translate(
            "credentials", "There is no key store on this computer: they are kept until Slotdesk quits."
        )
    return translate("credentials", "Kept in this computer's key store, never in a file.")


class CredentialsViewModel(QObject):
    """Loads, checks and saves; `saved` fires when valid credentials are kept, also unchanged ones."""

    props_changed = Signal()
    saved = Signal()

    def __init__(self, store: CredentialStore, tasks: TaskScope) -> None:
        super().__init__()
        self._store = store
        self._tasks = tasks
        self._publisher = Publisher(self, CredentialsInputs(), derive_credentials)

    @property
    def props(self) -> CredentialsProps:
        """What the form shows now."""
        return self._publisher.props

    def load(self) -> None:
        """Read what is kept; what was typed and not saved is dropped, what is typed meanwhile stays."""
        self._set(is_touched=False)
        self._tasks.start(self._load(), key="credentials.load", policy=Policy.LATEST)

    def note_key_store(self, keeps_secrets: bool) -> None:
        """Say whether this computer has a key store."""
        self._set(keeps_secrets=keeps_secrets)

    def type_id(self, text: str) -> None:
        """The rep changed the client id."""
        self._set(client_id=text, is_touched=True)

    def type_secret(self, text: str) -> None:
        """The rep changed the secret."""
        self._set(secret=text, is_touched=True)

    def save(self) -> None:
        """Keep what is typed when both parts are there, else say what is missing."""
        if not self.props.can_edit:
            return
        self._set(is_checked=True, problem=None)
        if self.props.id_error or self.props.secret_error:
            return
        self._tasks.start(
            self._save(wanted(self._publisher.inputs)), key="credentials.save", policy=Policy.ONCE
        )

    def forget(self) -> None:
        """Remove what is kept from this computer."""
        if self.props.can_forget and self.props.can_edit:
            self._tasks.start(self._save(None), key="credentials.save", policy=Policy.ONCE)

    async def _load(self) -> None:
        try:
            kept = await self._store.credentials()
            is_provisioned = await self._store.is_provisioned()
        except Problem as problem:
            self._set(problem=problem)
            return
        if self._publisher.inputs.is_touched and not is_provisioned:
            self._set(kept=kept, is_provisioned=False, problem=None)
            return
        self._take(kept, is_provisioned=is_provisioned)

    async def _save(self, credentials: AppCredentials | None) -> None:
        if credentials != self._publisher.inputs.kept:
            self._set(is_saving=True, problem=None)
            try:
                await self._store.save(credentials)
            except Problem as problem:
                self._set(problem=problem)
                return
            finally:
                self._set(is_saving=False)
        self._take(credentials, is_provisioned=False)
        if credentials is not None:
            self.saved.emit()

    def _take(self, kept: AppCredentials | None, *, is_provisioned: bool) -> None:
        self._set(
            kept=kept,
            is_provisioned=is_provisioned,
            client_id=kept.client_id if kept is not None else "",
            secret="",
            is_checked=False,
            problem=None,
        )

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]
