"""Odd surroundings that are no reason not to start, and what is printed and kept in the ordinary ones."""

import signal
import sys
from pathlib import Path

import pytest

from tests.process.program import Running, run, started

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own surroundings")


def opens_and_ends(running: Running) -> None:
    """Wait for the window, and end it in good order."""
    running.until_said("is open")
    assert running.signal(signal.SIGTERM) == 0, running.said
    assert "Traceback" not in running.said


@pytest.mark.parametrize(
    "name", ["with spaces", "zoë – 東京 🗓", "%20 & <b>", "-dash", "it's", "back\\slash", "new\nline"]
)
def test_folders_with_odd_names(tmp_path: Path, name: str) -> None:
    with started(f"--data-dir={tmp_path / name}", "--debug") as running:
        opens_and_ends(running)
    assert (tmp_path / name / "data" / "outbox.db").is_file()
    assert (tmp_path / name / "settings.toml").is_file()


def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    name = b"\xff\xfe".decode(errors="surrogateescape")
    with started("--data-dir", str(tmp_path / name), "--debug") as running:
        opens_and_ends(running)


@pytest.mark.parametrize(
    "changes",
    [
        {"TZ": "Nowhere/Bad"},
        {"TZ": ""},
        {"TZ": "/etc/passwd"},
        {"TZ": "XYZ-25:99"},
        {"LANG": "xx_YY.WEIRD", "LC_ALL": "zz", "LANGUAGE": "!"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "ar_EG.UTF-8"},
        {"HOME": None, "XDG_RUNTIME_DIR": None, "PATH": None},
        {"XDG_RUNTIME_DIR": "/nonexistent"},
        {"XDG_CONFIG_DIRS": "/nonexistent:/proc"},
        {"QT_SCALE_FACTOR": "banana"},
        {"http_proxy": "::not an address::", "https_proxy": "socks9://x"},
        {"DBUS_SESSION_BUS_ADDRESS": "nonsense"},
        {"PYTHON_KEYRING_BACKEND": "no.such.Backend"},
    ],
    ids=lambda changes: next(f"{name}={value}" for name, value in changes.items()),
)
def test_odd_environments(tmp_path: Path, changes: dict[str, str | None]) -> None:
    with started("--data-dir", str(tmp_path), "--debug", changes=changes) as running:
        opens_and_ends(running)


def test_logs_are_printed_only_when_asked_for(tmp_path: Path) -> None:
    with started("--data-dir", str(tmp_path), "--debug") as running:
        opens_and_ends(running)
    assert "INFO    app: Slotdesk" in running.said
    log = tmp_path / "logs" / "slotdesk.log"
    assert "is open" in log.read_text(encoding="utf-8")
    log.unlink()
    with started("--data-dir", str(tmp_path)) as running:
        running.until_file(log)
        running.until_text(log, "is open")
        assert running.signal(signal.SIGTERM) == 0
    assert running.said == ""


def test_the_check_plays_the_main_job_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    done = run("--check", changes={"TMPDIR": str(tmp_path / "temporary")})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every step succeeded" in done.stdout
    assert list((tmp_path / "temporary").iterdir()) == []
