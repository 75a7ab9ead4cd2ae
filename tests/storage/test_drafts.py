"""Forms as typed."""

from typing import Any

import pytest
from hypothesis import given

from app.storage.drafts import SqliteDraftStore
from tests.storage.strategies import PAYLOADS
from tests.storage.world import ADA, BOB, Folder


@given(payload=PAYLOADS)
async def test_a_draft_comes_back_as_it_was(folder: Folder, payload: dict[str, Any]) -> None:
    async with folder.open_outbox() as database:
        store = SqliteDraftStore(database)
        await store.save(ADA, "book:team/demo", payload)
        assert await store.draft(ADA, "book:team/demo") == payload
        assert await store.draft(BOB, "book:team/demo") is None


async def test_drafts_are_listed_saved_over_and_discarded(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteDraftStore(database)
        await store.save(ADA, "first", {"a": 1})
        await store.save(ADA, "second", {"a": 2})
        await store.save(ADA, "first", {"a": 3})
        await store.save(BOB, "first", {"a": 4})
        assert await store.drafts(ADA) == {"first": {"a": 3}, "second": {"a": 2}}
        await store.discard(ADA, "first")
        await store.discard(ADA, "first")
        assert await store.drafts(ADA) == {"second": {"a": 2}}
        assert await store.draft(BOB, "first") == {"a": 4}


async def test_half_a_character_survives(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteDraftStore(database)
        await store.save(ADA, "first", {"name": "half an emoji: \ud83d"})
        assert await store.draft(ADA, "first") == {"name": "half an emoji: \ud83d"}


async def test_what_is_no_json_is_refused_before_anything_is_written(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteDraftStore(database)
        for payload in ({"a": float("nan")}, {"a": object()}):
            with pytest.raises((ValueError, TypeError)):
                await store.save(ADA, "first", payload)
        assert await store.drafts(ADA) == {}


async def test_a_row_that_cannot_be_read_does_not_hide_the_others(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteDraftStore(database)
        await store.save(ADA, "good", {"a": 1})
        for key, body in (("bad", "{"), ("list", "[]")):
            await database.read(lambda c: c.execute("PRAGMA ignore_check_constraints = ON"))
            await database.write(
                lambda c, row=(ADA, key, body): c.execute("INSERT INTO drafts VALUES (?, ?, ?)", row)  # type: ignore[misc]
            )
        assert await store.drafts(ADA) == {"good": {"a": 1}}
