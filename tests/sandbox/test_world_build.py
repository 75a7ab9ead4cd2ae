"""Building the world: one seed and day give one world, of any size, and tests can take hold of it."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.sandbox.crm.object_types import CONTACT, MEETING, OBJECT_TYPES
from app.sandbox.crm.store import RecordStore
from app.sandbox.instants import epoch_ms, from_epoch_ms
from app.sandbox.world import World, build_world
from app.sandbox.world.calendars import Calendars
from app.sandbox.world.people import AISHA, MEI, TOM, USERS
from tests.sandbox.scheduler.conftest import MONDAY, Clock

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86_400_000


def build(seed: int = 7, moment: datetime = MONDAY, *, links: int = 42, meetings: int = 120) -> World:
    clock = Clock(moment)
    return build_world(seed=seed, now=clock, store=RecordStore(clock=clock), links=links, meetings=meetings)


def everything(world: World) -> object:
    """All there is to see of a world."""
    now = epoch_ms(world.now())
    records = [
        (record.id, record.type_id, tuple(sorted(record.properties.items())), record.created_at)
        for type_id in OBJECT_TYPES
        for record in world.store.all(type_id)
    ]
    busy = [world.busy(user.user_id, now - 30 * DAY, now + 90 * DAY) for user in USERS]
    return records, list(world.links), busy


def test_the_same_seed_and_day_give_the_same_world() -> None:
    assert everything(build()) == everything(build())
    later = build(moment=MONDAY + timedelta(hours=3))
    assert list(later.links) == list(build().links)


def test_the_order_of_questions_does_not_matter() -> None:
    forward, backward = build(), build()
    start = epoch_ms(MONDAY)
    months = range(-60, 120, 7)
    first = [forward.busy(MEI.user_id, start + n * DAY, start + (n + 9) * DAY) for n in months]
    second = [backward.busy(MEI.user_id, start + n * DAY, start + (n + 9) * DAY) for n in reversed(months)]
    assert first == second[::-1]


def test_another_seed_gives_another_world() -> None:
    one, other = build(1), build(2)
    assert one.busy(MEI.user_id, epoch_ms(MONDAY), epoch_ms(MONDAY) + 30 * DAY) != other.busy(
        MEI.user_id, epoch_ms(MONDAY), epoch_ms(MONDAY) + 30 * DAY
    )
    names = [[record.properties["lastname"] for record in w.store.all(CONTACT)] for w in (one, other)]
    assert names[0] != names[1]


def test_dates_go_with_today() -> None:
    later = build(moment=datetime(2031, 2, 3, 8, tzinfo=UTC))
    starts = [record.properties["hs_meeting_start_time"] or "" for record in later.store.all(MEETING)]
    assert min(starts) < "2031-02-03" < max(starts)
    assert all("2030-01" < start < "2031-12" for start in starts)
    window = later.links.named("Fair week meetings").settings.window
    assert window is not None
    assert from_epoch_ms(window[0]) == datetime(2031, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize("weekday", range(7))
def test_a_world_may_begin_on_any_day_of_the_week(weekday: int) -> None:
    world = build(moment=MONDAY + timedelta(days=weekday))
    assert world.store.count(MEETING) == 120
    link = world.links.named("Intro call")
    assert any(world.month(link, 2026, month, BERLIN).starts[1_800_000] for month in (11, 12))


@pytest.mark.parametrize("meetings", [0, 1, 5, 12, 13, 100, 3000])
def test_any_number_of_meetings(meetings: int) -> None:
    assert build(meetings=meetings).store.count(MEETING) == meetings


def test_a_hundred_thousand_meetings_and_five_thousand_links() -> None:
    world = build(links=5000, meetings=100_000)
    assert world.store.count(MEETING) == 100_000
    assert len(world.links) == 5000
    december = world.month(world.links.named("Intro call"), 2026, 12, BERLIN)
    assert len(december.starts[1_800_000]) > 20


class TestControl:
    def test_occupy_makes_a_user_busy(self) -> None:
        world = build()
        link = world.links.named("Intro call")
        start = world.month(link, 2026, 12, BERLIN).starts[1_800_000][0]
        assert world.offers(link, start, 1_800_000)
        moment = from_epoch_ms(start)
        world.occupy(MEI.user_id, moment + timedelta(minutes=29), moment + timedelta(minutes=30))
        assert not world.offers(link, start, 1_800_000)
        assert world.offers(link, start, 900_000)
        assert start not in world.month(link, 2026, 12, BERLIN).starts[1_800_000]

    def test_free_all_empties_every_calendar(self) -> None:
        world = build()
        world.free_all()
        now = epoch_ms(world.now())
        assert all(world.busy(user.user_id, now - 90 * DAY, now + 90 * DAY) == [] for user in USERS)
        link = world.links.named("Meet Aisha")
        assert len(world.month(link, 2026, 12, BERLIN).starts[1_800_000]) == 23 * 16
        world.occupy(AISHA.user_id, world.now(), world.now() + timedelta(hours=1))
        assert world.busy(AISHA.user_id, now, now + 1) == [(now, now + 3_600_000)]

    def test_offline_can_be_switched(self) -> None:
        world = build()
        now = epoch_ms(world.now())
        assert world.busy(TOM.user_id, now, now + 30 * DAY) == []
        world.set_offline(TOM.user_id, False)
        assert world.busy(TOM.user_id, now, now + 30 * DAY)
        world.set_offline(MEI.user_id, True)
        assert world.is_offline(MEI.user_id)
        assert world.busy(MEI.user_id, now, now + 30 * DAY) == []

    def test_a_stranger_is_a_mistake(self) -> None:
        world = build()
        with pytest.raises(KeyError):
            world.occupy(1, world.now(), world.now())
        with pytest.raises(KeyError):
            world.set_offline(MEI.owner_id, True)
        assert world.user(MEI.owner_id) is None
        assert world.owner(MEI.user_id) is None
        assert world.owner(MEI.owner_id) is MEI is world.user(MEI.user_id)

    def test_other_threads_may_take_hold_while_it_answers(self) -> None:
        world = build()
        link = world.links.named("Partner call")
        problems: list[BaseException] = []

        def disturb(user_id: int) -> None:
            try:
                for number in range(60):
                    start = MONDAY + timedelta(days=number % 30, minutes=number)
                    world.occupy(user_id, start, start + timedelta(minutes=30))
                    world.month(link, 2026, 12, BERLIN)
            except BaseException as problem:
                problems.append(problem)
                raise

        threads = [threading.Thread(target=disturb, args=(member,)) for member in link.members]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        fresh = world.slots.starts(
            link,
            1_800_000,
            *((month := world.month(link, 2026, 12, BERLIN)).start, month.end),
            limits=world.slots.limits(link, epoch_ms(world.now())),
        )
        assert month.starts[1_800_000] == fresh


class TestCalendars:
    def test_working_days_are_busy_in_part_and_weekends_free(self) -> None:
        world = build(meetings=0)
        start = epoch_ms(datetime(2026, 11, 23, tzinfo=BERLIN))
        for week in range(4):
            monday = start + week * 7 * DAY
            busy = sum(end - begin for begin, end in world.busy(MEI.user_id, monday, monday + 5 * DAY))
            assert 10 * 3_600_000 < busy < 5 * DAY
            assert world.busy(MEI.user_id, monday + 5 * DAY, monday + 7 * DAY) == []

    def test_far_away_nothing_is_made_up(self) -> None:
        calendars = Calendars(USERS, seed=1, today=date(2026, 11, 23))
        for year in (2010, 2040):
            start = epoch_ms(datetime(year, 1, 1, tzinfo=UTC))
            assert calendars[MEI.user_id].busy(start, start + 300 * DAY) == []

    def test_every_change_counts_a_version(self) -> None:
        calendar = Calendars(USERS, seed=1, today=date(2026, 11, 23))[MEI.user_id]
        versions = [calendar.version]
        calendar.write(0, 1)
        versions.append(calendar.version)
        calendar.set_offline(True)
        versions.append(calendar.version)
        calendar.clear()
        versions.append(calendar.version)
        assert versions == sorted(set(versions))


class TestMonths:
    def test_an_unchanged_month_is_not_computed_again(self) -> None:
        world = build()
        link = world.links.named("Intro call")
        assert world.month(link, 2026, 12, BERLIN) is world.month(link, 2026, 12, BERLIN)

    def test_a_change_of_any_member_computes_it_again(self) -> None:
        world = build()
        link = world.links.named("Technical scoping")
        kept = world.month(link, 2026, 12, BERLIN)
        world.occupy(TOM.user_id, MONDAY, MONDAY + timedelta(hours=1))
        assert world.month(link, 2026, 12, BERLIN) is kept
        world.occupy(AISHA.user_id, MONDAY, MONDAY + timedelta(hours=1))
        assert world.month(link, 2026, 12, BERLIN) is not kept

    def test_time_that_passes_no_slot_changes_nothing_and_a_clock_set_back_does(self) -> None:
        clock = Clock()
        world = build_world(seed=7, now=clock, store=RecordStore(clock=clock), meetings=0)
        world.free_all()
        link = world.links.named("Meet Aisha")
        kept = world.month(link, 2026, 11, BERLIN)
        clock.advance(minutes=10)
        assert world.month(link, 2026, 11, BERLIN) is kept
        clock.advance(hours=1)
        later = world.month(link, 2026, 11, BERLIN)
        assert len(later.starts[1_800_000]) == len(kept.starts[1_800_000]) - 2
        clock.advance(hours=-5)
        assert set(kept.starts[1_800_000]) < set(world.month(link, 2026, 11, BERLIN).starts[1_800_000])

    def test_a_new_day_opens_a_new_last_day(self) -> None:
        clock = Clock()
        world = build_world(seed=7, now=clock, store=RecordStore(clock=clock), meetings=0)
        world.free_all()
        link = world.links.named("Meet Aisha")
        before = [world.month(link, 2027, month, BERLIN).starts[1_800_000] for month in (1, 2)]
        clock.advance(days=1)
        after = [world.month(link, 2027, month, BERLIN).starts[1_800_000] for month in (1, 2)]
        assert before[0] == after[0]
        assert len(after[1]) == len(before[1]) + 16

    def test_a_few_hundred_months_are_kept_and_older_ones_let_go(self) -> None:
        world = build()
        link = world.links.named("Intro call")
        kept = world.month(link, 2026, 12, BERLIN)
        for number in range(300):
            world.month(link, 2027 + number // 12, number % 12 + 1, BERLIN)
        again = world.month(link, 2026, 12, BERLIN)
        assert again is not kept
        assert again == kept
