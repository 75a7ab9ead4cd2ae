"""Where things live on this computer."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from app.storage import file_troubles as troubles

_PROGRAM: Final = "slotdesk"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The folders and files of one installation or of one `--data-dir`.

    `administrator_file` may not exist; it lies in the system's configuration folder in both cases.
    """

    settings_file: Path
    data_dir: Path
    cache_dir: Path
    log_dir: Path
    administrator_file: Path

    @property
    def outbox_file(self) -> Path:
        """The database that must not be lost: accounts, marks, drafts, changes on their way."""
        return self.data_dir / "outbox.db"

    @property
    def backup_dir(self) -> Path:
        """The daily copies of the outbox."""
        return self.data_dir / "backups"

    @property
    def spool_dir(self) -> Path:
        """Copies of the files that wait for their upload; made when the first one is taken in."""
        return self.data_dir / "spool"

    @property
    def cache_file(self) -> Path:
        """The database that may be thrown away."""
        return self.cache_dir / "cache.db"


def locate(data_dir: Path | None = None) -> AppPaths:
    """The places of this user, or all of them inside `data_dir`; touches no file."""
    folders = platformdirs.PlatformDirs(_PROGRAM, appauthor=False, roaming=False)
    administrator_file = folders.site_config_path / "slotdesk.toml"
    if data_dir is not None:
        root = data_dir.expanduser().absolute()
        return AppPaths(
            settings_file=root / "settings.toml",
            data_dir=root / "data",
            cache_dir=root / "cache",
            log_dir=root / "logs",
            administrator_file=administrator_file,
        )
    return AppPaths(
        settings_file=folders.user_config_path / "settings.toml",
        data_dir=folders.user_data_path,
        cache_dir=folders.user_cache_path,
        log_dir=folders.user_log_path,
        administrator_file=administrator_file,
    )


def prepare(paths: AppPaths) -> None:
    """Make the folders, for this user alone, and see that files can be made in them.

    Blocking. Raises StorageFailed(READ_ONLY, UNREADABLE or FULL) with the folder that is to blame.
    """
    for folder in (paths.settings_file.parent, paths.data_dir, paths.cache_dir, paths.log_dir):
        with troubles.writing(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"\0")
        with troubles.reading(folder):
            next(folder.iterdir(), None)
