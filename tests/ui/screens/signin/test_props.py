"""The sign-in screen as a pure function of its inputs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.accounts import Workspace
from app.domain.ports import BrowserStep
from app.domain.problems import (
    Offline,
    Problem,
    SignInFailed,
    SignInNeeded,
    SignInStop,
    SlowDown,
    StorageFailed,
    StorageTrouble,
)
from app.services.accounts import AccountsState
from app.ui.kit.wording import Remedy
from app.ui.screens.signin.props import SignInInputs, Stage, derive_sign_in, time_left
from tests.fakes.clock import NOW
from tests.fakes.samples import sample_account

STEP = BrowserStep("https://app.hubspot.com/oauth/authorize?x=1", NOW + timedelta(minutes=5))
INPUTS = SignInInputs(now=NOW)
ACCOUNT = sample_account()


def failed(heard: Problem, **changes: object) -> SignInInputs:
    return replace(INPUTS, accounts=AccountsState(problem=heard), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(300, "5:00"), (299.4, "4:59"), (61, "1:01"), (9, "0:09"), (0, "0:00"), (-40, "0:00")],
)
def test_the_time_that_is_left(seconds: float, words: str) -> None:
    assert time_left(NOW + timedelta(seconds=seconds), NOW) == words


def test_cards_come_first() -> None:
    props = derive_sign_in(INPUTS)
    assert props.stage is Stage.CHOICES
    assert props.title == "Book the meeting while you are on the call"
    assert (props.waiting, props.failure, props.can_go_back) == (None, None, False)


def test_adding_an_account_offers_the_way_back() -> None:
    props = derive_sign_in(replace(INPUTS, can_go_back=True))
    assert props.can_go_back
    assert props.title == "Connect an account"


@pytest.mark.parametrize("changes", [{"under_way": Workspace.LIVE}, {"asks_credentials": True}])
def test_back_is_for_the_cards_alone(changes: dict[str, object]) -> None:
    props = derive_sign_in(replace(INPUTS, can_go_back=True, **changes))  # type: ignore[arg-type]
    assert not props.can_go_back


def test_the_wait_before_and_after_the_browser_was_opened() -> None:
    inputs = replace(INPUTS, under_way=Workspace.LIVE, asks_credentials=True)
    props = derive_sign_in(inputs)
    assert props.stage is Stage.WAITING
    assert props.waiting is not None
    assert (props.waiting.title, props.waiting.address, props.waiting.left) == (
        "Opening your browser",
        "",
        "",
    )
    opened = derive_sign_in(replace(inputs, accounts=AccountsState(waiting=STEP))).waiting
    assert opened is not None
    assert (opened.title, opened.address, opened.left) == ("Finish in your browser", STEP.url, "5:00")
    assert "decline" in opened.hint
    assert "Cancel" in opened.hint


def test_the_practice_world_needs_no_browser_and_no_hurry() -> None:
    inputs = replace(INPUTS, under_way=Workspace.PRACTICE, accounts=AccountsState(waiting=STEP))
    waiting = derive_sign_in(inputs).waiting
    assert waiting is not None
    assert waiting.title == "Opening the sandbox"
    assert (waiting.left, waiting.hint) == ("", "")


def test_an_old_failure_is_not_shown_while_the_next_try_runs() -> None:
    inputs = failed(Offline(), under_way=Workspace.LIVE)
    assert derive_sign_in(inputs).failure is None


def test_every_stop_has_its_own_sentence() -> None:
    failures = [derive_sign_in(failed(SignInFailed(stop, "53682"))).failure for stop in SignInStop]
    texts = {failure.text for failure in failures if failure is not None}
    assert len(texts) == len(SignInStop)


@pytest.mark.parametrize(
    ("problem", "action", "remedy"),
    [
        (SignInFailed(SignInStop.TIMED_OUT), "Try again", Remedy.RETRY),
        (SignInFailed(SignInStop.NO_CREDENTIALS), "Check ID and secret", Remedy.CREDENTIALS),
        (SignInFailed(SignInStop.CANCELLED), "", Remedy.NONE),
        (SlowDown(NOW), "", Remedy.WAIT),
        (SignInNeeded("hs-1"), "Reconnect", Remedy.RECONNECT),
        (StorageFailed(StorageTrouble.LOCKED, "key store"), "Try again", Remedy.RETRY),
    ],
)
def test_the_remedy_is_a_button(problem: Problem, action: str, remedy: Remedy) -> None:
    failure = derive_sign_in(failed(problem)).failure
    assert failure is not None
    assert (failure.action, failure.remedy) == (action, remedy)


def test_the_form_is_its_own_remedy() -> None:
    failure = derive_sign_in(
        failed(SignInFailed(SignInStop.WRONG_CREDENTIALS), asks_credentials=True)
    ).failure
    assert failure is not None
    assert failure.action == ""
    assert "client ID" in failure.text


def test_a_failure_says_who_stays_signed_in() -> None:
    state = AccountsState(accounts=(ACCOUNT,), active=ACCOUNT, problem=SignInFailed(SignInStop.DECLINED))
    failure = derive_sign_in(replace(INPUTS, accounts=state)).failure
    assert failure is not None
    assert failure.text.startswith("The sign-in did not work. ")
    assert failure.text.endswith(f"{ACCOUNT.portal_name} stays signed in.")


def test_the_credential_store_is_heard_before_an_older_failure() -> None:
    inputs = failed(Offline(), problem=StorageFailed(StorageTrouble.LOCKED, "key store"))
    failure = derive_sign_in(inputs).failure
    assert failure is not None
    assert "key store is locked" in failure.text
