"""Starting the app: in the place of this process, offscreen, or as the tour."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from devtool import launch
from devtool.places import Checkout

PYTHON = Path("/venv/bin/python")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str]]:
    """The command lines that were started, each with its QT_QPA_PLATFORM."""
    commands: list[tuple[list[str], str]] = []

    def run(
        command: Sequence[str], *, env: Mapping[str, str], check: bool
    ) -> subprocess.CompletedProcess[str]:
        commands.append((list(command), env["QT_QPA_PLATFORM"]))
        return subprocess.CompletedProcess(command, 3 if "--fail" in command else 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    return commands


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_a_window_can_be_shown(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert launch.has_display(platform, environment) is expected


@pytest.mark.parametrize("arguments", [[], ["--sandbox"]])
def test_without_a_display_the_tour_is_played(
    started: list[tuple[list[str], str]],
    tmp_path: Path,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    pictures = tmp_path / "artefacts" / "tour"
    assert launch.start(PYTHON, arguments, Checkout(root=tmp_path)) == 0
    command = [str(PYTHON), "-P", "-m", "app", "--tour", str(pictures), "--sandbox"]
    assert started == [(command, "offscreen")]
    assert pictures.is_dir()
    assert str(pictures) in capsys.readouterr().out


def test_a_failed_tour_keeps_its_exit_code(
    started: list[tuple[list[str], str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(launch, "app_command", lambda *_: ["app", "--fail"])
    assert launch.start(PYTHON, [], Checkout(root=tmp_path)) == 3
    assert "did not go through (exit code 3)" in capsys.readouterr().out


def test_own_arguments_are_passed_on_without_a_display(
    started: list[tuple[list[str], str]], tmp_path: Path
) -> None:
    assert launch.start(PYTHON, ["--version"], Checkout(root=tmp_path)) == 0
    assert started == [([str(PYTHON), "-P", "-m", "app", "--version"], "offscreen")]


@pytest.mark.skipif("os.name == 'nt'", reason="Windows has no exec")
def test_with_a_display_this_process_becomes_the_app(
    started: list[tuple[list[str], str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[list[str]] = []

    def execv(_path: str, command: list[str]) -> None:
        became.append(command)
        raise SystemExit(0)

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(SystemExit):
        launch.start(PYTHON, ["--sandbox"], Checkout(root=tmp_path))
    assert became == [[str(PYTHON), "-P", "-m", "app", "--sandbox"]]
    assert started == []
