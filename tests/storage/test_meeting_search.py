"""What a list of meetings shows: the domain's own rule, whatever is typed, with and without FTS5."""

import random
import sqlite3
from array import array
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.meetings import (
    CONTACT,
    Association,
    CrmRecord,
    Meeting,
    MeetingId,
    MeetingQuery,
    Outcome,
    RecordRef,
)
from app.domain.problems import StorageFailed, StorageTrouble
from app.domain.projection import matches, start_ms
from app.domain.records import OwnerId
from app.storage import word_index
from app.storage.database import Database
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.meeting_query import MOST_WORDS
from tests.storage.meeting_world import contact, meeting
from tests.storage.world import ADA, BOB, NOW, Folder

DAY = timedelta(days=1)
WORDS = ("Demo", "demonstration", "Zoë", "O'Neil", "naïve", "STRASSE", "straße", "東京", "q3", "x_y", "½", "")
TYPED = (
    "d",
    "dem",
    "DEMO zo",
    "neil o",
    "zoe",
    "strasse",
    "ss",
    "東",
    "y",
    "½",
    "-",
    "demo demo d",
    "neil naive q3",
)
HOSTILE = (
    '"',
    "'",
    "*",
    "-demo",
    "NEAR(demo, 2)",
    "words:demo",
    "demo AND",
    "(demo",
    "^demo",
    "demo\x00demo",
    "\ud800demo",
    "%",
    "_",
    "{word0}",
    ":account",
    "x" * 10_000,
    "demo " * 2_000,
    " ".join(str(number) for number in range(2_000)),
)


@pytest.fixture(params=["fts5", "plain"])
async def database(
    folder: Folder, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    if request.param == "plain":
        monkeypatch.setattr(word_index, "_MODULE", "fts0")
    async with folder.open_cache() as opened:
        yield opened
        made = await opened.read(
            lambda c: c.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%_words'").fetchone()
        )
        assert made == (2 if request.param == "fts5" else 0,)


@pytest.fixture
def store(database: Database) -> SqliteMeetingCacheStore:
    return SqliteMeetingCacheStore(database)


def arbitrary(rng: random.Random, number: int) -> Meeting:
    """A meeting made of few words, outcomes, types, owners and records, so that queries hit."""
    start = rng.choice(
        (None, NOW + rng.randint(-9, 9) * DAY, NOW + timedelta(microseconds=rng.randint(0, 5)))
    )
    made = meeting(number, start=start, title=" ".join(rng.choices(WORDS, k=2)))
    details = replace(
        made.details,
        end=rng.choice((None, made.details.end)),
        outcome=rng.choice((*Outcome, "", "Ghosted")),
        activity_type=rng.choice(("", "Intro", "Demo")),
        owner_id=rng.choice((None, OwnerId("1"), OwnerId("2"))),
        body=" ".join(rng.choices(WORDS, k=2)),
        notes=rng.choice(WORDS),
        location="nowhere to be searched",
    )
    refs = {contact(rng.randint(1, 5)) for _ in range(rng.randint(0, 2))}
    return replace(made, details=details, associations=tuple(Association(ref) for ref in refs))


def queries(rng: random.Random) -> Iterable[MeetingQuery]:
    """Every filter alone, and mixtures."""
    choices = {
        "text": TYPED,
        "outcomes": (frozenset({"COMPLETED", "Ghosted"}), frozenset({""}), frozenset({"nobody's"})),
        "activity_types": (frozenset({"Demo"}), frozenset({"", "Intro"})),
        "owner_ids": (frozenset({"1"}), frozenset({"1", "2", "3"})),
        "record": (contact(1), contact(99), RecordRef(CONTACT, "")),
        "earliest": (NOW, NOW - 3 * DAY, NOW + timedelta(microseconds=3)),
        "latest": (NOW, NOW + 3 * DAY, NOW + timedelta(microseconds=2)),
        "to_log_before": (NOW, NOW + timedelta(minutes=30), NOW + 99 * DAY),
    }
    yield MeetingQuery()
    for name, values in choices.items():
        yield from (MeetingQuery(**{name: value}) for value in values)  # type: ignore[arg-type]
    for _ in range(60):
        names = rng.sample(sorted(choices), rng.randint(2, 4))
        yield MeetingQuery(
            is_ascending=rng.random() < 0.5,
            **{name: rng.choice(choices[name]) for name in names},  # type: ignore[arg-type]
        )


async def test_the_store_answers_by_the_domain_s_rule(
    store: SqliteMeetingCacheStore, rng: random.Random
) -> None:
    meetings = [arbitrary(rng, number) for number in range(120)]
    names = {contact(number): rng.choice(WORDS) for number in range(1, 5)}
    await store.save(ADA, meetings[:60])
    await store.save_records(ADA, [CrmRecord(ref, "Demo", "detail") for ref in names], NOW)
    await store.save(ADA, [replace(one, updated_at=NOW + DAY) for one in meetings[30:]])
    await store.save_records(ADA, [CrmRecord(ref, name, "detail") for ref, name in names.items()], NOW)
    await store.save(BOB, meetings)
    for query in queries(rng):
        fitting = [one for one in meetings if matches(query, one, names)]
        fitting.sort(key=lambda one: (start_ms(one), one.id), reverse=not query.is_ascending)
        found = await store.index(ADA, query)
        assert set(found.ids) == {one.id for one in fitting}, query
        assert list(found.starts_ms) == [start_ms(one) for one in fitting], query


@pytest.mark.parametrize("text", HOSTILE)
async def test_nothing_that_is_typed_fails(store: SqliteMeetingCacheStore, text: str) -> None:
    titles = ("demo", "x" * 10_000, " ".join(str(number) for number in range(1_000, 2_000)), "account word0")
    meetings = [meeting(number, title=title) for number, title in enumerate(titles)]
    await store.save(ADA, meetings)
    found = await store.index(ADA, MeetingQuery(text=text))
    assert set(found.ids) >= {one.id for one in meetings if matches(MeetingQuery(text=text), one)}
    if len(text.split()) <= MOST_WORDS or "demo" in text:
        assert set(found.ids) == {one.id for one in meetings if matches(MeetingQuery(text=text), one)}


async def test_an_answer_is_ids_beside_starts(store: SqliteMeetingCacheStore) -> None:
    odd = replace(meeting(3, start=None), id=MeetingId('3", ['))
    early = meeting(2, start=NOW - DAY)
    await store.save(ADA, [early, odd, meeting(1)])
    found = await store.index(ADA, MeetingQuery())
    assert found.ids == ("1", "2", odd.id)
    assert found.starts_ms == array("q", [start_ms(meeting(1)), start_ms(early), 0])
    assert isinstance(found.starts_ms, array)
    assert len(await store.index(BOB, MeetingQuery())) == 0


async def test_rows_with_one_start_are_in_the_order_of_their_ids(store: SqliteMeetingCacheStore) -> None:
    await store.save(ADA, [meeting(n) for n in (2, 3, 1)])
    assert (await store.index(ADA, MeetingQuery())).ids == ("3", "2", "1")
    assert (await store.index(ADA, MeetingQuery(is_ascending=True))).ids == ("1", "2", "3")


async def test_a_meeting_is_found_by_the_new_name_of_its_record_alone(
    store: SqliteMeetingCacheStore,
) -> None:
    await store.save(ADA, [meeting(1, associations=(Association(contact(1)),)), meeting(2)])
    for old, new in (("", "Lovelace"), ("Lovelace", "Byron"), ("Byron", "Byron")):
        await store.save_records(ADA, [CrmRecord(contact(1), new)], NOW)
        assert (await store.index(ADA, MeetingQuery(text=new))).ids == ("1",)
        assert (await store.index(ADA, MeetingQuery(text=f"meet {new[:3]}"))).ids == ("1",)
        if old not in ("", new):
            assert (await store.index(ADA, MeetingQuery(text=old))).ids == ()


async def test_rows_written_without_an_index_are_in_it_once_there_is_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(word_index, "_MODULE", "fts0")
        async with folder.open_cache() as database:
            await SqliteMeetingCacheStore(database).save(ADA, [meeting(1, title="Pilot")])
    for _ in range(2):
        async with folder.open_cache() as database:
            store = SqliteMeetingCacheStore(database)
            assert (await store.index(ADA, MeetingQuery(text="pil"))).ids == ("1",)


async def test_a_damaged_index_is_made_anew(folder: Folder) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM meeting_words_data WHERE id > 10")

    for damage in range(2):
        async with folder.open_cache() as database:
            store = SqliteMeetingCacheStore(database)
            await store.save(ADA, [meeting(number, title="Pilot") for number in range(50)])
            await database.write(spoil)
        async with folder.open_cache() as database:
            store = SqliteMeetingCacheStore(database)
            if damage:
                await store.save(ADA, [meeting(1, title="Other", updated_at=NOW + DAY)])
            found = await store.index(ADA, MeetingQuery(text="pilot"))
            assert len(found) == 50 - damage


async def test_a_fault_of_ours_is_not_taken_for_damage(database: Database) -> None:
    store = SqliteMeetingCacheStore(database)
    await store.index(ADA, MeetingQuery())
    await database.write(lambda c: c.execute("ALTER TABLE meetings RENAME TO lost"))
    with pytest.raises(sqlite3.OperationalError):
        await store.index(ADA, MeetingQuery(text="demo"))


async def test_a_disk_that_is_full_before_there_is_an_index_is_told(folder: Folder) -> None:
    async with folder.open_cache() as database:
        (size,) = await database.read(lambda c: c.execute("PRAGMA page_count").fetchone())
        await database.read(lambda c: c.execute(f"PRAGMA max_page_count = {size}").fetchone())
        store = SqliteMeetingCacheStore(database)
        with pytest.raises(StorageFailed) as caught:
            await store.index(ADA, MeetingQuery(text="demo"))
        assert caught.value.trouble is StorageTrouble.FULL
        await database.read(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
        assert len(await store.index(ADA, MeetingQuery(text="demo"))) == 0
