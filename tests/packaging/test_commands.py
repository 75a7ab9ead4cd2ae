"""The command line of packaging/dev.py, from the Python it needs to the exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from devtool import environment, launch, locks
from devtool.commands import run_command, split_arguments
from devtool.places import Checkout
from devtool.saying import Stopped

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_these_pythons_will_do(version: tuple[int, int]) -> None:
    assert dev.unsuitable(version) == ""


@pytest.mark.parametrize(
    ("version", "kind"),
    [((2, 7), "too old"), ((3, 10), "too old"), ((3, 14), "too new"), ((4, 0), "too new")],
)
def test_others_are_refused_in_a_sentence(version: tuple[int, int], kind: str) -> None:
    assert dev.unsuitable(version).endswith(f"this is Python {version[0]}.{version[1]}, which is {kind}.")


def test_a_suitable_python_on_the_path_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "unsuitable", lambda _: "Not this Python.")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.main() == 1
    assert capsys.readouterr().out == "Not this Python. Install one of them and run this again.\n"
    (tmp_path / "python3.12").touch()
    assert dev.main() == 1
    assert capsys.readouterr().out == "Not this Python. Run it with python3.12 instead.\n"


def test_what_follows_two_dashes_is_passed_on() -> None:
    assert split_arguments(["run", "--sandbox"]) == (["run", "--sandbox"], [])
    assert split_arguments(["run", "--", "--debug", "--", "x"]) == (["run"], ["--debug", "--", "x"])


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sets of packages that were asked for."""
    asked: list[str] = []

    def ensure(wanted: str, _checkout: Checkout) -> Path:
        asked.append(wanted)
        return Path("python")

    monkeypatch.setattr(environment, "ensure", ensure)
    return asked


def test_run_starts_the_app(prepared: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[list[str]] = []

    def start(_python: Path, arguments: list[str], _checkout: Checkout) -> int:
        got.append(arguments)
        return 7

    monkeypatch.setattr(launch, "start", start)
    assert run_command(["run", "--sandbox", "--", "--debug"], Checkout(root=tmp_path)) == 7
    assert run_command(["run"], Checkout(root=tmp_path)) == 7
    assert got == [["--sandbox", "--debug"], []]
    assert prepared == ["run", "run"]


def test_bench_runs_the_benchmarks(
    prepared: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], *, cwd: Path, check: bool) -> subprocess.CompletedProcess[str]:
        assert command == ["python", "-m", "tests.benchmarks", "--short"]
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(subprocess, "run", run)
    assert run_command(["bench", "--", "--short"], Checkout(root=tmp_path)) == 5
    assert prepared == ["bench"]


def test_lock_passes_the_wish_for_newer_versions_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes: list[bool] = []
    monkeypatch.setattr(locks, "write_locks", lambda _checkout, *, upgrade: wishes.append(upgrade))
    assert run_command(["lock"], Checkout(root=tmp_path)) == 0
    assert run_command(["lock", "--upgrade"], Checkout(root=tmp_path)) == 0
    assert wishes == [False, True]


@pytest.mark.parametrize(
    ("failure", "code", "sentence"),
    [
        (Stopped("Ask for this command."), 1, "Ask for this command.\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
    ],
)
def test_a_known_failure_is_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    failure: BaseException,
    code: int,
    sentence: str,
) -> None:
    def ensure(_wanted: str, _checkout: Checkout) -> Path:
        raise failure

    monkeypatch.setattr(environment, "ensure", ensure)
    assert run_command(["test"], Checkout(root=tmp_path)) == code
    assert capsys.readouterr().out == sentence


def test_help_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "dev.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for command in ("run", "test", "bars", "bench", "lock"):
        assert f"\n    {command} " in done.stdout
