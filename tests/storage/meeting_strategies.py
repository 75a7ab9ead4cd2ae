"""Arbitrary meetings, records and changes, as hypothesis makes them."""

from hypothesis import strategies as st

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    RECORD_TYPES,
    Association,
    AssociationLabel,
    CrmRecord,
    FieldEdit,
    Meeting,
    MeetingDetails,
    MeetingField,
    RecordRef,
)
from tests.storage.strategies import INSTANTS, TEXT, tuples
from tests.storage.world import ADA

IDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
REFS = st.builds(RecordRef, type=st.sampled_from(RECORD_TYPES) | IDS, id=IDS)
LABELS = st.builds(AssociationLabel, category=TEXT, type_id=st.integers(0, 2**31), name=TEXT)
ASSOCIATIONS = st.builds(Association, ref=REFS, labels=tuples(LABELS))
DETAILS = st.builds(
    MeetingDetails,
    title=TEXT,
    start=st.none() | INSTANTS,
    end=st.none() | INSTANTS,
    outcome=TEXT,
    activity_type=TEXT,
    owner_id=st.none() | TEXT,
    location=TEXT,
    body=TEXT,
    notes=TEXT,
    external_url=TEXT,
)
MEETINGS = st.builds(
    Meeting,
    id=IDS,
    details=DETAILS,
    associations=st.none() | st.lists(ASSOCIATIONS, max_size=3, unique_by=lambda a: a.ref).map(tuple),
    attachments=tuples(TEXT),
    created_at=st.none() | INSTANTS,
    updated_at=st.none() | INSTANTS,
    calendar_id=TEXT,
    join_url=TEXT,
    source=TEXT,
)
RECORDS = st.builds(
    CrmRecord, ref=REFS, name=TEXT, detail=TEXT, owner_id=st.none() | TEXT, pinned=st.none() | TEXT
)
EDITS = tuples(st.builds(FieldEdit, name=st.sampled_from(MeetingField), before=TEXT, after=TEXT))
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(LogMeeting, meeting_id=TEXT, details=DETAILS, associations=tuples(ASSOCIATIONS)),
    st.builds(
        ScheduleMeeting,
        meeting_id=TEXT,
        details=DETAILS,
        organizer_user_id=TEXT,
        zone=TEXT,
        associations=tuples(ASSOCIATIONS),
        attendee_owner_ids=tuples(TEXT),
        location_type=TEXT,
        reminders=tuples(st.integers(0, 10_000)),
    ),
    st.builds(
        EditMeeting,
        meeting_id=TEXT,
        edits=EDITS,
        base_updated_at=st.none() | INSTANTS,
        is_forced=st.booleans(),
    ),
    st.builds(DeleteMeeting, meeting_id=TEXT),
    st.builds(LinkRecord, meeting_id=TEXT, association=ASSOCIATIONS),
    st.builds(UnlinkRecord, meeting_id=TEXT, ref=REFS),
    st.builds(PinMeeting, meeting_id=TEXT, ref=REFS, is_pinned=st.booleans(), before=st.none() | TEXT),
    st.builds(AttachFile, meeting_id=TEXT, spooled=TEXT, name=TEXT, size=st.integers(0, 2**53)),
    st.builds(DetachFile, meeting_id=TEXT, file_id=TEXT),
)
TEXTS = st.dictionaries(TEXT, TEXT, max_size=3)
PENDING = st.builds(
    PendingChange,
    id=TEXT,
    account_id=st.just(ADA),
    change=CHANGES,
    created_at=INSTANTS,
    state=st.sampled_from(ChangeState),
    group=TEXT,
    attempt=st.integers(0, 1000),
    started_at=st.none() | INSTANTS,
    looks=st.integers(0, 10),
    not_before=st.none() | INSTANTS,
    refusal=st.none() | st.builds(Refusal, kind=TEXT, message=TEXT, fields=TEXTS, reference=TEXT),
    file_id=st.none() | TEXT,
    theirs=TEXTS,
    their_update=st.none() | INSTANTS,
    done_at=st.none() | INSTANTS,
    server_id=st.none() | TEXT,
)
