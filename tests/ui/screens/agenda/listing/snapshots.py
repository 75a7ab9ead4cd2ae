"""Snapshots of the Agenda for tables of cases: it is 16:15 in Berlin, Monday 23 November 2026."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QLocale

from app.domain.meetings import CrmRecord, Meeting, MeetingDetails, MeetingId, Outcome
from app.domain.preferences import ClockStyle
from app.domain.records import OwnerId
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.ui.kit.times import TimeWords
from app.ui.screens.agenda.listing.faces import RowFace
from app.ui.screens.agenda.listing.inputs import AgendaInputs, Answer, Question
from app.ui.screens.agenda.listing.props import derive_agenda
from tests.fakes.clock import NOW
from tests.fakes.samples import sample_account

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AFTERNOON = NOW + timedelta(hours=6)
ME, TOM = OwnerId("7"), OwnerId("8")


def row(
    number: int,
    title: str,
    start: datetime | None,
    *records: CrmRecord,
    minutes: int | None = 30,
    outcome: str = Outcome.SCHEDULED,
    location: str = "https://meet.example/a",
    owner: OwnerId | None = ME,
) -> MeetingRow:
    """A meeting of that many minutes, or without an end."""
    end = start + timedelta(minutes=minutes) if start is not None and minutes is not None else None
    details = MeetingDetails(title, start, end, outcome, owner_id=owner, location=location)
    return MeetingRow(Meeting(MeetingId(str(number)), details, ()), records)


def snapshot(
    rows: Sequence[MeetingRow] = (),
    question: Question | None = None,
    *,
    clock: ClockStyle = ClockStyle.HOURS_24,
    **changes: object,
) -> AgendaInputs:
    """The inputs that show these rows, as the answer to the question."""
    inputs = AgendaInputs(
        words=TimeWords(BRITISH, clock),
        zone="Europe/Berlin",
        now=AFTERNOON,
        account=sample_account(),
        is_lost=False,
        is_online=True,
        meetings=MeetingsState(1, my_owner_id=ME),
        sync=SyncState(synced_at=AFTERNOON),
        question=question or Question(),
    )
    inputs = replace(inputs, **changes)  # type: ignore[arg-type]
    if inputs.answer is not None:
        return inputs
    return replace(inputs, answer=Answer(inputs.days, tuple(rows), inputs.serial))


def faces(inputs: AgendaInputs) -> list[RowFace]:
    """The rows of the list."""
    return [item for item in derive_agenda(inputs).items if isinstance(item, RowFace)]


def texts(inputs: AgendaInputs) -> list[str]:
    """Headings, quiet lines and titles, from top to bottom."""
    items = derive_agenda(inputs).items
    return [item.title if isinstance(item, RowFace) else item.text for item in items]
