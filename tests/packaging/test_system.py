"""What Linux lacks: found, installed with rights, printed without."""

import subprocess
from collections.abc import Sequence

import pytest

from devtool import system
from devtool.saying import Stopped
from devtool.system import Missing, apt_commands, find_missing, printable, provide

MISSING = Missing(things=("libEGL.so.1", "Xvfb"), packages=("libegl1", "xvfb"))


def here(_name: str) -> str | None:
    return "/usr/bin/found"


def nowhere(_name: str) -> str | None:
    return None


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have run."""
    ran: list[list[str]] = []

    def run(command: Sequence[str], **_options: object) -> subprocess.CompletedProcess[str]:
        ran.append(list(command))
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_nothing_is_missing_on_a_complete_computer() -> None:
    found = find_missing(tests=True, loads=lambda _: True, which=here, has_module=lambda _: object())
    assert found == Missing((), ())


def test_a_bare_computer_lacks_every_library_and_venv() -> None:
    found = find_missing(tests=False, loads=lambda _: False, which=here, has_module=lambda _: None)
    assert found.packages[0].startswith("python3.")
    assert found.packages[0].endswith("-venv")
    assert set(found.packages[1:]) == set(system.QT_LIBRARIES.values())


def test_tools_of_the_tests_are_asked_for_only_by_tests_and_only_with_apt() -> None:
    def only_apt(name: str) -> str | None:
        return "/usr/bin/apt-get" if name == "apt-get" else None

    def lacking(*, tests: bool, has_apt: bool) -> tuple[str, ...]:
        which = only_apt if has_apt else nowhere
        return find_missing(
            tests=tests, loads=lambda _: True, which=which, has_module=lambda _: object()
        ).packages

    assert lacking(tests=True, has_apt=True) == ("xvfb", "postgresql")
    assert lacking(tests=False, has_apt=True) == ()
    assert lacking(tests=True, has_apt=False) == ()


def test_a_library_that_does_not_exist_does_not_load() -> None:
    found = find_missing(tests=False, which=here, has_module=lambda _: object())
    assert not system._loads("libslotdesk-is-not-here.so.9")
    assert "libslotdesk-is-not-here.so.9" not in found.things


def test_root_installs_after_saying_so(apt: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    provide(MISSING, is_root=True, which=here)
    assert apt == apt_commands(MISSING.packages, sudo=False)
    assert printable(apt) in capsys.readouterr().out


def test_sudo_is_used_by_an_ordinary_user(apt: list[list[str]]) -> None:
    provide(MISSING, is_root=False, which=here)
    assert apt == [["sudo", "-n", "true"], *apt_commands(MISSING.packages, sudo=True)]


def test_without_rights_the_command_is_printed_and_nothing_runs(apt: list[list[str]]) -> None:
    def no_sudo(name: str) -> str | None:
        return None if name == "sudo" else "/usr/bin/" + name

    with pytest.raises(Stopped) as stopped:
        provide(MISSING, is_root=False, which=no_sudo)
    assert "sudo apt-get install -y --no-install-recommends libegl1 xvfb" in str(stopped.value)
    assert stopped.value.exit_code == 1
    assert apt == []


def test_without_apt_the_libraries_are_named(apt: list[list[str]]) -> None:
    with pytest.raises(Stopped, match=r"package manager.*libEGL\.so\.1"):
        provide(MISSING, is_root=True, which=nowhere)
    assert apt == []


def test_nothing_missing_asks_for_nothing(apt: list[list[str]]) -> None:
    provide(Missing((), ()), is_root=True, which=here)
    assert apt == []


def test_a_failing_apt_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: Sequence[str], **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 100, stdout="E: Could not get lock", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Stopped, match="Could not get lock"):
        provide(MISSING, is_root=True, which=here)
