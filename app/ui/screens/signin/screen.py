"""The sign-in put together: what the shell shows, and what it hears from it."""

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.accounts import Workspace
from app.ui.context import UiContext
from app.ui.kit.tasks import TaskScope
from app.ui.screens.signin.view import SignInView
from app.ui.screens.signin.viewmodel import SignInViewModel


class SignInScreen(QObject):
    """What the window shows while nobody is signed in, and for adding or reconnecting an account."""

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._viewmodel = SignInViewModel(context, tasks)
        self._view = SignInView(
            self._viewmodel, addresses=context.facts.redirect_addresses, opener=context.opener
        )

    @property
    def widget(self) -> QWidget:
        """The cards."""
        return self._view

    @property
    def settled(self) -> SignalInstance:
        """Fires when an account became active, a reconnected one too."""
        return self._viewmodel.settled

    @property
    def back_wanted(self) -> SignalInstance:
        """Fires when the rep leaves without signing in; only after `show_choices(can_go_back=True)`."""
        return self._viewmodel.back_wanted

    def show_choices(self, *, can_go_back: bool) -> None:
        """Offer the cards; a sign-in or a form that is under way stays as it is."""
        self._viewmodel.allow_back(can_go_back)

    def begin(self, workspace: Workspace) -> None:
        """Start signing in there."""
        self._viewmodel.begin(workspace)
