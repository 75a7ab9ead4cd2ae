"""The accounts page as widgets: a card an account, and the way to add one."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal

from app.domain.accounts import AccountId
from app.ui.kit.asking import Question, ask
from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import Tone
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.widgets.banner import Banner
from app.ui.kit.widgets.buttons import Button
from app.ui.screens.settings.accounts.card import AccountCardView
from app.ui.screens.settings.accounts.viewmodel import AccountsViewModel, SignOutQuestion
from app.ui.screens.settings.page import Page

translate = QCoreApplication.translate


class AccountsPage(Page):
    """Binds `AccountsViewModel`; `reconnect_wanted(Workspace)` and `add_wanted` are for the shell."""

    add_wanted = Signal()
    reconnect_wanted = Signal(object)

    def __init__(self, viewmodel: AccountsViewModel, tasks: TaskScope) -> None:
        super().__init__(translate("settings", "Accounts"))
        self._viewmodel = viewmodel
        self._tasks = tasks
        self._cards: dict[AccountId, AccountCardView] = {}
        self._problem = Banner("", tone=Tone.BAD, rounded=True, action=translate("settings", "Dismiss"))
        self._problem.setObjectName("settings.accounts.problem")
        self._problem.action.setObjectName("settings.accounts.dismiss")
        self._problem.action.clicked.connect(viewmodel.dismiss_problem)
        self._none = Paragraph(translate("settings", "No account is signed in."), tone="muted")
        self._none.setObjectName("settings.accounts.none")
        self.add_account = Button(translate("settings", "Add account"), icon="plus")
        self.add_account.setObjectName("settings.accounts.add")
        self.add_account.clicked.connect(self.add_wanted)
        self.add(self._problem)
        self.add(self._none)
        self.add(self.add_account, alignment=Qt.AlignmentFlag.AlignLeft)
        viewmodel.props_changed.connect(self._show)
        viewmodel.sign_out_asked.connect(self._on_asked)
        self._show()

    def card(self, account_id: AccountId) -> AccountCardView:
        """The card of one account; KeyError when there is none."""
        return self._cards[account_id]

    def _show(self) -> None:
        props = self._viewmodel.props
        self._problem.text.setText(props.problem)
        self._problem.setAccessibleName(props.problem)
        self._problem.setVisible(bool(props.problem))
        self._none.setVisible(not props.cards)
        known = {card.id for card in props.cards}
        for account_id in [one for one in self._cards if one not in known]:
            gone = self._cards.pop(account_id)
            gone.hide()
            gone.deleteLater()
        for place, card in enumerate(props.cards, start=2):
            if card.id not in self._cards:
                self._cards[card.id] = self._make_card(card.id)
                self.insert(place, self._cards[card.id])
            self._cards[card.id].show_card(card)
        stops = [button for card in props.cards for button in self._cards[card.id].stops]
        for stop, following in pairwise((*stops, self.add_account)):
            self.setTabOrder(stop, following)

    def _make_card(self, account_id: AccountId) -> AccountCardView:
        view = AccountCardView(account_id)
        view.use_wanted.connect(self._on_use)
        view.reconnect_wanted.connect(self._on_reconnect)
        view.sign_out_wanted.connect(self._on_sign_out)
        return view

    def _on_use(self, account_id: str) -> None:
        self._viewmodel.use(AccountId(account_id))

    def _on_sign_out(self, account_id: str) -> None:
        self._viewmodel.ask_to_sign_out(AccountId(account_id))

    def _on_reconnect(self, account_id: str) -> None:
        for card in self._viewmodel.props.cards:
            if card.id == account_id:
                self.reconnect_wanted.emit(card.workspace)

    def _on_asked(self, question: SignOutQuestion) -> None:
        self._tasks.start(self._ask(question), key="sign-out-question", policy=Policy.ONCE)

    async def _ask(self, question: SignOutQuestion) -> None:
        if await ask(self, sign_out_words(question)):
            self._viewmodel.sign_out(question.account_id)


def sign_out_words(question: SignOutQuestion) -> Question:
    """The question in words: what would be lost, and what stays."""
    lost = " ".join(_losses(question))
    stays = translate("settings", "What is in HubSpot stays there.")
    return Question(
        title=translate("settings", "Sign out of {portal}?").format(portal=question.portal),
        text=f"{lost} {stays}",
        confirm=translate("settings", "Sign out"),
        cancel=translate("settings", "Stay signed in"),
        danger=True,
    )


def _losses(question: SignOutQuestion) -> Iterator[str]:
    if question.drafts is None:
        yield translate("settings", "Its drafts, favourites and tags are removed from this computer.")
        yield translate("settings", "Changes that were not sent to HubSpot are lost.")
    if question.changes == 1:
        yield translate("settings", "One change has not been sent to HubSpot. It would be lost.")
    elif question.changes:
        yield translate("settings", "{n} changes have not been sent to HubSpot. They would be lost.").format(
            n=question.changes
        )
    if question.drafts == 1:
        yield translate("settings", "A booking you began is kept as a draft. It will be removed.")
    elif question.drafts:
        yield translate(
            "settings", "{n} bookings you began are kept as drafts. They will be removed."
        ).format(n=question.drafts)
    if question.logs == 1:
        yield translate("settings", "A meeting you began to log is kept as a draft. It will be removed.")
    elif question.logs:
        yield translate(
            "settings", "{n} meetings you began to log are kept as drafts. They will be removed."
        ).format(n=question.logs)
