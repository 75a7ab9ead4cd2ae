"""Everything that the Pipedrive side of one sandbox consists of."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.sandbox.pipedrive.budget import Budget
from app.sandbox.pipedrive.client import CLIENT_ID
from app.sandbox.pipedrive.company import Company
from app.sandbox.pipedrive.desk import Install, Issued, PipedriveDesk
from app.sandbox.pipedrive.player import VideoCallPlayer
from app.sandbox.pipedrive.world.companies import Owner, build_companies
from app.sandbox.pipedrive.world.people import Acquaintance


class PipedriveService:
    """Companies, sign-in, budgets and the player of video calls; `clock` returns aware UTC instants."""

    def __init__(
        self,
        *,
        seed: int,
        clock: Callable[[], datetime],
        enforced: Callable[[], bool],
        owner: Owner,
        known: Sequence[Acquaintance],
    ) -> None:
        self.companies = build_companies(seed, clock, owner, known)
        self.desk = PipedriveDesk(self.companies, clock, seed=seed)
        self.budget = Budget(clock, enforced)
        self.player = VideoCallPlayer(self.desk)

    @property
    def main(self) -> Company:
        """The busy company."""
        return self.companies[0]

    def admit_fixed(self, token: str) -> None:
        """Accept `token` as a bearer of the main company's first user, with every scope, that never ends."""
        scopes = (*self.desk.client.scopes, "users:read")
        self.desk.admit_fixed(token, Install(self.main.company_id, self.main.users[0].user_id, scopes))

    def grant(
        self,
        *,
        scopes: Sequence[str] | None = None,
        company_id: int | None = None,
        user_id: int | None = None,
    ) -> Issued:
        """Install without a browser, by default for the main company's first user; KeyError when unknown."""
        company = self.main if company_id is None else self.desk.company(company_id)
        if company is None or (user_id is not None and company.user(user_id) is None):
            raise KeyError(company_id if company is None else user_id)
        person = company.users[0].user_id if user_id is None else user_id
        wanted = self.desk.client.scopes if scopes is None else tuple(scopes)
        return self.desk.install(Install(company.company_id, person, wanted))


__all__ = ["CLIENT_ID", "PipedriveService"]
