"""Rows for tests of the outbox's pure parts."""

from dataclasses import replace
from typing import Any

from app.domain.changes import Change, ChangeId, PendingChange
from app.domain.meetings import MeetingId
from tests.fakes.clock import NOW
from tests.fakes.samples import sample_account
from tests.services.outbox.office import log

ACCOUNT = sample_account().id


def row(change: Change | None = None, number: int = 1, **values: Any) -> PendingChange:
    """A queued row; `values` replace its fields."""
    made = PendingChange(ChangeId(f"{number:032x}"), ACCOUNT, change or log(), NOW)
    return replace(made, **values)


def same(meeting_id: MeetingId) -> MeetingId:
    """No meeting has another id."""
    return meeting_id
