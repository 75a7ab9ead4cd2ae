"""What the sign-in screen shows, derived from one snapshot."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from app.domain.accounts import Workspace
from app.domain.ports import BrowserStep
from app.domain.problems import Problem
from app.services.accounts import AccountsState
from app.ui.kit.wording import Remedy, words_for

translate = QCoreApplication.translate


class Stage(Enum):
    """Which of the three faces is shown."""

    CHOICES = "choices"
    CREDENTIALS = "credentials"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class SignInInputs:
    """`under_way` is what is being signed in to, `last` what was tried last; `now` is a UTC instant.

    `problem` comes from the credential store; those of sign-ins stand in `accounts`.
    """

    now: datetime
    accounts: AccountsState = field(default_factory=AccountsState)
    under_way: Workspace | None = None
    last: Workspace | None = None
    is_cancelling: bool = False
    asks_credentials: bool = False
    can_go_back: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """`address` is empty until the browser was asked; `left` is `4:32`, empty when it does not matter."""

    icon: str
    title: str
    text: str
    hint: str
    address: str
    left: str
    is_cancelling: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no account, what was kept, and the one thing that helps; `action` may be empty."""

    text: str
    action: str
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class SignInProps:
    """The screen."""

    stage: Stage
    title: str
    waiting: Waiting | None
    failure: Failure | None
    can_go_back: bool


def derive_sign_in(inputs: SignInInputs) -> SignInProps:
    """The screen from one snapshot."""
    stage = Stage.CREDENTIALS if inputs.asks_credentials else Stage.CHOICES
    if inputs.under_way is not None:
        stage = Stage.WAITING
    is_added = inputs.can_go_back
    return SignInProps(
        stage=stage,
        title=translate("signin", "Connect an account")
        if is_added
        else translate("signin", "Book the meeting while you are on the call"),
        waiting=_waiting(inputs, inputs.under_way) if inputs.under_way is not None else None,
        failure=_failure(inputs) if stage is not Stage.WAITING else None,
        can_go_back=is_added and stage is Stage.CHOICES,
    )


def time_left(until: datetime, now: datetime) -> str:
    """`4:32`, never below `0:00`."""
    minutes, seconds = divmod(int(max(until - now, timedelta(0)).total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def _waiting(inputs: SignInInputs, workspace: Workspace) -> Waiting:
    step = inputs.accounts.waiting
    match workspace:
        case Workspace.LIVE:
            return _browser(step, inputs)
        case Workspace.PRACTICE:
            return Waiting(
                icon="flask-conical",
                title=translate("signin", "Opening the sandbox"),
                text=translate("signin", "It starts on this computer and signs in by itself."),
                hint="",
                address=step.url if step is not None else "",
                left="",
                is_cancelling=inputs.is_cancelling,
            )
        case _:
            assert_never(workspace)


def _browser(step: BrowserStep | None, inputs: SignInInputs) -> Waiting:
    return Waiting(
        icon="globe",
        title=translate("signin", "Finish in your browser")
        if step is not None
        else translate("signin", "Opening your browser"),
        text=translate("signin", "HubSpot asks there whether Slotdesk may work with your account."),
        hint=translate("signin", "If you decline in HubSpot, it sends nothing back: press Cancel here."),
        address=step.url if step is not None else "",
        left=time_left(step.expires_at, inputs.now) if step is not None else "",
        is_cancelling=inputs.is_cancelling,
    )


def _failure(inputs: SignInInputs) -> Failure | None:
    problem = inputs.problem or inputs.accounts.problem
    if problem is None:
        return None
    words = words_for(problem)
    text = words.sentence
    active = inputs.accounts.active
    if active is not None:
        kept = translate("signin", "{portal} stays signed in.").format(portal=active.portal_name)
        title = translate("signin", "The sign-in did not work")
        text = f"{title}. {words.text} {kept}"
    remedy = words.remedy
    if remedy is Remedy.CREDENTIALS and inputs.asks_credentials:
        remedy = Remedy.NONE
    return Failure(text, _action(remedy), remedy)


def _action(remedy: Remedy) -> str:
    match remedy:
        case Remedy.RETRY:
            return translate("signin", "Try again")
        case Remedy.RECONNECT:
            return translate("signin", "Reconnect")
        case Remedy.CREDENTIALS:
            return translate("signin", "Check ID and secret")
        case Remedy.NONE | Remedy.WAIT:
            return ""
        case _:
            assert_never(remedy)
