"""Meetings and changes for the storage tests."""

from datetime import datetime, timedelta

from app.domain.accounts import AccountId
from app.domain.changes import (
    Change,
    ChangeId,
    ChangeState,
    LogMeeting,
    PendingChange,
)
from app.domain.meetings import (
    CONTACT,
    Association,
    Meeting,
    MeetingDetails,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from tests.storage.world import ADA, NOW

LOCAL = local_meeting_id("0193")
HALF_HOUR = timedelta(minutes=30)


def log(number: int = 0, *, title: str = "Demo") -> LogMeeting:
    """A meeting that is created on this computer."""
    return LogMeeting(
        local_meeting_id(str(number)), MeetingDetails(title=title, start=NOW, end=NOW + HALF_HOUR)
    )


def pending(
    number: int,
    change: Change | None = None,
    *,
    state: ChangeState = ChangeState.QUEUED,
    account_id: AccountId = ADA,
    done_at: datetime | None = None,
) -> PendingChange:
    """A row of the outbox; ids are in the order of `number`."""
    return PendingChange(
        id=ChangeId(f"{number:032x}"),
        account_id=account_id,
        change=change or log(number),
        created_at=NOW + timedelta(seconds=number),
        state=state,
        done_at=done_at,
    )


def meeting(
    number: int,
    *,
    title: str = "",
    start: datetime | None = NOW,
    updated_at: datetime | None = NOW,
    associations: tuple[Association, ...] | None = None,
    **details: str,
) -> Meeting:
    """A meeting of half an hour as HubSpot tells it."""
    end = None if start is None else start + HALF_HOUR
    return Meeting(
        id=MeetingId(str(number)),
        details=MeetingDetails(title=title or f"Meeting {number}", start=start, end=end, **details),  # type: ignore[arg-type]
        associations=associations,
        updated_at=updated_at,
    )


def contact(number: int) -> RecordRef:
    """A contact's reference."""
    return RecordRef(CONTACT, str(number))
