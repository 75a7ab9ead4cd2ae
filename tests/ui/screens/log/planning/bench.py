"""The planning sheet over the real services and a HubSpot in memory, with real keys and clicks."""

import contextlib
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from app.domain.changes import ScheduleMeeting
from app.domain.meetings import CrmRecord
from app.domain.problems import Offline
from app.domain.records import Owner, OwnerId
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.routes import NewMeeting
from app.ui.kit.theme import Theme
from app.ui.screens.log.planning.sheet import PlanSheet
from app.ui.screens.log.planning.viewmodel import PlanViewModel
from tests.fakes.crm import FakeCrm
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.samples import sample_account, sample_owner
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.desktop import make_desktop
from tests.ui.screens.log.editor.bench import NAMES, OPTIONS

ME = replace(sample_owner(), id=OwnerId("7"), full_name="Mei Nelson")
LENA = Owner(OwnerId("8"), "508", "lena@slotdesk.example", "Lena Fischer")
LEON = Owner(OwnerId("9"), "509", "leon@slotdesk.example", "<b>León</b> & Co\u202e")
GONE = Owner(OwnerId("10"), None, "left@slotdesk.example", "Lena Left", is_active=False)


class PlanBench:
    """One sheet over a window; `world` is HubSpot, `hands` are the rep's."""

    def __init__(self, theme: Theme) -> None:
        self.desk = make_desktop(sample_account(), theme=theme)
        self.clock = self.desk.fakes.clock
        self.world = FakeMeetings(self.clock)
        self.world.known_options = OPTIONS
        self.world.known_records = {ref: CrmRecord(ref, name) for ref, name in NAMES.items()}
        crm = FakeCrm.make(self.clock)
        crm.meetings = self.world.ports()
        crm.records.all_owners = (ME, LENA, LEON, GONE)
        self.desk.fakes.connections.crms[sample_account().id] = crm

    async def open(self) -> None:
        """Sign in, read the meetings, start the outbox and show an empty window."""
        services = self.desk.services
        await services.accounts.load()
        await services.meetings.start_sync()
        self.desk.tasks.start(services.outbox.run())
        context, tasks = self.desk.context, self.desk.tasks
        self.window = QWidget()
        self.viewmodel = PlanViewModel(context, tasks.child("plan"))
        self.sheet = PlanSheet(
            self.window,
            self.viewmodel,
            RecordSearchViewModel(services.meetings, context.clock, tasks.child("search")),
            manners=context.manners,
            clock=context.clock,
        )
        self.hands = Hands(self.window)
        await self.hands.show(1000, 860)

    async def begin(self, new: NewMeeting | None = None) -> None:
        """Open the sheet."""
        self.sheet.begin(new or NewMeeting())
        await quiet()

    def button(self, name: str) -> QAbstractButton:
        """A button of the sheet."""
        return self.hands.find(QAbstractButton, name)

    async def write(self, field: QWidget, text: str) -> None:
        """Type into a field, over what stands there."""
        edit = field.findChild(QLineEdit) or field.findChild(QPlainTextEdit)
        assert edit is not None
        edit.setFocus()
        edit.selectAll()
        await self.hands.write(text)

    @property
    def sent(self) -> list[ScheduleMeeting]:
        """What HubSpot was asked to put into the calendar."""
        calls = [call[1] for call in self.world.calls if call[0] == "schedule"]
        return [one for one in calls if isinstance(one, ScheduleMeeting)]

    @property
    def toasts(self) -> list[str]:
        """What was said."""
        return [toast.text for toast in self.desk.context.notices.toasts]

    async def offline(self) -> None:
        """The network goes away."""

        async def fail() -> None:
            raise Offline

        with contextlib.suppress(Offline):
            await self.desk.services.connectivity.watch(fail())
        await quiet()

    async def online(self) -> None:
        """The network is back."""

        async def answer() -> None:
            return None

        await self.desk.services.connectivity.watch(answer())
        await self.rest()

    async def rest(self, seconds: float = 0.0) -> None:
        """Let everything go on, and the time pass."""
        await quiet()
        if seconds:
            await self.clock.advance(seconds)
        await quiet(120)

    async def close(self) -> None:
        """End every task."""
        await self.desk.tasks.close()
        self.window.close()
        self.window.deleteLater()
