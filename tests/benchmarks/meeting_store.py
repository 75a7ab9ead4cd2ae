"""The cache of meetings when it is long: taking over, a week, searching, and a whole list."""

import random
import sqlite3
import statistics
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from app.domain.accounts import AccountId
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    Association,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingId,
    MeetingQuery,
    Outcome,
    RecordRef,
)
from app.domain.records import OwnerId
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.meeting_rows import MEETING
from app.storage.schemas import open_cache
from tests.benchmarks.figures import Figure, print_rows

ME = AccountId("practice-1-1")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
PORTION, ROUNDS, ON_SCREEN = 5_000, 5, 64
WEEK = MeetingQuery(earliest=NOW, latest=NOW + timedelta(days=7))
TO_LOG = MeetingQuery(to_log_before=NOW)


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: milliseconds, the file in MB, and the memory of the whole list's answer in MB."""

    count: int
    save: float
    plain_save: float
    everything: float
    plain_everything: float
    week: float
    to_log: float
    word: float
    letter: float
    scanned: float
    rows: float
    file_mb: float
    answer_mb: float


def _words() -> list[str]:
    rng = random.Random(7)
    return ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(3, 9))) for _ in range(4_000)]


def made_meetings(count: int, words: list[str]) -> list[Meeting]:
    """Meetings of some years with texts of forty words, each on a contact and a company."""
    rng = random.Random(count)
    made = []
    for number in range(count):
        start = NOW + timedelta(minutes=15 * rng.randint(-100_000, 20_000))
        details = MeetingDetails(
            title=" ".join(rng.choices(words, k=4)),
            start=start,
            end=start + timedelta(minutes=30),
            outcome=rng.choice(list(Outcome)).value,
            owner_id=OwnerId(str(rng.randint(1, 30))),
            body=" ".join(rng.choices(words, k=24)),
            notes=" ".join(rng.choices(words, k=12)),
        )
        refs = (RecordRef(kind, str(rng.randint(1, count // 4))) for kind in (CONTACT, COMPANY))
        associations = tuple(Association(ref) for ref in refs)
        made.append(Meeting(MeetingId(str(10**9 + number)), details, associations, updated_at=start))
    return made


async def _took(call: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> float:
    """The middle of several rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        await call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def _plain(path: Path, meetings: Iterable[Meeting]) -> tuple[float, float, float]:
    """The same bodies in a bare table: inserting, listing, and reading every text for a word."""
    rows = [(m.id, m.details.start and m.details.start.timestamp(), MEETING.encode(m)) for m in meetings]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, start REAL, body BLOB)")
        moments = [time.perf_counter()]
        for first in range(0, len(rows), PORTION):
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows[first : first + PORTION])
            connection.execute("COMMIT")
        moments.append(time.perf_counter())
        connection.execute("SELECT id, start FROM plain ORDER BY start DESC").fetchall()
        moments.append(time.perf_counter())
        connection.execute("SELECT id, start FROM plain WHERE body LIKE '% abc%' ORDER BY start").fetchall()
        moments.append(time.perf_counter())
    saved, listed, scanned = ((after - before) * 1000 for before, after in pairwise(moments))
    return saved, listed, scanned


async def _measured(folder: Path, count: int, words: list[str]) -> Measured:
    meetings = made_meetings(count, words)
    path = folder / f"cache-{count}.db"
    plain_save, plain_list, scanned = _plain(folder / f"plain-{count}.db", meetings)
    async with open_cache(path) as database:
        store = SqliteMeetingCacheStore(database)
        await store.index(ME, MeetingQuery())
        begin = time.perf_counter()
        for first in range(0, count, PORTION):
            await store.save(ME, meetings[first : first + PORTION])
        save = (time.perf_counter() - begin) * 1000
        refs = {ref for meeting in meetings for ref in meeting.refs}
        await store.save_records(
            ME, [CrmRecord(ref, f"{words[int(ref.id) % 4_000]} ltd") for ref in refs], NOW
        )
        tracemalloc.start()
        everything = await store.index(ME, MeetingQuery())
        answer_mb = tracemalloc.get_traced_memory()[0] / 2**20
        tracemalloc.stop()
        shown = everything.ids[count // 2 : count // 2 + ON_SCREEN]
        return Measured(
            count=count,
            save=save,
            plain_save=plain_save,
            everything=await _took(lambda: store.index(ME, MeetingQuery())),
            plain_everything=plain_list,
            week=await _took(lambda: store.index(ME, WEEK)),
            to_log=await _took(lambda: store.index(ME, TO_LOG)),
            word=await _took(lambda: store.index(ME, MeetingQuery(text=f"{words[1]} {words[2][:2]}"))),
            letter=await _took(lambda: store.index(ME, MeetingQuery(text="a")), 3),
            scanned=scanned,
            rows=await _took(lambda: store.meetings(ME, shown)),
            file_mb=path.stat().st_size / 2**20,
            answer_mb=answer_mb,
        )


def _print_growth(found: Iterable[Measured]) -> None:
    heads = ("meetings", "save", "whole list", "week", "to log", "two words", "one letter", "64 rows")
    rows = [
        (
            f"{one.count}",
            *(f"{ms:.1f} ms" for ms in (one.save, one.everything, one.week, one.to_log)),
            *(f"{ms:.1f} ms" for ms in (one.word, one.letter, one.rows)),
            f"{one.file_mb:.0f} MB",
            f"{one.answer_mb:.1f} MB",
        )
        for one in found
    ]
    print("\nGrowth with meetings in the cache (the network left out)")
    print_rows((*heads, "file", "memory of the list"), rows)


async def measure_store(folder: Path) -> list[Figure]:
    """The store's figures, and how they grow."""
    words = _words()
    small, middle, large = [await _measured(folder, count, words) for count in SIZES]
    _print_growth((small, middle, large))
    bare, scan = "bare table", "LIKE over a bare table"
    return [
        Figure("store", "save 10,000 meetings, searchable", middle.save, "ms", middle.plain_save, bare),
        Figure(
            "store", "week of 10,000 meetings", middle.week, "ms", middle.plain_everything, bare, at_most=2
        ),
        Figure(
            "store",
            "list of 100,000 meetings",
            large.everything,
            "ms",
            large.plain_everything,
            bare,
            at_most_times=1,
        ),
        Figure(
            "store", "two words in 10,000 meetings", middle.word, "ms", middle.scanned, scan, at_most_times=1
        ),
        Figure(
            "store", "two words in 100,000 meetings", large.word, "ms", large.scanned, scan, at_most_times=1
        ),
        Figure("store", "one letter in 100,000 meetings", large.letter, "ms", large.scanned, scan),
        Figure("store", "64 rows of 100,000 meetings", large.rows, "ms", at_most=2),
    ]
