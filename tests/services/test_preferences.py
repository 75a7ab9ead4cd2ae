"""What the rep has set."""

import asyncio
from dataclasses import fields

from app.domain.preferences import Preferences, Scheme
from app.domain.problems import StorageFailed, StorageTrouble
from app.services.preferences import PreferenceChanges, PreferencesService, PreferencesState
from tests.fakes.clock import settle
from tests.fakes.stores import FakePreferenceStore
from tests.services.world import no_errors

DAMAGED = StorageFailed(StorageTrouble.DAMAGED, "settings.toml")


def test_every_preference_can_be_changed() -> None:
    assert set(PreferenceChanges.__annotations__) == {field.name for field in fields(Preferences)}


async def test_preferences_are_read_once() -> None:
    service = PreferencesService(FakePreferenceStore(Preferences(zone="UTC")), on_error=no_errors)
    assert service.state.value == PreferencesState()
    assert await service.load() == Preferences(zone="UTC")
    assert service.state.value == PreferencesState(Preferences(zone="UTC"), None, is_loaded=True)


async def test_a_broken_file_is_told() -> None:
    service = PreferencesService(FakePreferenceStore(trouble=DAMAGED), on_error=no_errors)
    await service.load()
    assert service.state.value == PreferencesState(Preferences(), DAMAGED, is_loaded=True)


async def test_a_folder_that_cannot_be_read_means_defaults() -> None:
    store = FakePreferenceStore(Preferences(zone="UTC"))
    store.fail("load", DAMAGED)
    service = PreferencesService(store, on_error=no_errors)
    assert await service.load() == Preferences()
    assert service.state.value.problem is DAMAGED


async def test_a_change_is_published_at_once_and_written() -> None:
    store = FakePreferenceStore()
    service = PreferencesService(store, on_error=no_errors)
    await service.load()
    store.hold("save")
    async with asyncio.TaskGroup() as group:
        group.create_task(service.change(zone="UTC", week_days=7))
        group.create_task(service.change(scheme=Scheme.DARK))
        group.create_task(service.change(first_weekday=1))
        await settle()
        newest = Preferences(zone="UTC", week_days=7, scheme=Scheme.DARK, first_weekday=1)
        assert service.state.value.preferences == newest
        store.release("save")
    assert store.kept == newest
    assert store.count("save") <= 2


async def test_nothing_is_written_for_no_change() -> None:
    store = FakePreferenceStore()
    service = PreferencesService(store, on_error=no_errors)
    await service.load()
    await service.change(week_days=5)
    assert store.count("save") == 0


async def test_a_change_that_cannot_be_written_lasts_and_is_written_later() -> None:
    store = FakePreferenceStore()
    service = PreferencesService(store, on_error=no_errors)
    await service.load()
    store.fail("save", DAMAGED)
    await service.change(zone="UTC")
    assert service.state.value.preferences.zone == "UTC"
    assert service.state.value.problem is DAMAGED
    await service.change()
    assert store.kept == Preferences(zone="UTC")
    assert service.state.value.problem is None


async def test_what_was_wrong_with_the_file_stays_said_after_a_change() -> None:
    store = FakePreferenceStore(trouble=DAMAGED)
    service = PreferencesService(store, on_error=no_errors)
    await service.load()
    await service.change(zone="UTC")
    assert service.state.value.problem is DAMAGED
