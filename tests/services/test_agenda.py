"""The agenda's meetings: which ones, how they follow changes, and whose they are."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.changes import DeleteMeeting
from app.domain.meetings import Meeting, MeetingId
from app.domain.problems import Offline, StorageFailed, StorageTrouble
from app.services.agenda import AgendaService, AgendaState
from tests.fakes.clock import NOW, settle
from tests.fakes.samples import at
from tests.services.meetings.rig import ADA, FIRST, OTHER, RECORDS, SECOND, Rig, meeting
from tests.services.world import no_errors

DAY, NEXT = at(23, 0), at(24, 0)
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")


class Agenda:
    """An agenda on a rig whose first sync is over."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.service = AgendaService(rig.accounts, rig.meetings, on_error=no_errors)

    @property
    def state(self) -> AgendaState:
        """What is published."""
        return self.service.state.value

    @property
    def ids(self) -> list[str]:
        """The meetings that are shown."""
        return [row.meeting.id for row in self.state.entries]


async def agenda(*there: Meeting) -> Agenda:
    """An agenda of what HubSpot has."""
    rig = await Rig().start()
    rig.directory.put(*there)
    await rig.meetings.start_sync()
    return Agenda(rig)


def lasting(meeting_id: str, start: datetime, hours: float | None) -> Meeting:
    """A meeting of that many hours, or without an end."""
    one = meeting(meeting_id, start)
    end = None if hours is None else start + timedelta(hours=hours)
    return replace(one, details=replace(one.details, end=end))


async def test_my_meetings_of_the_time_are_shown_by_start_also_canceled_ones() -> None:
    desk = await agenda(
        meeting("3", at(23, 15), outcome="CANCELED"),
        meeting("1", at(23, 8)),
        meeting("2", at(23, 9), owner=OTHER),
        meeting("4", NEXT),
        meeting("5", None),
    )
    await desk.service.show(DAY, NEXT)
    assert desk.ids == ["1", "3"]
    assert (desk.state.earliest, desk.state.latest, desk.state.synced_at) == (DAY, NEXT, NOW)
    await desk.service.show(DAY, NEXT, is_everybody=True)
    assert desk.ids == ["1", "2", "3"]


async def test_a_meeting_that_goes_on_over_midnight_or_for_days_is_shown() -> None:
    desk = await agenda(
        lasting("1", at(22, 23), 2),
        lasting("2", at(22, 23), 1),
        lasting("3", at(20, 9), 100),
        lasting("4", at(22, 23), None),
        lasting("5", DAY, None),
    )
    await desk.service.show(DAY, NEXT)
    assert desk.ids == ["3", "1", "5"]


async def test_the_agenda_is_searched_by_person() -> None:
    desk = await agenda(meeting("1", at(23, 8), ADA), meeting("2", at(23, 9)))
    await desk.service.show(DAY, NEXT, person="oka")
    assert desk.ids == ["1"]
    assert desk.state.entries[0].records == (RECORDS[0],)


async def test_without_a_known_owner_everybody_is_shown() -> None:
    rig = await Rig().start(meeting("1", at(23, 8), owner=OTHER))
    desk = Agenda(rig)
    await desk.service.show(DAY, NEXT)
    assert desk.ids == ["1"]


async def test_names_that_are_not_known_are_read_for_what_is_shown() -> None:
    rig = await Rig().start(meeting("1", at(23, 8), is_bare=True))
    rig.directory.put(meeting("1", at(23, 8), ADA))
    desk = Agenda(rig)
    await desk.service.show(DAY, NEXT)
    await desk.service.refresh()
    assert desk.state.entries[0].records == (RECORDS[0],)


async def test_the_agenda_follows_every_change_while_it_runs() -> None:
    desk = await agenda(meeting("1", at(23, 8)), meeting("2", at(23, 9)))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(desk.service.run())
        await desk.service.show(DAY, NEXT)
        desk.rig.outbox.put(DeleteMeeting(MeetingId("1")))
        await settle()
        assert desk.ids == ["2"]
        calls = len(desk.rig.cache.calls)
        await desk.rig.meetings.start_sync()
        await settle()
        assert desk.ids == ["2"]
        assert len(desk.rig.cache.calls) > calls
        task.cancel()


async def test_news_that_touch_no_row_are_not_looked_at() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    await desk.service.show(DAY, NEXT)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(desk.service.run())
        await settle()
        desk.rig.cache.fail("index", FULL)
        desk.rig.cache.calls.clear()
        await desk.rig.meetings.load()
        await settle()
        assert desk.rig.meetings.state.value.problem is FULL
        assert (desk.rig.cache.times("index"), desk.state.problem) == (1, None)
        task.cancel()


async def test_nothing_is_looked_for_before_a_time_is_asked_for() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    desk.rig.cache.calls.clear()
    await desk.service.refresh()
    assert desk.rig.cache.calls == []


async def test_offline_the_agenda_shows_what_is_known_with_its_age() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    desk.rig.directory.fail_always("between", Offline())
    await desk.rig.clock.advance(600)
    await desk.rig.meetings.start_sync()
    await desk.service.show(DAY, NEXT)
    assert (desk.ids, desk.state.synced_at, desk.state.problem) == (["1"], NOW, None)


async def test_a_cache_that_cannot_be_read_is_told_until_it_can() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    desk.rig.cache.fail("index", FULL)
    await desk.service.show(DAY, NEXT)
    assert (desk.ids, desk.state.problem) == ([], FULL)
    await desk.service.refresh()
    assert (desk.ids, desk.state.problem) == (["1"], None)


async def test_it_says_whether_the_rows_answer_what_was_asked_for() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    seen: list[tuple[datetime | None, int, bool]] = []
    desk.service.state.subscribe(
        lambda state: seen.append((state.earliest, len(state.entries), state.is_answered))
    )
    await desk.service.show(DAY, NEXT)
    await desk.service.show(NEXT, at(25, 0))
    assert seen == [(DAY, 0, False), (DAY, 1, True), (NEXT, 1, False), (NEXT, 0, True)]


async def test_switching_the_account_shows_the_others_days_and_nothing_of_the_one_before() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    desk.rig.cache.put(SECOND.id, meeting("9", at(23, 8), owner=OTHER))
    await desk.service.show(DAY, NEXT)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(desk.service.run())
        await desk.rig.accounts.activate(SECOND.id)
        assert (desk.ids, desk.state.synced_at, desk.state.earliest) == ([], None, DAY)
        await settle()
        assert desk.ids == ["9"]
        task.cancel()


async def test_a_lost_sign_in_leaves_the_agenda_readable() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    await desk.service.show(DAY, NEXT)
    desk.rig.accounts.report_lost(FIRST.id)
    await desk.service.refresh()
    assert desk.ids == ["1"]


async def test_an_answer_for_days_or_an_account_left_meanwhile_is_dropped() -> None:
    desk = await agenda(meeting("1", at(23, 8)), meeting("2", at(24, 8)))
    for problem in (None, FULL):
        desk.rig.cache.hold("index")
        async with asyncio.TaskGroup() as group:
            group.create_task(desk.service.show(DAY, NEXT))
            await settle()
            group.create_task(desk.service.show(NEXT, at(25, 0)))
            await settle()
            desk.rig.cache.fail("index", problem)
            desk.rig.cache.release("index")
        assert (desk.ids, desk.state.earliest, desk.state.problem) == (["2"], NEXT, None)


async def test_signed_out_there_is_no_agenda() -> None:
    desk = await agenda(meeting("1", at(23, 8)))
    await desk.service.show(DAY, NEXT)
    await desk.rig.accounts.sign_out(SECOND.id)
    await desk.rig.accounts.sign_out(FIRST.id)
    await desk.service.refresh()
    assert desk.ids == []
