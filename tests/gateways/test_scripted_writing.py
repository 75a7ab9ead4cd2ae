"""Changes of meetings where HubSpot answers oddly, denies, or says little."""

from datetime import datetime, timedelta

import httpx
import pytest

from app.domain.changes import ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    MeetingDetails,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from app.domain.problems import (
    Conflict,
    Gone,
    NotAllowed,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SlowDown,
    Unknown,
)
from tests.gateways.scripted_meetings import (
    CONTACT_1,
    LABELS,
    LINKS,
    M1,
    M2,
    MEETINGS,
    OUTCOME,
    SITES,
    START,
    log,
    ports_at,
)
from tests.gateways.service import FakeHubSpot, JumpingTime, json_of, refusal, reply


async def test_default_types_stand_in_for_labels_that_may_not_be_read(
    hubspot: FakeHubSpot, time: JumpingTime
) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("GET", LABELS, refusal(403, "MISSING_SCOPES"))
    hubspot.on("POST", MEETINGS, reply({"id": 71, "properties": {"hs_meeting_title": None}}, 201))
    mine = AssociationLabel("USER_DEFINED", 12, "Buyer")
    made = await ports.writer.log(log(CONTACT_1, labels=(mine,)), mark="m")
    assert (made.id, made.details.title, made.details.notes) == ("71", "t", "")
    (sent,) = hubspot.calls(MEETINGS)
    assert json_of(sent)["associations"][0]["types"] == [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200},
        {"associationCategory": "USER_DEFINED", "associationTypeId": 12},
    ]


async def test_a_custom_type_needs_a_type_of_its_own(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    site = RecordRef(SITES, "9")
    hubspot.on("GET", f"{LINKS}/2-77/labels", refusal(403, "MISSING_SCOPES"))
    with pytest.raises(NotAllowed):
        await ports.writer.log(log(site), mark="m")
    hubspot.on("GET", f"{LINKS}/2-77/labels", reply({"results": []}))
    with pytest.raises(Gone):
        await ports.writer.log(log(site), mark="m")
    only = {"category": "USER_DEFINED", "typeId": 5, "label": "Held at"}
    ports = ports_at(hubspot, time)
    hubspot.on("GET", f"{LINKS}/2-77/labels", reply({"results": [only]}))
    hubspot.on("POST", MEETINGS, reply({"id": 71}, 201))
    held_at = AssociationLabel("USER_DEFINED", 5, "Held at")
    await ports.writer.log(log(site, labels=(held_at,)), mark="m")
    types = json_of(hubspot.asked[-1])["associations"][0]["types"]
    assert types == [{"associationCategory": "USER_DEFINED", "associationTypeId": 5}]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (httpx.ReadError("x"), Unknown),
        (refusal(500), Unknown),
        (reply({"no": "id"}, 201), Unknown),
        (refusal(503, Retry_After="5"), Unknown),
        (httpx.ConnectError("x"), Offline),
        (refusal(409, "CONFLICT", message="Existing ID: 5"), Conflict),
        (refusal(429), SlowDown),
    ],
)
async def test_what_a_log_meets(
    hubspot: FakeHubSpot, time: JumpingTime, answer: httpx.Response | Exception, problem: type[Problem]
) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("POST", MEETINGS, answer)
    with pytest.raises(problem):
        await ports.writer.log(log(), mark="m")
    if problem is Unknown:
        assert len(hubspot.calls(MEETINGS)) == 1


async def test_what_is_rejected_is_told_by_field(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    bad = {"message": "Not one", "context": {"propertyName": ["hs_meeting_outcome"]}}
    hubspot.on("PATCH", f"{MEETINGS}/71", refusal(400, errors=[bad]))
    with pytest.raises(Rejected) as refused:
        await ports.writer.edit(M1, OUTCOME)
    assert refused.value.fields == {"outcome": "Not one"}


async def test_an_error_behind_a_good_status_is_an_error(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    failed = {"errors": [{"category": "OBJECT_NOT_FOUND", "message": "No such record"}]}
    path = f"{MEETINGS}/71/associations"
    hubspot.on("PUT", f"{path}/default/contacts/1", reply(failed))
    with pytest.raises(Gone):
        await ports.writer.link(M1, Association(CONTACT_1))
    hubspot.on("DELETE", f"{path}/contacts/1", refusal(403, "MISSING_SCOPES"))
    hubspot.on("POST", f"{LINKS}/contacts/batch/archive", reply(failed))
    with pytest.raises(Gone):
        await ports.writer.unlink(M1, CONTACT_1)
    hubspot.on("DELETE", f"{path}/contacts/1", refusal(404, "OBJECT_NOT_FOUND"))
    assert await ports.writer.unlink(M1, CONTACT_1) == ()


async def test_labels_are_looked_for_page_by_page(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    path = f"{MEETINGS}/71/associations/contacts"
    label = {"category": "USER_DEFINED", "typeId": 12, "label": "Buyer"}
    hubspot.on("PUT", f"{MEETINGS}/71/associations/default/contacts/1", reply({}))
    hubspot.on(
        "GET",
        path,
        reply({"results": [{"toObjectId": 5}], "paging": {"next": {"after": "5"}}}),
        reply({"results": [{"toObjectId": 1, "associationTypes": [label]}]}),
        reply({"results": []}),
    )
    hubspot.on("POST", f"{LINKS}/contacts/batch/labels/archive", reply(status=204))
    await ports.writer.link(M1, Association(CONTACT_1))
    (taken,) = hubspot.calls("labels/archive")
    wire = {"associationCategory": "USER_DEFINED", "associationTypeId": 12}
    assert json_of(taken)["inputs"] == [{"from": {"id": "71"}, "to": {"id": "1"}, "types": [wire]}]
    await ports.writer.link(M1, Association(CONTACT_1))
    assert len(hubspot.calls("labels/archive")) == 1


async def test_a_batch_refused_as_a_whole_is_sent_row_by_row(hubspot: FakeHubSpot, time: JumpingTime) -> None:
    ports = ports_at(hubspot, time)
    hubspot.on("POST", f"{MEETINGS}/batch/update", refusal(400))
    hubspot.on("PATCH", f"{MEETINGS}/71", reply({"id": 71}))
    hubspot.on("GET", f"{MEETINGS}/71", reply({"id": 71, "properties": {"hs_meeting_outcome": "COMPLETED"}}))
    hubspot.on("PATCH", f"{MEETINGS}/72", refusal(400))
    result = await ports.writer.edit_many({M1: OUTCOME, M2: OUTCOME})
    assert [meeting.id for meeting in result.done] == [M1]
    assert isinstance(result.failed[M2], Rejected)


async def test_rows_of_a_batch_that_nothing_is_said_of_have_failed(
    hubspot: FakeHubSpot, time: JumpingTime
) -> None:
    ports = ports_at(hubspot, time)
    odd = {"message": "odd", "context": {"ids": ["72"], "propertyName": ["hs_meeting_title"]}}
    third = MeetingId("73")
    hubspot.on("POST", f"{MEETINGS}/batch/update", reply({"results": [{"id": 71}], "errors": [odd]}, 207))
    hubspot.on("POST", f"{MEETINGS}/batch/read", reply({"results": []}))
    result = await ports.writer.edit_many({M1: OUTCOME, M2: OUTCOME, third: OUTCOME})
    assert result.done == ()
    assert isinstance(result.failed[M1], Gone)
    assert isinstance(result.failed[third], ServiceBroken)
    rejected = result.failed[M2]
    assert isinstance(rejected, Rejected)
    assert rejected.fields == {"title": "odd"}
    hubspot.on("POST", f"{MEETINGS}/batch/update", reply({"results": [], "errors": [odd]}, 207))
    assert set((await ports.writer.edit_many({M2: OUTCOME})).failed) == {M2}


async def test_a_calendar_event_needs_both_times_and_may_hide_its_id(
    hubspot: FakeHubSpot, time: JumpingTime
) -> None:
    ports = ports_at(hubspot, time)

    def wish(start: datetime | None, end: datetime | None) -> ScheduleMeeting:
        details = MeetingDetails(title="t", start=start, end=end)
        return ScheduleMeeting(local_meeting_id("s"), details, "7", "UTC")

    for half, field in ((wish(None, START), "start"), (wish(START, None), "end")):
        with pytest.raises(Rejected) as refused:
            await ports.writer.schedule(half, mark="m")
        assert set(refused.value.fields) == {field}
    hubspot.on("POST", "/scheduler/2026-03/meetings/calendar", reply({"id": "event-1"}))
    whole = wish(START, START + timedelta(hours=1))
    stored = {"id": "event-1", "properties": {"hs_internal_meeting_notes": "[slotdesk:m]"}}
    for answer, expected in (
        (refusal(404), None),
        (refusal(500), None),
        (reply({"id": "event-1"}), None),
        (reply(stored), "event-1"),
    ):
        hubspot.on("GET", f"{MEETINGS}/event-1", answer)
        assert await ports.writer.schedule(whole, mark="m") == expected
