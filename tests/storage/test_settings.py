"""A settings file that people edit, that crashes interrupt, and that newer programs write."""

import errno
from concurrent.futures import Executor
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.preferences import ClockStyle, Preferences, Scheme, WindowPlace
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.setting_table import SETTINGS, read_preferences
from app.storage.settings import TomlPreferenceStore

CHOSEN = Preferences(
    zone="Europe/Berlin",
    guest_zone="America/New_York",
    favourite_zones=("Asia/Tokyo", "UTC"),
    clock=ClockStyle.HOURS_24,
    first_weekday=1,
    week_days=7,
    scheme=Scheme.DARK,
    reduced_motion=True,
    api_version="v3",
    last_link='team/"demo"',
    window=WindowPlace(
        geometry="AdnQywADAAA=", pane_widths=(220, 0, 340), log_widths=(430, 938), screen="book"
    ),
)
PREFERENCES = st.builds(
    Preferences,
    zone=st.sampled_from(["", "UTC", "Europe/Berlin"]),
    guest_zone=st.sampled_from(["", "Asia/Kolkata"]),
    favourite_zones=st.lists(st.sampled_from(["UTC", "Asia/Tokyo"]), max_size=3).map(tuple),
    clock=st.sampled_from(ClockStyle),
    first_weekday=st.integers(0, 7),
    week_days=st.sampled_from([1, 3, 5, 7]),
    scheme=st.sampled_from(Scheme),
    reduced_motion=st.booleans(),
    api_version=st.sampled_from(["v3", "2026-03", "2026-09", "2027-03-beta"]),
    last_link=st.text(max_size=10),
    window=st.builds(
        WindowPlace,
        geometry=st.sampled_from(["", "AdnQ"]),
        pane_widths=st.lists(st.integers(0, 4000), max_size=3).map(tuple),
        log_widths=st.lists(st.integers(0, 4000), max_size=3).map(tuple),
        screen=st.text(max_size=5),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def store(path: Path, executor: Executor) -> TomlPreferenceStore:
    return TomlPreferenceStore(path, executor)


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_every_preference_has_its_line() -> None:
    named = {setting.attribute for setting in SETTINGS}
    window = {f"window.{field.name}" for field in fields(WindowPlace)}
    assert named == {field.name for field in fields(Preferences)} - {"window"} | window


async def test_without_a_file_the_defaults_count(store: TomlPreferenceStore) -> None:
    assert await store.load() == (Preferences(), None)


async def test_preferences_come_back_as_they_were(store: TomlPreferenceStore, path: Path) -> None:
    await store.save(CHOSEN)
    assert await store.load() == (CHOSEN, None)
    await store.save(Preferences())
    assert await store.load() == (Preferences(), None)
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@given(first=PREFERENCES, second=PREFERENCES)
async def test_any_preferences_can_follow_any_others(
    store: TomlPreferenceStore, first: Preferences, second: Preferences
) -> None:
    for preferences in (first, second):
        await store.save(preferences)
        assert await store.load() == (preferences, None)


async def test_defaults_are_not_written(store: TomlPreferenceStore, path: Path) -> None:
    await store.save(replace(Preferences(), week_days=3))
    assert path.read_text("utf-8") == "[times]\nweek_days = 3\n"


async def test_comments_unknown_keys_and_order_are_kept(store: TomlPreferenceStore, path: Path) -> None:
    text = (
        "# mine\n[look]\nscheme = 'dark'   # at night\nfont = 12\n\n"
        "[future]\nkey = 1\n\n[times]\nclock = '24'\nweek_days = 5 # as ever\n"
    )
    write(path, text)
    preferences, _ = await store.load()
    await store.save(replace(preferences, clock=ClockStyle.HOURS_12))
    assert path.read_text("utf-8") == text.replace("'24'", '"12"')


@pytest.mark.parametrize(
    "broken",
    ["[times\nzone=", "zone = 'a'\nzone = 'b'\n", b"\xff\xfe", "\x00"],
    ids=["cut", "twice", "utf-16", "nul"],
)
async def test_a_broken_file_is_kept_aside_and_the_defaults_count(
    store: TomlPreferenceStore, path: Path, broken: str | bytes
) -> None:
    write(path, broken)
    content = path.read_bytes()
    for _ in range(2):
        preferences, notice = await store.load()
        assert preferences == Preferences()
        assert isinstance(notice, StorageFailed)
        assert notice.trouble is StorageTrouble.DAMAGED
        assert notice.path == str(path)
    assert path.read_bytes() == content
    await store.save(CHOSEN)
    assert await store.load() == (CHOSEN, None)
    assert (path.parent / "settings.broken.toml").read_bytes() == content
    assert len(list(path.parent.iterdir())) == 2


async def test_each_broken_file_is_kept(store: TomlPreferenceStore, path: Path) -> None:
    for number, broken in enumerate(("[one", "[two", "[one", "[three")):
        write(path, broken)
        if number % 2:
            await store.save(Preferences())
        else:
            await store.load()
    kept = [file.read_text() for file in sorted(path.parent.glob("settings.broken*"))]
    assert sorted(kept) == ["[one", "[three", "[two"]


async def test_a_byte_order_mark_does_no_harm(store: TomlPreferenceStore, path: Path) -> None:
    write(path, b"\xef\xbb\xbf[times]\nweek_days = 1\n")
    assert await store.load() == (replace(Preferences(), week_days=1), None)
    await store.save(CHOSEN)
    assert await store.load() == (CHOSEN, None)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("times", "zone", 1),
        ("times", "zone", "Mars/Olympus"),
        ("times", "zone", "../../etc/passwd"),
        ("times", "zone", "Europe"),
        ("times", "guest_zone", None),
        ("times", "clock", "13"),
        ("times", "clock", 24),
        ("times", "first_weekday", 8),
        ("times", "first_weekday", True),
        ("times", "first_weekday", "1"),
        ("times", "week_days", 4),
        ("look", "scheme", "pink"),
        ("look", "reduced_motion", 1),
        ("hubspot", "api_version", "v3/../.."),
        ("hubspot", "api_version", ""),
        ("links", "last_link", []),
        ("window", "geometry", "not base64!"),
        ("window", "geometry", "ümlaut"),
        ("window", "pane_widths", [1, "2"]),
        ("window", "pane_widths", [-1]),
        ("window", "screen", {}),
    ],
)
def test_a_value_that_makes_no_sense_falls_back_alone(section: str, key: str, value: Any) -> None:
    values: dict[str, dict[str, Any]] = {"times": {"favourite_zones": ["UTC"]}, "look": {"scheme": "light"}}
    expected, none = read_preferences(values)
    assert none == ()
    values.setdefault(section, {})[key] = value
    if key == "scheme":
        expected = replace(expected, scheme=Scheme.SYSTEM)
    assert read_preferences(values) == (expected, (f"{section}.{key}",))


def test_a_section_that_is_none_is_named_once() -> None:
    assert read_preferences({"times": 3, "look": {"reduced_motion": True}}) == (
        Preferences(reduced_motion=True),
        ("times",),
    )


def test_of_a_list_only_the_bad_entries_are_dropped() -> None:
    found, _ = read_preferences({"times": {"favourite_zones": ["UTC", 3, "", "Nowhere", "Asia/Tokyo"]}})
    assert found.favourite_zones == ("UTC", "Asia/Tokyo")
    assert read_preferences({"times": {"favourite_zones": "UTC"}, "window": {"pane_widths": 3}}) == (
        Preferences(),
        (),
    )


async def test_a_bad_value_is_told_kept_aside_and_replaced_on_saving(
    store: TomlPreferenceStore, path: Path
) -> None:
    text = "times = 3\n[look]\nscheme = 'pink'\nreduced_motion = true\n"
    write(path, text)
    preferences, notice = await store.load()
    assert preferences == Preferences(reduced_motion=True)
    assert isinstance(notice, StorageFailed)
    assert (notice.trouble, notice.path) == (StorageTrouble.DAMAGED, str(path))
    assert (path.parent / "settings.broken.toml").read_text() == text
    await store.save(replace(preferences, week_days=7))
    assert await store.load() == (replace(Preferences(), week_days=7, reduced_motion=True), None)


async def test_a_file_that_cannot_be_read_is_told_and_never_replaced_by_defaults(
    store: TomlPreferenceStore, path: Path
) -> None:
    path.mkdir(parents=True)
    preferences, notice = await store.load()
    assert preferences == Preferences()
    assert isinstance(notice, StorageFailed)
    assert notice.trouble is StorageTrouble.UNREADABLE
    with pytest.raises(StorageFailed):
        await store.save(CHOSEN)
    assert path.is_dir()


async def test_a_full_disk_keeps_the_old_settings(
    store: TomlPreferenceStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.save(CHOSEN)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StorageFailed) as caught:
            await store.save(Preferences())
    assert caught.value.trouble is StorageTrouble.FULL
    assert await store.load() == (CHOSEN, None)


async def test_what_tomlkit_alone_cannot_take_is_kept_aside(
    store: TomlPreferenceStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    real = tomlkit.parse

    def picky(text: str) -> tomlkit.TOMLDocument:
        if "picky" in text:
            raise TOMLKitError("no")
        return real(text)

    monkeypatch.setattr(tomlkit, "parse", picky)
    write(path, "picky = 1\n")
    await store.save(CHOSEN)
    assert await store.load() == (CHOSEN, None)
    assert (path.parent / "settings.broken.toml").read_text() == "picky = 1\n"
