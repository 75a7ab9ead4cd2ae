"""Where the Log screen plays: fake meetings and a fake outbox, a clock turned by hand, a small world."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

from app.domain.projection import PendingMark
from app.services.log_drafts import LogDraftsService
from app.services.meetings.state import MeetingRow
from app.ui.context import Services, UiContext
from app.ui.kit.tasks import TaskScope
from app.ui.kit.theme import Theme
from app.ui.screens.log.screen import LogScreen
from tests.fakes.clock import NOW, ManualClock
from tests.fakes.samples import sample_account
from tests.ui.screens.desktop import Desktop, make_desktop
from tests.ui.screens.log.fakes import FakeMeetings, FakeOutbox, record, row


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """A time of Berlin's clock, days from the Monday on which the clock stands (10:15 in Berlin)."""
    return NOW.replace(hour=hour - 1, minute=minute) + timedelta(days=days)


def world() -> tuple[MeetingRow, ...]:
    """The meetings of the design's picture, as Mei sees them in Berlin."""
    people = [record("contact", name) for name in ("Eva Brandt", "Omar Haddad", "Noor Patel")]
    return (
        row(
            "1",
            "Intro call with Ada Okafor",
            at(0, 9),
            "SCHEDULED",
            record("contact", "Ada Okafor"),
            record("company", "Northwind"),
            record("deal", "Northwind rollout"),
        ),
        row(
            "2",
            "Renewal: Fabrikam",
            at(0, 9, 30),
            "SCHEDULED",
            record("contact", "Ravi Menon"),
            record("company", "Fabrikam"),
        ),
        row("3", "Technical scoping", at(-3, 10), "SCHEDULED", *people, record("company", "Contoso")),
        row(
            "4",
            "Quarterly review",
            at(-3, 14),
            "COMPLETED",
            record("contact", "Lena Fischer"),
            record("company", "Adventure Works"),
        ),
        row(
            "5",
            "Intro call",
            at(-3, 16, 30),
            "NO_SHOW",
            record("contact", "Tomás Silva"),
            record("company", "Wingtip"),
            pending=PendingMark.WAITING,
        ),
        row("6", "Partner call", at(-4, 9, 30), "COMPLETED", record("company", "Proseware")),
        row("7", "Onboarding kick-off", at(-4, 13), "RESCHEDULED", *people, record("company", "Litware")),
        row("8", "Product demo", at(-4, 15), "CANCELED", record("contact", "Imani Yusuf")),
        row("9", "Planning", at(3, 15), "SCHEDULED", record("company", "Tailspin")),
    )


@dataclass
class Stage:
    """Everything behind the Log screen; `errors` is empty in a good test."""

    theme: Theme
    rows: tuple[MeetingRow, ...] = field(default_factory=world)
    errors: list[Exception] = field(default_factory=list)
    desktop: Desktop = field(init=False)
    meetings: FakeMeetings = field(init=False)
    outbox: FakeOutbox = field(init=False)
    context: UiContext = field(init=False)
    tasks: TaskScope = field(init=False)

    def __post_init__(self) -> None:
        self.desktop = make_desktop(sample_account(), theme=self.theme)
        self.meetings = FakeMeetings(self.errors.append, self.rows)
        self.outbox = FakeOutbox(self.meetings, self.errors.append)
        known = self.desktop.services
        kept = {name: getattr(known, name) for name in Services.__slots__ if hasattr(known, name)}
        kept["meetings"], kept["outbox"] = self.meetings, self.outbox
        kept["log_drafts"] = LogDraftsService(known.accounts, self.desktop.fakes.drafts, self.clock)
        services = cast("Services", SimpleNamespace(**kept))
        self.context = replace(self.desktop.context, services=services)
        self.tasks = TaskScope("test", self.errors.append)

    @property
    def clock(self) -> ManualClock:
        """The clock of everything."""
        return self.desktop.fakes.clock

    def screen(self) -> LogScreen:
        """A new Log screen, not started."""
        return LogScreen(self.context, self.tasks.child("log"))

    async def load(self) -> None:
        """Read accounts and preferences."""
        await self.desktop.load()

    async def close(self) -> None:
        """End every task."""
        await self.tasks.close()
        await self.desktop.tasks.close()
