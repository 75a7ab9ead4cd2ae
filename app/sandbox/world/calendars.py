"""Everybody's busy times: made up month by month from the seed, or written by bookings."""

import random
from bisect import insort
from datetime import date, timedelta
from typing import Final

from app.sandbox.world.people import User
from app.sandbox.world.spans import Span, merge, touching
from app.sandbox.world.wall_clock import DAY_MS, instant_of, local_day

_QUARTER: Final = 15
_LENGTHS: Final = (30, 30, 45, 60, 60, 90, 120)
_AWAY_SHARE: Final = 0.04


class Calendar:
    """One user's calendar. `version` grows with every change, so computed months can be kept until then."""

    def __init__(self, user: User, *, seed: int, first_day: date, last_day: date) -> None:
        self.user = user
        self.offline = user.starts_offline
        self.version = 0
        self._seed = seed
        self._first_day = first_day
        self._last_day = last_day
        self._written: list[Span] = []
        self._months: dict[tuple[int, int], list[Span]] = {}
        self._made_up = True

    def busy(self, start: int, end: int) -> list[Span]:
        """Return merged busy spans overlapping `[start, end)` (epoch ms); none for an offline calendar."""
        if self.offline:
            return []
        spans = [span for span in self._written if span[0] < end and span[1] > start]
        if self._made_up:
            spans += self._invented(start, end)
        return touching(merge(spans), start, end)

    def write(self, start: int, end: int) -> None:
        """Add a busy span (epoch ms)."""
        insort(self._written, (start, end))
        self.version += 1

    def clear(self) -> None:
        """Forget every busy time, the made-up ones included."""
        self._written.clear()
        self._made_up = False
        self.version += 1

    def set_offline(self, offline: bool) -> None:
        """Disconnect or reconnect the calendar."""
        self.offline = offline
        self.version += 1

    def _invented(self, start: int, end: int) -> list[Span]:
        zone = self.user.zone
        day = max(local_day(start - DAY_MS, zone), self._first_day).replace(day=1)
        last = min(local_day(end, zone), self._last_day)
        spans: list[Span] = []
        while day <= last:
            key = (day.year, day.month)
            if key not in self._months:
                self._months[key] = self._invent(day)
            spans += touching(self._months[key], start, end)
            day = (day + timedelta(days=32)).replace(day=1)
        return spans

    def _invent(self, first: date) -> list[Span]:
        dice = random.Random(f"{self._seed}/{self.user.user_id}/{first:%Y-%m}")
        spans: list[Span] = []
        day = first
        while day.month == first.month:
            if day.weekday() < 5:
                spans += [
                    (instant_of(day, begin, self.user.zone), instant_of(day, until, self.user.zone))
                    for begin, until in _working_day(dice, day, evenings=self.user.evenings)
                ]
            day += timedelta(days=1)
        return merge(spans)


def _working_day(dice: random.Random, day: date, *, evenings: bool) -> list[tuple[int, int]]:
    if dice.random() < _AWAY_SHARE:
        return [(0, 1440)]
    busy = [(lunch := dice.choice((720, 735, 750)), lunch + 45)]
    if day.weekday() in (0, 3):
        busy.append((570, 600))
    for _ in range(dice.randint(2, 4)):
        begin = dice.randrange(8 * 60, 18 * 60, _QUARTER * 2)
        busy.append((begin, begin + dice.choice(_LENGTHS)))
    for _ in range(dice.randint(1, 3) if evenings else 0):
        begin = dice.randrange(17 * 60, 22 * 60, _QUARTER * 2)
        busy.append((begin, begin + dice.choice(_LENGTHS)))
    return busy


class Calendars:
    """The calendars of all users, by user id; KeyError for a stranger."""

    def __init__(self, users: tuple[User, ...], *, seed: int, today: date) -> None:
        first, last = today - timedelta(days=120), today + timedelta(days=800)
        self._calendars = {
            user.user_id: Calendar(user, seed=seed, first_day=first, last_day=last) for user in users
        }

    def __getitem__(self, user_id: int) -> Calendar:
        return self._calendars[user_id]

    def clear(self) -> None:
        """Forget every busy time of everybody."""
        for calendar in self._calendars.values():
            calendar.clear()
