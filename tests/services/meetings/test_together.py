"""The rep's changes and HubSpot's meetings, with the real outbox between them: they end up the same."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.meetings import Association, MeetingDetails, MeetingField, MeetingId, is_local
from app.domain.problems import Gone
from app.domain.projection import PendingMark
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import ADA, ME, NORTHWIND
from tests.services.meetings.together import LONG, RECORDS, Together

DETAILS = MeetingDetails(title="Intro", start=NOW, end=NOW + timedelta(minutes=30), outcome="SCHEDULED")


async def test_a_log_made_offline_is_shown_at_once_and_becomes_hubspots_meeting() -> None:
    desk = Together()
    async with desk.working():
        desk.go_offline()
        meeting_id = await desk.meetings.log(DETAILS, [Association(ADA)], pins=[ADA])
        await desk.meetings.edit(meeting_id, replace(DETAILS, title="Second call", owner_id=ME))
        await desk.clock.advance(120)
        row = await desk.row(meeting_id)
        assert is_local(row.meeting.id)
        assert (row.pending, row.meeting.details.title) == (PendingMark.WAITING, "Second call")
        assert row.records[0].pinned == meeting_id
        desk.go_online()
        await desk.clock.advance(120)
        await settle(LONG)
        row = await desk.row(meeting_id)
        assert (is_local(row.meeting.id), row.pending) == (False, None)
        assert row.records[0].pinned == row.meeting.id
        assert await desk.shown() == desk.there


async def test_thirty_outcomes_are_logged_at_once_and_taken_back() -> None:
    desk = Together()
    async with desk.working():
        ids = [desk.add(f"Call {number}").id for number in range(30)]
        await desk.clock.advance(400)
        await settle(LONG)
        assert desk.meetings.state.value.to_log == 30
        group = await desk.meetings.set_outcome(ids, "COMPLETED")
        await settle(LONG)
        assert desk.meetings.state.value.to_log == 0
        assert await desk.outbox.undo(group)
        await settle(LONG)
        assert desk.meetings.state.value.to_log == 30
        await desk.meetings.set_outcome(ids, "COMPLETED")
        await desk.clock.advance(10)
        await settle(3 * LONG)
        assert {one.meeting.details.outcome for one in desk.hubspot.kept.values()} == {"COMPLETED"}
        assert desk.meetings.state.value.to_log == 0
        assert await desk.shown() == desk.there


moves = st.one_of(
    st.tuples(st.sampled_from(["log", "add", "sync", "full", "offline", "online"]), st.just(0)),
    st.tuples(
        st.sampled_from(["edit", "outcome", "delete", "link", "unlink", "refresh", "annotate", "throw"]),
        st.integers(0, 9),
    ),
    st.tuples(st.just("wait"), st.sampled_from([1, 9, 60, 400])),
)


async def _move(desk: Together, name: str, number: int, step: int) -> None:
    """One thing that happens; what there is nothing for is left out."""
    known = list(await desk.shown())
    there = list(desk.hubspot.kept)
    mine = known[number % len(known)] if known else None
    theirs = there[number % len(there)] if there else None
    match name:
        case "log":
            await desk.meetings.log(replace(DETAILS, title=f"Log {step}"), [Association(ADA)])
        case "add":
            desk.add(f"Added {step}")
        case "sync" | "full":
            await desk.meetings.start_sync(full=name == "full")
        case "offline":
            desk.go_offline()
        case "online":
            desk.go_online()
        case "wait":
            await desk.clock.advance(number)
        case "annotate" if theirs:
            desk.annotate(theirs, f"Notes {step}")
        case "throw" if theirs:
            desk.throw_away(theirs)
        case _ if mine:
            await _change(desk, name, mine, step)


async def _change(desk: Together, name: str, meeting_id: MeetingId, step: int) -> None:
    """The rep changes a meeting and sees it at once."""
    row = await desk.row(meeting_id)
    ref = RECORDS[step % len(RECORDS)]
    match name:
        case "edit":
            after = replace(row.meeting.details, title=f"Edit {step}")
            await desk.meetings.edit(meeting_id, after, seen=row.meeting)
            assert (await desk.row(meeting_id)).meeting.details.title == f"Edit {step}"
        case "outcome":
            await desk.meetings.change_many([meeting_id], {MeetingField.OUTCOME: "NO_SHOW"})
            assert (await desk.row(meeting_id)).meeting.details.outcome == "NO_SHOW"
        case "delete":
            await desk.meetings.delete([meeting_id])
            assert meeting_id not in await desk.shown()
        case "link":
            await desk.meetings.link(meeting_id, Association(ref))
            assert ref in (await desk.row(meeting_id)).meeting.refs
        case "unlink":
            await desk.meetings.unlink(meeting_id, ref)
            assert ref not in (await desk.row(meeting_id)).meeting.refs
        case "refresh":
            await _refresh(desk, meeting_id)


async def _refresh(desk: Together, meeting_id: MeetingId) -> None:
    """Read it anew, as far as HubSpot can be reached and has it."""
    if not desk.hubspot.is_offline:
        try:
            await desk.meetings.refresh(meeting_id)
        except Gone:
            assert meeting_id not in desk.hubspot.kept


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, min_size=1, max_size=25), st.sampled_from([0, 45]))
def test_whatever_happens_the_rep_ends_up_seeing_what_hubspot_has(
    story: list[tuple[str, int]], lag: int
) -> None:
    async def play() -> None:
        desk = Together(lag=lag)
        async with desk.working():
            for step, (name, number) in enumerate(story):
                await _move(desk, name, number, step)
                await settle(LONG)
            await desk.come_to_rest()
            assert await desk.shown() == desk.there

    asyncio.run(play())


async def test_a_record_linked_by_a_colleague_is_seen_after_a_day() -> None:
    # HubSpot does not count a link as a change of the meeting (reference 7.2): only the walk shows it.
    desk = Together()
    async with desk.working():
        kept = desk.hubspot.kept[desk.add("Call").id]
        await desk.clock.advance(400)
        await settle(LONG)
        desk.add("A later one")
        await desk.clock.advance(400)
        await settle(LONG)
        kept.meeting = replace(kept.meeting, associations=(Association(ADA), Association(NORTHWIND)))
        await desk.clock.advance(400)
        await settle(LONG)
        assert (await desk.row(kept.meeting.id)).meeting.refs == (ADA,)
        await desk.clock.advance(24 * 3600)
        await settle(LONG)
        assert (await desk.row(kept.meeting.id)).meeting.refs == (ADA, NORTHWIND)
