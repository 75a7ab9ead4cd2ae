"""When .venv is left alone, filled or made anew."""

import sys
from pathlib import Path

import pytest

from devtool import environment, installing, stamp, system
from devtool.places import Checkout, python_in
from devtool.saying import Stopped


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout with lock files and nothing else."""
    place = Checkout(root=tmp_path)
    place.requirements.mkdir(parents=True)
    for name in stamp.SETS:
        place.lock_file(name).write_text(f"# {name}\n", encoding="utf-8")
    return place


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What set-up did, in order; nothing is really installed."""
    done: list[str] = []
    versions: dict[Path, str] = {}

    def make_venv(venv: Path) -> None:
        done.append("make")
        python_in(venv).parent.mkdir(parents=True, exist_ok=True)
        python_in(venv).touch()
        versions[venv] = stamp.running_python()

    def install(_venv: Path, lock_file: Path, _log: Path) -> None:
        done.append(f"install {lock_file.stem}")

    monkeypatch.setattr(system, "find_missing", lambda *, tests: system.Missing((), ()))
    monkeypatch.setattr(installing, "make_venv", make_venv)
    monkeypatch.setattr(installing, "install", install)
    monkeypatch.setattr(installing, "version_in", versions.get)
    monkeypatch.setattr(environment, "_add_checkout_to_path", lambda _: None)
    monkeypatch.setattr(environment, "_see_that_qt_loads", lambda _: None)
    return done


def test_the_first_time_it_is_made_and_filled(checkout: Checkout, steps: list[str]) -> None:
    assert environment.ensure("run", checkout) == python_in(checkout.venv)
    assert steps == ["make", "install run"]


def test_the_second_time_nothing_happens(checkout: Checkout, steps: list[str]) -> None:
    environment.ensure("run", checkout)
    environment.ensure("run", checkout)
    assert steps == ["make", "install run"]


def test_a_larger_set_holds_the_smaller_ones(checkout: Checkout, steps: list[str]) -> None:
    environment.ensure("dev", checkout)
    environment.ensure("run", checkout)
    environment.ensure("bench", checkout)
    assert steps == ["make", "install dev", "install bench"]


def test_a_changed_lock_file_installs_again(checkout: Checkout, steps: list[str]) -> None:
    environment.ensure("run", checkout)
    checkout.lock_file("run").write_text("# newer\n", encoding="utf-8")
    environment.ensure("run", checkout)
    assert steps == ["make", "install run", "install run"]


def test_an_interrupted_set_up_is_taken_up_again(
    checkout: Checkout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("run", checkout)
    with monkeypatch.context() as broken:
        broken.setattr(installing, "install", lambda *_: (_ for _ in ()).throw(Stopped("no network")))
        with pytest.raises(Stopped):
            environment.ensure("dev", checkout)
    environment.ensure("run", checkout)
    assert steps == ["make", "install run", "install run"]


@pytest.mark.parametrize("version", [None, "3.10", "3.14"])
def test_an_environment_that_does_not_work_is_made_anew(
    checkout: Checkout, steps: list[str], version: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("run", checkout)
    stamp.remove(checkout)
    monkeypatch.setattr(installing, "version_in", lambda _: version)
    environment.ensure("run", checkout)
    assert steps == ["make", "install run", "make", "install run"]


def test_a_lost_interpreter_is_noticed(
    checkout: Checkout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("run", checkout)
    python_in(checkout.venv).unlink()
    monkeypatch.setattr(installing, "version_in", lambda _: None)
    environment.ensure("run", checkout)
    assert steps == ["make", "install run", "make", "install run"]


def test_another_python_may_start_what_is_installed(
    checkout: Checkout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("run", checkout)
    made_by = stamp.running_python()
    monkeypatch.setattr(stamp, "running_python", lambda: "3.99")
    monkeypatch.setattr(installing, "version_in", lambda _: made_by)
    environment.ensure("run", checkout)
    assert steps == ["make", "install run"]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"packages": "run"}', '{"a": 1}'])
def test_an_unreadable_stamp_is_no_stamp(checkout: Checkout, content: str) -> None:
    checkout.venv.mkdir()
    stamp.write(checkout, packages="run", python="3.11")
    next(checkout.venv.glob("*.json")).write_text(content, encoding="utf-8")
    assert stamp.read(checkout) is None


def test_a_moved_checkout_is_set_up_again(checkout: Checkout, tmp_path: Path) -> None:
    checkout.venv.mkdir()
    stamp.write(checkout, packages="run", python="3.11")
    known = stamp.read(checkout)
    assert known is not None
    assert stamp.covers(known, "run", checkout)
    moved = tmp_path.with_name("moved")
    tmp_path.rename(moved)
    assert not stamp.covers(known, "run", Checkout(root=moved))


def test_a_missing_system_package_stops_before_anything_is_made(
    checkout: Checkout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    def refuse(_missing: system.Missing) -> None:
        raise Stopped("ask for this command")

    monkeypatch.setattr(system, "provide", refuse)
    with pytest.raises(Stopped, match="ask for this command"):
        environment.ensure("run", checkout)
    assert steps == []
    assert not checkout.venv.exists()
