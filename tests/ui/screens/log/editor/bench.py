"""The editor over the real services and a HubSpot in memory, with real keys and clicks."""

from collections.abc import Mapping
from datetime import timedelta

from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingOption,
    MeetingOptions,
    Outcome,
    RecordRef,
)
from app.domain.records import OwnerId
from app.ui.kit.theme import Theme
from app.ui.screens.log.editor.pane import EditorPane
from app.ui.screens.log.selection import LogSelection
from app.ui.screens.log.undoing import Undoing
from tests.fakes.clock import NOW
from tests.fakes.crm import FakeCrm
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.samples import sample_account, sample_owner
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.desktop import make_desktop

ADA = RecordRef(CONTACT, "1")
NORTHWIND = RecordRef(COMPANY, "2")
ROLLOUT = RecordRef(DEAL, "9")
NAMES = {ADA: "Ada Okafor", NORTHWIND: "Northwind", ROLLOUT: "Northwind rollout"}
INTRO = MeetingDetails(
    title="Intro call",
    start=NOW - timedelta(hours=2),
    end=NOW - timedelta(hours=1, minutes=30),
    outcome=Outcome.SCHEDULED,
    activity_type="Demo",
    owner_id=OwnerId("7"),
    location="https://meet.example/ada",
    body="Goals",
    notes="Budget",
)
OPTIONS = MeetingOptions(
    outcomes=tuple(MeetingOption(one.value, one.value.title()) for one in Outcome),
    activity_types=(MeetingOption("Demo", "Demo"), MeetingOption("Old", "Old way", is_hidden=True)),
)


class Bench:
    """One editor; `world` is HubSpot, `hands` are the rep's."""

    def __init__(self, theme: Theme) -> None:
        self.desk = make_desktop(sample_account(), theme=theme)
        self.clock = self.desk.fakes.clock
        self.world = FakeMeetings(self.clock)
        self.world.known_options = OPTIONS
        for ref, name in NAMES.items():
            self.world.known_records[ref] = CrmRecord(ref, name)
        crm = FakeCrm.make(self.clock)
        crm.meetings = self.world.ports()
        crm.records.all_owners = (sample_owner(),)
        self.desk.fakes.connections.crms[sample_account().id] = crm
        self.crm = crm
        self.selection = LogSelection()
        self.nexts: list[None] = []
        self.selection.next_requested.connect(lambda: self.nexts.append(None))

    async def open(self) -> None:
        """Sign in, read the meetings, show the editor and start the outbox."""
        services = self.desk.services
        await services.accounts.load()
        await services.meetings.start_sync()
        self.desk.tasks.start(services.outbox.run())
        tasks = self.desk.tasks.child("editor")
        undoing = Undoing(services.outbox, notices=self.desk.context.notices, tasks=tasks)
        self.pane = EditorPane(self.desk.context, self.selection, undoing, tasks)
        self.hands = Hands(self.pane)
        await self.hands.show(905, 900)

    async def meet(self, details: MeetingDetails = INTRO, *refs: RecordRef) -> Meeting:
        """Put a meeting into HubSpot and open it here."""
        meeting = self.world.add(details, [Association(ref) for ref in refs])
        await self.desk.services.meetings.start_sync(full=True)
        self.choose(meeting.id)
        await self.rest(1)
        return meeting

    def choose(self, meeting_id: MeetingId) -> None:
        """Open a meeting."""
        self.selection.choose(meeting_id)

    async def rest(self, seconds: float = 0.0) -> None:
        """Let everything go on, and the time pass."""
        await quiet()
        if seconds:
            await self.clock.advance(seconds)
        await quiet()

    def stored(self, meeting_id: MeetingId) -> Meeting:
        """The meeting as HubSpot has it."""
        return self.world.kept[meeting_id].meeting

    @property
    def sent_fields(self) -> list[set[MeetingField]]:
        """The fields of every edit that was sent, in order."""
        sent = [call[2] for call in self.world.calls if call[0] == "edit"]
        return [{edit.name for edit in each} for each in sent if isinstance(each, tuple)]

    @property
    def kept_drafts(self) -> dict[str, Mapping[str, object]]:
        """The drafts on disk, by key."""
        return self.desk.fakes.drafts.kept[sample_account().id]

    @property
    def toasts(self) -> list[str]:
        """What was said."""
        return [toast.text for toast in self.desk.context.notices.toasts]

    async def close(self) -> None:
        """End every task."""
        await self.desk.tasks.close()
        self.pane.close()
        self.pane.deleteLater()
