"""The Agenda over the real services and a HubSpot in memory; the world is the one of the design's picture."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.accounts import Account
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingId,
    MeetingOption,
    MeetingOptions,
    Outcome,
    RecordRef,
)
from app.domain.preferences import Preferences
from app.domain.records import Contact, ContactId, Owner, OwnerId
from app.ui.kit.command import CommandRegistry
from app.ui.kit.theme import Theme
from app.ui.screens.agenda.listing.faces import RowFace
from app.ui.screens.agenda.listing.list_view import AgendaList
from app.ui.screens.agenda.screen import AgendaScreen
from app.ui.shell.shortcuts import Shortcuts
from tests.fakes.clock import NOW, settle
from tests.fakes.crm import FakeCrm
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.samples import sample_account
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.desktop import make_desktop

HOUR = 3600.0
MINE = Owner(OwnerId("7"), sample_account().user_id, sample_account().email, "Maria Nowak")
OTHER = Owner(OwnerId("8"), "600", "tom@slotdesk.example", "Tom Reed")
IMANI = CrmRecord(RecordRef(CONTACT, "11"), "Imani Yusuf")
ADA = CrmRecord(RecordRef(CONTACT, "12"), "Ada Okafor")
RAVI = CrmRecord(RecordRef(CONTACT, "13"), "Ravi Menon")
TAILSPIN = CrmRecord(RecordRef(COMPANY, "21"), "Tailspin")
FABRIKAM = CrmRecord(RecordRef(COMPANY, "22"), "Fabrikam")
PROSEWARE = CrmRecord(RecordRef(COMPANY, "23"), "Proseware")
NORTHWIND = CrmRecord(RecordRef(COMPANY, "24"), "Northwind")
ROLLOUT = CrmRecord(RecordRef(DEAL, "31"), "Northwind rollout")
CONTACTS = (
    Contact(ContactId("11"), "Imani", "Yusuf", "imani@tailspin.example", zone="America/New_York"),
    Contact(ContactId("12"), "Ada", "Okafor", "ada@northwind.example", zone="America/New_York"),
    Contact(ContactId("13"), "Ravi", "Menon", "ravi@fabrikam.example"),
)
OPTIONS = MeetingOptions(outcomes=tuple(MeetingOption(one.value, one.value.title()) for one in Outcome))
ROOM = "https://meet.example/room"


def berlin(days: int, hour: int, minute: int = 0) -> datetime:
    """A time of Berlin's clock, days from Monday 23 November 2026."""
    return NOW.replace(hour=0, minute=0) + timedelta(days=days, hours=hour - 1, minutes=minute)


class Bench:
    """One Agenda; `world` is HubSpot, `hands` are the rep's. It is 10:15 in Berlin, Monday 23 November."""

    def __init__(
        self,
        theme: Theme,
        *,
        account: Account | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        self.account = account or sample_account()
        self.desk = make_desktop(self.account, theme=theme, preferences=preferences)
        self.clock = self.desk.fakes.clock
        self.world = FakeMeetings(self.clock)
        self.world.known_options = OPTIONS
        crm = FakeCrm.make(self.clock)
        crm.meetings = self.world.ports()
        crm.records.all_owners = (MINE, OTHER)
        crm.records.contacts = list(CONTACTS)
        self.crm = crm
        self.desk.fakes.connections.crms[self.account.id] = crm

    def meet(
        self,
        title: str,
        start: datetime | None,
        *records: CrmRecord,
        minutes: int | None = 30,
        outcome: str = Outcome.SCHEDULED,
        location: str = ROOM,
        owner: Owner = MINE,
        **texts: str,
    ) -> MeetingId:
        """Put a meeting into HubSpot."""
        end = start + timedelta(minutes=minutes) if start is not None and minutes is not None else None
        details = MeetingDetails(
            title=title, start=start, end=end, outcome=outcome, owner_id=owner.id, location=location
        )
        for record in records:
            self.world.known_records[record.ref] = record
        made = self.world.add(replace(details, **texts), [Association(one.ref) for one in records])  # type: ignore[arg-type]
        return made.id

    def furnish(self) -> None:
        """The meetings of the picture."""
        self.meet("Intro call", berlin(-11, 10), IMANI, outcome=Outcome.COMPLETED, notes=NOTES)
        self.meet("Intro call with Ada Okafor", berlin(0, 9), ADA, NORTHWIND, ROLLOUT)
        self.meet("Renewal: Fabrikam", berlin(0, 11, 30), RAVI, FABRIKAM)
        self.meet("Product demo", berlin(0, 16, 30), IMANI, TAILSPIN, minutes=45)
        self.meet("Partner call", berlin(0, 18, 30), PROSEWARE)
        self.meet("Team lunch", berlin(0, 13), PROSEWARE, outcome=Outcome.CANCELED, location="Canteen")
        self.meet("Technical scoping", berlin(1, 10), *(ADA, RAVI, IMANI), minutes=60)
        self.meet("Intro call with Ada Okafor", berlin(1, 18, 30), ADA, NORTHWIND)
        self.meet("Review of theirs", berlin(0, 17), RAVI, owner=OTHER)

    async def open(self, *, width: int = 1320, height: int = 820, hours: float = 6.0) -> None:
        """Let the hours pass, sign in, read the meetings and show the Agenda."""
        await self.clock.advance(hours * HOUR)
        services = self.desk.services
        await self.desk.load()
        await services.meetings.start_sync()
        await services.meetings.load()
        self.desk.tasks.start(services.outbox.run())
        self.desk.tasks.start(services.agenda.run())
        self.desk.tasks.start(services.meetings.run())
        await self.show(width=width, height=height)

    async def show(self, *, width: int = 1320, height: int = 820) -> None:
        """Build the screen and bring it to the front."""
        self.tasks = self.desk.tasks.child("agenda")
        self.screen = AgendaScreen(self.desk.context, self.tasks)
        self.registry = CommandRegistry(self.screen)
        self.registry.add(*self.screen.commands)
        self.shortcuts = Shortcuts(self.screen.widget, self.registry)
        self.hands = Hands(self.screen.widget)
        await self.hands.show(width, height)
        self.screen.start()
        await self.rest()
        self.screen.activate()
        await self.rest()

    async def rest(self, seconds: float = 0.0) -> None:
        """Let everything go on, and the time pass."""
        await quiet()
        if seconds:
            await self.clock.advance(seconds)
        await quiet()
        await settle()

    @property
    def rows(self) -> AgendaList:
        """The list widget."""
        return self.hands.find(AgendaList, "agenda.list")

    @property
    def faces(self) -> Sequence[RowFace]:
        """The rows that are listed."""
        return [item for item in self.screen.listing.props.items if isinstance(item, RowFace)]

    @property
    def titles(self) -> list[str]:
        """Their titles."""
        return [face.title for face in self.faces]

    @property
    def texts(self) -> list[str]:
        """Headings, quiet lines and titles, in the order of the list."""
        items = self.screen.listing.props.items
        return [item.title if isinstance(item, RowFace) else item.text for item in items]

    @property
    def selected(self) -> str:
        """The title of the row whose card is open."""
        props = self.screen.listing.props
        faces = (item for item in props.items if isinstance(item, RowFace))
        return next((face.title for face in faces if face.key == props.selected), "")

    @property
    def toasts(self) -> list[str]:
        """What was said."""
        return [toast.text for toast in self.desk.context.notices.toasts]

    def stored(self, meeting_id: MeetingId) -> Meeting:
        """The meeting as HubSpot has it."""
        return self.world.kept[meeting_id].meeting

    async def close(self) -> None:
        """End every task."""
        await self.desk.tasks.close()
        self.screen.widget.close()
        self.screen.widget.deleteLater()


NOTES = "Wants a pilot with two teams before the end of the year.\n\nBudget is approved."
