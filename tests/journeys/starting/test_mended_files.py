"""Broken files: the app starts all the same, says so, and nothing that could be read is lost."""

from pathlib import Path

import pytest

from app.domain.preferences import Preferences
from tests.journeys.house import House
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]

GARBAGE = b"\x00[[[ this is = = no TOML \xff\xfe\n"
WRONG = """
[times]
week_days = 'many'
first_weekday = 99
clock = []
[look]
scheme = 'dark'
[window]
screen = 7
"""


def spoil(file: Path, content: bytes = b"no database at all") -> bytes:
    """Overwrite the beginning of a file; what it holds now."""
    with file.open("rb+") as opened:
        opened.write(content)
    return file.read_bytes()


async def reads(rep: Rep, words: str) -> None:
    """See a banner, and put it away by its button."""
    await rep.sees_banner(words)
    await rep.act_on_banner("OK")
    await rep.no_banner()


async def test_settings_that_are_no_toml(house: House) -> None:
    house.folder.mkdir()
    settings = house.folder / "settings.toml"
    settings.write_bytes(GARBAGE)
    async with house.open() as rep:
        assert rep.running.services.preferences.state.value.preferences == Preferences()
        await reads(rep, f"A damaged file was mended. {settings}")
        assert (house.folder / "settings.broken.toml").read_bytes() == GARBAGE
        await rep.sign_in()
        assert not rep.banners
    async with house.open() as rep:
        await rep.sees_links()
        assert not rep.banners
    assert (house.folder / "settings.broken.toml").read_bytes() == GARBAGE


async def test_settings_of_wrong_types(house: House) -> None:
    house.folder.mkdir()
    (house.folder / "settings.toml").write_text(WRONG, encoding="utf-8")
    async with house.open() as rep:
        found = rep.running.services.preferences.state.value.preferences
        assert (found.week_days, found.first_weekday, found.scheme.value) == (
            Preferences().week_days,
            0,
            "dark",
        )
        await reads(rep, "A damaged file was mended.")
    assert (house.folder / "settings.broken.toml").read_text(encoding="utf-8") == WRONG


async def test_a_damaged_cache_is_made_anew(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
    cache = house.folder / "cache" / "cache.db"
    damaged = spoil(cache)
    async with house.open() as rep:
        await reads(rep, f"A damaged file was mended. {cache}")
        await rep.sees_links()
        await rep.sees_times()
    assert cache.with_name("cache.damaged.db").read_bytes() == damaged
    async with house.open() as rep:
        await rep.sees_links()
        assert not rep.banners


@pytest.mark.parametrize("is_backed_up", [True, False])
async def test_a_damaged_outbox_is_salvaged_or_restored(house: House, is_backed_up: bool) -> None:
    """Without a sound page in it, only the daily copy knows the account; without a copy it is asked for."""
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        slug = rep.running.book.selection.link.slug  # type: ignore[union-attr]
        await rep.running.services.links.set_favourite(slug, True)
    outbox = house.folder / "data" / "outbox.db"
    backups = list((house.folder / "data" / "backups").glob("outbox-*.db"))
    assert backups
    if is_backed_up:
        backups[0].write_bytes(outbox.read_bytes())
    else:
        backups[0].unlink()
    outbox.write_bytes(b"\xff" * outbox.stat().st_size)
    async with house.open() as rep:
        await reads(rep, f"A damaged file was mended. {outbox}")
        if is_backed_up:
            await rep.sees_links()
            assert rep.running.services.links.state.value.marks_of(slug).is_favourite
        else:
            assert rep.hands.is_there("openSandbox")
            await rep.sign_in()
    (aside,) = outbox.parent.glob("outbox.damaged-*.db")
    assert set(aside.read_bytes()) == {255}


async def test_rows_of_a_damaged_outbox_that_can_be_read_are_kept(house: House) -> None:
    """The header's page count is wrong: SQLite refuses the file as a whole, the rows are all there."""
    async with house.open() as rep:
        await rep.sign_in()
    outbox = house.folder / "data" / "outbox.db"
    for backup in (house.folder / "data" / "backups").glob("*"):
        backup.unlink()
    content = bytearray(outbox.read_bytes())
    content[-64:] = b"\xa5" * 64
    content[36:40] = (7).to_bytes(4, "big")
    outbox.write_bytes(content)
    async with house.open() as rep:
        await rep.sees_banner("A damaged file was mended.")
        await rep.sees_links()
