"""The meeting ports of a rep who may read contacts only, on a scripted HubSpot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx

from app.domain.changes import LogMeeting
from app.domain.meetings import (
    CONTACT,
    Association,
    AssociationLabel,
    FieldEdit,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    RecordType,
    local_meeting_id,
)
from app.domain.ports_meetings import MeetingPorts
from app.gateways.hubspot.meeting_ports import meeting_ports
from tests.gateways.service import (
    ACCOUNT,
    PATHS_NOW,
    FakeHubSpot,
    JumpingTime,
    calls,
    refusal,
    reply,
    session_on,
)

SCHEMAS = "/crm-object-schemas/2026-03/schemas"
MEETINGS = "/crm/objects/2026-03/meetings"
LINKS = "/crm/associations/2026-03/meetings"
FILES = "/files/2026-03/files"
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CONTACT_1 = RecordRef(CONTACT, "1")
SITES = RecordType("2-77")
OUTCOME = [FieldEdit(MeetingField.OUTCOME, "", "COMPLETED")]
M1, M2 = MeetingId("71"), MeetingId("72")
LABELS = f"{LINKS}/contacts/labels"
CONTACTS_ONLY = frozenset({"crm.objects.contacts.read"})
CUSTOM_TOO = CONTACTS_ONLY | {"crm.objects.custom.read", "crm.schemas.custom.read"}


def ports_at(hubspot: FakeHubSpot, time: JumpingTime, scopes: frozenset[str] = CONTACTS_ONLY) -> MeetingPorts:
    """Ports whose every call comes to `hubspot`; custom types may not be read."""
    hubspot.on("GET", SCHEMAS, refusal(403, "MISSING_SCOPES"))
    hubspot.on("POST", f"{LINKS}/contacts/batch/read", reply({"results": []}))
    account = replace(ACCOUNT, scopes=scopes)
    return meeting_ports(session_on(hubspot, time), PATHS_NOW, account, calls())


def page(*ids: int, **more: object) -> httpx.Response:
    """A page of meetings of which nothing is told but their ids."""
    return reply({"total": len(ids), "results": [{"id": each} for each in ids], **more})


def log(*refs: RecordRef, labels: tuple[AssociationLabel, ...] = ()) -> LogMeeting:
    """A meeting to be logged on these records."""
    details = MeetingDetails(title="t", start=START, end=START + timedelta(hours=1))
    return LogMeeting(local_meeting_id("x"), details, tuple(Association(ref, labels) for ref in refs))
