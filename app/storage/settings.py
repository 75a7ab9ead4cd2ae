"""The settings file: TOML that a person may edit too."""

import asyncio
import logging
import tomllib
from collections.abc import MutableMapping
from concurrent.futures import Executor
from pathlib import Path

from app.domain.preferences import Preferences
from app.domain.problems import Problem, StorageFailed, StorageTrouble
from app.storage import file_troubles as troubles
from app.storage import files
from app.storage.setting_table import SETTINGS, read_preferences, value_of

_log = logging.getLogger(__name__)


class TomlPreferenceStore:
    """Fulfils `PreferenceStore`; reading and writing run on `executor`."""

    def __init__(self, path: Path, executor: Executor) -> None:
        self._path = path
        self._executor = executor
        self._turn = asyncio.Lock()

    async def load(self) -> tuple[Preferences, Problem | None]:
        """The preferences; a value that makes no sense falls back to its default, alone.

        A file with such a value, or that is no TOML at all, is copied aside and answered with
        StorageFailed(DAMAGED); one that cannot be read with StorageFailed(UNREADABLE). Neither is raised.
        """
        async with self._turn:
            return await asyncio.get_running_loop().run_in_executor(self._executor, self._load)

    async def save(self, preferences: Preferences) -> None:
        """Write atomically, keeping comments and unknown keys. Raises StorageFailed."""
        async with self._turn:
            loop = asyncio.get_running_loop()
            await asyncio.shield(loop.run_in_executor(self._executor, self._save, preferences))

    def _load(self) -> tuple[Preferences, Problem | None]:
        try:
            content = self._content()
            values = _parse(content)
            preferences, refused = (Preferences(), ("all",)) if values is None else read_preferences(values)
            if refused:
                _log.info("settings that make no sense: %s", ", ".join(refused))
                self._keep_aside(content)
                return preferences, StorageFailed(StorageTrouble.DAMAGED, str(self._path))
        except StorageFailed as failure:
            return Preferences(), failure
        return preferences, None

    def _save(self, preferences: Preferences) -> None:
        content = self._content()
        changed = None if _parse(content) is None else _changed(content, preferences)
        if changed is None:
            self._keep_aside(content)
            changed = _changed(b"", preferences) or b""
        files.replace_file(self._path, changed)

    def _content(self) -> bytes:
        with troubles.reading(self._path):
            try:
                return self._path.read_bytes()
            except FileNotFoundError:
                return b""

    def _keep_aside(self, content: bytes) -> None:
        """Copy the unusable content beside the file, unless such a copy is there already."""
        number = 1
        aside = self._path.with_name(f"{self._path.stem}.broken{self._path.suffix}")
        with troubles.reading(aside):
            while aside.exists():
                if aside.read_bytes() == content:
                    return
                number += 1
                aside = self._path.with_name(f"{self._path.stem}.broken-{number}{self._path.suffix}")
        files.replace_file(aside, content)


def _parse(content: bytes) -> dict[str, object] | None:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except ValueError:  # covers bad UTF-8 and bad TOML
        return None


def _changed(content: bytes, preferences: Preferences) -> bytes | None:
    """The text with the settings that differ, None where tomlkit cannot take it.

    Defaults are written only where something stood before.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(content.decode("utf-8-sig"))
        for setting in SETTINGS:
            wanted = value_of(preferences, setting)
            section = document.get(setting.section)
            present = section.get(setting.key) if isinstance(section, MutableMapping) else None
            if present == wanted or (present is None and wanted == value_of(Preferences(), setting)):
                continue
            if not isinstance(section, MutableMapping):
                document[setting.section] = section = tomlkit.table()
            section[setting.key] = wanted
        return tomlkit.dumps(document).encode()
    except TOMLKitError:
        return None
