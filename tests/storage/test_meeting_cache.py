"""Cached meetings and records: newer versions win, associations stay, nothing is mixed between accounts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.meetings import (
    COMPANY,
    Association,
    AssociationLabel,
    CrmRecord,
    Meeting,
    MeetingId,
    MeetingQuery,
    RecordRef,
)
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.database import Database
from app.storage.meeting_cache import SqliteMeetingCacheStore
from tests.storage.meeting_strategies import MEETINGS, RECORDS
from tests.storage.meeting_world import contact, meeting
from tests.storage.world import ADA, BOB, NOW, Folder

HOUR = timedelta(hours=1)
ON_ONE = (Association(contact(1), (AssociationLabel("USER_DEFINED", 7, "Champion"),)),)
ON_TWO = (Association(contact(2)), Association(RecordRef(COMPANY, "5")))
ALL = MeetingQuery()


@pytest.fixture
async def database(folder: Folder) -> AsyncIterator[Database]:
    async with folder.open_cache() as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> SqliteMeetingCacheStore:
    return SqliteMeetingCacheStore(database)


def ids(meetings: tuple[Meeting, ...]) -> list[str]:
    return [one.id for one in meetings]


async def test_meetings_are_kept_by_account_and_told_in_the_order_asked_for(folder: Folder) -> None:
    async with folder.open_cache() as database:
        store = SqliteMeetingCacheStore(database)
        await store.save(ADA, [meeting(1), meeting(2), meeting(3)])
        await store.save(BOB, [meeting(1, title="Bob's")])
        await store.save(ADA, [])
    async with folder.open_cache() as database:
        store = SqliteMeetingCacheStore(database)
        wanted = [MeetingId(one) for one in ("3", "9", "1", "3")]
        assert await store.meetings(ADA, wanted) == (meeting(3), meeting(1), meeting(3))
        assert await store.meetings(ADA, []) == ()
        assert await store.meetings(BOB, [MeetingId("1")]) == (meeting(1, title="Bob's"),)
        assert (await store.count(ADA), await store.count(BOB)) == (3, 1)


@settings(max_examples=20)
@given(told=st.lists(MEETINGS, max_size=8, unique_by=lambda one: one.id))
async def test_every_meeting_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, told: list[Meeting]
) -> None:
    async with Folder(tmp_path_factory.mktemp("cache")).open_cache() as database:
        store = SqliteMeetingCacheStore(database)
        await store.save(ADA, told)
        await store.save(ADA, told)
        assert await store.meetings(ADA, [one.id for one in told]) == tuple(told)
        assert set((await store.index(ADA, ALL)).ids) == {one.id for one in told}
        await store.remove(ADA, [one.id for one in told])
        assert await store.count(ADA) == 0
        left = await database.read(lambda c: c.execute("SELECT count(*) FROM meeting_records").fetchone())
        assert left == (0,)


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (NOW, NOW + HOUR, "second"),
        (NOW + HOUR, NOW, "first"),
        (NOW, NOW, "second"),
        (None, NOW, "second"),
        (NOW, None, "second"),
    ],
)
async def test_an_older_version_never_replaces_a_newer_one(
    store: SqliteMeetingCacheStore, first: object, second: object, kept: str, *, at_once: bool
) -> None:
    one = meeting(1, title="first", updated_at=first)  # type: ignore[arg-type]
    other = meeting(1, title="second", updated_at=second)  # type: ignore[arg-type]
    for portion in ([one, other],) if at_once else ([one], [other]):
        await store.save(ADA, portion)
    (found,) = await store.meetings(ADA, [one.id])
    assert found.details.title == kept
    assert await store.count(ADA) == 1
    for title in ("first", "second"):
        assert len(await store.index(ADA, MeetingQuery(text=title))) == (title == kept)


async def test_associations_that_nobody_read_leave_the_known_ones(store: SqliteMeetingCacheStore) -> None:
    await store.save(ADA, [meeting(1, associations=ON_ONE)])
    renamed = meeting(1, title="renamed", updated_at=NOW + HOUR)
    await store.save(ADA, [renamed])
    assert await store.meetings(ADA, [renamed.id]) == (replace(renamed, associations=ON_ONE),)
    assert ids(await store.of_record(ADA, contact(1))) == ["1"]
    await store.save(ADA, [replace(renamed, associations=())])
    assert await store.meetings(ADA, [renamed.id]) == (replace(renamed, associations=()),)
    assert await store.of_record(ADA, contact(1)) == ()


async def test_an_older_version_may_still_bring_the_first_associations(
    store: SqliteMeetingCacheStore,
) -> None:
    newer = meeting(1, title="newer", updated_at=NOW + HOUR)
    await store.save(ADA, [newer])
    await store.save(ADA, [meeting(1, associations=ON_ONE)])
    assert await store.meetings(ADA, [newer.id]) == (replace(newer, associations=ON_ONE),)
    await store.save(ADA, [meeting(1, associations=ON_TWO)])
    assert await store.meetings(ADA, [newer.id]) == (replace(newer, associations=ON_ONE),)


async def test_the_meetings_of_a_record_are_told_newest_first(store: SqliteMeetingCacheStore) -> None:
    starts = {1: NOW, 2: NOW + HOUR, 3: NOW - HOUR, 4: None}
    await store.save(ADA, [meeting(n, start=at, associations=ON_TWO) for n, at in starts.items()])
    await store.save(ADA, [meeting(5, associations=ON_ONE)])
    await store.save(BOB, [meeting(6, associations=ON_TWO)])
    for ref in (contact(2), RecordRef(COMPANY, "5")):
        assert ids(await store.of_record(ADA, ref)) == ["2", "1", "3", "4"]
        found = await store.index(ADA, MeetingQuery(record=ref))
        assert found.ids == ("2", "1", "3", "4")
    await store.save(ADA, [meeting(2, start=NOW, updated_at=NOW + HOUR, associations=ON_ONE)])
    assert ids(await store.of_record(ADA, contact(2))) == ["1", "3", "4"]
    assert ids(await store.of_record(ADA, contact(1))) == ["5", "2"]
    assert await store.of_record(ADA, contact(99)) == ()


async def test_removed_meetings_are_gone_everywhere(store: SqliteMeetingCacheStore) -> None:
    await store.save(ADA, [meeting(n, title="Pilot", associations=ON_ONE) for n in range(3)])
    await store.save(BOB, [meeting(1, title="Pilot", associations=ON_ONE)])
    await store.remove(ADA, [MeetingId("1"), MeetingId("1"), MeetingId("nobody")])
    assert (await store.index(ADA, ALL)).ids == ("2", "0")
    assert (await store.index(ADA, MeetingQuery(text="pilot"))).ids == ("2", "0")
    assert ids(await store.of_record(ADA, contact(1))) == ["2", "0"]
    assert await store.count(BOB) == 1
    await store.save(ADA, [meeting(1, title="Pilot")])
    assert (await store.index(ADA, MeetingQuery(text="pilot"))).ids == ("2", "1", "0")


async def test_a_body_that_cannot_be_read_counts_as_never_fetched(
    store: SqliteMeetingCacheStore, database: Database
) -> None:
    await store.save(ADA, [meeting(1, associations=ON_ONE), meeting(2, associations=ON_ONE)])
    await store.save_records(ADA, [CrmRecord(contact(1), "Ada")], NOW)
    await database.write(lambda c: c.execute("UPDATE meeting_bodies SET body = x'7b' WHERE number = 1"))
    await database.write(lambda c: c.execute("UPDATE records SET body = x'7b'"))
    wanted = [MeetingId("1"), MeetingId("2")]
    assert ids(await store.meetings(ADA, wanted)) == ["2"]
    assert ids(await store.of_record(ADA, contact(1))) == ["2"]
    assert await store.records(ADA, [contact(1)]) == ()
    again = meeting(1, title="again", updated_at=NOW - HOUR, associations=ON_TWO)
    await store.save(ADA, [again])
    await store.save_records(ADA, [CrmRecord(contact(1), "Ada")], NOW)
    assert (await store.meetings(ADA, wanted))[0] == again
    assert ids(await store.of_record(ADA, contact(1))) == ["2"]
    assert ids(await store.of_record(ADA, contact(2))) == ["1"]
    assert len(await store.records(ADA, [contact(1)])) == 1


async def test_records_are_kept_with_the_pin_that_is_known(store: SqliteMeetingCacheStore) -> None:
    ada = CrmRecord(contact(1), "Ada", "ada@north.example", pinned=MeetingId("7"))
    acme = CrmRecord(RecordRef(COMPANY, "1"), "Acme")
    await store.save_records(ADA, [ada, acme], NOW)
    await store.save_records(BOB, [replace(ada, name="Bob's Ada")], NOW)
    wanted = [acme.ref, contact(9), ada.ref]
    assert await store.records(ADA, wanted) == (acme, ada)
    assert await store.records(ADA, []) == ()
    for told, pin in ((None, "7"), ("", ""), (None, ""), ("8", "8")):
        renamed = replace(ada, name=f"Ada {told}", pinned=told)  # type: ignore[arg-type]
        await store.save_records(ADA, [renamed], NOW)
        assert await store.records(ADA, [ada.ref]) == (replace(renamed, pinned=MeetingId(pin)),)
    assert [one.name for one in await store.records(BOB, [ada.ref])] == ["Bob's Ada"]


@settings(max_examples=20)
@given(told=st.lists(RECORDS, max_size=8, unique_by=lambda one: one.ref))
async def test_every_record_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, told: list[CrmRecord]
) -> None:
    async with Folder(tmp_path_factory.mktemp("cache")).open_cache() as database:
        store = SqliteMeetingCacheStore(database)
        await store.save_records(ADA, told, NOW)
        assert await store.records(ADA, [one.ref for one in told]) == tuple(told)


async def test_notes_are_kept_and_forgotten(store: SqliteMeetingCacheStore) -> None:
    assert await store.note(ADA, "synced") is None
    await store.save_note(ADA, "synced", "2026-11-20")
    await store.save_note(ADA, "synced", "2026-11-21")
    await store.save_note(ADA, "options", "")
    await store.save_note(BOB, "synced", "never")
    assert await store.note(ADA, "synced") == "2026-11-21"
    assert await store.note(ADA, "options") == ""
    await store.save_note(ADA, "synced", None)
    assert await store.note(ADA, "synced") is None
    assert await store.note(BOB, "synced") == "never"


async def test_a_full_disk_is_said_so_and_leaves_what_was_there(
    store: SqliteMeetingCacheStore, database: Database
) -> None:
    await store.save(ADA, [meeting(1, title="kept", associations=ON_ONE)])
    (size,) = await database.read(lambda c: c.execute("PRAGMA page_count").fetchone())
    await database.read(lambda c: c.execute(f"PRAGMA max_page_count = {size}").fetchone())
    with pytest.raises(StorageFailed) as caught:
        await store.save(ADA, [meeting(n, title="x" * 9000, updated_at=NOW + HOUR) for n in range(50)])
    assert caught.value.trouble is StorageTrouble.FULL
    assert (await store.index(ADA, ALL)).ids == ("1",)
    assert (await store.index(ADA, MeetingQuery(text="kept"))).ids == ("1",)
    await database.read(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
    await store.save(ADA, [meeting(2)])
    assert await store.count(ADA) == 2


async def test_a_file_that_may_not_be_written_says_so(
    store: SqliteMeetingCacheStore, database: Database
) -> None:
    await database.read(lambda c: c.execute("PRAGMA query_only = ON"))
    for call in (store.save(ADA, [meeting(1)]), store.save_note(ADA, "synced", "now")):
        with pytest.raises(StorageFailed) as caught:
            await call
        assert caught.value.trouble is StorageTrouble.READ_ONLY
    assert await store.meetings(ADA, [MeetingId("1")]) == ()
