"""pip and venv: the command, and failures put into words."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from devtool import installing
from devtool.saying import Stopped

OFFLINE = (
    "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'\nERROR: none found"
)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, list[str]]]:
    """Answers to give, each (exit code, output, the command once it was asked)."""
    answers: list[tuple[int, str, list[str]]] = []

    def run(command: Sequence[str], **_options: object) -> subprocess.CompletedProcess[str]:
        code, output, seen = answers[0]
        seen.extend(command)
        return subprocess.CompletedProcess(command, code, stdout=output, stderr=output)

    monkeypatch.setattr(subprocess, "run", run)
    return answers


def test_only_hashed_wheels_are_installed_and_no_index_is_named(
    pip: list[tuple[int, str, list[str]]], tmp_path: Path
) -> None:
    command: list[str] = []
    pip.append((0, "all well", command))
    installing.install(tmp_path / ".venv", tmp_path / "run.txt", tmp_path / "logs" / "setup.log")
    assert {"--require-hashes", "--only-binary", "--no-cache-dir"} <= set(command)
    assert not any("index" in word or "://" in word for word in command)
    assert (tmp_path / "logs" / "setup.log").read_text(encoding="utf-8") == "all well"


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (OFFLINE, "there is no network connection"),
        ("Could not fetch URL: [SSL: CERTIFICATE_VERIFY_FAILED]", "certificate is not trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "differs from the one that was locked"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("noise\nERROR: something else", "pip said:\n  ERROR: something else"),
    ],
)
def test_a_failure_is_said_in_words(
    pip: list[tuple[int, str, list[str]]], tmp_path: Path, output: str, words: str
) -> None:
    pip.append((1, output, []))
    with pytest.raises(Stopped) as stopped:
        installing.install(tmp_path / ".venv", tmp_path / "run.txt", tmp_path / "setup.log")
    assert words in str(stopped.value)


def test_a_venv_that_cannot_be_made_leaves_nothing(
    pip: list[tuple[int, str, list[str]]], tmp_path: Path
) -> None:
    pip.append((1, "ensurepip is not available", []))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "rest").touch()
    with pytest.raises(Stopped, match="ensurepip is not available"):
        installing.make_venv(tmp_path / ".venv")
    assert not (tmp_path / ".venv").exists()


def test_an_environment_without_interpreter_has_no_version(tmp_path: Path) -> None:
    assert installing.version_in(tmp_path / ".venv") is None


def test_an_environment_whose_pip_is_broken_has_no_version(
    pip: list[tuple[int, str, list[str]]], tmp_path: Path
) -> None:
    pip.append((1, "No module named pip", []))
    assert installing.version_in(tmp_path / ".venv") is None
