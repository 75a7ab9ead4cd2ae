"""Accounts in order, one of them active, and a wipe that leaves nothing behind."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.links import LinkMarks, Slug
from app.domain.meetings import CrmRecord, MeetingId, MeetingQuery
from app.domain.ports_meetings import TextTemplate
from app.domain.problems import StorageFailed
from app.domain.slots import YearMonth
from app.storage.accounts import SqliteAccountStore
from app.storage.backups import BackupKeeper
from app.storage.cache import SqliteLinkCacheStore
from app.storage.database import Database
from app.storage.drafts import SqliteDraftStore
from app.storage.marks import SqliteLinkMarkStore
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.templates import SqliteTemplateStore
from tests.storage.meeting_world import LOCAL, contact, log, meeting, pending
from tests.storage.world import ADA, BOB, NOW, FakeClock, Folder, account, link, page

CANARY = "canary-7f3a"


@asynccontextmanager
async def opened(
    folder: Folder,
) -> AsyncIterator[tuple[SqliteAccountStore, Database, Database, BackupKeeper]]:
    async with folder.open_outbox() as outbox, folder.open_cache() as cache:
        keeper = BackupKeeper(outbox, folder.backups, FakeClock())
        yield SqliteAccountStore(outbox, cache, keeper), outbox, cache, keeper


async def test_accounts_keep_their_order_when_one_signs_in_again(folder: Folder) -> None:
    async with opened(folder) as (store, *_):
        assert await store.accounts() == ()
        await store.save(account(BOB))
        await store.save(account(ADA))
        again = replace(account(BOB), full_name="Robert", scopes=frozenset({"oauth"}))
        await store.save(again)
    async with opened(folder) as (store, *_):
        assert await store.accounts() == (again, account(ADA))


async def test_one_account_is_active_or_none(folder: Folder) -> None:
    async with opened(folder) as (store, *_):
        await store.save(account(ADA))
        await store.save(account(BOB))
        assert await store.active() is None
        await store.activate(BOB)
        await store.save(account(BOB, "Robert"))
        assert await store.active() == BOB
        await store.activate(ADA)
        assert await store.active() == ADA
        await store.activate(None)
        assert await store.active() is None


async def test_an_account_that_cannot_be_read_does_not_hide_the_others(folder: Folder) -> None:
    async with opened(folder) as (store, outbox, *_):
        await outbox.write(lambda c: c.execute("INSERT INTO accounts VALUES (1, 'x', 0, '{\"id\":1}')"))
        await store.save(account())
        assert await store.accounts() == (account(),)


async def fill(outbox: Database, cache: Database, keeper: BackupKeeper, store: SqliteAccountStore) -> None:
    """Rows of two accounts in every table and in a backup; Ada's hold the canary."""
    for owner, mark in ((ADA, CANARY), (BOB, "bob")):
        await store.save(account(owner, mark))
        await SqliteLinkMarkStore(outbox).save(owner, Slug("demo"), LinkMarks(tags=(mark,)))
        await SqliteDraftStore(outbox).save(owner, "first", {"text": mark * 3000})
        cached = SqliteLinkCacheStore(cache)
        await cached.save_links(owner, [replace(link(n), name=mark) for n in range(50)], NOW)
        await cached.save_page(owner, replace(page(YearMonth(2026, 11)), zone=mark))
        meetings = SqliteMeetingCacheStore(cache)
        named = mark.replace("-", "")
        await meetings.save(owner, [meeting(n, title=f"{named} {mark}") for n in range(200)])
        await meetings.save_records(owner, [CrmRecord(contact(1), f"{named} {mark}")], NOW)
        await meetings.save_note(owner, "synced", mark)
        await SqliteOutboxStore(outbox).write(
            [pending(n + 100 * (owner == BOB), log(n, title=mark), account_id=owner) for n in range(9)],
            identities={LOCAL: MeetingId(mark)},
        )
        await SqliteTemplateStore(outbox).save(owner, TextTemplate("1", mark))
    await keeper.make_if_due()


def holds_canary(root: Path) -> list[str]:
    """The files in which the canary's first half is found, as it stands in texts and full-text indexes."""
    trace = CANARY.partition("-")[0].encode()
    return [file.name for file in root.rglob("*") if file.is_file() and trace in file.read_bytes()]


async def test_a_wipe_leaves_no_trace_of_the_account_and_all_of_the_other(folder: Folder) -> None:
    (folder.root / "cache.damaged.db").write_text(CANARY)
    (folder.root / "outbox.damaged-20260101T000000Z.db").write_text(CANARY)
    async with opened(folder) as (store, outbox, cache, keeper):
        await fill(outbox, cache, keeper, store)
        await cache.read(lambda c: c.execute("CREATE TABLE of_nobody (word TEXT)"))
        await store.activate(ADA)
        assert len(holds_canary(folder.root)) >= 4
        await store.wipe(ADA)
        assert holds_canary(folder.root) == []
        assert await store.accounts() == (account(BOB, "bob"),)
        assert await store.active() is None
        assert set(await SqliteLinkMarkStore(outbox).marks(BOB)) == {"demo"}
        assert len((await SqliteLinkCacheStore(cache).links(BOB))[0]) == 50
        assert await SqliteDraftStore(outbox).drafts(ADA) == {}
        assert await SqliteOutboxStore(outbox).open_rows(ADA) == ()
        assert len(await SqliteOutboxStore(outbox).open_rows(BOB)) == 9
        assert len(await SqliteTemplateStore(outbox).templates(BOB)) == 1
        meetings = SqliteMeetingCacheStore(cache)
        assert len(await meetings.index(ADA, MeetingQuery())) == 0
        assert len(await meetings.index(BOB, MeetingQuery(text="bob"))) == 200
        assert await meetings.note(BOB, "synced") == "bob"
        await store.wipe(ADA)
    assert holds_canary(folder.root) == []


async def test_a_wiped_account_does_not_come_back_with_a_backup(folder: Folder) -> None:
    async with opened(folder) as (store, outbox, cache, keeper):
        await fill(outbox, cache, keeper, store)
        await store.wipe(ADA)
    folder.outbox.write_bytes(b"rubbish" * 1000)
    async with opened(folder) as (store, *_):
        assert await store.accounts() == (account(BOB, "bob"),)


@pytest.mark.parametrize("ends_early", [False, True])
async def test_a_wipe_that_is_cut_short_can_be_repeated(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, *, ends_early: bool
) -> None:
    async with opened(folder) as (store, outbox, cache, keeper):
        await fill(outbox, cache, keeper, store)

        def full(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
            if table == "drafts":
                if ends_early:
                    connection.execute("ROLLBACK")
                raise OSError(28, "no space")
            return ("account_id",)

        with monkeypatch.context() as patch:
            patch.setattr("app.storage.accounts.columns", full)
            with pytest.raises((StorageFailed, OSError)):
                await store.wipe(ADA)
        assert ADA in {known.id for known in await store.accounts()}
        assert await SqliteDraftStore(outbox).draft(ADA, "first") is not None
        await store.wipe(ADA)
        assert holds_canary(folder.root) == []
