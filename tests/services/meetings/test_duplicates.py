"""Duplicates: found at HubSpot and here, offline from here alone."""

from datetime import timedelta

from app.domain.changes import LogMeeting
from app.domain.meetings import Association, MeetingDetails, MeetingId, local_meeting_id
from app.domain.problems import Offline
from tests.fakes.clock import NOW
from tests.services.meetings.rig import ADA, NORTHWIND, Rig, meeting

LOCAL = local_meeting_id("a")
WANTED = MeetingDetails(title="Intro", start=NOW)


def later(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


async def found(rig: Rig, *, exclude: MeetingId | None = None, calendar_id: str = "") -> list[str]:
    """The ids of duplicates of a meeting with Ada, and their records' names."""
    rows = await rig.meetings.duplicates(WANTED, [ADA, NORTHWIND], exclude=exclude, calendar_id=calendar_id)
    return [row.meeting.id for row in rows]


async def test_meetings_of_the_contact_within_a_quarter_of_an_hour_are_asked_for() -> None:
    rig = await Rig().start()
    rig.directory.put(
        meeting("1", NOW + later(15), ADA),
        meeting("2", NOW - later(5), ADA),
        meeting("3", NOW + later(16), ADA),
        meeting("4", NOW, NORTHWIND),
        meeting("5", None, ADA),
    )
    assert await found(rig) == ["2", "1"]
    assert set(rig.kept) == {"1", "2"}
    assert rig.directory.calls == [("meetings_of", ADA), ("associations", ("1", "2"))]


async def test_offline_the_ones_that_are_known_here_are_found() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA), meeting("2", NOW + later(30), ADA))
    rig.directory.fail_always("meetings_of", Offline())
    assert await found(rig) == ["1"]
    # Now it is known that HubSpot cannot be reached: the form does not wait for it again.
    assert await found(rig) == ["1"]
    assert rig.directory.times("meetings_of") == 1


async def test_a_log_that_waits_is_a_duplicate_too_and_the_edited_meeting_is_none() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    rig.outbox.put(LogMeeting(LOCAL, meeting("x", NOW + later(1)).details, (Association(ADA),)))
    assert await found(rig) == ["1", LOCAL]
    assert await found(rig, exclude=MeetingId("1")) == [LOCAL]
    rig.outbox.identities[LOCAL] = MeetingId("1")
    assert await found(rig, exclude=LOCAL) == []


async def test_the_same_calendar_entry_is_a_duplicate_without_a_contact() -> None:
    rig = await Rig().start(meeting("1", NOW, calendar_id="event-1"), meeting("2", NOW))
    rows = await rig.meetings.duplicates(WANTED, [], calendar_id="event-1")
    assert [row.meeting.id for row in rows] == ["1"]
    assert rig.directory.calls == []


async def test_without_a_start_only_the_calendar_entry_counts() -> None:
    rig = await Rig().start(meeting("1", None, ADA, calendar_id="event-1"), meeting("2", NOW, ADA))
    nothing_known = MeetingDetails()
    assert await rig.meetings.duplicates(nothing_known, [ADA]) == ()
    rows = await rig.meetings.duplicates(nothing_known, [ADA], calendar_id="event-1")
    assert [row.meeting.id for row in rows] == ["1"]


async def test_a_contact_without_meetings_costs_one_call() -> None:
    rig = await Rig().start()
    assert await found(rig) == []
    assert rig.directory.calls == [("meetings_of", ADA)]
