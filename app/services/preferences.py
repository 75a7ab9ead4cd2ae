"""What the rep has set, published at once and written at once."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

from app.domain.ports import PreferenceStore
from app.domain.preferences import ClockStyle, Preferences, Scheme, WindowPlace
from app.domain.problems import Problem
from app.services.published import ErrorSink, Published


class PreferenceChanges(TypedDict, total=False):
    """The fields of `Preferences` that a change may name."""

    zone: str
    guest_zone: str
    favourite_zones: tuple[str, ...]
    clock: ClockStyle
    first_weekday: int
    week_days: int
    scheme: Scheme
    reduced_motion: bool
    api_version: str
    last_link: str
    window: WindowPlace


@dataclass(frozen=True, slots=True)
class PreferencesState:
    """The preferences, and what is the matter with their file."""

    preferences: Preferences = field(default_factory=Preferences)
    problem: Problem | None = None
    is_loaded: bool = False


class PreferencesService:
    """Reads the settings file once and writes it at every change."""

    def __init__(self, store: PreferenceStore, *, on_error: ErrorSink) -> None:
        self._store = store
        self._writing = asyncio.Lock()
        self._written: Preferences | None = None
        self._unsaved: Problem | None = None
        self.state = Published(PreferencesState(), on_error)

    async def load(self) -> Preferences:
        """Read the file; a broken one is answered with defaults and a problem."""
        try:
            preferences, problem = await self._store.load()
        except Problem as failure:
            preferences, problem = Preferences(), failure
        self._written = preferences
        self.state.set(PreferencesState(preferences, problem, is_loaded=True))
        return preferences

    async def change(self, **changes: Unpack[PreferenceChanges]) -> None:
        """Change the named fields; where the file cannot be written the change lasts until the app quits."""
        changed = replace(self.state.value.preferences, **changes)
        self.state.set(replace(self.state.value, preferences=changed))
        async with self._writing:
            newest = self.state.value.preferences
            if newest == self._written:
                return
            try:
                await self._store.save(newest)
            except Problem as problem:
                self._unsaved = problem
                self.state.set(replace(self.state.value, problem=problem))
                return
            self._written = newest
            if self._unsaved is not None and self.state.value.problem is self._unsaved:
                self.state.set(replace(self.state.value, problem=None))
            self._unsaved = None
