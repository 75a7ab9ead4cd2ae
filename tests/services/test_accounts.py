"""Signing in and out."""

import asyncio
from dataclasses import replace

import pytest

from app.domain.accounts import AccountId, Workspace
from app.domain.problems import (
    Offline,
    Problem,
    SignInFailed,
    SignInNeeded,
    SignInStop,
    StorageFailed,
    StorageTrouble,
)
from app.services.accounts import AccountsService, AccountsState
from tests.fakes.clock import FastClock, settle
from tests.fakes.crm import FakeConnections, FakeCrm, FakeSignIn
from tests.fakes.samples import sample_account
from tests.fakes.stores import FakeAccountStore, FakeVault
from tests.services.world import no_errors

ONE, TWO = sample_account(1), sample_account(2)
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")


class Desk:
    """The service and its fakes."""

    def __init__(self, *known: AccountId, durable: bool = True) -> None:
        accounts = [account for account in (ONE, TWO) if account.id in known]
        self.store = FakeAccountStore(*accounts, active=known[-1] if known else None)
        self.sign_in = FakeSignIn(ONE)
        self.connections = FakeConnections(lambda: FakeCrm.make(FastClock()))
        self.service = AccountsService(
            self.sign_in, self.store, self.connections, FakeVault(is_durable=durable), on_error=no_errors
        )

    @property
    def state(self) -> AccountsState:
        return self.service.state.value


async def test_a_first_start_has_nobody() -> None:
    desk = Desk()
    assert not desk.state.is_loaded
    await desk.service.load()
    assert desk.state == AccountsState(is_loaded=True)
    assert desk.service.active_id is None
    assert not desk.state.is_lost
    with pytest.raises(SignInNeeded):
        desk.service.ports()


async def test_the_account_that_was_active_last_is_active_again() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    assert desk.state.accounts == (ONE, TWO)
    assert desk.state.active == TWO
    assert desk.service.ports() == desk.connections.crm(TWO.id).ports


async def test_the_oldest_is_active_where_the_last_one_is_gone() -> None:
    desk = Desk(ONE.id, TWO.id)
    desk.store.active_id = AccountId("gone")
    await desk.service.load()
    assert desk.state.active == ONE


async def test_an_unreadable_store_is_told() -> None:
    desk = Desk(ONE.id)
    desk.store.fail("accounts", FULL)
    await desk.service.load()
    assert desk.state.problem is FULL
    assert desk.state.is_loaded
    desk.service.dismiss_problem()
    assert desk.state.problem is None


async def test_without_a_key_store_secrets_are_not_kept() -> None:
    desk = Desk(durable=False)
    assert not desk.state.keeps_secrets
    await desk.service.load()
    assert not desk.state.keeps_secrets


async def test_a_key_store_that_turns_out_to_be_missing_is_noted() -> None:
    vault = FakeVault(is_durable=True)
    service = AccountsService(
        FakeSignIn(ONE),
        FakeAccountStore(),
        FakeConnections(lambda: FakeCrm.make(FastClock())),
        vault,
        on_error=no_errors,
    )
    assert service.state.value.keeps_secrets
    vault.lose()
    service.note_key_store()
    assert not service.state.value.keeps_secrets


async def test_a_sign_in_waits_for_the_browser_and_ends_active() -> None:
    desk = Desk(TWO.id)
    await desk.service.load()
    desk.sign_in.hold("sign_in")
    async with asyncio.TaskGroup() as group:
        signing_in = group.create_task(desk.service.sign_in(Workspace.LIVE))
        await settle()
        assert desk.state.waiting == desk.sign_in.step
        assert desk.state.is_signing_in
        assert desk.state.active == TWO
        assert await desk.service.sign_in(Workspace.LIVE) is None
        desk.sign_in.release("sign_in")
    assert await signing_in == ONE
    assert desk.sign_in.count("sign_in") == 1
    assert desk.state == AccountsState((TWO, ONE), ONE, is_loaded=True)
    assert desk.store.active_id == ONE.id
    assert desk.connections.closed == []


@pytest.mark.parametrize("stop", SignInStop)
async def test_a_failed_sign_in_keeps_the_accounts(stop: SignInStop) -> None:
    desk = Desk(TWO.id)
    await desk.service.load()
    before, problem = desk.state, SignInFailed(stop)
    desk.sign_in.fail("sign_in", problem)
    assert await desk.service.sign_in(Workspace.LIVE) is None
    assert desk.state == replace(before, problem=problem)
    assert await desk.service.sign_in(Workspace.LIVE) == ONE
    assert desk.state.problem is None


async def test_a_cancelled_sign_in_keeps_the_accounts_and_can_be_started_again() -> None:
    desk = Desk(TWO.id)
    await desk.service.load()
    before = desk.state
    desk.sign_in.hold("sign_in")
    async with asyncio.TaskGroup() as group:
        signing_in = group.create_task(desk.service.sign_in(Workspace.LIVE))
        await settle()
        signing_in.cancel()
    assert desk.state == before
    desk.sign_in.release("sign_in")
    assert await desk.service.sign_in(Workspace.LIVE) == ONE


async def test_an_account_that_cannot_be_kept_is_a_problem() -> None:
    desk = Desk(TWO.id)
    await desk.service.load()
    desk.store.fail("save", FULL)
    assert await desk.service.sign_in(Workspace.LIVE) is None
    assert (desk.state.problem, desk.state.active) == (FULL, TWO)


async def test_signing_in_again_reconnects_the_same_account() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    desk.service.report_lost(ONE.id)
    desk.service.report_lost(TWO.id)
    assert desk.state.is_lost
    renamed = replace(ONE, portal_name="New name")
    desk.sign_in.account = renamed
    assert await desk.service.sign_in(Workspace.LIVE) == renamed
    assert desk.state.accounts == (TWO, renamed)
    assert desk.state.lost == {TWO.id}
    assert not desk.state.is_lost
    assert desk.connections.closed == [ONE.id]
    assert desk.store.wiped == []


async def test_a_loss_of_an_unknown_account_is_not_noted() -> None:
    desk = Desk(ONE.id)
    await desk.service.load()
    desk.service.report_lost(AccountId(""))
    assert desk.state.lost == frozenset()


async def test_signing_out_hides_at_once_and_wipes() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    desk.service.report_lost(TWO.id)
    desk.sign_in.hold("sign_out")
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(desk.service.sign_out(TWO.id))
        await settle()
        assert desk.state == AccountsState((ONE,), ONE, is_loaded=True)
        desk.sign_in.release("sign_out")
    assert await leaving
    assert desk.connections.closed == [TWO.id]
    assert desk.store.wiped == [TWO.id]
    assert desk.store.active_id == ONE.id
    assert await desk.service.sign_out(TWO.id)


@pytest.mark.parametrize("can_revoke", [True, False])
async def test_signing_out_wipes_although_revoking_fails(can_revoke: bool) -> None:
    desk = Desk(ONE.id)
    await desk.service.load()
    desk.sign_in.can_revoke = can_revoke
    assert await desk.service.sign_out(ONE.id) == can_revoke
    assert desk.store.wiped == [ONE.id]
    assert desk.store.active_id is None
    assert desk.state == AccountsState(is_loaded=True)


async def test_signing_out_another_account_keeps_the_active_one() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    await desk.service.sign_out(ONE.id)
    assert desk.state.active == TWO


async def test_a_sign_out_that_is_cut_short_has_wiped() -> None:
    desk = Desk(ONE.id)
    await desk.service.load()
    desk.sign_in.hold("sign_out")
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(desk.service.sign_out(ONE.id))
        await settle()
        leaving.cancel()
    assert desk.store.wiped == [ONE.id]


async def test_a_sign_out_that_is_cut_short_while_it_wipes_goes_to_its_end() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    desk.store.hold("wipe")
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(desk.service.sign_out(TWO.id))
        await settle()
        leaving.cancel()
        await settle()
        assert not leaving.done()
        desk.store.release("wipe")
    assert leaving.cancelled()
    assert desk.store.wiped == [TWO.id]
    assert desk.store.active_id == ONE.id


async def test_rows_that_cannot_be_wiped_are_told() -> None:
    desk = Desk(ONE.id)
    await desk.service.load()
    desk.store.fail("wipe", FULL)
    assert await desk.service.sign_out(ONE.id)
    assert desk.state.problem is FULL
    assert desk.state.accounts == ()


async def test_activating_another_account() -> None:
    desk = Desk(ONE.id, TWO.id)
    await desk.service.load()
    await desk.service.activate(TWO.id)
    await desk.service.activate(AccountId("unknown"))
    assert desk.store.count("activate") == 0
    await desk.service.activate(ONE.id)
    assert desk.state.active == ONE
    assert desk.store.active_id == ONE.id
    problem: Problem = FULL
    desk.store.fail("activate", problem)
    await desk.service.activate(TWO.id)
    assert (desk.state.active, desk.state.problem) == (TWO, problem)


async def test_offline_is_a_problem_of_the_sign_in_only() -> None:
    desk = Desk()
    await desk.service.load()
    offline = Offline()
    desk.sign_in.fail("sign_in", offline)
    assert await desk.service.sign_in(Workspace.PRACTICE) is None
    assert desk.state.problem is offline
    assert desk.sign_in.calls == [("sign_in", Workspace.PRACTICE)]
