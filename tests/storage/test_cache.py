"""The last known links, infos and months."""

from datetime import timedelta

from hypothesis import given

from app.domain.accounts import AccountId
from app.domain.links import BookingInfo, Slug
from app.domain.slots import YearMonth
from app.storage.cache import SqliteLinkCacheStore
from tests.storage.strategies import INFOS
from tests.storage.world import ADA, BOB, NOW, Folder, link, page

ZONE = "Europe/Berlin"


async def test_links_are_kept_by_account_with_their_age(folder: Folder) -> None:
    async with folder.open_cache() as database:
        store = SqliteLinkCacheStore(database)
        assert await store.links(ADA) == ((), None)
        await store.save_links(ADA, [link(1), link(0)], NOW)
        await store.save_links(BOB, [], NOW)
        assert await store.links(ADA) == ((link(1), link(0)), NOW)
        assert await store.links(BOB) == ((), NOW)
        later = NOW + timedelta(minutes=5)
        await store.save_links(ADA, [link(2)], later)
        assert await store.links(ADA) == ((link(2),), later)


@given(info=INFOS)
async def test_booking_info_is_kept_by_slug(folder: Folder, info: BookingInfo) -> None:
    async with folder.open_cache() as database:
        store = SqliteLinkCacheStore(database)
        await store.save_booking_info(ADA, info, NOW)
        assert await store.booking_info(ADA, info.slug) == (info, NOW)
        assert await store.booking_info(ADA, Slug("something-else-entirely")) is None
        assert await store.booking_info(BOB, info.slug) is None


async def test_months_come_in_order_and_only_of_the_link_and_zone(folder: Folder) -> None:
    january, december = page(YearMonth(2027, 1)), page(YearMonth(2026, 12))
    async with folder.open_cache() as database:
        store = SqliteLinkCacheStore(database)
        for kept in (january, december, page(YearMonth(2026, 12), zone="Asia/Tokyo")):
            await store.save_page(ADA, kept)
        await store.save_page(ADA, page(YearMonth(2026, 12), slug="other"))
        await store.save_page(AccountId("somebody"), page(YearMonth(2026, 11)))
        await store.save_page(ADA, december)
        assert await store.pages(ADA, Slug("demo"), ZONE) == (december, january)


async def test_months_that_are_over_are_dropped(folder: Folder) -> None:
    september, october, november = (page(YearMonth(2026, month)) for month in (9, 10, 11))
    async with folder.open_cache() as database:
        store = SqliteLinkCacheStore(database)
        for kept in (september, october, november):
            await store.save_page(ADA, kept)
        assert await store.pages(ADA, Slug("demo"), ZONE) == (october, november)


async def test_what_another_version_wrote_counts_as_never_fetched(folder: Folder) -> None:
    async with folder.open_cache() as database:
        store = SqliteLinkCacheStore(database)
        await store.save_links(ADA, [link(1)], NOW)
        await store.save_page(ADA, page(YearMonth(2026, 11)))
        await store.save_page(ADA, page(YearMonth(2026, 12)))
        await database.write(lambda c: c.execute("UPDATE link_lists SET body = x'5b31'"))
        await database.write(
            lambda c: c.execute("REPLACE INTO booking_infos VALUES (?, 'demo', 0, x'7b7d')", (ADA,))
        )
        await database.write(lambda c: c.execute("UPDATE pages SET body = x'7b7d' WHERE month % 12 = 11"))
        assert await store.links(ADA) == ((), None)
        assert await store.booking_info(ADA, Slug("demo")) is None
        assert await store.pages(ADA, Slug("demo"), ZONE) == (page(YearMonth(2026, 11)),)
