"""Redirects home, configuration, data, cache and key store, so that no test reaches the person's own."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_FOREIGN = (*_PROXIES, "XDG_CURRENT_DESKTOP", "WAYLAND_DISPLAY", "DISPLAY", "QT_STYLE_OVERRIDE")
_runtime_dir = pytest.StashKey[Path]()
_serial = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Set what must be in place before Qt or a library is imported for the first time."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_API"] = "pyside6"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    for name in _FOREIGN:
        os.environ.pop(name, None)
    # Short and outside tmp_path: local sockets live here, and their names end at 108 bytes.
    runtime = Path(tempfile.mkdtemp(prefix="sd-"))
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    config.stash[_runtime_dir] = runtime
    # For what outlives one test, such as Qt's font cache.
    (runtime / "home").mkdir()
    os.environ.update(_folders(runtime / "home"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the runtime folder of this run."""
    shutil.rmtree(config.stash[_runtime_dir], ignore_errors=True)


def _folders(home: Path) -> dict[str, str]:
    """The variables that name a person's folders, all inside `home`."""
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "PROGRAMDATA": home / "ProgramData",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CONFIG_DIRS": home / "etc" / "xdg",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
    }
    return {name: str(folder) for name, folder in folders.items()}


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home folder of this test alone; every well-known folder lies inside it."""
    home = _homes / str(next(_serial))
    home.mkdir()
    for name, folder in _folders(home).items():
        monkeypatch.setenv(name, folder)
    yield home
    with suppress(OSError):
        home.rmdir()
