"""Changes on their way: one transaction each, nothing lost, nothing hidden."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from app.domain.changes import ChangeId, ChangeState, EditMeeting, PendingChange
from app.domain.meetings import MeetingId
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.database import Database
from app.storage.drafts import SqliteDraftStore
from app.storage.outbox import SqliteOutboxStore, _decode, _encode
from tests.storage.meeting_strategies import PENDING
from tests.storage.meeting_world import LOCAL, log, pending
from tests.storage.world import ADA, BOB, NOW, Folder

SERVER = MeetingId("9001")


@pytest.fixture
async def database(folder: Folder) -> AsyncIterator[Database]:
    async with folder.open_outbox() as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> SqliteOutboxStore:
    return SqliteOutboxStore(database)


@given(PENDING)
@settings(max_examples=300)
def test_every_row_comes_back_as_it_was(row: PendingChange) -> None:
    _, *columns = _encode(row)
    assert _decode(tuple(columns)) == row


async def test_rows_come_in_the_order_of_their_ids_and_by_account(folder: Folder) -> None:
    bobs = pending(9, account_id=BOB)
    async with folder.open_outbox() as database:
        store = SqliteOutboxStore(database)
        await store.write([pending(3), pending(1)])
        await store.write([pending(2)])
        await store.write([bobs])
    async with folder.open_outbox() as database:
        store = SqliteOutboxStore(database)
        assert await store.open_rows(ADA) == (pending(1), pending(2), pending(3))
        assert await store.open_rows(BOB) == (bobs,)


async def test_a_start_doubts_what_was_on_its_way(store: SqliteOutboxStore) -> None:
    bobs = pending(99, account_id=BOB, state=ChangeState.SENDING)
    await store.write([pending(number, state=state) for number, state in enumerate(ChangeState)])
    await store.write([bobs])
    await store.recover(ADA)
    doubted = {ChangeState.SENDING, ChangeState.VERIFYING, ChangeState.UNKNOWN}
    expected = [
        ChangeState.UNKNOWN if state in doubted else state
        for state in ChangeState
        if state is not ChangeState.DONE
    ]
    assert [row.state for row in await store.open_rows(ADA)] == expected
    assert await store.open_rows(BOB) == (bobs,)


async def test_one_write_does_all_of_it(store: SqliteOutboxStore, database: Database) -> None:
    drafts = SqliteDraftStore(database)
    for key in ("log/new", "log/7", "book/demo"):
        await drafts.save(ADA, key, {})
    await drafts.save(BOB, "log/new", {})
    await store.write([pending(1), pending(2)])
    done = replace(pending(1), state=ChangeState.DONE, done_at=NOW, server_id=SERVER)
    await store.write(
        [done, pending(3)],
        removed=[pending(2).id, ChangeId("nobody")],
        discarded_drafts=["log/new", "log/7", "log/none"],
        identities={LOCAL: SERVER},
    )
    assert await store.open_rows(ADA) == (pending(3),)
    assert await store.history(ADA, limit=10) == (done,)
    assert await store.identities(ADA) == {LOCAL: SERVER}
    assert await store.identities(BOB) == {}
    assert set(await drafts.drafts(ADA)) == {"book/demo"}
    assert set(await drafts.drafts(BOB)) == {"log/new"}


async def test_a_row_that_is_removed_and_given_is_there(store: SqliteOutboxStore) -> None:
    await store.write([pending(1)])
    again = replace(pending(1), attempt=2)
    await store.write([again], removed=[again.id])
    assert await store.open_rows(ADA) == (again,)


async def test_drafts_may_go_with_removed_rows_alone(store: SqliteOutboxStore, database: Database) -> None:
    drafts = SqliteDraftStore(database)
    await drafts.save(ADA, "log/new", {})
    await store.write([pending(1)])
    await store.write([], removed=[pending(1).id], discarded_drafts=["log/new"])
    assert await store.open_rows(ADA) == ()
    assert await drafts.drafts(ADA) == {}
    await store.write([])


@pytest.mark.parametrize("rows", [[], [pending(2), pending(3, account_id=BOB)]])
async def test_a_write_that_names_no_account_or_two_changes_nothing(
    store: SqliteOutboxStore, rows: list[PendingChange]
) -> None:
    with pytest.raises(ValueError, match="accounts in one write"):
        await store.write(rows, identities={LOCAL: SERVER})
    assert await store.open_rows(ADA) == ()
    assert await store.open_rows(BOB) == ()


async def test_a_full_disk_writes_nothing_of_it(store: SqliteOutboxStore, database: Database) -> None:
    drafts = SqliteDraftStore(database)
    await drafts.save(ADA, "log/new", {"title": "kept"})
    await store.write([pending(1)])
    (size,) = await database.read(lambda c: c.execute("PRAGMA page_count").fetchone())
    await database.read(lambda c: c.execute(f"PRAGMA max_page_count = {size}").fetchone())
    with pytest.raises(StorageFailed) as caught:
        await store.write(
            [pending(2, log(title="x" * 200_000))],
            removed=[pending(1).id],
            discarded_drafts=["log/new"],
            identities={LOCAL: SERVER},
        )
    assert caught.value.trouble is StorageTrouble.FULL
    assert await store.open_rows(ADA) == (pending(1),)
    assert await store.identities(ADA) == {}
    assert set(await drafts.drafts(ADA)) == {"log/new"}
    await database.read(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
    await store.write([pending(2)], removed=[pending(1).id])
    assert await store.open_rows(ADA) == (pending(2),)


async def test_a_file_that_may_not_be_written_says_so_and_can_still_be_read(
    store: SqliteOutboxStore, database: Database
) -> None:
    await store.write([pending(1)])
    await database.read(lambda c: c.execute("PRAGMA query_only = ON"))
    for call in (store.write([pending(2)]), store.recover(ADA), store.forget_done(ADA, NOW)):
        with pytest.raises(StorageFailed) as caught:
            await call
        assert caught.value.trouble is StorageTrouble.READ_ONLY
    assert await store.open_rows(ADA) == (pending(1),)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "teleporting"),
        ("kind", "levitate"),
        ("body", '{"meeting_id": 1}'),
        ("progress", '{"attempt": "often"}'),
        ("created_at", 2**62),
        ("done_at", -(2**62)),
    ],
)
async def test_a_row_that_cannot_be_read_is_counted_and_kept(
    store: SqliteOutboxStore, database: Database, column: str, value: object
) -> None:
    await store.write([pending(1), pending(2)])
    await store.write([pending(3, account_id=BOB)])

    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute(f"UPDATE changes SET {column} = ? WHERE id = ?", (value, pending(1).id))

    await database.write(spoil)
    await store.recover(ADA)
    await store.write([replace(pending(2), attempt=1)])
    await store.forget_done(ADA, NOW + timedelta(days=999))
    assert await store.open_rows(ADA) == (replace(pending(2), attempt=1),)
    assert await store.unreadable(ADA) == 1
    assert await store.unreadable(BOB) == 0
    kept = await database.read(
        lambda c: c.execute(f"SELECT {column} FROM changes WHERE id = ?", (pending(1).id,)).fetchone()
    )
    assert kept == (value,)


async def test_history_is_newest_first_and_limited(store: SqliteOutboxStore) -> None:
    done = [
        pending(number, state=ChangeState.DONE, done_at=NOW + timedelta(minutes=minutes))
        for number, minutes in ((1, 5), (2, 1), (3, 9), (4, 5))
    ]
    await store.write([*done, pending(5)])
    assert [row.id for row in await store.history(ADA, limit=3)] == [pending(n).id for n in (3, 4, 1)]
    assert await store.history(BOB, limit=3) == ()


async def test_what_is_done_is_forgotten_with_the_identities_that_nothing_names(
    store: SqliteOutboxStore, database: Database
) -> None:
    early, late = NOW - timedelta(days=2), NOW
    done = [pending(n, state=ChangeState.DONE, done_at=at) for n, at in ((1, early), (2, late), (3, early))]
    bobs = pending(9, account_id=BOB, state=ChangeState.DONE, done_at=early)
    waiting = pending(4, EditMeeting(log(3).meeting_id, ()))
    await store.write([*done, waiting], identities={log(n).meeting_id: SERVER for n in (1, 2, 3, 7)})
    await store.write([bobs], identities={bobs.change.meeting_id: SERVER})
    await SqliteDraftStore(database).save(ADA, f"log/{log(7).meeting_id}", {})
    await store.forget_done(ADA, NOW - timedelta(days=1))
    assert await store.history(ADA, limit=9) == (done[1],)
    assert await store.open_rows(ADA) == (waiting,)
    assert await store.identities(ADA) == {log(n).meeting_id: SERVER for n in (2, 3, 7)}
    assert await store.history(BOB, limit=9) == (bobs,)
    assert len(await store.identities(BOB)) == 1


@pytest.mark.parametrize(
    ("title", "kept"),
    [("half \ud83d", "half ?"), ('\udc00"\\\n', '?"\\\n'), ("whole \U0001f600", "whole \U0001f600")],
)
async def test_half_a_surrogate_pair_costs_one_character_and_not_the_change(
    store: SqliteOutboxStore, title: str, kept: str
) -> None:
    await store.write([pending(1, log(title=title))])
    assert await store.open_rows(ADA) == (pending(1, log(title=kept)),)
