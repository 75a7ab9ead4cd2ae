"""The rep's templates for title, description and notes of a meeting."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from app.domain.ports_meetings import TemplateStore, TextTemplate
from app.domain.problems import Problem, SignInNeeded
from app.services.accounts import AccountsService, AccountsState
from app.services.published import ErrorSink, Published


@dataclass(frozen=True, slots=True)
class TemplatesState:
    """The templates of the active account by name; `problem` is why they could not be read."""

    templates: tuple[TextTemplate, ...] = ()
    is_loaded: bool = False
    problem: Problem | None = None

    def template(self, template_id: str) -> TextTemplate | None:
        """The template of that id."""
        return next((one for one in self.templates if one.id == template_id), None)


class TemplatesService:
    """Keeps templates on this computer; what could not be written is not shown either."""

    def __init__(self, accounts: AccountsService, store: TemplateStore, *, on_error: ErrorSink) -> None:
        self._store = store
        self._account_id = accounts.active_id
        self.state = Published(TemplatesState(), on_error)
        accounts.state.subscribe(self._on_accounts)

    def _on_accounts(self, accounts: AccountsState) -> None:
        active_id = accounts.active.id if accounts.active else None
        if active_id != self._account_id:
            self._account_id = active_id
            self.state.set(TemplatesState())

    async def load(self) -> None:
        """Read the active account's templates; a problem is published."""
        account_id = self._account_id
        if account_id is None:
            return
        try:
            templates = await self._store.templates(account_id)
        except Problem as problem:
            if account_id == self._account_id:
                self._publish(problem=problem, is_loaded=True)
            return
        if account_id == self._account_id:
            self.state.set(TemplatesState(templates, is_loaded=True))

    async def save(self, template: TextTemplate) -> TextTemplate:
        """Add (where its id is empty) or replace; the template with its id. Raises Problem."""
        account_id = self._account_id
        if account_id is None:
            raise SignInNeeded("")
        kept = template if template.id else replace(template, id=uuid4().hex)
        await self._store.save(account_id, kept)
        if account_id == self._account_id:
            others = [one for one in self.state.value.templates if one.id != kept.id]
            self._publish(templates=tuple(sorted((*others, kept), key=_by_name)))
        return kept

    async def remove(self, template_id: str) -> None:
        """Forget it. Raises Problem."""
        account_id = self._account_id
        if account_id is None:
            raise SignInNeeded("")
        await self._store.remove(account_id, template_id)
        if account_id == self._account_id:
            others = (one for one in self.state.value.templates if one.id != template_id)
            self._publish(templates=tuple(others))

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))


def _by_name(template: TextTemplate) -> tuple[str, str]:
    return template.name.casefold(), template.id
