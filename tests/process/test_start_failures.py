"""What keeps the program from starting is said in one sentence, with exit code 1 and without a traceback."""

import shutil
import signal
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.process.program import NONE, Changes, as_ordinary_user, run, started, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own rights and limits")

needs_x11 = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb on this computer")

FULL = ("/bin/sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
"""No byte can be written to any file, as on a full disk."""


def refuses(*words: str, before: Sequence[str] = (), changes: Changes = NONE) -> str:
    """Start; the one sentence it says."""
    done = run(*words, before=before, changes=changes)
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("slotdesk: ")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    place = tmp_path / "desk"
    place.write_text("kept", encoding="utf-8")
    assert f"{place} cannot be read" in refuses("--data-dir", str(place))
    assert place.read_text(encoding="utf-8") == "kept"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    said = refuses("--data-dir", str(tmp_path / "desk"), before=as_ordinary_user())
    assert "cannot be written. Check its permissions." in said


def test_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o300)
    said = refuses("--data-dir", str(tmp_path), before=as_ordinary_user())
    assert f"{tmp_path / 'data'} cannot be read" in said


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "outbox.db").touch(mode=0o000)
    said = refuses("--data-dir", str(tmp_path), before=as_ordinary_user())
    assert "outbox.db cannot be" in said


def test_a_folder_that_does_not_exist_and_cannot_be_made() -> None:
    assert "/proc/slotdesk" in refuses("--data-dir", "/proc/slotdesk")


def test_a_full_disk(tmp_path: Path) -> None:
    assert "is full. Free some space." in refuses("--data-dir", str(tmp_path), before=FULL)


def test_a_log_file_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "logs" / "slotdesk.log").mkdir(parents=True)
    assert "logs" in refuses("--data-dir", str(tmp_path))


@pytest.mark.parametrize("file", ["data/outbox.db", "cache/cache.db"])
def test_a_database_of_a_newer_version(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE later (x)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    said = refuses("--data-dir", str(tmp_path))
    assert f"This Slotdesk is too old. {path} was written by a newer Slotdesk" in said
    assert path.read_bytes() == before


def test_a_second_one_on_the_same_folder(tmp_path: Path) -> None:
    with started("--data-dir", str(tmp_path), "--debug") as running:
        running.until_said("is open")
        said = refuses("--data-dir", str(tmp_path))
        assert "Slotdesk is open already" in said
        assert str(tmp_path) in said
        assert running.process.poll() is None


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    places = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"))
    said = refuses(before=as_ordinary_user(), changes={"HOME": str(tmp_path), **places})
    assert f"{tmp_path}" in said
    assert "cannot be written" in said


def test_pictures_that_cannot_be_kept() -> None:
    assert "/proc/pictures" in refuses("--tour", "/proc/pictures")


SEEING: dict[str, str | None] = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


def test_no_display(tmp_path: Path) -> None:
    said = refuses("--data-dir", str(tmp_path / "desk"), changes=SEEING)
    assert "There is no display" in said
    assert "--tour" in said
    assert "QT_QPA_PLATFORM=offscreen" in said
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    ("platform", "display"), [("xcb", None), ("xcb", ":987"), (None, ":987"), ("wayland", None), ("no", None)]
)
def test_a_display_that_does_not_answer(tmp_path: Path, platform: str | None, display: str | None) -> None:
    """Qt would abort; it is heard out, and its reasons are told after the sentence."""
    done = run(
        "--data-dir", str(tmp_path), changes=SEEING | {"QT_QPA_PLATFORM": platform, "DISPLAY": display}
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("slotdesk: There is no display to show a window on.")
    assert all(line.startswith("slotdesk: ") for line in done.stderr.splitlines())


def test_the_check_needs_no_display() -> None:
    done = run("--check", changes=SEEING)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every step succeeded" in done.stdout


SHOWN = """
from PySide6.QtCore import QTimer
from app.ui.shell.start_failure import StartFailureDialog
def shown(self, event):
    print("shown:", self.accessibleName(), flush=True)
    QTimer.singleShot(0, {act})
StartFailureDialog.showEvent = shown
from app.__main__ import start
start()
"""


@needs_x11
def test_where_there_is_a_display_a_window_says_it_too(tmp_path: Path, display: str) -> None:
    place = tmp_path / "desk"
    place.touch()
    changes = SEEING | {"DISPLAY": display}
    code = SHOWN.format(act="self.close_button.click")
    with started("--data-dir", str(place), code=code, changes=changes) as running:
        running.until_said(f"shown: This computer could not keep your data. {place} cannot be read.")
        until(lambda: running.process.poll() is not None, "the end")
    assert running.process.returncode == 1
    assert running.said.count("cannot be read") == 2
    assert "Traceback" not in running.said


@needs_x11
def test_a_signal_closes_that_window(tmp_path: Path, display: str) -> None:
    place = tmp_path / "desk"
    place.touch()
    code = SHOWN.format(act="lambda: None")
    with started("--data-dir", str(place), code=code, changes=SEEING | {"DISPLAY": display}) as running:
        running.until_said("shown:")
        assert running.signal(signal.SIGTERM) == 1


@needs_x11
def test_a_fault_of_our_own_is_shown_with_its_traceback_on_standard_error(
    tmp_path: Path, display: str
) -> None:
    broken = "import app.storage.paths as p\ndef fail(_): raise RuntimeError('odd')\np.prepare = fail\n"
    code = broken + SHOWN.format(act="self.close_button.click")
    with started("--data-dir", str(tmp_path), code=code, changes=SEEING | {"DISPLAY": display}) as running:
        running.until_said("shown: Slotdesk had to stop.")
        until(lambda: running.process.poll() is not None, "the end")
    assert running.process.returncode == 70
    assert running.said.count("RuntimeError: odd") == 1


@pytest.mark.parametrize("words", [("--check",), ("--tour", "pictures")])
@needs_x11
def test_where_nobody_sits_before_it_no_window_waits(
    tmp_path: Path, display: str, words: tuple[str, ...]
) -> None:
    broken = "import app.storage.paths as p\ndef fail(_): raise OSError('odd')\np.prepare = fail\n"
    code = broken + SHOWN.format(act="lambda: None")
    names = [str(tmp_path / word) if word == "pictures" else word for word in words]
    with started(*names, code=code, changes=SEEING | {"DISPLAY": display}) as running:
        until(lambda: running.process.poll() is not None, "the end")
    assert running.process.returncode == 70
    assert "shown" not in running.said
