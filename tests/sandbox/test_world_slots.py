"""Offered starts against a brute-force model that looks at every five minutes of the days in question."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sandbox.instants import epoch_ms, from_epoch_ms
from app.sandbox.world.calendars import Calendars
from app.sandbox.world.hours import WeeklyHours, weekdays
from app.sandbox.world.links import INCREMENT_MINUTES, LinkSettings, LinkType, MeetingLink
from app.sandbox.world.people import AISHA, CARLOS, JONAS, MEI, OLIVER, PRIYA, TOM, USERS, User
from app.sandbox.world.slots import Limits, SlotFinder
from app.sandbox.world.spans import Span

FIVE = 300_000
MADE = datetime(2026, 1, 1, tzinfo=UTC)
LONG_AGO = Limits(0, 2**60)


def make_link(kind: LinkType, members: tuple[User, ...], **settings: object) -> MeetingLink:
    values = LinkSettings(durations_ms=(1_800_000,), hours=weekdays(9, 17))
    return MeetingLink(
        id="1",
        slug="s",
        type=kind,
        organizer=members[0].user_id,
        members=tuple(member.user_id for member in members),
        settings=replace(values, **settings),  # type: ignore[arg-type]
        created_at=MADE,
        updated_at=MADE,
    )


def empty_calendars() -> Calendars:
    calendars = Calendars(USERS, seed=1, today=date(2026, 11, 23))
    calendars.clear()
    return calendars


def finder(calendars: Calendars) -> SlotFinder:
    return SlotFinder({user.user_id: user for user in USERS}, calendars)


class Model:
    """The rules of the reference, said once more in the plainest way: minute by minute, host by host."""

    def __init__(self, link: MeetingLink, busy: dict[int, list[Span]], start: int, end: int) -> None:
        self.link = link
        self.busy = busy
        self.low = start - 3 * 86_400_000
        self.high = end + 3 * 86_400_000
        self.opened = {member: self._opened(member) for member in {*link.members, link.organizer}}

    def _opened(self, member: int) -> dict[int, int]:
        """For every open five minutes: when that host's day opened."""
        zone = next(user for user in USERS if user.user_id == member).zone
        found: dict[int, int] = {}
        opened = day = None
        for moment in range(self.low, self.high, FIVE):
            local = from_epoch_ms(moment).astimezone(zone)
            opening = self.link.settings.hours.days[local.weekday()]
            if opening is None or not opening[0] <= local.hour * 60 + local.minute < opening[1]:
                opened = None
                continue
            if opened is None or day != local.date():
                opened, day = moment, local.date()
            found[moment] = opened
        return found

    def allows(self, member: int, start: int, duration: int) -> bool:
        """Open and free, buffer included, all the time on one opening."""
        opened, margin = self.opened[member], self.link.settings.buffer_ms
        moments = range(start, start + duration, FIVE)
        if any(opened.get(moment) != opened.get(start) or moment not in opened for moment in moments):
            return False
        return not any(
            busy_start - margin < start + duration and start < busy_end + margin
            for busy_start, busy_end in self.busy.get(member, [])
        )

    def on_raster(self, member: int, start: int, duration: int) -> bool:
        opened = self.opened[member].get(start)
        return opened is not None and (start - opened) % self.link.settings.step_ms(duration) == 0

    def starts(self, duration: int, start: int, end: int, limits: Limits) -> list[int]:
        found = []
        for moment in range(start, end, FIVE):
            if moment < limits.first_start or moment + duration > limits.last_end:
                continue
            if self.link.type is LinkType.ROUND_ROBIN:
                good = any(
                    self.on_raster(member, moment, duration) and self.allows(member, moment, duration)
                    for member in self.link.members
                )
            else:
                good = self.on_raster(self.link.organizer, moment, duration) and all(
                    self.allows(member, moment, duration) for member in self.link.members
                )
            if good:
                found.append(moment)
        return found


DAYS = st.sampled_from(
    [
        datetime(2026, 10, 4, tzinfo=UTC),
        datetime(2026, 10, 25, tzinfo=UTC),
        datetime(2026, 11, 1, tzinfo=UTC),
        datetime(2026, 11, 23, tzinfo=UTC),
        datetime(2027, 3, 14, tzinfo=UTC),
        datetime(2027, 3, 28, tzinfo=UTC),
        datetime(2027, 4, 4, tzinfo=UTC),
    ]
)
OPENINGS = st.one_of(
    st.none(),
    st.just((0, 1440)),
    st.tuples(st.integers(8, 22), st.integers(24, 47)).map(lambda pair: (pair[0] * 30, pair[1] * 30)),
)
HOURS = st.lists(OPENINGS, min_size=7, max_size=7).map(lambda days: WeeklyHours(tuple(days)))
TEAMS = st.lists(st.sampled_from(USERS), min_size=1, max_size=4, unique=True).map(tuple)
BUSY = st.lists(
    st.tuples(st.integers(0, 7), st.integers(-300, 700), st.integers(1, 40)), max_size=14
)  # who, start and length in five minutes
INCREMENTS = st.sampled_from([*INCREMENT_MINUTES, "MEETING_DURATION"])


@settings(deadline=None, max_examples=120)
@given(
    kind=st.sampled_from(list(LinkType)),
    team=TEAMS,
    hours=HOURS,
    day=DAYS,
    busy=BUSY,
    increment=INCREMENTS,
    duration=st.sampled_from([5, 15, 20, 30, 45, 60, 90, 240]),
    margin=st.sampled_from([0, 5, 15, 60]),
    notice=st.integers(-300, 600),
    window=st.integers(0, 900),
)
def test_offered_starts_are_those_of_the_model(
    kind: LinkType,
    team: tuple[User, ...],
    hours: WeeklyHours,
    day: datetime,
    busy: list[tuple[int, int, int]],
    increment: str,
    duration: int,
    margin: int,
    notice: int,
    window: int,
) -> None:
    members = team[:1] if kind is LinkType.PERSONAL else team
    link = make_link(kind, members, hours=hours, increment=increment, buffer_ms=margin * 60_000)
    calendars = empty_calendars()
    origin = epoch_ms(day) - 86_400_000
    taken: dict[int, list[Span]] = {}
    for who, begin, length in busy:
        user = USERS[who]
        span = origin + begin * FIVE, origin + (begin + length) * FIVE
        calendars[user.user_id].write(*span)
        if user is not TOM:
            taken.setdefault(user.user_id, []).append(span)
    start, end = origin, origin + 3 * 86_400_000
    limits = Limits(start + notice * FIVE, start + window * FIVE)
    found = finder(calendars).starts(link, duration * 60_000, start, end, limits=limits)
    assert found == Model(link, taken, start, end).starts(duration * 60_000, start, end, limits)


@pytest.mark.parametrize(
    ("user", "first", "days"),
    [
        (MEI, datetime(2027, 3, 1, tzinfo=UTC), 31),
        (MEI, datetime(2026, 10, 1, tzinfo=UTC), 31),
        (CARLOS, datetime(2026, 11, 1, tzinfo=UTC), 30),
        (CARLOS, datetime(2027, 3, 1, tzinfo=UTC), 31),
        (OLIVER, datetime(2026, 10, 1, tzinfo=UTC), 31),
        (OLIVER, datetime(2027, 4, 1, tzinfo=UTC), 30),
        (PRIYA, datetime(2026, 10, 1, tzinfo=UTC), 31),
    ],
)
def test_every_working_day_of_a_clock_change_month_is_whole(user: User, first: datetime, days: int) -> None:
    link = make_link(LinkType.PERSONAL, (user,))
    start = epoch_ms(first) - 86_400_000
    found = finder(empty_calendars()).starts(
        link, 1_800_000, start, start + (days + 2) * 86_400_000, limits=LONG_AGO
    )
    per_day: dict[date, list[int]] = {}
    for each in found:
        local = from_epoch_ms(each).astimezone(user.zone)
        per_day.setdefault(local.date(), []).append(local.hour * 60 + local.minute)
    month = {day: minutes for day, minutes in per_day.items() if day.month == first.month}
    assert len(month) == sum((first + timedelta(days=n)).weekday() < 5 for n in range(days))
    assert all(minutes == list(range(540, 1020, 30)) for minutes in month.values())


def test_round_the_clock_hours_have_23_and_25_hour_days() -> None:
    always = WeeklyHours(((0, 1440),) * 7)
    link = make_link(LinkType.PERSONAL, (MEI,), hours=always, increment="SIXTY")
    counts = {}
    for day in (date(2027, 3, 28), date(2026, 10, 25), date(2026, 11, 23)):
        start = epoch_ms(datetime(day.year, day.month, day.day, tzinfo=MEI.zone))
        following = day + timedelta(days=1)
        end = epoch_ms(datetime(following.year, following.month, following.day, tzinfo=MEI.zone))
        counts[day.isoformat()] = len(
            finder(empty_calendars()).starts(link, 3_600_000, start, end, limits=LONG_AGO)
        )
    assert counts == {"2027-03-28": 23, "2026-10-25": 25, "2026-11-23": 24}


def test_a_group_needs_everybody_and_a_round_robin_anybody() -> None:
    calendars = empty_calendars()
    noon = epoch_ms(datetime(2026, 11, 24, 12, tzinfo=UTC))
    day = noon - 43_200_000, noon + 43_200_000
    team = (MEI, JONAS, AISHA)
    group, pool = make_link(LinkType.GROUP, team), make_link(LinkType.ROUND_ROBIN, team)
    calendars[JONAS.user_id].write(noon, noon + 1_800_000)
    for link, offered in ((group, False), (pool, True)):
        found = finder(calendars).starts(link, 1_800_000, *day, limits=LONG_AGO)
        assert (noon in found) is offered
    assert finder(calendars).free_members(pool, noon, noon + 1_800_000) == [MEI.user_id, AISHA.user_id]
    for user in (MEI, AISHA):
        calendars[user.user_id].write(noon, noon + 1)
    assert noon not in finder(calendars).starts(pool, 1_800_000, *day, limits=LONG_AGO)
    assert finder(calendars).free_members(pool, noon, noon + 1_800_000) == []


def test_an_offline_member_counts_as_free() -> None:
    calendars = empty_calendars()
    noon = epoch_ms(datetime(2026, 11, 24, 12, tzinfo=UTC))
    pool = make_link(LinkType.ROUND_ROBIN, (MEI, TOM))
    for user in (MEI, TOM):
        calendars[user.user_id].write(noon, noon + 1_800_000)
    assert noon in finder(calendars).starts(pool, 1_800_000, noon, noon + 1, limits=LONG_AGO)
    calendars[TOM.user_id].set_offline(False)
    assert finder(calendars).starts(pool, 1_800_000, noon, noon + 1, limits=LONG_AGO) == []


def test_the_advertised_weeks_end_at_the_organizer_s_midnight() -> None:
    link = make_link(LinkType.PERSONAL, (OLIVER,), weeks=2, notice_ms=3_600_000)
    now = epoch_ms(datetime(2026, 11, 23, 15, 15, tzinfo=UTC))
    limits = finder(empty_calendars()).limits(link, now)
    assert limits.first_start == now + 3_600_000
    assert from_epoch_ms(limits.last_end).astimezone(OLIVER.zone) == datetime(2026, 12, 9, tzinfo=OLIVER.zone)


def test_a_fixed_window_bounds_both_ends() -> None:
    now = epoch_ms(datetime(2026, 11, 23, 15, 15, tzinfo=UTC))
    link = make_link(LinkType.PERSONAL, (MEI,), window=(now + 7, now + 9_000_000))
    assert finder(empty_calendars()).limits(link, now) == Limits(now + 7, now + 9_000_000)
    assert finder(empty_calendars()).limits(link, now + 10) == Limits(now + 10, now + 9_000_000)
