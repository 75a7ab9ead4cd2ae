"""Meetings, outbox rows and hostile texts that the tests of the meeting rules share."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from app.domain.accounts import AccountId
from app.domain.changes import Change, ChangeId, ChangeState, EditMeeting, PendingChange
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    AssociationLabel,
    FieldEdit,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    RecordType,
)
from app.domain.records import OwnerId

MEETING_ID = MeetingId("7001")
ADA = RecordRef(CONTACT, "9001")
NORTHWIND = RecordRef(COMPANY, "31")
ROLLOUT = RecordRef(DEAL, "77")
PROJECT = RecordRef(RecordType("2-5550"), "4")
LABEL = AssociationLabel("USER_DEFINED", 41, "Attendee")
MEI = OwnerId("11")
SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)

HOSTILE_TEXTS = (
    "",
    "\0",
    "a\0b",
    "\ud800",
    "x\udfffy",
    "\u202eevil\u2066",
    "<img src='file:///etc/passwd'>",
    "{" * 500 + "}" * 500,
    "t" * 10_000,
    "é́" * 5_000,
    "https://" * 1_000,
    "\r\n\t ",
    "%_'\"*\\",
)
texts = st.sampled_from(HOSTILE_TEXTS) | st.text(max_size=30) | st.text("abc {}:/.@h\u202e", max_size=30)
any_instants = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
)
details = st.builds(
    MeetingDetails,
    title=texts,
    start=st.none() | any_instants,
    end=st.none() | any_instants,
    outcome=st.sampled_from(("", "SCHEDULED", "COMPLETED", "CANCELED", "POSTPONED")) | texts,
    activity_type=texts,
    owner_id=st.none() | st.sampled_from((MEI, OwnerId("12"))),
    location=texts,
    body=texts,
    notes=texts,
    external_url=texts,
)
refs = st.sampled_from((ADA, NORTHWIND, ROLLOUT, PROJECT))
associations = st.lists(refs.map(Association), unique=True, max_size=4).map(tuple)
meetings = st.builds(
    Meeting,
    st.integers(1, 99).map(lambda number: MeetingId(str(number))),
    details,
    st.none() | associations,
    calendar_id=st.sampled_from(("", "cal-1", "cal-2")),
    join_url=texts,
)
"""Any meeting that HubSpot may answer with, also with dates at both ends of the calendar."""


def meeting(
    meeting_id: str = MEETING_ID,
    *,
    title: str = "Intro call with Ada Okafor",
    start: datetime | None = NINE,
    end: datetime | None = NINE + HALF_AN_HOUR,
    outcome: str = "SCHEDULED",
    on: tuple[RecordRef, ...] | None = (ADA,),
    updated_at: datetime | None = SEEN,
    **texts: str,
) -> Meeting:
    """A meeting of Mei's with Ada, half past nine at the latest."""
    return Meeting(
        MeetingId(meeting_id),
        MeetingDetails(title=title, start=start, end=end, outcome=outcome, owner_id=MEI).with_texts(
            {MeetingField(name): text for name, text in texts.items()}
        ),
        None if on is None else tuple(map(Association, on)),
        updated_at=updated_at,
    )


def row(
    change: Change,
    number: int = 1,
    state: ChangeState = ChangeState.QUEUED,
    *,
    started_at: datetime | None = None,
    not_before: datetime | None = None,
) -> PendingChange:
    """The row of a change; the numbers are the order of decisions."""
    return PendingChange(
        ChangeId(f"{number:04}"),
        AccountId("live-1-1"),
        change,
        SEEN,
        state,
        started_at=started_at,
        not_before=not_before,
    )


def edit(
    *changes: tuple[MeetingField, str, str],
    meeting_id: MeetingId = MEETING_ID,
    base: datetime | None = SEEN,
    is_forced: bool = False,
) -> EditMeeting:
    """An edit from what the rep saw to what the rep wants, field by field."""
    return EditMeeting(meeting_id, tuple(FieldEdit(*one) for one in changes), base, is_forced)
