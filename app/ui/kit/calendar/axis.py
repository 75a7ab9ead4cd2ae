"""Where an instant stands on the vertical axis: wall-clock minutes of one zone, right when the clocks change.

All days of a view share one axis, so that an hour line means the same in every column. An hour the clocks
skip is a gap of its day. An hour they repeat is a band added to the axis of all days, empty on the days that
have it only once; so a later instant never stands above an earlier one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_SAMPLES = 4
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a day with one UTC offset; `wall` is the wall-clock minute since midnight at `start`."""

    start: datetime
    end: datetime
    wall: float

    @property
    def wall_end(self) -> float:
        return self.wall + (self.end - self.start) / _MINUTE


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """`length` minutes that the clocks show twice; the second time begins when they first reach `at`."""

    at: float
    length: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Instants from `start` to `end` stand evenly between `top` and `bottom`, positions in minutes."""

    start: datetime
    end: datetime
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class HourMark:
    """An hour line: its position and the wall-clock minute it stands for; `repeated` the second time."""

    position: float
    wall: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class DayAxis:
    """One day on the shared axis, from `start` to `end` (UTC); `pieces` are in order of time and position.

    A date that a zone left out (it moved across the date line) has no pieces.
    """

    date: date
    start: datetime
    end: datetime
    pieces: tuple[Piece, ...]
    length: float

    def position(self, instant: datetime) -> float:
        """Minutes from the top; an instant outside the day stands at the nearest end of it."""
        if len(self.pieces) == 1:
            return _within(self.pieces[0], instant)
        if not self.pieces:
            return 0.0
        index = max(bisect_right(self.pieces, instant, key=lambda piece: piece.start) - 1, 0)
        return _within(self.pieces[index], instant)

    def end_position(self, instant: datetime) -> float:
        """Like `position`, for the end of something: just before a skipped hour, not after it."""
        if len(self.pieces) == 1:
            return _within(self.pieces[0], instant)
        if not self.pieces:
            return 0.0
        index = min(bisect_left(self.pieces, instant, key=lambda piece: piece.end), len(self.pieces) - 1)
        return _within(self.pieces[index], instant)

    def instant(self, position: float) -> datetime | None:
        """The instant at a position; None in an hour that this day does not have."""
        for piece in self.pieces:
            if piece.top <= position < piece.bottom:
                return piece.start + (position - piece.top) * _MINUTE
        return None

    def gaps(self) -> tuple[tuple[float, float], ...]:
        """The stretches of the axis, from and to, that this day does not have."""
        edges = [0.0, *(edge for piece in self.pieces for edge in (piece.top, piece.bottom)), self.length]
        return tuple((low, high) for low, high in pairwise(edges) if high > low and not self._has(low, high))

    def _has(self, low: float, high: float) -> bool:
        return any(piece.top <= low and high <= piece.bottom for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Axis:
    """The shared axis of days that begin at `starts` (UTC); `length` is 1440 minutes and repeated hours."""

    zone: ZoneInfo
    days: tuple[DayAxis, ...]
    starts: tuple[datetime, ...]
    bands: tuple[Band, ...]
    length: float

    def marks(self) -> tuple[HourMark, ...]:
        """The hour lines from top to bottom, midnight to midnight."""
        ordinary = [
            HourMark(_shifted(wall, self.bands), wall, False) for wall in range(0, DAY_MINUTES + 1, 60)
        ]
        second = [
            HourMark(_band_top(band, self.bands) + wall - (band.at - band.length), wall, True)
            for band in self.bands
            for wall in range(int(band.at - band.length), int(band.at))
            if wall % 60 == 0
        ]
        return tuple(sorted((*ordinary, *second), key=lambda mark: mark.position))


def build_axis(dates: Iterable[date], zone: str) -> Axis:
    """The axis of `dates` in an IANA zone; ZoneInfoNotFoundError for a zone nobody knows."""
    place = ZoneInfo(zone)
    runs = {day: runs_of(day, place) for day in dates}
    longest: dict[float, float] = {}
    for parts in runs.values():
        for before, after in pairwise(parts):
            if after.wall < before.wall_end:
                longest[before.wall_end] = max(longest.get(before.wall_end, 0), before.wall_end - after.wall)
    bands = tuple(Band(at, longest[at]) for at in sorted(longest))
    length = DAY_MINUTES + sum(band.length for band in bands)
    days = tuple(
        DayAxis(
            day,
            _midnight(day, place),
            _midnight(day + timedelta(days=1), place),
            _pieces(parts, bands),
            length,
        )
        for day, parts in runs.items()
    )
    return Axis(place, days, tuple(day.start for day in days), bands, length)


def runs_of(day: date, zone: ZoneInfo) -> tuple[Run, ...]:
    """The parts of a day between clock changes; a day lasts until the first midnight of the next."""
    start = _midnight(day, zone)
    end = _midnight(day + timedelta(days=1), zone)
    step = (end - start) / _SAMPLES
    samples = [start + number * step for number in range(_SAMPLES)] + [end]
    edges = [start]
    for low, high in pairwise(samples):
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            edges.append(_change(low, high, zone))
    edges = [edge for edge in edges if edge < end] + [end]
    return tuple(Run(low, high, _wall(low, day, zone)) for low, high in pairwise(edges) if low < high)


def _pieces(runs: Sequence[Run], bands: tuple[Band, ...]) -> tuple[Piece, ...]:
    pieces = [piece for run in runs[:1] for piece in _straight(run, run.wall, bands)]
    for before, run in pairwise(runs):
        seam = max(before.wall_end, run.wall)
        if seam > run.wall:
            top = seam + sum(band.length for band in bands if band.at < seam)
            middle = min(run.start + (seam - run.wall) * _MINUTE, run.end)
            pieces.append(Piece(run.start, middle, top, top + (middle - run.start) / _MINUTE))
        pieces += _straight(run, seam, bands)
    return tuple(pieces)


def _straight(run: Run, wall: float, bands: tuple[Band, ...]) -> Iterable[Piece]:
    """The rest of a run from a wall-clock minute on, cut where a band of some day lies between."""
    cuts = [wall, *(band.at for band in bands if wall < band.at < run.wall_end), run.wall_end]
    for low, high in pairwise(cuts):
        if high > low:
            top = _shifted(low, bands)
            start, end = (run.start + (edge - run.wall) * _MINUTE for edge in (low, high))
            yield Piece(start, end, top, top + high - low)


def _within(piece: Piece, instant: datetime) -> float:
    if instant <= piece.start:
        return piece.top
    if instant >= piece.end:
        return piece.bottom
    return piece.top + (instant - piece.start) / _MINUTE


def _shifted(wall: float, bands: tuple[Band, ...]) -> float:
    return wall + sum(band.length for band in bands if band.at <= wall)


def _band_top(band: Band, bands: tuple[Band, ...]) -> float:
    return band.at + sum(other.length for other in bands if other.at < band.at)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _wall(instant: datetime, day: date, zone: ZoneInfo) -> float:
    local = instant.astimezone(zone).replace(tzinfo=None)
    return (local - datetime.combine(day, time())) / _MINUTE


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the offset of `high`, between two instants of different offset."""
    offset = low.astimezone(zone).utcoffset()
    first, last = int(low.timestamp()), int(high.timestamp())
    seconds = range(first, last + 1)
    found = bisect_left(
        seconds, True, key=lambda s: datetime.fromtimestamp(s, UTC).astimezone(zone).utcoffset() != offset
    )
    return datetime.fromtimestamp(seconds[found], UTC)
