"""The accounts page: cards, permissions, sign out with and without a question, reconnect."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.accounts import FEATURE_SCOPES, Account, Workspace
from app.domain.changes import DeleteMeeting
from app.domain.drafts import DeskDraft, draft_payload
from app.domain.links import Slug
from app.domain.meetings import MeetingId
from app.domain.problems import SignInFailed, SignInStop, StorageFailed, StorageTrouble
from app.services.accounts import AccountsState
from app.ui.kit.asking import QuestionDialog
from app.ui.kit.notices import Tone
from app.ui.screens.settings.accounts.card import PermissionRow
from app.ui.screens.settings.accounts.view import AccountsPage, sign_out_words
from app.ui.screens.settings.accounts.viewmodel import (
    AccountsViewModel,
    SignOutQuestion,
    derive_accounts,
)
from tests.fakes.clock import settle
from tests.fakes.samples import sample_account
from tests.ui.screens.desktop import Desktop, make_desktop
from tests.ui.screens.windows import Show, click, find, turn, until

NORTHWIND = replace(sample_account(8412770), portal_name="Northwind Sales", full_name="Mei Nelson")
LITWARE = replace(
    sample_account(99120, "77", Workspace.PRACTICE),
    portal_name="Litware",
    full_name="",
    email="mei@litware.example",
)
FEW = replace(LITWARE, scopes=LITWARE.scopes - {"tickets", "files"})
BROKEN = StorageFailed(StorageTrouble.LOCKED, "outbox.db")


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop(NORTHWIND, FEW)
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def keep_draft(desktop: Desktop, account: Account, *slugs: str) -> None:
    rows = {f"desk/{slug}": draft_payload(DeskDraft(Slug(slug))) for slug in slugs}
    desktop.fakes.drafts.kept[account.id] = dict(rows)


def page_of(desktop: Desktop, show: Show) -> AccountsPage:
    page = AccountsPage(AccountsViewModel(desktop.context, desktop.tasks), desktop.tasks)
    show(page)
    return page


async def answer(page: AccountsPage, *, confirm: bool) -> str:
    """Answer the open question with a click; returns its title."""
    await until(lambda: page.findChild(QuestionDialog) is not None)
    dialog = page.findChild(QuestionDialog)
    assert dialog is not None
    QTest.mouseClick(dialog.confirm if confirm else dialog.cancel, Qt.MouseButton.LeftButton)
    await settle()
    return dialog.windowTitle()


def test_a_card_says_who_and_where() -> None:
    state = AccountsState(accounts=(NORTHWIND, FEW), active=NORTHWIND, lost=frozenset({FEW.id}))
    first, second = derive_accounts(state).cards
    assert (first.title, first.detail) == ("HubSpot · Northwind Sales", "Mei Nelson, portal 8412770")
    assert (first.is_active, first.is_lost, first.lacks_permissions) == (True, False, False)
    assert (second.title, second.detail) == ("Sandbox · Litware", "mei@litware.example, portal 99120")
    assert (second.is_active, second.is_lost, second.lacks_permissions) == (False, True, True)


def test_a_portal_without_a_name_is_named_by_its_number() -> None:
    state = AccountsState(accounts=(replace(NORTHWIND, portal_name=""),))
    assert derive_accounts(state).cards[0].title == "HubSpot · 8412770"


def test_permissions_name_what_is_missing() -> None:
    card = derive_accounts(AccountsState(accounts=(FEW,))).cards[0]
    words = {permission.title: (permission.words, permission.explanation) for permission in card.permissions}
    assert words["Deals"] == ("granted", "")
    granted, why = words["Tickets"]
    assert granted == "not granted · ask a super admin"
    assert "Missing: tickets." in why


def test_problems_of_signing_in_belong_to_the_sign_in() -> None:
    failed = AccountsState(problem=SignInFailed(SignInStop.TIMED_OUT))
    assert derive_accounts(failed).problem == ""
    broken = AccountsState(problem=BROKEN)
    assert "outbox.db is locked" in derive_accounts(broken).problem


@pytest.mark.parametrize(
    ("drafts", "words"),
    [(None, "drafts, favourites and tags"), (1, "A booking you began"), (3, "3 bookings you began")],
)
def test_the_question_says_what_would_be_lost(drafts: int | None, words: str) -> None:
    question = sign_out_words(SignOutQuestion(NORTHWIND.id, "Northwind", drafts))
    assert question.title == "Sign out of Northwind?"
    assert words in question.text
    assert question.danger


@pytest.mark.parametrize(
    ("logs", "changes", "words"),
    [
        (None, None, "Changes that were not sent to HubSpot are lost."),
        (0, 1, "One change has not been sent to HubSpot."),
        (0, 4, "4 changes have not been sent to HubSpot."),
        (1, 0, "A meeting you began to log is kept as a draft."),
        (2, 0, "2 meetings you began to log are kept as drafts."),
    ],
)
def test_the_question_names_what_was_not_sent(logs: int | None, changes: int | None, words: str) -> None:
    drafts = None if logs is None else 0
    question = SignOutQuestion(NORTHWIND.id, "Northwind", drafts, logs, changes)
    assert words in sign_out_words(question).text


async def test_signing_out_without_drafts_asks_nothing(desktop: Desktop) -> None:
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    asked: list[object] = []
    viewmodel.sign_out_asked.connect(asked.append)
    viewmodel.ask_to_sign_out(NORTHWIND.id)
    await settle()
    assert asked == []
    assert desktop.fakes.accounts.wiped == [NORTHWIND.id]
    assert [card.id for card in viewmodel.props.cards] == [FEW.id]
    (toast,) = desktop.context.notices.toasts
    assert (toast.text, toast.tone) == (
        "Signed out of Northwind Sales. Its data is gone from this computer.",
        Tone.OK,
    )


async def test_drafts_on_disk_are_asked_about_even_when_nobody_loaded_them(desktop: Desktop) -> None:
    keep_draft(desktop, NORTHWIND, "mei/intro", "mei/demo")
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    asked: list[object] = []
    viewmodel.sign_out_asked.connect(asked.append)
    viewmodel.ask_to_sign_out(NORTHWIND.id)
    await settle()
    assert asked == [SignOutQuestion(NORTHWIND.id, "Northwind Sales", 2, 0, 0)]
    assert desktop.fakes.accounts.wiped == []


async def test_changes_that_wait_are_asked_about(desktop: Desktop) -> None:
    services = desktop.services
    await services.outbox.load()
    await services.outbox.add((DeleteMeeting(MeetingId("12")),))
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    asked: list[object] = []
    viewmodel.sign_out_asked.connect(asked.append)
    viewmodel.ask_to_sign_out(NORTHWIND.id)
    await settle()
    assert asked == [SignOutQuestion(NORTHWIND.id, "Northwind Sales", 0, 0, 1)]


async def test_revoking_that_failed_is_said_and_stays(desktop: Desktop) -> None:
    desktop.fakes.sign_in.can_revoke = False
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    viewmodel.sign_out(NORTHWIND.id)
    await settle()
    assert desktop.fakes.accounts.wiped == [NORTHWIND.id]
    (toast,) = desktop.context.notices.toasts
    assert "HubSpot could not be told" in toast.text
    assert (toast.tone, toast.seconds) == (Tone.WARN, 0)


async def test_an_account_that_is_gone_is_not_signed_out_again(desktop: Desktop) -> None:
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    stranger = sample_account(1).id
    viewmodel.ask_to_sign_out(stranger)
    viewmodel.sign_out(stranger)
    await settle()
    assert desktop.fakes.accounts.wiped == []
    assert desktop.context.notices.toasts == ()


async def test_nothing_is_said_when_nothing_changed(desktop: Desktop) -> None:
    viewmodel = AccountsViewModel(desktop.context, desktop.tasks)
    heard: list[str] = []
    viewmodel.props_changed.connect(lambda: heard.append("props"))
    desktop.services.accounts.dismiss_problem()
    viewmodel.use(NORTHWIND.id)
    await settle()
    assert heard == []
    viewmodel.use(FEW.id)
    await settle()
    assert heard == ["props"]
    assert desktop.services.accounts.active_id == FEW.id


async def test_the_question_is_answered_by_clicks(desktop: Desktop, show: Show) -> None:
    keep_draft(desktop, NORTHWIND, "mei/intro")
    page = page_of(desktop, show)
    await click(page, f"settings.account.signOut.{NORTHWIND.id}")
    assert await answer(page, confirm=False) == "Sign out of Northwind Sales?"
    assert desktop.fakes.accounts.wiped == []
    await until(lambda: page.findChild(QuestionDialog) is None)
    await click(page, f"settings.account.signOut.{NORTHWIND.id}")
    await answer(page, confirm=True)
    assert desktop.fakes.accounts.wiped == [NORTHWIND.id]


async def test_an_account_not_in_use_is_always_asked_about(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    await click(page, f"settings.account.signOut.{FEW.id}")
    await answer(page, confirm=True)
    assert desktop.fakes.accounts.wiped == [FEW.id]
    assert desktop.services.accounts.active_id == NORTHWIND.id


async def test_the_card_is_gone_at_once_even_when_revoking_takes_long(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    desktop.fakes.sign_in.hold("sign_out")
    await click(page, f"settings.account.signOut.{NORTHWIND.id}")
    assert page.findChild(QAbstractButton, f"settings.account.signOut.{NORTHWIND.id}") is None
    assert page.card(FEW.id).isVisible()
    desktop.fakes.sign_in.release("sign_out")
    await settle()
    assert desktop.fakes.accounts.wiped == [NORTHWIND.id]


async def test_the_active_account_is_marked_and_another_can_be_used(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    first, second = page.card(NORTHWIND.id), page.card(FEW.id)
    assert not first.use.isVisible()
    assert second.use.isVisible()
    await click(page, f"settings.account.use.{FEW.id}")
    assert first.use.isVisible()
    assert not second.use.isVisible()
    assert first.accessibleName() == "HubSpot · Northwind Sales"


async def test_reconnect_is_offered_where_it_helps(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    wanted: list[object] = []
    page.reconnect_wanted.connect(wanted.append)
    assert not page.card(NORTHWIND.id).reconnect.isVisible()
    desktop.services.accounts.report_lost(NORTHWIND.id)
    await click(page, f"settings.account.reconnect.{NORTHWIND.id}")
    await click(page, f"settings.account.reconnect.{FEW.id}")
    assert wanted == [Workspace.LIVE, Workspace.PRACTICE]


async def test_adding_an_account_is_left_to_the_shell(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    heard: list[str] = []
    page.add_wanted.connect(lambda: heard.append("add"))
    await click(page, "settings.accounts.add")
    assert heard == ["add"]


async def test_permission_rows_speak_for_themselves(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    rows = page.card(FEW.id).findChildren(PermissionRow)
    tickets = next(row for row in rows if row.accessibleName().startswith("Tickets"))
    assert tickets.accessibleName() == "Tickets: not granted · ask a super admin"
    assert "tickets" in tickets.toolTip()
    assert "A super admin can grant it" in tickets.accessibleDescription()


async def test_a_reconnect_with_more_permissions_renews_the_rows(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    desktop.fakes.sign_in.account = LITWARE
    await desktop.services.accounts.sign_in(Workspace.PRACTICE)
    await turn()
    rows = page.card(LITWARE.id).findChildren(PermissionRow)
    assert len(rows) == len(FEATURE_SCOPES)
    assert all(row.accessibleName().endswith(": granted") for row in rows)


async def test_a_problem_is_shown_until_it_is_dismissed(desktop: Desktop, show: Show) -> None:
    page = page_of(desktop, show)
    desktop.fakes.accounts.fail("activate", BROKEN)
    await click(page, f"settings.account.use.{FEW.id}")
    banner = find(page, QWidget, "settings.accounts.problem")
    assert "outbox.db is locked" in banner.accessibleName()
    await click(page, "settings.accounts.dismiss")
    assert not banner.isVisible()


async def test_a_page_without_accounts_says_so(show: Show) -> None:
    desktop = make_desktop()
    await desktop.load()
    page = page_of(desktop, show)
    assert find(page, QWidget, "settings.accounts.none").isVisible()
    await desktop.tasks.close()
