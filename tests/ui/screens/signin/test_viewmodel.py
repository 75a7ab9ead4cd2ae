"""The sign-in's view-model: one sign-in at a time, credentials first, and a Cancel that always works."""

from collections.abc import AsyncIterator

import pytest

from app.domain.accounts import AppCredentials, Workspace
from app.domain.problems import (
    Offline,
    SignInFailed,
    SignInStop,
    SlowDown,
    StorageFailed,
    StorageTrouble,
)
from app.ui.screens.signin.props import Stage
from app.ui.screens.signin.viewmodel import SignInViewModel
from tests.fakes.clock import settle
from tests.fakes.samples import sample_account
from tests.ui.screens.desktop import CREDENTIALS, Desktop, make_desktop

SIGNALS = ("stage", "title", "waiting", "failure", "can_go_back")


class Listener:
    """Counts what a view-model says."""

    def __init__(self, viewmodel: SignInViewModel) -> None:
        self.heard: list[str] = []
        for name in SIGNALS:
            getattr(viewmodel, f"{name}_changed").connect(lambda name=name: self.heard.append(name))
        viewmodel.settled.connect(lambda: self.heard.append("settled"))
        viewmodel.back_wanted.connect(lambda: self.heard.append("back"))


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop()
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def started(desktop: Desktop) -> tuple[SignInViewModel, Listener]:
    viewmodel = SignInViewModel(desktop.context, desktop.tasks)
    return viewmodel, Listener(viewmodel)


def stage(viewmodel: SignInViewModel) -> Stage:
    return viewmodel.props.stage


async def test_signing_in_settles_once(desktop: Desktop) -> None:
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    assert stage(viewmodel) is Stage.WAITING
    await settle()
    assert listener.heard.count("settled") == 1
    assert listener.heard[-1] == "settled"
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.LIVE)]
    assert desktop.services.accounts.active_id == desktop.fakes.sign_in.account.id
    assert stage(viewmodel) is Stage.CHOICES


async def test_the_practice_world_asks_for_no_credentials(desktop: Desktop) -> None:
    desktop.credentials.typed = None
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.PRACTICE)
    await settle()
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.PRACTICE)]
    assert "settled" in listener.heard


async def test_a_second_begin_starts_nothing(desktop: Desktop) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    viewmodel, _ = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    viewmodel.begin(Workspace.LIVE)
    viewmodel.begin(Workspace.PRACTICE)
    await settle()
    viewmodel.begin(Workspace.PRACTICE)
    await settle()
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.LIVE)]
    assert viewmodel.last is Workspace.LIVE


async def test_missing_credentials_are_asked_for_and_the_sign_in_goes_on(desktop: Desktop) -> None:
    desktop.credentials.typed = None
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert viewmodel.props.stage is Stage.CREDENTIALS
    assert viewmodel.props.failure is None
    assert desktop.fakes.sign_in.calls == []
    viewmodel.credentials.type_id("  my-id ")
    viewmodel.credentials.type_secret(" my-secret\n")
    viewmodel.credentials.save()
    await settle()
    assert desktop.credentials.typed == AppCredentials("my-id", "my-secret")
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.LIVE)]
    assert listener.heard[-1] == "settled"


async def test_half_of_the_credentials_is_not_enough(desktop: Desktop) -> None:
    desktop.credentials.typed = None
    viewmodel, _ = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.credentials.type_id("my-id")
    assert viewmodel.credentials.props.secret_error == ""
    viewmodel.credentials.save()
    await settle()
    assert viewmodel.credentials.props.secret_error == "Required"
    assert viewmodel.credentials.props.id_error == ""
    assert desktop.credentials.count("save") == 0
    assert viewmodel.props.stage is Stage.CREDENTIALS


async def test_a_key_store_that_fails_is_said_and_typing_is_kept(desktop: Desktop) -> None:
    desktop.credentials.typed = None
    desktop.credentials.fail("save", StorageFailed(StorageTrouble.LOCKED, "key store"))
    viewmodel, _ = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.credentials.type_id("my-id")
    viewmodel.credentials.type_secret("my-secret")
    viewmodel.credentials.save()
    await settle()
    assert "key store is locked" in viewmodel.credentials.props.failure
    assert viewmodel.credentials.props.secret == "my-secret"
    assert not viewmodel.credentials.props.is_saving
    viewmodel.credentials.save()
    await settle()
    assert desktop.credentials.typed == AppCredentials("my-id", "my-secret")
    assert desktop.services.accounts.active_id is not None


async def test_credentials_that_cannot_be_read_are_a_failure_with_a_way_on(desktop: Desktop) -> None:
    desktop.credentials.fail("credentials", StorageFailed(StorageTrouble.LOCKED, "key store"))
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert viewmodel.props.stage is Stage.CHOICES
    assert viewmodel.props.failure is not None
    assert "key store is locked" in viewmodel.props.failure.text
    viewmodel.mend()
    await settle()
    assert listener.heard[-1] == "settled"
    assert viewmodel.props.failure is None


async def test_wrong_credentials_lead_to_the_form(desktop: Desktop) -> None:
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.WRONG_CREDENTIALS))
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert "settled" not in listener.heard
    viewmodel.mend()
    await settle()
    assert viewmodel.props.stage is Stage.CREDENTIALS
    assert viewmodel.credentials.props.client_id == CREDENTIALS.client_id
    assert viewmodel.credentials.props.secret == ""
    viewmodel.credentials.save()
    await settle()
    assert desktop.credentials.count("save") == 0
    assert listener.heard[-1] == "settled"


async def test_provisioned_credentials_cannot_be_edited() -> None:
    desktop = make_desktop(provisioned=CREDENTIALS, typed=None)
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.WRONG_CREDENTIALS))
    viewmodel, _ = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.mend()
    await settle()
    form = viewmodel.credentials
    assert not form.props.can_edit
    assert "administrator" in form.props.place
    form.type_id("other")
    form.save()
    await settle()
    assert desktop.credentials.count("save") == 0
    assert desktop.fakes.sign_in.count("sign_in") == 1
    await desktop.tasks.close()


async def test_cancel_ends_the_wait_and_keeps_the_account() -> None:
    account = sample_account()
    desktop = make_desktop(account)
    await desktop.load()
    desktop.fakes.sign_in.hold("sign_in")
    viewmodel, listener = started(desktop)
    viewmodel.allow_back(True)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert viewmodel.props.waiting is not None
    assert viewmodel.props.waiting.address
    viewmodel.cancel()
    assert viewmodel.props.waiting is not None
    assert viewmodel.props.waiting.is_cancelling
    await settle()
    assert viewmodel.props.stage is Stage.CHOICES
    assert viewmodel.props.failure is None
    assert desktop.services.accounts.state.value.active == account
    assert not desktop.services.accounts.state.value.is_signing_in
    assert "settled" not in listener.heard
    desktop.fakes.sign_in.release("sign_in")
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert listener.heard[-1] == "settled"
    await desktop.tasks.close()


async def test_cancel_before_anything_ran_leads_back_too(desktop: Desktop) -> None:
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    viewmodel.cancel()
    await settle()
    assert viewmodel.props.stage is Stage.CHOICES
    assert desktop.fakes.sign_in.calls == []
    viewmodel.begin(Workspace.LIVE)
    await settle()
    assert listener.heard[-1] == "settled"


async def test_only_the_wait_speaks_while_time_passes(desktop: Desktop) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    listener.heard.clear()
    await desktop.fakes.clock.advance(28)
    viewmodel.tick()
    viewmodel.tick()
    assert listener.heard == ["waiting"]
    assert viewmodel.props.waiting is not None
    assert viewmodel.props.waiting.left == "4:32"


async def test_retry_repeats_what_was_tried(desktop: Desktop) -> None:
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.TIMED_OUT))
    viewmodel, _ = started(desktop)
    viewmodel.begin(Workspace.PRACTICE)
    await settle()
    viewmodel.mend()
    await settle()
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.PRACTICE)] * 2


async def test_retry_reads_the_accounts_again_when_nothing_was_tried() -> None:
    desktop = make_desktop(sample_account())
    desktop.fakes.accounts.fail("accounts", StorageFailed(StorageTrouble.LOCKED, "outbox.db"))
    await desktop.load()
    viewmodel, _ = started(desktop)
    assert viewmodel.props.failure is not None
    viewmodel.mend()
    await settle()
    assert desktop.services.accounts.active_id == sample_account().id
    assert desktop.fakes.sign_in.calls == []
    await desktop.tasks.close()


async def test_a_pause_offers_nothing_to_press(desktop: Desktop) -> None:
    viewmodel, _ = started(desktop)
    viewmodel.mend()
    desktop.fakes.sign_in.fail("sign_in", SlowDown(desktop.fakes.clock.now()))
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.mend()
    await settle()
    assert desktop.fakes.sign_in.count("sign_in") == 1


async def test_going_back_step_by_step() -> None:
    desktop = make_desktop(sample_account(), typed=None)
    await desktop.load()
    viewmodel, listener = started(desktop)
    viewmodel.go_back()
    assert listener.heard == []
    viewmodel.allow_back(True)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.go_back()
    assert viewmodel.props.stage is Stage.CHOICES
    assert "back" not in listener.heard
    desktop.fakes.sign_in.fail("sign_in", Offline())
    viewmodel.begin(Workspace.PRACTICE)
    await settle()
    assert viewmodel.props.failure is not None
    viewmodel.go_back()
    assert listener.heard[-1] == "back"
    assert viewmodel.props.failure is None
    await desktop.tasks.close()


async def test_going_back_from_the_wait_cancels(desktop: Desktop) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    viewmodel, listener = started(desktop)
    viewmodel.begin(Workspace.LIVE)
    await settle()
    viewmodel.go_back()
    await settle()
    assert viewmodel.props.stage is Stage.CHOICES
    assert "back" not in listener.heard


async def test_saving_in_the_settings_starts_no_sign_in(desktop: Desktop) -> None:
    viewmodel, _ = started(desktop)
    viewmodel.credentials.load()
    await settle()
    viewmodel.credentials.save()
    await settle()
    assert desktop.fakes.sign_in.calls == []


async def test_without_a_key_store_the_form_says_how_long_it_keeps() -> None:
    desktop = make_desktop(has_key_store=False)
    await desktop.load()
    viewmodel, _ = started(desktop)
    assert "until Slotdesk quits" in viewmodel.credentials.props.place
